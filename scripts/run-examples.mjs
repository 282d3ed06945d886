// Runs every example in its runtime, on the package as `npm pack` makes it, installed in a folder of its own. Examples
// that train the same network must end with the same digest: in Node, Deno, Bun and on the pages in Chromium.
// Tools come from the cache folder of test/runtimes; what cannot be had is skipped, by name and with the reason.
// Usage: node scripts/run-examples.mjs [--only NAME…] [--screenshots DIR]
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { Missing, packages, systemProgram } from "../test/runtimes/install.mjs";
import { serve } from "../test/runtimes/serve.mjs";

const run = promisify(execFile);
const repository = fileURLToPath(new URL("..", import.meta.url));
const options = { only: { type: "string", multiple: true }, screenshots: { type: "string" } };
const { values: asked } = parseArgs({ options });
const digests = new Map();

const root = await mkdtemp(join(tmpdir(), "anygrad-examples-"));
let failed = 0;
try {
  await install();
  const files = await readdir(join(root, "examples"), { recursive: true });
  const programs = files.filter((name) => /^(generators.)?[\w-]+[.]mjs$/.test(name)).sort();
  const examples = {
    ...Object.fromEntries(programs.map((name) => [name, () => program(process.execPath, [], name)])),
    "raw-kernels.mjs": rawKernels,
    "deno.ts": deno,
    "bun.ts": bun,
    browser: () => page("browser", join(root, "examples/browser")),
    vite,
    "next-edge": nextEdge,
    "cloudflare-worker": cloudflareWorker,
  };
  for (const [name, example] of Object.entries(examples))
    if (!asked.only || asked.only.includes(name)) await report(name, example);
} finally {
  await rm(root, { recursive: true });
}
const names = new Set(digests.values());
if (names.size > 1) {
  console.error(`the same training has given different weights:\n${JSON.stringify([...digests], null, 1)}`);
  failed++;
}
console.error(`${digests.size} runtimes have trained the same weights, ${failed} examples failed`);
process.exit(failed === 0 ? 0 : 1);

async function report(name, example) {
  const began = performance.now();
  try {
    const facts = await example();
    console.error(
      `${name}: ok, ${((performance.now() - began) / 1000).toFixed(1)} s${facts ? `, ${facts}` : ""}`,
    );
  } catch (error) {
    if (!(error instanceof Missing)) failed++;
    const state = error instanceof Missing ? "skipped" : "FAILED";
    console.error(`${name}: ${state}: ${error.stderr || error.stack || error.message}`);
  }
}

async function install() {
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", root], { cwd: repository });
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf("[")));
  await writeFile(join(root, "package.json"), '{ "private": true, "type": "module" }\n');
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline"];
  await run("npm", ["install", ...quiet, `./${filename}`], { cwd: root });
  await cp(join(repository, "examples"), join(root, "examples"), { recursive: true });
  for (const name of ["browser", "vite"])
    await symlink(join(root, "node_modules"), join(root, "examples", name, "node_modules"));
}

/** A program that prints; one that ends with "weights DIGEST" takes part in the comparison. */
async function program(runtime, flags, name) {
  const { stdout } = await run(runtime, [...flags, join("examples", name)], { cwd: root, timeout: 300_000 });
  const digest = /^weights ([0-9a-f]{64})$/m.exec(stdout)?.[1];
  if (digest) digests.set(name, digest);
  return digest && `weights ${digest.slice(0, 8)}…`;
}

/** The kernels of the packed package without the library. Their loader is this repository's: it needs no network. */
async function rawKernels() {
  const loader = "node_modules/@assemblyscript/loader";
  await cp(join(repository, loader), join(root, loader), { recursive: true });
  const { stdout } = await run(process.execPath, ["examples/raw-kernels.mjs"], { cwd: root });
  if (!/^bits: none of \d+ numbers differ between scalar[.]wasm and simd[.]wasm$/m.test(stdout))
    throw new Error(`it does not say that the builds agree: ${stdout}`);
  return /simd[.]wasm is .*/.exec(stdout)?.[0];
}

async function deno() {
  const binary = join(await packages(["deno"]), ".bin/deno");
  const allowed = ["read", "write", "env", "sys"].map((right) => `--allow-${right}`);
  return program(binary, ["run", "--no-prompt", "--node-modules-dir=manual", ...allowed], "deno.ts");
}

async function bun() {
  const name = { x64: "@oven/bun-linux-x64", arm64: "@oven/bun-linux-aarch64" }[process.arch];
  if (process.platform !== "linux" || !name) throw new Missing(`no Bun is fetched for ${process.platform}`);
  return program(join(await packages([name]), name, "bin/bun"), ["run"], "bun.ts");
}

async function vite() {
  const folder = join(root, "examples/vite");
  const { build } = await import(join(await packages(["vite"]), "vite/dist/node/index.js"));
  await build({ root: folder, logLevel: "error" });
  return page("vite", join(folder, "dist"));
}

