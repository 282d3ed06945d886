// Bundles src/ and what is made with it into dist/: few files, so that Node starts fast and a page without a bundler fetches few.
//   dist/index.js, node/ …      the entries, over one chunk with what `anygrad` reaches
//   dist/kernels/BUILD.js       a build of the core kernels, imported when an engine is created; families are in the core chunk
//   dist/edge/index.js …        the same entries over one chunk, over #kernels: package.json says which of the two, by the condition
//   dist/edge/workerd.js, edge-light.js   the compiled kernels, by static imports of ../kernels/*.wasm
//   dist/cli/                   the command line, and reports
//   dist/npz/index.js …         the formats of other libraries, one of each folder of src/io with an index.ts
//   dist/report/                anygrad/report, and what else draws reports
//   dist/vis/                   anygrad/vis
//   dist/federated/             anygrad/federated
//   dist/packages/              the packages that it and anygrad/node import: see bundle-packages.mjs
//   dist/types/                 declarations, by the compiler
//   dist/bench/                 insides for the programs that measure them; not packed
// The library is not minified: users' bundlers do that, and stack traces stay readable. Without maps and the sources that they would lead to:
// what runs reads almost as it was written, and they would be a sixth of the tarball.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { minify } from "rolldown/experimental";
import { bundlePackages, packagesAsFiles } from "./bundle-packages.mjs";
import { writeDeclarations } from "./declarations.mjs";
import { packed as packedFile } from "./packing/packed.mjs";
import { lateChunks } from "./plugins/late-chunks.mjs";
import { pureInitializers, withPureMarks } from "./plugins/pure-initializers.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(root, "dist");
const declarationConfig = join(root, "scripts/build/tsconfig.declarations.json");
const source = (path) => join(root, "src", path);
const embedded = source("kernels/embedded.ts");

/** Formats of other libraries: the folders of src/io that have an index.ts, each an entry of its name. */
function entriesOfFormats() {
  const folders = readdirSync(source("io"), { withFileTypes: true }).filter((each) => each.isDirectory());
  const formats = folders.filter(({ name }) => existsSync(source(`io/${name}/index.ts`)));
  return Object.fromEntries(formats.map(({ name }) => [`${name}/index`, source(`io/${name}/index.ts`)]));
}

const library = {
  index: source("index.ts"),
  "node/index": join(root, "node/index.ts"),
  "node/decoder": join(root, "node/images/decoder.ts"), // the program of the threads that decode pictures
  "report/index": join(root, "report/code/index.ts"),
  "vis/index": join(root, "vis/index.ts"),
  "worker/index": source("worker/index.ts"),
  "federated/index": source("federated/index.ts"),
  "worker/entry": source("worker/entry.ts"), // the program of the worker, found beside worker/index.js
  ...entriesOfFormats(),
  // files of their own, so that a bundler drops the layers, ops and optimizers that nobody uses: see namespacesAsFiles
  "namespaces/layers": source("layers/kinds.ts"),
  "namespaces/losses": source("losses/kinds.ts"),
  "namespaces/optimizers": source("optimizers/kinds.ts"),
  "namespaces/ops": source("ops/index.ts"),
};

const programs = {
  "cli/main": join(root, "cli/main.ts"),
  "bench/backend": source("backend/backend.ts"),
  "bench/program": join(root, "cli/program.ts"),
  "bench/benchmarkModel": join(root, "bench/suite/networks/benchmarkModel.ts"),
};

/** What is exported of data, but not needed by training itself: see `universal`. */
const dataModules = [
  ...[
    "csv",
    "datasets",
    "idx",
    "images/pixels",
    "normalize",
    "readTable",
    "selection",
    "sequences/padSequences",
  ],
].map((name) => source(`data/${name}.ts`));

/** Mathematics that augmentation and schedules, parts of the core, have in common with data. */
const mathModules = ["philox", "normal", "transcendental"].map((name) => source(`math/${name}.ts`));

/** What late chunks have in common with each other, with `load` and with callbacks that keep a state. */
const ioModules = ["source", "snapshotReader"].map((name) => source(`io/${name}.ts`));

