/**
 * The files that the package brings beside its code: looked for upwards from this file, since the sources and what the
 * bundler makes of them lie at different depths; and in node_modules on the way, for programs that have bundled this file.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The path of a file of the package, such as "dist/packages/resvg.wasm.br"; it need not be there where a program was bundled and moved. */
export function packageFile(path: string): string {
  const { url } = import.meta as { url?: string }; // a bundle of CommonJS has none
  const here = url ? dirname(fileURLToPath(url)) : process.cwd();
  for (let folder = here; ; folder = dirname(folder)) {
    const root = [folder, join(folder, "node_modules/anygrad")].find(isPackage);
    if (root !== undefined || folder === dirname(folder)) return join(root ?? here, path);
  }
}

function isPackage(folder: string): boolean {
  const file = join(folder, "package.json");
  return (
    existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as { name?: unknown }).name === "anygrad"
  );
}