/** Opens a page in Chromium, served as a static host does, and waits until it has trained. */
async function page(name, folder) {
  const executablePath = await systemProgram(["chromium", "google-chrome"], ["chromium"]);
  const modules = await packages(["puppeteer-core@24"]);
  const { default: puppeteer } = await import(
    join(modules, "puppeteer-core/lib/esm/puppeteer/puppeteer-core.js")
  );
  const server = await serve(folder, { isolated: false });
  const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const tab = await browser.newPage();
    const problems = [];
    tab.on("pageerror", (error) => problems.push(error.message));
    tab.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    await tab.setViewport({ width: 900, height: 640 });
    await tab.evaluateOnNewDocument(watch);
    await tab.goto(`${server.address}/index.html`);
    if (name === "browser") await startTraining(tab);
    await tab.waitForFunction(() => document.body?.dataset.digest, { timeout: 120_000, polling: 100 });
    const seen = await tab.evaluate(() => globalThis.watched());
    const guess = name === "browser" ? await drawSeven(tab) : "";
    if (asked.screenshots) await mkdir(asked.screenshots, { recursive: true });
    if (asked.screenshots) await tab.screenshot({ path: join(asked.screenshots, `${basename(name)}.png`) });
    if (problems.length > 0) throw new Error(`the page printed errors: ${problems.join("; ")}`);
    if (name === "browser" && !seen.isolated) throw new Error("isolate.js has not isolated the page");
    if (guess && !/\b7\b/.test(guess)) throw new Error(`a 7 was drawn, and the page says: ${guess}`);
    digests.set(name, seen.digest);
    return `weights ${seen.digest.slice(0, 8)}…, ${seen.facts}`;
  } finally {
    await browser.close();
    server.close();
  }
}

/** In the page: frames and long tasks while it trains. */
function watch() {
  const frames = [];
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: "longtask" });
  requestAnimationFrame(function next(time) {
    frames.push(time);
    requestAnimationFrame(next);
  });
  globalThis.watched = () => {
    const rate = (1000 * (frames.length - 1)) / (frames.at(-1) - frames[0]);
    const longest = Math.max(0, ...tasks.map(({ duration }) => duration));
    const script = performance.getEntriesByType("resource").find(({ name }) => name.endsWith(".js"));
    const [step] = performance.getEntriesByName("first step");
    const wait = step
      ? `, first step ${Math.round(step.startTime - script.startTime)} ms after the script`
      : "";
    return {
      digest: document.body.dataset.digest,
      isolated: crossOriginIsolated,
      facts: `${rate.toFixed(0)} frames/s, longest task ${longest ? `${longest} ms` : "below 50 ms"}${wait}`,
    };
  };
}

/** isolate.js loads the page a second time: what is clicked before is lost. */
async function startTraining(tab) {
  await tab.waitForFunction(
    () => crossOriginIsolated && document.getElementById("start")?.disabled === false,
  );
  await tab.click("#start");
}

async function drawSeven(tab) {
  const { x, y } = await (await tab.$("#pad")).boundingBox();
  await tab.mouse.move(x + 80, y + 70);
  await tab.mouse.down();
  for (const [dx, dy] of [
    [140, 62],
    [200, 70],
    [165, 150],
    [130, 230],
  ])
    await tab.mouse.move(x + dx, y + dy, { steps: 6 });
  await tab.mouse.up();
  await tab.waitForFunction(() => /thinks/.test(document.getElementById("guess").textContent));
  return tab.$eval("#guess", ({ textContent }) => textContent);
}

/** The route in the sandbox of edge functions, which compiles no WebAssembly; and in Node, for its digest. */
async function nextEdge() {
  const route = join(root, "examples/next-edge/app/api/learn/route.js");
  const { build } = await import(join(await packages(["esbuild"]), "esbuild/lib/main.js"));
  const { EdgeRuntime } = await import(
    join(await packages(["edge-runtime@4"]), "edge-runtime/dist/index.js")
  );
  const kernels = {};
  const compiledKernels = {
    name: "kernels of the host",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /[.]wasm[?]module$/ }, ({ path }) => ({
        path: basename(path),
        namespace: "kernels",
      }));
      onLoad({ filter: /.*/, namespace: "kernels" }, async ({ path }) => {
        const file = path.replace("?module", "");
        kernels[file] = await WebAssembly.compile(
          await readFile(join(root, "node_modules/anygrad/dist/kernels", file)),
        );
        return { contents: `export default globalThis.kernels["${file}"]` };
      });
    },
  };
  const { outputFiles } = await build({
    stdin: {
      contents: `import { GET } from ${JSON.stringify(route)};
        addEventListener("fetch", (event) => event.respondWith(GET(event.request)));`,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    conditions: ["edge-light"],
    plugins: [compiledKernels],
  });
  const edge = new EdgeRuntime({
    initialCode: outputFiles[0].text,
    extend: (context) => Object.assign(context, { kernels }),
  });
  const answer = await (await edge.dispatchFetch("http://localhost/api/learn?steps=100")).json();
  const { GET } = await import(route);
  const inNode = await (await GET(new Request("http://localhost/api/learn?steps=100"))).json();
  if (answer.digest !== inNode.digest || !(answer.accuracy > 0.5))
    throw new Error(`at the edge: ${JSON.stringify(answer)}; in Node: ${JSON.stringify(inNode)}`);
  return `${answer.runtime}, accuracy ${answer.accuracy}, as in Node`;
}

/** Bundled as for a deployment, run in miniflare; its own test compares it with a run in Node. */
async function cloudflareWorker() {
  const cwd = join(root, "examples/cloudflare-worker");
  await symlink(await packages(["wrangler@4"]), join(cwd, "node_modules"));
  const env = { ...process.env, WRANGLER_SEND_METRICS: "false" };
  const { stdout } = await run("npm", ["test", "--silent"], { cwd, env, timeout: 300_000 });
  const [, milliseconds] = /cold: (\d+)/.exec(stdout);
  const [, share] = /after: .*all: ([\d.]+)/.exec(stdout);
  return `workerd, accuracy ${share}, as in Node, first prediction after ${milliseconds} ms`;
}