/** What is imported when a model is saved. */
const savingModules = ["model/saving/save", "io/packedSnapshot", "optimizers/saved/save"].map((name) =>
  source(`${name}.ts`),
);

/** The class of families, and what unpacks them: theirs are made when a module of one is run, which may be before the core is, whose namespaces list it. */
const familyModulesOfAll = ["kernels/families/family", "kernels/unpack"].map((name) => source(`${name}.ts`));

/** What the build has written of a family of kernels that late modules alone use. */
function familyModules(name) {
  return [`${name}.generated.ts`, `${name}-simd.generated.ts`].map((file) =>
    source(`kernels/families/${file}`),
  );
}

const adam = source("optimizers/adam.ts");
/** What `compile` imports late, where an optimizer is given by its name; adam, the commonest, is in the core. */
const optimizerModules = [
  ...["byName", "rmsprop", "sgd"].map((name) => source(`optimizers/${name}.ts`)),
  ...familyModules("optimizers"),
];
/** What is imported where another optimizer with adaptive steps is named. */
const adaptiveModules = ["adaptiveByName", "adaptive"].map((name) => source(`optimizers/${name}.ts`));

/**
 * What `compile` imports late, where another loss than that of class indices is named, or a function is one. It runs before the
 * core, whose namespaces list it: it declares functions, and uses nothing of the core until they are called.
 */
const lossModules = [
  ...["byName", "crossentropy", "function", "regression"].map((name) => source(`losses/${name}.ts`)),
  ...["categoricalCrossentropy", "rowLoss"].map((name) => source(`ops/${name}.ts`)),
  ...familyModules("losses"),
];
/**
 * The lists of kinds, apart from the core: it knows no kind by them, and what they list has constants that are made of the core's.
 */
const kindModules = ["initializers/kinds", "losses/kinds", "optimizers/kinds"].map((name) =>
  source(`${name}.ts`),
);

/** What is imported where one of the other losses is named. */
const composedModules = readdirSync(source("losses/composed")).map((file) =>
  source(`losses/composed/${file}`),
);
/** The one of them that a family computes, so that who uses it has none of what the others need. */
const ctcModules = [source("losses/composed/ctc.ts"), source("ops/ctc.ts"), ...familyModules("sequences")];
/** Square roots, exponentials and logarithms, which ops of users have in common with what is imported late. */
const elementaryModules = [source("ops/elementary.ts"), ...familyModules("elementary")];
/** Differences, quotients, negatives and magnitudes, which ops of users have in common with what is imported late. */
const inverseModules = ["inverses", "signs"].map((name) => source(`ops/${name}.ts`));
/** Largest and smallest elements over axes, likewise. */
const extremeModules = [source("ops/largest.ts"), ...familyModules("extremes")];
/** Normal numbers, which ops that draw have in common with initializers; these are imported late. */
const distributionModules = [source("ops/randomNormal.ts"), ...familyModules("distributions")];
/** What is imported where a weight has another initializer than the common ones. */
const initializerModules = ["byName", "identity", "orthogonal", "random", "varianceScaling"].map((name) =>
  source(`initializers/${name}.ts`),
);
/** Constraints, and what puts them into effect, imported where a weight has one. */
const constraintModules = ["kinds", "apply"].map((name) => source(`constraints/${name}.ts`));

/**
 * What `compile` imports late, where one of the activations that few networks use is named. It runs before the core, whose
 * namespaces list it: of the core it calls one function, which is declared.
 */
const activationModules = [
  source("layers/activationsByName.ts"),
  source("ops/activations.ts"),
  ...familyModules("activations"),
];

/** What engines of several threads have, imported where memory can be shared. It runs before the core, and begins nothing. */
const threadModules = [
  "threads/threading",
  "threads/pool",
  "threads/jobQueue",
  "threads/workerProgram",
  "runtime/workers",
].map((name) => source(`${name}.ts`));

