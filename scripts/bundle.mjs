// Bundles src/ and what is made with it into dist/: few files, so that Node starts fast and a page without a bundler fetches few.
//   dist/index.js, node/ …      the entries, over one chunk with what `anygrad` reaches
//   dist/kernels/BUILD.js       a build of the kernels, imported when an engine is created
//   dist/workerd/, edge-light/  the same core in one file, over static imports of ../kernels/*.wasm
//   dist/cli/                   the command line
//   dist/fonts/                 for the text of PNG figures: two of the font's files, where its package has 3 MB
//   dist/bench/                 insides for the programs that measure them; not packed
// Not minified: users' bundlers do that, and stack traces stay readable. The maps lead to src/, which is packed.
import { copyFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = (path) => join(root, "src", path);
const embedded = source("kernels/embedded.ts");

const entries = {
  index: source("index.ts"),
  "node/index": source("node/index.ts"),
  "worker/index": source("worker/index.ts"),
  "worker/entry": source("worker/entry.ts"), // the program of the worker, found beside worker/index.js
  // files of their own, so that a bundler drops the layers and ops that nobody uses: see namespacesAsFiles
  "namespaces/layers": source("layers/kinds.ts"),
  "namespaces/ops": source("ops/index.ts"),
  "cli/main": join(root, "cli/main.ts"),
  "cli/program": join(root, "cli/program.ts"),
  "bench/backend": source("backend/backend.ts"),
  "bench/benchmarkModel": join(root, "bench/suite/networks/benchmarkModel.ts"),
};

/** What `anygrad` reaches becomes one chunk, so that all entries share its classes and none loads more files. */
async function universal() {
  const core = await reachable(entries.index);
  await write(entries, {
    chunkFileNames: ({ name, moduleIds }) =>
      moduleIds.length === 1 && moduleIds[0].endsWith(".generated.ts")
        ? `kernels/${name.replace(".generated", "")}.js`
        : `chunks/${name}.js`,
    codeSplitting: { groups: [{ name: "core", test: (id) => core.has(id) }] },
    plugins: [namespacesAsFiles],
  });
}

/**
 * `export * as layers` becomes an object with a getter for each layer when it is bundled, of which users' bundlers drop
 * nothing. In the entry it is written as a namespace again, over a file of plain exports.
 */
const namespacesAsFiles = {
  name: "namespaces-as-files",
  renderChunk(code, { name, isEntry }) {
    if (!isEntry || name !== "index") return null;
    const written = ["layers", "ops"].reduce((text, namespace) => {
      const listed = new RegExp(`\\b[\\w$]+ as ${namespace}\\b(, )?`);
      if (!listed.test(text)) throw new Error(`bundle: the entry does not export ${namespace}`);
      return `${text.replace(listed, "")}\nexport * as ${namespace} from "./namespaces/${namespace}.js";`;
    }, code);
    return { code: written, map: { version: 3, sources: [], names: [], mappings: "" } }; // exports only: nothing to map
  },
};

/** Runtimes that compile no bytes: the kernels' source is swapped for one that imports compiled modules. */
async function withStaticKernels(condition) {
  const kernels = source(`kernels/${condition}.ts`);
  await write(
    { [`${condition}/index`]: source("index.ts") },
    { codeSplitting: false },
    {
      name: "static-kernels",
      resolveId(specifier, importer) {
        if (importer && join(importer, "..", specifier) === embedded) return kernels;
        if (/[.]wasm([?]module)?$/.test(specifier)) return { id: `../kernels/${specifier}`, external: true };
      },
    },
  );
}

async function bundle(input, plugin) {
  return rolldown({
    input,
    platform: "neutral",
    tsconfig: join(root, "tsconfig.build.json"),
    plugins: [plugin],
    // the command line's packages stay packages; wasm-feature-detect comes along (0.2 kB of it), so that a page needs no import map
    external: (id) =>
      /^(node:|@observablehq\/plot$|@resvg\/resvg-wasm$|@xmldom\/xmldom$|commander$|fast-png$|log-update$|supports-terminal-graphics$|tinybench$)/.test(
        id,
      ),
    resolve: { mainFields: ["module", "main"], conditionNames: ["import", "default"] },
    onwarn(warning) {
      throw new Error(`bundle: ${warning.message}`);
    },
  });
}

async function reachable(entry) {
  const build = await bundle({ entry });
  const { output } = await build.generate({ format: "esm" });
  await build.close();
  const start = output.find((chunk) => chunk.isEntry);
  return new Set(start.moduleIds);
}

async function write(input, options, plugin) {
  const build = await bundle(input, plugin);
  await build.write({
    dir: join(root, "dist"),
    format: "esm",
    entryFileNames: "[name].js",
    sourcemap: true,
    sourcemapExcludeSources: true,
    comments: { legal: true, annotation: true, jsdoc: false },
    ...options,
  });
  await build.close();
}

/** Takes away what an earlier build left, but for the .wasm files, which build-kernels.mjs keeps up to date. */
function clean() {
  const dist = join(root, "dist");
  for (const name of readdirSync(dist)) if (name !== "kernels") rmSync(join(dist, name), { recursive: true });
  for (const name of readdirSync(join(dist, "kernels")))
    if (!name.endsWith(".wasm")) rmSync(join(dist, "kernels", name));
}

/** Open Sans (SIL Open Font License 1.1), regular and semi-bold: Latin, Greek, Cyrillic, Hebrew. */
function fonts() {
  const [from, to] = [join(root, "node_modules/@expo-google-fonts/open-sans"), join(root, "dist/fonts")];
  mkdirSync(to);
  copyFileSync(join(from, "400Regular/OpenSans_400Regular.ttf"), join(to, "OpenSans-Regular.ttf"));
  copyFileSync(join(from, "600SemiBold/OpenSans_600SemiBold.ttf"), join(to, "OpenSans-SemiBold.ttf"));
  copyFileSync(join(from, "LICENSE_FONT"), join(to, "LICENSE"));
}

clean();
fonts();
await universal();
for (const condition of ["workerd", "edge-light"]) await withStaticKernels(condition);
