/** Cloudflare's runtime: workerd itself with a configuration of ours, and in miniflare with Node's compatibility on. */
import { execFile } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { packages, versionOf } from "../../install.mjs";
import { arrange, bundle } from "../../workplace.mjs";
import { posting } from "./post.mjs";
import { serve } from "./server.mjs";

const compatibilityDate = "2026-04-01";
const threads = "workerd has no threads";

export const rows = [
  { id: "workerd", name: "workerd", threads, open: raw },
  { id: "miniflare", name: "workerd in miniflare, nodejs_compat", threads, open: inMiniflare },
];

/** The worker as wrangler would make it: one script, and the .wasm files that it imports. @returns the folder, the names */
async function worker(root) {
  const folder = await arrange(root, "workerd", ["edge.mjs"]);
  await bundle(folder, "edge.mjs", {
    outdir: "bundled",
    outExtension: { ".js": ".mjs" },
    conditions: ["workerd", "worker"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
  });
  const bundled = join(folder, "bundled");
  const wasm = (await readdir(bundled)).filter((name) => name.endsWith(".wasm"));
  return { bundled, wasm };
}

async function raw({ root }) {
  // the package's own bin is a script that passes no control channel on
  const binary = createRequire(join(await packages(["workerd"]), "x.js"))("workerd").default;
  const { stdout } = await promisify(execFile)(binary, ["--version"]);
  const { bundled, wasm } = await worker(root);
  await writeFile(
    join(bundled, "workerd.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .program)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]);
const program :Workerd.Worker = (
  compatibilityDate = "${compatibilityDate}",
  modules = [
    (name = "edge.mjs", esModule = embed "edge.mjs"),
    ${wasm.map((name) => `(name = "${name}", wasm = embed "${name}")`).join(",\n    ")}]);
`,
  );
  const { child, printed, kill } = serve(binary, ["serve", "--control-fd=3", "workerd.capnp"], {
    cwd: bundled,
    channels: 1,
  });
  const port = await new Promise((resolve, reject) => {
    // it tells the port that it was given on its control channel
    createInterface({ input: child.stdio[3] }).on("line", (line) => {
      const message = JSON.parse(line);
      if (message.event === "listen") resolve(message.port);
    });
    child.once("exit", (code) => reject(new Error(`workerd ended (${code}): ${printed()}`)));
  });
  const version = stdout.trim().replace(/^workerd /, "");
  return { version, ask: posting(`http://127.0.0.1:${port}/`), close: kill, kill };
}

async function inMiniflare({ root }) {
  const modules = await packages(["miniflare@4"]);
  const { Miniflare } = await import(join(modules, "miniflare/dist/src/index.js"));
  const { bundled, wasm } = await worker(root);
  const miniflare = new Miniflare({
    modulesRoot: bundled,
    modules: [
      { type: "ESModule", path: join(bundled, "edge.mjs") },
      ...wasm.map((name) => ({ type: "CompiledWasm", path: join(bundled, name) })),
    ],
    compatibilityDate,
    compatibilityFlags: ["nodejs_compat"],
    cf: false,
  });
  const kill = () => miniflare.dispose();
  const version = await versionOf(modules, "miniflare");
  const ask = posting("http://localhost/", (url, init) => miniflare.dispatchFetch(url, init));
  return { version, ask, close: kill, kill };
}