/** The chunks beside the core, the first that lists a module having it. */
const chunksApart = {
  compose: [source("losses/composed/compose.ts")], // what losses that are imported together and apart have in common
  math: mathModules,
  family: familyModulesOfAll,
  threads: threadModules,
  losses: lossModules,
  kinds: kindModules,
  elementary: elementaryModules,
  inverses: inverseModules,
  extremes: extremeModules,
  distributions: distributionModules,
  initializers: initializerModules,
  constraints: constraintModules,
  activations: activationModules,
  ctc: ctcModules,
  composed: composedModules,
  adaptive: adaptiveModules,
  optimizers: optimizerModules,
  saving: savingModules,
  io: ioModules,
};

/**
 * What nearly all pages have, from which the core follows. What else `anygrad` reaches, such as other layers and ops, is in two chunks over
 * the core, of which a page has what it uses: `usual` has layers that many pages use, with the ops that these call and late chunks
 * share with them, and `more` the rest. So a page without such a layer has none of what late chunks need of these ops.
 */
const commonModules = [
  ...["model/sequential", "model/functional", "engine/createEngine", "autograd/engine", "optimizers/adam"],
  ...["conv2d", "dense", "pooling", "reshape"].map((name) => `layers/${name}`),
].map((path) => source(`${path}.ts`));
const usualModules = ["dropout", "normalization", "relu"].map((name) => source(`layers/${name}.ts`));

/** The modules that these import at once and so on, but of the ops only those that they call. */
function usedBy(graph, modules, others) {
  const list = source("ops/index.ts");
  const ops = new Map(); // the module of each
  for (const [, names, file] of readFileSync(list, "utf8").matchAll(/export \{([^}]*)\} from "[.]([^"]*)"/g))
    for (const name of names.match(/\w+/g)) ops.set(name, source(`ops${file}`));
  const used = new Set();
  const visit = (id) => {
    if (used.has(id) || others.has(id) || id === list) return;
    used.add(id);
    graph.get(id)?.importedIds.forEach(visit);
    if (!graph.get(id)?.importedIds.includes(list)) return;
    const code = readFileSync(id, "utf8").replaceAll(/^ [*].*$/gm, ""); // comments have examples
    for (const [, name] of code.matchAll(/\bops[.](\w+)/g)) if (ops.has(name)) visit(ops.get(name));
  };
  modules.forEach(visit);
  return used;
}

/**
 * What most pages need becomes one chunk, so that all entries share its classes and few files are loaded. Metrics, which training
 * imports late, by their names, and readers of data, which named sets, pictures and tables share, are imported late, too: what one
 * chunk needs of another, users' bundlers keep there for every page.
 */
async function universal(packed) {
  // imported late by training: of a chunk that holds them and more, users' bundlers would leave out nothing
  const readers = new Set(
    ["dataset", "given/finite", "given/numbers", "given/parts", "given/targets"].map((name) =>
      source(`data/${name}.ts`),
    ),
  );
  const others = new Set([...readers, ...Object.values(chunksApart).flat()]);
  const apart = new Set([source("metrics/index.ts"), ...dataModules, ...others]);
  const core = usedBy(packed, commonModules, apart);
  const usual = usedBy(packed, usualModules, new Set([...apart, ...core]));
  const all = new Set([library.index, adam].flatMap((id) => [...reached(packed, id, apart)]));
  all.delete(library.index); // it brings the metrics and the readers
  const data = new Set(dataModules.flatMap((id) => [...reached(packed, id, new Set([...all, ...others]))]));
  const rest = reached(packed, library.index, new Set([...all, ...data, ...others]));
  return write(
    { ...library, ...programs },
    {
      chunkFileNames({ name, moduleIds: held, facadeModuleId }) {
        // a chunk without modules stands for one in another chunk, which is imported late
        const moduleIds = held.length > 0 || !facadeModuleId ? held : [facadeModuleId];
        if (moduleIds.length === 1 && moduleIds[0].endsWith(".generated.ts"))
          return `kernels/${name.replace(".generated", "")}.js`;
        const isLibrary =
          moduleIds.length > 0 && moduleIds.every((id) => (packed.has(id) && isOurs(id)) || isRuntime(id));
        return `${isLibrary ? "chunks" : moduleIds.every(isReport) ? "report" : "cli"}/${name}.js`;
      },
      codeSplitting: {
        includeDependenciesRecursively: false,
        groups: [
          ...Object.entries(chunksApart).map(([name, ids]) => ({ name, test: (id) => ids.includes(id) })),
          { name: "core", test: (id) => core.has(id) },
          { name: "usual", test: (id) => usual.has(id) },
          { name: "more", test: (id) => all.has(id) },
          { name: "dataset", test: (id) => readers.has(id) },
          { name: "data", test: (id) => data.has(id) },
          { name: "metrics", test: (id) => rest.has(id) },
        ],
      },
    },
    [namespacesAsFiles, lateChunks((file) => file.startsWith("../kernels/") || file === "./threading.js")],
  );
}

