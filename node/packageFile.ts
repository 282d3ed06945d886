/**
 * The files that the package brings beside its code: looked for upwards from this file, since the sources and what the
 * bundler makes of them lie at different depths.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The path of a file of the package, such as "dist/packages/resvg.wasm". */
export function packageFile(path: string): string {
  let folder = new URL("./", import.meta.url);
  while (!existsSync(new URL("package.json", folder)) && folder.pathname.length > 1)
    folder = new URL("../", folder);
  return fileURLToPath(new URL(path, folder));
}
