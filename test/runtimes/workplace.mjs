/**
 * The folder where the matrix works: the package as `npm pack` makes it, installed as a user would, and a folder for
 * each driver with the program and its host. Nothing in it reaches back into the repository.
 */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { controlKernels } from "./control/control.mjs";
import { packages } from "./install.mjs";

const run = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));
const repository = join(here, "../..");

export async function createWorkplace() {
  const root = await mkdtemp(join(tmpdir(), "anygrad-runtimes-"));
  const remove = () => rm(root, { recursive: true, force: true });
  try {
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", root], { cwd: repository });
    const [{ filename, size, shasum }] = JSON.parse(stdout.slice(stdout.indexOf("[")));
    await writeFile(join(root, "package.json"), '{ "private": true, "type": "module" }\n');
    const quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline"];
    await run("npm", ["install", ...quiet, `./${filename}`], { cwd: root });
    await writeFile(join(root, "control.wasm"), await controlKernels());
    return { root, tarball: { filename, size, shasum }, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Bundles one script of a folder with everything it imports. @param options of esbuild, `outfile` or `outdir` among them */
export async function bundle(folder, entry, options) {
  const modules = await packages(["esbuild"]);
  const { build } = await import(join(modules, "esbuild/lib/main.js"));
  return build({
    absWorkingDir: folder,
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "error",
    ...options,
  });
}

/** A folder of the workplace with the program, the control's kernels, the family that its network needs beside them, and the hosts named. */
export async function arrange(root, name, hosts) {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  await cp(join(here, "program.mjs"), join(folder, "program.mjs"));
  await cp(join(root, "control.wasm"), join(folder, "control.wasm"));
  await cp(join(root, "node_modules/anygrad/dist/kernels/dropout-simd.wasm"), join(folder, "dropout.wasm"));
  for (const host of hosts) await cp(join(here, "hosts", host), join(folder, host));
  return folder;
}