/** Whether a module is one of those that reports are made of, which run anywhere. */
const isReport = (id) =>
  id.startsWith("\0") ||
  ["report/", "runs/", "package.json"].some((place) => id.startsWith(join(root, place)));

/** Whether a module is of the library or of anygrad/node. */
const isOurs = (id) => ["src/", "node/"].some((folder) => id.startsWith(join(root, folder)));

/**
 * `export * as layers` becomes an object with a getter for each layer when it is bundled, of which users' bundlers drop
 * nothing. In the entry it is written as a namespace again, over a file of plain exports.
 */
const namespacesAsFiles = {
  name: "namespaces-as-files",
  renderChunk(code, { name, isEntry }) {
    if (!isEntry || name !== "index") return null;
    const written = ["layers", "losses", "ops", "optimizers"].reduce((text, namespace) => {
      const listed = new RegExp(`\\b[\\w$]+ as ${namespace}\\b(, )?`);
      if (!listed.test(text)) throw new Error(`bundle: the entry does not export ${namespace}`);
      return `${text.replace(listed, "")}\nexport * as ${namespace} from "./namespaces/${namespace}.js";`;
    }, code);
    return { code: written };
  },
};

/**
 * Runtimes that compile no bytes: the core's source is swapped for those that import compiled modules, and the families' texts are
 * left empty, since they come with the core.
 */
async function forEdges(packed) {
  const staticKernels = {
    name: "static-kernels",
    resolveId(specifier, importer) {
      if (importer && join(importer, "..", specifier) === embedded) return { id: "#kernels", external: true };
      if (/[.]wasm([?]module)?$/.test(specifier)) return { id: `../kernels/${specifier}`, external: true };
    },
    load: (id) =>
      /families[\\/]\w+-simd[.]generated[.]ts$/.test(id) ? 'export const wasm = "";' : undefined,
  };
  const shared = reached(packed, library.index, new Set(), true);
  shared.delete(library.index); // it would export what the formats use of the core
  const entries = { "edge/index": source("index.ts") };
  for (const [name, id] of Object.entries(entriesOfFormats())) entries[`edge/${dirname(name)}`] = id;
  entries["edge/federated"] = library["federated/index"];
  const core = { name: "core", test: (id) => shared.has(id) };
  // short, as it is a tenth of the tarball: who deploys to an edge has it bundled once more
  const options = { codeSplitting: { groups: [core] }, chunkFileNames: "edge/[name].js", minify: true };
  await write(entries, options, [staticKernels], true);
  for (const edge of ["workerd", "edge-light"])
    await write({ [`edge/${edge}`]: source(`kernels/${edge}.ts`) }, {}, [staticKernels]);
}

/** What node/images/mozjpeg.ts says of itself: programs that bundle anygrad/node would leave a file beside it behind. */
const mozjpegAsText = {
  name: "mozjpeg-as-text",
  load(id) {
    if (id !== join(root, "node/images/mozjpeg.ts")) return undefined;
    const wasm = packedFile(join(root, "node_modules/@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm"));
    return `import { brotliDecompressSync } from "node:zlib";
export const mozjpegBytes = async () => brotliDecompressSync(Buffer.from("${wasm.toString("base64")}", "base64"));`;
  },
};

