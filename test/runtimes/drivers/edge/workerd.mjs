/** Cloudflare's runtime: workerd itself with a configuration of ours, and in miniflare with Node's compatibility on. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { packages, versionOf } from "../../install.mjs";
import { arrange, bundle } from "../../workplace.mjs";
import { posting } from "./post.mjs";
import { compatibilityDate, startWorkerd, wasmIn, workerdBinary } from "./startWorkerd.mjs";

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
  return { bundled, wasm: await wasmIn(bundled) };
}

async function raw({ root }) {
  const binary = await workerdBinary();
  const { stdout } = await promisify(execFile)(binary, ["--version"]);
  const { bundled } = await worker(root);
  const { port, kill } = await startWorkerd(bundled, "edge.mjs", binary);
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
