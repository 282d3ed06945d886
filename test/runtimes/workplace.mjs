/**
 * The folder where the matrix works: the package as `npm pack` makes it, installed as a user would, and beside it the
 * program, its hosts and the control's kernels. Nothing in it reaches back into the repository.
 */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { controlKernels } from "./control.mjs";
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
    await cp(join(here, "program.mjs"), join(root, "program.mjs"));
    await cp(join(here, "hosts"), root, { recursive: true });
    await writeFile(join(root, "control.wasm"), await controlKernels());
    return { root, tarball: { filename, size, shasum }, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** One script of a host with everything it imports, for runtimes that read no node_modules. @returns its path */
export async function bundle(root, entry, outfile, options = {}) {
  const modules = await packages(["esbuild"]);
  const { build } = await import(join(modules, "esbuild/lib/main.js"));
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(root, outfile),
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "error",
    ...options,
  });
  return join(root, outfile);
}

/** A folder whose node_modules holds the workplace's packages and those of `modules`, for tools that build in place. */
export async function folderWith(root, name, modules) {
  const folder = join(root, name);
  const target = join(folder, "node_modules");
  await mkdir(target, { recursive: true });
  for (const from of [modules, join(root, "node_modules")])
    for (const entry of await readdir(from))
      if (!entry.startsWith(".")) await symlink(join(from, entry), join(target, entry)).catch(() => {});
  return folder;
}