/** @param isOne one chunk is wanted: what is imported late cannot move into another */
async function bundle(input, plugins = [], isOne = false) {
  return rolldown({
    preserveEntrySignatures: "allow-extension", // as groups without what they import want it
    input,
    platform: "neutral",
    tsconfig: declarationConfig,
    plugins: [...plugins, mozjpegAsText, packagesAsFiles, markPure],
    external: /^node:/,
    // constants of the core, such as kernels by name, that a late chunk uses would stand in every page
    optimization: { inlineConst: { mode: "all", pass: 2 } },
    checks: { bundlerTimings: false, ineffectiveDynamicImport: !isOne }, // a busy machine is no reason to fail
    onwarn(warning) {
      throw new Error(`bundle: ${warning.message}`);
    },
  });
}

const markPure = pureInitializers((id) => id.startsWith(source("")) && id !== library["worker/entry"]);

/** @returns the modules by id, with what each imports */
async function moduleGraph(input) {
  const graph = new Map();
  const build = await bundle(input, [
    {
      name: "module-graph",
      buildEnd() {
        for (const id of this.getModuleIds()) graph.set(id, this.getModuleInfo(id));
      },
    },
  ]);
  await build.generate({ format: "esm" });
  await build.close();
  return graph;
}

/** @returns the modules that this one imports, at once unless `late`, and so on, as far as the others */
function reached(graph, entry, others, late = false) {
  const found = new Set();
  const visit = (id) => {
    if (found.has(id) || others.has(id)) return;
    found.add(id);
    const { importedIds = [], dynamicallyImportedIds = [] } = graph.get(id) ?? {};
    for (const next of [...importedIds, ...(late ? dynamicallyImportedIds : [])]) visit(next);
  };
  visit(entry);
  return found;
}

/** The bundler's own helpers. */
const isRuntime = (id) => id.startsWith("\0rolldown");

/** @returns the chunks */
async function write(input, options, plugins, isOne = false) {
  const build = await bundle(input, plugins, isOne);
  const { output } = await build.generate({
    dir: dist,
    format: "esm",
    entryFileNames: "[name].js",
    comments: { legal: true, annotation: true, jsdoc: false },
    ...options,
  });
  await build.close();
  for (const { fileName, moduleIds = [], code, source: text = code } of output) {
    const file = join(dist, fileName);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, isShort(fileName, moduleIds) ? await shortened(fileName, text) : text);
  }
  return output.filter(({ type }) => type === "chunk");
}

/**
 * What is written short, by which the tarball keeps to its budget: whatever is made with the library, formats with what they share, and
 * chunks that only some programs load. What every program loads stays as it is, to be read where an error leads to it.
 */
function isShort(fileName, moduleIds) {
  const folders = [
    "cli",
    "federated",
    "node",
    "report",
    "vis",
    "worker",
    ...Object.keys(entriesOfFormats()).map(dirname),
  ];
  const isOfFormats =
    moduleIds.length > 0 &&
    moduleIds.every((id) => dirname(id) !== source("io") && id.startsWith(source("io")));
  const isRare = fileName.startsWith("chunks/") && !common.includes(fileName);
  return isOfFormats || isRare || folders.some((folder) => fileName.startsWith(`${folder}/`));
}

/** Shortening takes away which parts users' bundlers may leave out; they are told again, but for a program, which is needed whole. */
async function shortened(fileName, text) {
  const { code } = await minify(fileName, text, { module: true });
  const isProgram = fileName === "worker/entry.js";
  return text.includes("@__PURE__") && !isProgram ? withPureMarks(code, fileName) : code;
}

const common = ["chunks/core.js"];

/** Takes away what an earlier build left, but for the .wasm files, which build-kernels.mjs keeps up to date. */
function clean() {
  for (const name of readdirSync(dist)) if (name !== "kernels") rmSync(join(dist, name), { recursive: true });
  for (const name of readdirSync(join(dist, "kernels")))
    if (!name.endsWith(".wasm")) rmSync(join(dist, "kernels", name));
}

const isQuick = process.argv.includes("--quick"); // without what packages alone need: types, and the bundles for edges
clean();
const types = isQuick || writeDeclarations(root, declarationConfig); // beside the bundles: both take as long as the slower one
const packed = await moduleGraph(library);
const chunks = await universal(packed);
await bundlePackages(chunks);
if (!isQuick) await forEdges(packed);
await types;
