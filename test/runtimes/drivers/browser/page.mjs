/**
 * The page that needs no bundler: an import map names the package's files as the tarball has them. Import maps do not
 * reach into workers, so the Web Worker's script is bundled into one file.
 */
import { execFile } from "node:child_process";
import { rename, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { arrange, bundle } from "../../workplace.mjs";

/** Writes the matrix's page into the workplace. @returns its path on the server */
export async function writePage(root) {
  const folder = await arrange(root, "page", ["pageWorker.mjs"]);
  // bundled from beside, into the place where page.mjs looks for it
  await rename(join(folder, "pageWorker.mjs"), join(folder, "source.mjs"));
  await bundle(folder, "source.mjs", { outfile: "pageWorker.mjs", conditions: ["browser"] });
  return writePlainPage(root, "page", "page.mjs");
}

/** Writes a page with one host as its script, no bundler. @returns its path on the server */
export async function writePlainPage(root, name, host) {
  const folder = await arrange(root, name, [host]);
  const imports = await importMap(root);
  await writeFile(
    join(folder, "page.html"),
    `<!doctype html>
<meta charset="utf-8">
<title>anygrad without a bundler</title>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script>globalThis.scriptStart = performance.now();</script>
<script type="module" src="./${host}"></script>
`,
  );
  return `/${name}/page.html`;
}

/** Where a browser finds the package, as a path on the server. */
async function importMap(root) {
  const script = 'console.log(import.meta.resolve("anygrad"))';
  const options = ["--conditions=browser", "--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: root });
  return { anygrad: `/${relative(root, fileURLToPath(stdout.trim()))}` };
}
