/** Deno, on the node_modules folder that npm has made. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { packages } from "../../install.mjs";
import { arrange } from "../../workplace.mjs";
import { talkTo } from "./lines.mjs";

const flags = [
  "run",
  "--no-prompt",
  "--node-modules-dir=manual",
  "--allow-read",
  "--allow-env",
  "--allow-sys",
];

export const rows = [
  {
    id: "deno",
    name: "Deno",
    threads: 2,
    async open({ root }) {
      const binary = join(await packages(["deno"]), ".bin/deno");
      const folder = await arrange(root, "lines", ["lines.mjs"]);
      const { stdout } = await promisify(execFile)(binary, ["--version"]);
      const [, version] = /deno (\S+)/.exec(stdout);
      return { version, ...talkTo(binary, [...flags, "lines.mjs"], folder) };
    },
  },
];
