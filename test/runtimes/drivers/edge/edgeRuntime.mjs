/**
 * edge-runtime, Vercel's local stand-in: a sandbox of its own realm within this Node. It runs scripts, so the program is
 * bundled into one; the modules that Vercel makes of `?module` imports are compiled out here and handed in.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { packages, versionOf } from "../../install.mjs";
import { arrange, bundle } from "../../workplace.mjs";
import { posting } from "./post.mjs";

export const rows = [
  {
    id: "edge-runtime",
    name: `edge-runtime on Node ${process.versions.node.split(".")[0]}`,
    threads: "the sandbox has no Worker",
    open,
  },
];

async function open({ root }) {
  const modules = await packages(["edge-runtime@4"]);
  const { EdgeRuntime } = await import(join(modules, "edge-runtime/dist/index.js"));
  const folder = await arrange(root, "edge-runtime", ["edgeLight.mjs"]);
  const compiled = [];
  const handIn = {
    name: "?module",
    setup(build) {
      build.onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => ({
        path: join(resolveDir, path.slice(0, -"?module".length)),
        namespace: "module",
      }));
      build.onLoad({ filter: /.*/, namespace: "module" }, async ({ path }) => {
        compiled.push(await WebAssembly.compile(await readFile(path)));
        return { contents: `export default compiledModules[${compiled.length - 1}];` };
      });
    },
  };
  await bundle(folder, "edgeLight.mjs", {
    outfile: "script.js",
    format: "iife",
    conditions: ["edge-light"],
    plugins: [handIn],
  });
  const runtime = new EdgeRuntime({
    initialCode: await readFile(join(folder, "script.js"), "utf8"),
    extend: (context) => Object.assign(context, { compiledModules: compiled }),
  });
  const ask = posting("http://localhost/", (url, init) => runtime.dispatchFetch(url, init));
  return { version: await versionOf(modules, "edge-runtime"), ask, close() {}, kill() {} };
}
