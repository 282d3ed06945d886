// Importing does nothing: no top-level await, no file, no network, no global is needed until something is called. Every
// entry imports in Node, and the core is evaluated in a realm that has nothing but the language.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";

export async function check({ user, installed }) {
  for (const entry of ["anygrad", "anygrad/node", "anygrad/worker"])
    execFileSync(
      process.execPath,
      ["--input-type=module", "--eval", `await import(${JSON.stringify(entry)})`],
      {
        cwd: user,
        stdio: ["ignore", "inherit", "inherit"],
      },
    );
  for (const entry of ["index.js", "worker/index.js", "workerd/index.js", "edge-light/index.js"]) {
    // a script cannot await at its top: esbuild would refuse
    const { outputFiles } = await build({
      entryPoints: [join(installed, "dist", entry)],
      bundle: true,
      write: false,
      format: "iife",
      globalName: "anygrad",
      logLevel: "silent",
      define: { "import.meta.url": '"file:///entry.js"' },
      plugins: [kernelsAsNothing],
    });
    const made = runInNewContext(`${outputFiles[0].text}; Object.keys(anygrad).length`, {});
    if (!(made >= 2)) throw new Error(`${entry} exports ${made} names`);
  }
}

const kernelsAsNothing = {
  name: "kernels",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /[.]wasm([?]module)?$/ }, ({ path }) => ({ path, namespace: "kernels" }));
    onLoad({ filter: /./, namespace: "kernels" }, () => ({ contents: "export default undefined" }));
  },
};
