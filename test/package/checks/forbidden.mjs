// Runtimes that forbid or lack something, for real: workerd compiles nothing in a request, edge-runtime has another realm and
// evaluates scripts only, a page's policy may forbid compiling, and a processor may have no SIMD. Where it can train it
// gives Node's digest; where it cannot, the error says what to do.
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { EdgeRuntime } from "edge-runtime";
import { build } from "esbuild";
import { trainIn } from "../chromium.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

export async function check({ user, installed }) {
  const folder = join(user, "forbidden");
  mkdirSync(folder);
  copyFileSync(here("../page/train.js"), join(folder, "train.js"));
  const { digest } = inNode(folder, []);
  const lines = [];
  const told = (text) => lines.push(`       ${text}`);

  const scalar = inNode(folder, ["--no-enable-sse4-1"]);
  same("Node without SIMD", scalar, { variant: "scalar", digest });
  told(`Node ${process.version} without SSE 4.1: scalar, the same digest`);

  const workerd = await inWorkerd(folder, installed);
  same("workerd", workerd.static, { variant: "simd", threads: 1, digest });
  forbids("workerd in a request", workerd.embedded);
  told(`workerd, raw: simd by static imports; embedded kernels in a request: ${workerd.embedded.error}`);

  same("edge-runtime", await inEdgeRuntime(folder, installed), { variant: "simd", threads: 1, digest });
  told("edge-runtime: simd, from a module of another realm");

  const page = await inStrictPage(folder);
  if (page) forbids("a page without 'wasm-unsafe-eval'", page);
  told(
    page
      ? `Chromium, policy script-src 'self': ${page.error}`
      : "SKIPPED: no Chromium here for a page with a policy",
  );
  return lines.join("\n");
}

function same(where, got, wanted) {
  for (const [name, value] of Object.entries(wanted))
    if (got[name] !== value) throw new Error(`${where}: ${name} is not ${value}: ${JSON.stringify(got)}`);
}

function forbids(where, got) {
  if (
    !/^UNSUPPORTED createEngine: compiling WebAssembly is forbidden here \(.*pass it as kernels$/.test(
      got.error,
    )
  )
    throw new Error(`${where}: ${JSON.stringify(got)}`);
}

function inNode(folder, flags) {
  const program = 'import { train } from "./train.js"; console.log(JSON.stringify(await train()))';
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, "--input-type=module", "--eval", program],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(`Node ${flags.join(" ")}: ${stderr}`);
  return JSON.parse(stdout);
}

const answer = `train().then((result) => result, ({ code, message }) => ({ error: \`\${code} \${message}\` }))`;

/** The raw program, configured by hand: our files as they are packed, under the names that they import each other by. */
async function inWorkerd(folder, installed) {
  const bundle = async (name, conditions) => {
    await build({
      stdin: {
        contents: `import { train } from "./train.js"; export default { fetch: async () => Response.json(await ${answer}) };`,
        resolveDir: folder,
      },
      bundle: true,
      format: "esm",
      outfile: join(folder, `${name}.mjs`),
      conditions,
      logLevel: "silent",
      plugins: [
        {
          name: "wasm",
          setup: ({ onResolve }) =>
            onResolve({ filter: /[.]wasm$/ }, ({ path }) => ({
              path: `./${path.split("/").pop()}`,
              external: true,
            })),
        },
      ],
    });
  };
  await bundle("static", ["workerd", "worker", "browser"]);
  await bundle("embedded", ["worker", "browser"]);
  const kernels = readdirSync(join(installed, "dist/kernels")).flatMap((name) =>
    name.endsWith(".wasm") ? [name.replace(".wasm", "")] : [],
  );
  for (const name of kernels)
    copyFileSync(join(installed, `dist/kernels/${name}.wasm`), join(folder, `${name}.wasm`));
  const worker = (name, modules) => `(
    compatibilityDate = "2026-04-01",
    modules = [(name = "${name}.mjs", esModule = embed "${name}.mjs")${modules.map((m) => `, (name = "${m}.wasm", wasm = embed "${m}.wasm")`).join("")}] )`;
  writeFileSync(
    join(folder, "workerd.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [ (name = "static", worker = .static), (name = "embedded", worker = .embedded) ],
  sockets = [
    (name = "static", address = "127.0.0.1:0", http = (), service = "static"),
    (name = "embedded", address = "127.0.0.1:0", http = (), service = "embedded") ] );
const static :Workerd.Worker = ${worker("static", kernels)};
const embedded :Workerd.Worker = ${worker("embedded", [])};
`,
  );
  const program = createRequire(import.meta.url)("workerd").default;
  const child = spawn(program, ["serve", "--control-fd=3", "workerd.capnp"], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  try {
    const ports = await listening(child, 2);
    const ask = async (name) =>
      (await fetch(`http://127.0.0.1:${ports[name]}/`, { signal: AbortSignal.timeout(60_000) })).json();
    return { static: await ask("static"), embedded: await ask("embedded") };
  } finally {
    child.kill();
  }
}

function listening(child, count) {
  return new Promise((resolve, reject) => {
    const ports = {};
    let text = "";
    child.stdio[3].on("data", (data) => {
      const lines = (text + data).split("\n");
      text = lines.pop();
      for (const line of lines) {
        const { event, socket, port } = JSON.parse(line);
        if (event === "listen") ports[socket] = port;
      }
      if (Object.keys(ports).length === count) resolve(ports);
    });
    child.on("exit", (code) => reject(new Error(`workerd ended with code ${code}`)));
  });
}

/** A script, with modules that the host has compiled: instances of a class that the sandbox does not know. */
async function inEdgeRuntime(folder, installed) {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { train } from "./train.js"; addEventListener("fetch", (event) => event.respondWith(${answer}.then((result) => new Response(JSON.stringify(result)))));`,
      resolveDir: folder,
    },
    bundle: true,
    write: false,
    format: "iife",
    conditions: ["edge-light", "worker", "browser"],
    logLevel: "silent",
    plugins: [hostKernels],
  });
  const kernels = join(installed, "dist/kernels");
  const compiled = readdirSync(kernels)
    .filter((name) => name.endsWith(".wasm") && !name.includes("relaxed"))
    .map((name) => [name, new WebAssembly.Module(readFileSync(join(kernels, name)))]);
  const runtime = new EdgeRuntime({
    initialCode: outputFiles[0].text,
    extend: (context) => Object.assign(context, { hostKernels: Object.fromEntries(compiled) }),
  });
  return (await runtime.dispatchFetch("http://localhost/")).json();
}

const hostKernels = {
  name: "host-kernels",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /[.]wasm[?]module$/ }, ({ path }) => ({ path, namespace: "host" }));
    onLoad({ filter: /./, namespace: "host" }, ({ path }) => ({
      contents: `export default hostKernels["${path.match(/[\w-]+[.]wasm/)[0]}"]`,
    }));
  },
};

async function inStrictPage(folder) {
  const out = join(folder, "page");
  mkdirSync(out);
  writeFileSync(join(out, "index.html"), '<!doctype html><script type="module" src="main.js"></script>');
  await build({
    stdin: {
      contents: `import { train } from "./train.js"; ${answer}.then((result) => { window.result = result; });`,
      resolveDir: folder,
    },
    bundle: true,
    splitting: true,
    format: "esm",
    outdir: out,
    entryNames: "main",
    logLevel: "silent",
  });
  return (await trainIn(out, { "content-security-policy": "script-src 'self'" }))?.result;
}
