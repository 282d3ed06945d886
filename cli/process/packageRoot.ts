/**
 * Where the package lies on the disk, and its version: looked for upwards from this file, since the sources and what the bundler makes of
 * them lie at different depths below it.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The path of a file of the package, such as "dist/cli/main.js". */
export function packageFile(path: string): string {
  let folder = new URL("./", import.meta.url);
  while (!existsSync(new URL("package.json", folder))) folder = new URL("../", folder);
  return fileURLToPath(new URL(path, folder));
}

/** Version of the package that this file was installed with. */
export function version(): string {
  return (JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as { version: string }).version;
}
