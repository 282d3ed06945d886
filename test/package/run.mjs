// npm run test:package: packs the package and looks at the tarball as its users' tools will. Ends with exit code 1 if
// any part fails. The tools live in this folder's own node_modules, installed when missing; nothing of it is packed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
installTools();
/** Files of checks/, and of checks/browser, in the order in which they run. */
const parts = [
  "contents",
  "onePackage",
  "licences",
  "commandLine",
  "linters",
  "types",
  "imports",
  "conditions",
  "browser/pages",
  "browser/workerPage",
  "browser/filePage",
  "browser/pageCache",
  "browser/pictures",
  "browser/views",
  "bundledNode",
  "forbidden",
];
const wanted = process.argv.slice(2);
const { pack } = await import("./pack.mjs");
const workplace = mkdtempSync(join(tmpdir(), "anygrad-package-"));
try {
  const packed = pack(workplace);
  for (const part of parts) {
    const name = basename(part);
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const start = performance.now();
    try {
      const { check } = await import(`./checks/${part}.mjs`);
      const told = await check(packed);
      console.log(
        `ok     ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)${told ? `\n${told}` : ""}`,
      );
    } catch (error) {
      process.exitCode = 1;
      console.log(`FAILED ${name}: ${error.stack ?? error}`);
    }
  }
} finally {
  rmSync(workplace, { recursive: true });
}

function installTools() {
  const installed = join(folder, "node_modules/.package-lock.json");
  const lock = join(folder, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  // not npm ci: see .ci/run; --prefix: under `npm run` the environment names the package above
  const { status } = spawnSync("npm", ["install", "--prefix", folder, "--ignore-scripts", "--no-audit"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error("test:package: the tools of test/package could not be installed");
}
