/**
 * npm run site: documentation and playground together on loopback, as one writes them; npm run site:build: the folder site/dist, which any static
 * host serves. --base=/path/ for a site below a path, --port=N for another port than 5173.
 *
 * The API's pages (npm run docs) are written anew for a build; while one writes, only where there are none.
 */
import { spawnSync } from "node:child_process";
import { existsSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const repository = join(folder, "..");
const documentation = join(folder, "docs");
const playground = join(folder, "playground");
const [command, ...given] = process.argv.slice(2);
const options = Object.fromEntries(given.map((each) => each.replace(/^--/, "").split("=")));
const base = `/${options.base ?? ""}/`.replaceAll(/\/+/g, "/");
// read by the configuration of the documentation
process.env.SITE_BASE = base;
if (options.part === "guides") process.env.SITE_WITHOUT_API = "1";
const out = resolve(options.out ?? join(folder, "dist"));

installTools();
if (command === "build") await build();
else if (command === "dev") await dev();
else throw new Error(`site/run.mjs: got ${command ?? "nothing"}; say dev or build`);

/** The tools stand in this folder's own node_modules. */
function installTools() {
  const installed = join(folder, "node_modules/.package-lock.json");
  if (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(join(folder, "package-lock.json")).mtimeMs
  )
    return;
  // not npm ci: see .ci/run; --prefix: under `npm run` the environment names the package above
  run("npm", ["install", "--prefix", folder, "--ignore-scripts", "--no-audit"]);
}

function run(program, words) {
  const { status } = spawnSync(program, words, { cwd: repository, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`site: ${program} ${words.join(" ")} has failed`);
}

function writeApi() {
  rmSync(join(repository, "docs/api"), { recursive: true, force: true }); // names that are no more
  run("npm", ["run", "docs"]);
}

async function build() {
  const isWhole = options.part !== "guides";
  if (isWhole) writeApi();
  const { build: buildPages } = await import("vitepress");
  await buildPages(documentation, { outDir: out }); // empties it
  if (!isWhole || !existsSync(playground)) return;
  const { build: buildPlayground } = await import("vite");
  // its addresses are relative, so that it stands below any path
  await buildPlayground({
    root: playground,
    build: { outDir: join(out, "playground"), emptyOutDir: true },
  });
}

async function dev() {
  if (!existsSync(join(repository, "docs/api"))) writeApi();
  const port = Number(options.port ?? 5173);
  if (existsSync(playground)) {
    const { createServer } = await import("vite");
    const server = await createServer({
      root: playground,
      base: `${base}playground/`,
      server: { host: "127.0.0.1", port: port + 1 },
    });
    await server.listen();
    process.env.SITE_PLAYGROUND = server.resolvedUrls.local[0]; // where the documentation's server finds it
  }
  const { createServer } = await import("vitepress");
  const server = await createServer(documentation, { host: "127.0.0.1", port });
  await server.listen();
  console.log(
    `documentation ${server.resolvedUrls.local[0]}\nplayground    ${server.resolvedUrls.local[0]}playground/`,
  );
}
