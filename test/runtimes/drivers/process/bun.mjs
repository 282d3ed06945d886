/** Bun, from its platform's package, which needs no install script. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Missing, packages } from "../../install.mjs";
import { arrange } from "../../workplace.mjs";
import { talkTo } from "./lines.mjs";

const builds = {
  "linux x64": "@oven/bun-linux-x64",
  "linux arm64": "@oven/bun-linux-aarch64",
  "darwin arm64": "@oven/bun-darwin-aarch64",
};

export const rows = [
  {
    id: "bun",
    name: "Bun",
    threads: 2,
    async open({ root }) {
      const name = builds[`${process.platform} ${process.arch}`];
      if (!name) throw new Missing(`npm has no Bun for ${process.platform} ${process.arch}`);
      const binary = join(await packages([name]), name, "bin/bun");
      const folder = await arrange(root, "lines", ["lines.mjs"]);
      const { stdout } = await promisify(execFile)(binary, ["--version"]);
      return { version: stdout.trim(), ...talkTo(binary, ["run", "lines.mjs"], folder) };
    },
  },
];
