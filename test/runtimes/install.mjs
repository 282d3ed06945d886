/**
 * Brings the runtimes and their tools: npm packages into a cache folder of their own (ANYGRAD_RUNTIMES, by default
 * ~/.cache/anygrad-runtimes), one folder each, so that one that cannot be had spoils no other and nothing of them gets
 * into the package's own node_modules; programs of the system by apt-get, where we are root. What cannot be had is a
 * `Missing`: its row is skipped, with the reason.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A runtime or a tool that is not here and cannot be brought. */
export class Missing extends Error {}

const caches = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
export const cache = process.env.ANYGRAD_RUNTIMES ?? join(caches, "anygrad-runtimes");

const days = 24 * 3600 * 1000; // ms
/** A package asked for without a version is looked for again after so long. */
const stale = 7 * days;

/**
 * The node_modules folder that holds the packages, for example `["next", "react", "react-dom"]`; the first names it.
 * No package's install script is run.
 * @throws Missing
 */
export async function packages(specs) {
  const folder = join(cache, specs[0].replaceAll("/", "+"));
  const modules = join(folder, "node_modules");
  const stamp = join(folder, "installed");
  const began = Date.now();
  const written = async () => (existsSync(stamp) ? (await stat(stamp)).mtimeMs : Number.NEGATIVE_INFINITY);
  const age = began - (await written());
  const newest = specs.some((spec) => !/.@\d/.test(spec));
  if (age < (newest ? stale : Number.POSITIVE_INFINITY)) return modules;
  // beside the folder: another process may be bringing the same ones
  const own = `${folder}.${process.pid}`;
  await mkdir(own, { recursive: true });
  await writeFile(join(own, "package.json"), '{ "private": true }\n');
  try {
    const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
    await run("npm", ["install", ...quiet, ...specs.map(withTag)], { cwd: own, timeout: 300_000 });
    await writeFile(join(own, "installed"), "");
    if ((await written()) < began) await replace(folder, own);
  } catch (error) {
    if (age === Number.POSITIVE_INFINITY)
      throw new Missing(`npm install ${specs.join(" ")} failed: ${firstLine(error.stderr || error.message)}`);
    const now = new Date(); // the registry is out of reach: what is here will do for another week
    await utimes(stamp, now, now);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
  return modules;
}

/** Puts the new folder where the old one is, or leaves what another process has put there in this moment. */
async function replace(folder, own) {
  const former = `${own}.former`;
  await rename(folder, former).catch(() => {}); // the first time there is none
  await rename(own, folder).catch((error) => {
    if (!existsSync(join(folder, "installed"))) throw error;
  });
  await rm(former, { recursive: true, force: true });
}

const withTag = (spec) => (/.@/.test(spec) ? spec : `${spec}@latest`);

/** The version of a package in such a folder. */
export async function versionOf(modules, name) {
  return JSON.parse(await readFile(join(modules, name, "package.json"), "utf8")).version;
}

/**
 * The first of these programs that is on the PATH, after apt-get has tried.
 * @throws Missing
 */
export async function systemProgram(names, debianPackages) {
  const found = () =>
    names
      .flatMap((name) => process.env.PATH.split(delimiter).map((folder) => join(folder, name)))
      .find((path) => existsSync(path));
  const present = found();
  if (present) return present;
  if (process.platform !== "linux" || process.getuid() !== 0)
    throw new Missing(
      `${names[0]} is not installed, and only root on Debian can: ${debianPackages.join(" ")}`,
    );
  try {
    await aptGet("install", "-y", "--no-install-recommends", ...debianPackages);
  } catch {
    try {
      await aptGet("update");
      await aptGet("install", "-y", "--no-install-recommends", ...debianPackages);
    } catch (error) {
      throw new Missing(
        `apt-get install ${debianPackages.join(" ")} failed: ${firstLine(error.stderr || error.message)}`,
      );
    }
  }
  const installed = found();
  if (!installed) throw new Missing(`${debianPackages.join(" ")} brought no ${names[0]}`);
  return installed;
}

const aptGet = (...options) =>
  run("apt-get", ["-o", "DPkg::Lock::Timeout=240", ...options], {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    timeout: 600_000,
    maxBuffer: 1 << 26,
  });

const firstLine = (text) => text.trim().split("\n")[0];
