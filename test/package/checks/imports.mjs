// Importing does nothing: no top-level await, no file, no network, no global is needed until something is called. Every
// entry imports in Node, and the core is evaluated in a realm that has nothing but the language. And bundlers know it:
// what a page does not use leaves nothing in it.
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { rolldown } from "rolldown";

export async function check({ user, installed }) {
  for (const entry of [
    "anygrad",
    "anygrad/federated",
    "anygrad/node",
    "anygrad/report",
    "anygrad/vis",
    "anygrad/worker",
  ])
    execFileSync(
      process.execPath,
      ["--input-type=module", "--eval", `await import(${JSON.stringify(entry)})`],
      {
        cwd: user,
        stdio: ["ignore", "inherit", "inherit"],
      },
    );
  for (const entry of [
    "index.js",
    "worker/index.js",
    "edge/index.js",
    "edge/federated.js",
    "report/index.js",
    "vis/index.js",
  ]) {
    // a script cannot await at its top: esbuild would refuse
    const { outputFiles } = await build({
      entryPoints: [join(installed, "dist", entry)],
      bundle: true,
      write: false,
      format: "iife",
      globalName: "anygrad",
      logLevel: "silent",
      define: { "import.meta.url": '"file:///entry.js"' },
      conditions: ["workerd"],
      plugins: [kernelsAsNothing],
    });
    const made = runInNewContext(`${outputFiles[0].text}; Object.keys(anygrad).length`, {});
    if (!(made >= (entry.startsWith("report") ? 1 : 2))) throw new Error(`${entry} exports ${made} names`);
  }
  // not the one for the edge, which holds all that is late elsewhere, and what that needs
  for (const entry of ["index.js", "worker/index.js"]) {
    const left = await bundledForNothing(join(installed, "dist", entry));
    if (left !== "") throw new Error(`a page that uses nothing of ${entry} holds ${left.slice(0, 200)}`);
  }
}

const kernelsAsNothing = {
  name: "kernels",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /[.]wasm([?]module)?$/ }, ({ path }) => ({ path, namespace: "kernels" }));
    onLoad({ filter: /./, namespace: "kernels" }, () => ({ contents: "export default undefined" }));
  },
};

/** What is left of `import "FILE"` by a bundler that package.json has not told that files do nothing. */
async function bundledForNothing(file) {
  const build = await rolldown({ input: "page", plugins: [pageThatImports(file)], external: /^node:/ });
  const { output } = await build.generate({ format: "esm", minify: true });
  await build.close();
  return output[0].code.trim();
}

const pageThatImports = (file) => ({
  name: "page",
  resolveId(id, importer, { kind }) {
    if (id === "page") return id;
    if (!/^[./]/.test(id)) return undefined;
    const late = kind === "dynamic-import"; // a chunk of its own
    return { id: resolve(importer, "..", id), external: late, moduleSideEffects: true };
  },
  load: (id) => (id === "page" ? `import ${JSON.stringify(file)};` : undefined),
});
