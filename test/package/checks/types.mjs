// A user's program type-checks against the tarball: the last two majors of TypeScript, as Node and as bundlers resolve,
// declarations of the package included (skipLibCheck is off), and nothing of Node in the types of `anygrad`.
import { spawnSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const compilers = ["typescript", "typescript-5"];
const resolutions = [
  { module: "nodenext", moduleResolution: "nodenext" },
  { module: "esnext", moduleResolution: "bundler" },
];

export function check({ user }) {
  copyFileSync(fileURLToPath(new URL("consumer.ts", import.meta.url)), join(user, "consumer.ts"));
  const ran = [];
  for (const compiler of compilers) {
    const tsc = fileURLToPath(new URL(`../node_modules/${compiler}/bin/tsc`, import.meta.url));
    for (const resolution of resolutions) {
      const compilerOptions = {
        ...resolution,
        target: "es2022",
        lib: ["es2022", "dom"],
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        skipLibCheck: false,
      };
      const config = join(user, "tsconfig.json");
      writeFileSync(config, JSON.stringify({ compilerOptions, include: ["consumer.ts"] }));
      const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", config], { encoding: "utf8" });
      if (status !== 0) throw new Error(`${compiler}, ${resolution.moduleResolution}:\n${stdout}`);
      ran.push(`${compiler} ${resolution.moduleResolution}`);
    }
  }
  return `       ${ran.join(", ")}`;
}
