/** Packages of npm that models are exchanged with: those of package.json here, installed beside it on demand. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** What loads them; undefined where they cannot be installed, which it says. @param subject begins that line @param home the folder of package.json */
export function installed(subject: string, home: string): NodeJS.Require | undefined {
  const wanted = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const isThere = Object.keys(wanted.dependencies).every((name) =>
    existsSync(join(home, "node_modules", name)),
  );
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
  if (!isThere && spawnSync("npm", args, { cwd: home }).status !== 0) {
    console.log(`${subject}: skipped, its packages cannot be installed`);
    return undefined;
  }
  return createRequire(join(home, "package.json"));
}

/** The version of a package that was installed. */
export function versionIn(home: string, name: string): string {
  const text = readFileSync(join(home, "node_modules", name, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
