/**
 * The page that needs no bundler: an import map names the package's files as the tarball has them. Import maps do not
 * reach into workers, so the Web Worker's script is bundled into one file.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { bundle } from "../workplace.mjs";

const names = ["anygrad", "@assemblyscript/loader", "wasm-feature-detect"];

/** Writes page.html into the workplace. @returns its path on the server */
export async function writePage(root) {
  const html = join(root, "page.html");
  if (existsSync(html)) return "/page.html";
  const script = `for (const name of ${JSON.stringify(names)}) try { console.log(name, import.meta.resolve(name)); } catch {}`;
  const options = ["--conditions=browser", "--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: root });
  const imports = Object.fromEntries(
    stdout
      .trim()
      .split("\n")
      .map((line) => line.split(" "))
      .map(([name, url]) => [name, `/${relative(root, fileURLToPath(url))}`]),
  );
  // bundled beside, then put in the place where page.mjs looks for it
  await mkdir(join(root, "bundled"), { recursive: true });
  await bundle(root, "pageWorker.mjs", "bundled/pageWorker.mjs", { conditions: ["browser"] });
  await rename(join(root, "pageWorker.mjs"), join(root, "pageWorker.source.mjs"));
  await rename(join(root, "bundled/pageWorker.mjs"), join(root, "pageWorker.mjs"));
  await writeFile(
    html,
    `<!doctype html>
<meta charset="utf-8">
<title>anygrad without a bundler</title>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module" src="/page.mjs"></script>
`,
  );
  return "/page.html";
}
