// Compiles assembly/ once per build and writes what TypeScript needs of it. The core, assembly/index.ts, is what every network
// needs; a folder of assembly/ with an index.ts of its own is a family, a module beside it that is loaded when one of its
// kernels is called (docs/kernels.md).
//   src/kernels/BUILD.generated.ts              the core packed, as base64, one lazily imported chunk a build
//   src/kernels/abi.generated.ts                its interface: parameters by name, records, types
//   src/kernels/families/FAMILY.generated.ts    the interface of a family
//   src/kernels/families/FAMILY-simd.generated.ts   its simd build, packed, of conv2d behind the core's; the other builds of families are in scalar.generated.ts and relaxed.generated.ts
//   src/kernels/families/{workerd,edge-light}.generated.ts   imports of all families as .wasm files
//   assembly/generated/core.ts                  the core's kernels, declared for families that call them
//   dist/kernels/BUILD.wasm, FAMILY-BUILD.wasm  the files themselves, with the names of their exports (wasm-exports.mjs)
//   bench/suite/kernels/ceiling.generated.ts    interface and builds of the module that only the benchmark runs
//   bench/suite/kernels/facts.generated.ts      names of all kernels, and what a call of each reads and writes (kernel-traffic.mjs)
// Every module bears a mark (the package's version, a hash of all sources, the name of a family) that loading compares with the
// interface's: kernels of another version may take other arguments or give other bits. Nothing is done when the mark is
// there already, and what a module's own sources have not changed is taken from node_modules/.cache/anygrad.
//
// Most families have two builds: an engine of the relaxed build runs their simd build, over the relaxed core.
//
// Why modules are packed (pack-kernels.mjs) below the base64: a server compresses what it sends, but base64 of code compresses badly.
// conv2d-simd.wasm of 20.2 kB: 7.8 kB by gzip, 10.9 kB as gzip of base64, 6.8 kB packed and as base64 and gzip of that. What unpacks it,
// at once and everywhere, is 0.4 kB.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Compiler } from "./compiler.mjs";
import { constantsOf, declarationsOf, factsOf, familyInterfaceOf, interfaceOf } from "./kernel-interface.mjs";
import {
  assemblySources,
  buildsOf,
  families,
  heapBase,
  isLate,
  slotOf,
  sourcesOf,
} from "./kernel-modules.mjs";
import { pack } from "./packing/pack-kernels.mjs";
import { arranged, exportNames, nameless } from "./wasm-exports.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const builds = Object.keys(JSON.parse(readFileSync(join(root, "assembly/asconfig.json"), "utf8")).targets);
const largest = 64 * 1024; // bytes: a page downloads one build of the core before its first step
const target = join(root, "src/kernels");
const wasmFolder = join(root, "dist/kernels");
const cache = join(root, "node_modules/.cache/anygrad");
const assemblyscript = createRequire(import.meta.url).resolve("assemblyscript/package.json");
const factsFile = join(root, "bench/suite/kernels/facts.generated.ts");
const ceilingFile = join(root, "bench/suite/kernels/ceiling.generated.ts");
const abiFile = join(target, "abi.generated.ts");

/** All modules of the package: the core's builds, and those of the families. */
const modules = [
  ...builds.map((build) => ({ entry: "index", build, file: build })),
  ...families.flatMap((family) =>
    buildsOf(family).map((build) => ({
      entry: `${family}/index`,
      family,
      build,
      file: `${family}-${build}`,
    })),
  ),
];
const tools = [
  assemblyscript,
  join(root, "assembly/asconfig.json"),
  fileURLToPath(import.meta.url),
  ...[
    "compiler",
    "kernel-interface",
    "kernel-modules",
    "kernel-traffic",
    "inline-transform",
    "wasm-exports",
  ].map((name) => join(root, `scripts/build/${name}.mjs`)),
];
const packer = join(root, "scripts/build/packing/pack-kernels.mjs");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const mark = `${version} ${hashOf([...tools, packer, ...assemblySources])}`;

const scratch = mkdtempSync(join(tmpdir(), "anygrad-kernels-"));
process.on("exit", () => rmSync(scratch, { recursive: true }));
for (const folder of [join(target, "families"), wasmFolder, cache]) mkdirSync(folder, { recursive: true });
if (existsSync(abiFile) && readFileSync(abiFile, "utf8").includes(`"${mark}"`)) process.exit(0);

const declarations = join(root, "assembly/generated/core.ts"); // its name is that of the module it is imported from
mkdirSync(dirname(declarations), { recursive: true });
writeFileSync(declarations, declarationsOf(sourcesOf(undefined)));
const wasms = new Map(); // by file
const texts = new Map(); // by file: base64 of what is embedded, packed
const waiting = [
  ...modules.map((module) => (compiler) => makeKernels(compiler, module)),
  ...builds.map(
    (build) => async (compiler) => wasms.set(`ceiling-${build}`, await compile(compiler, "ceiling", build)),
  ),
];
await Promise.all(Array.from({ length: availableParallelism() }, work));
try {
  const names = exportNames(wasms.get("simd"));
  for (const build of builds)
    if (exportNames(wasms.get(build)).join() !== names.join())
      throw new Error(`${build}.wasm does not export what simd.wasm does`);
  for (const { family, file } of modules)
    if (family) {
      const before = file === `${family}-simd` && isLate(family) ? nameless(wasms.get("simd")) : undefined;
      texts.set(file, packed(nameless(wasms.get(file), names), before));
    }
  for (const build of builds) writeFileSync(join(target, `${build}.generated.ts`), chunkText(build));
  clean(join(target, "families"), familyFiles());
  clean(wasmFolder, new Map(modules.map(({ file }) => [`${file}.wasm`, wasms.get(file)])), /[.]wasm$/);
  writeFileSync(ceilingFile, ceilingText());
  writeFileSync(factsFile, factsText());
  // last: it has the mark
  writeFileSync(abiFile, interfaceOf(wasms.get("simd"), sourcesOf(undefined), mark, heapBase));
} catch (error) {
  fail(error.message);
}
const week = 7 * 24 * 3600 * 1000; // ms
for (const name of readdirSync(cache))
  if (Date.now() - statSync(join(cache, name)).mtimeMs > week) rmSync(join(cache, name));
console.error(`kernels: ${modules.map(({ file }) => `${file} ${wasms.get(file).length}`).join(", ")} bytes`);

async function work() {
  const compiler = new Compiler();
  for (let next = waiting.shift(); next; next = waiting.shift()) await next(compiler);
  compiler.end();
}

/** @returns a build of the module whose exports assembly/ENTRY.ts lists */
async function compile(compiler, entry, build, family) {
  const key = hashOf([...tools, ...sourcesOf(family)]);
  const known = join(
    cache,
    `${basename(dirname(entry))}-${basename(entry)}-${build}-${slotOf(family)}-${key}.wasm`,
  );
  if (!existsSync(known)) {
    const file = join(scratch, `${entry.replace("/", "-")}-${build}.wasm`);
    const options = {
      config: "assembly/asconfig.json",
      target: build,
      transform: "./scripts/build/inline-transform.mjs",
      outFile: file,
      ...(family && { memoryBase: slotOf(family) }),
    };
    const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const fault = await compiler.run([`assembly/${entry}.ts`, ...words]);
    if (fault) fail(`assembly/${entry}.ts, ${build}, does not compile\n${fault}`);
    const partial = `${known}.${process.pid}`;
    writeFileSync(partial, arranged(readFileSync(file)));
    renameSync(partial, known);
  }
  return marked(readFileSync(known), family);
}

async function makeKernels(compiler, { entry, build, family, file }) {
  const wasm = await compile(compiler, entry, build, family);
  if (wasm.length > largest)
    fail(`${file}.wasm has ${wasm.length} bytes, more than the ${largest} it may have`);
  checkConstants(wasm, build, family);
  wasms.set(file, wasm);
  if (family) return; // its text is made when the core is known
  texts.set(file, packed(nameless(wasm)));
}

/** The text of what is embedded, kept from one build to the next as compiled modules are. */
function packed(wasm, before = Buffer.of()) {
  const key = createHash("sha256")
    .update(readFileSync(packer))
    .update(before)
    .update(wasm)
    .digest("hex")
    .slice(0, 16);
  const known = join(cache, `${key}.packed`);
  if (!existsSync(known)) {
    const partial = `${known}.${process.pid}`;
    writeFileSync(partial, pack(wasm, before).toString("base64"));
    renameSync(partial, known);
  }
  return readFileSync(known, "utf8");
}

/** A module's constants lie in its own slot of memory, so that all can be loaded into one memory. */
function checkConstants(wasm, build, family) {
  if (build === "relaxed") return; // Node 20 compiles it behind a flag; its constants are those of simd
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const module = new WebAssembly.Module(wasm);
  const core = Object.fromEntries(WebAssembly.Module.imports(module).map(({ name }) => [name, () => 0]));
  const { heap_base } = new WebAssembly.Instance(module, { env: { memory }, core }).exports;
  const end = slotOf(family) + heapBase / (families.length + 1);
  if (heap_base() > end)
    fail(
      `the constants of ${family ?? "the core"} end at byte ${heap_base()}, ${end} is the next module's; raise SLOT`,
    );
}

/** The lazily imported chunk of a build of the core, with the builds of families that are not in what calls them: all but simd. */
function chunkText(build) {
  const own = `// written by scripts/build/build-kernels.mjs: the ${build} kernels, ${wasms.get(build).length} bytes, packed
export const wasm: string =
  "${texts.get(build)}";
`;
  if (build === "simd") return own;
  const entries = families
    .filter((family) => buildsOf(family).includes(build))
    .map((family) => `  ${family}:\n    "${texts.get(`${family}-${build}`)}",\n`);
  return `${own}export const families: Readonly<Record<string, string>> = {\n${entries.join("")}};\n`;
}

function familyFiles() {
  const files = new Map();
  for (const family of families) {
    const sources = sourcesOf(family).filter((file) => !sourcesOf(undefined).includes(file));
    files.set(
      `${family}.generated.ts`,
      familyInterfaceOf(family, wasms.get(`${family}-simd`), sources, sourcesOf(undefined)),
    );
    files.set(
      `${family}-simd.generated.ts`,
      `// written by scripts/build/build-kernels.mjs: ${wasms.get(`${family}-simd`).length} bytes, packed
export const wasm: string =
  "${texts.get(`${family}-simd`)}";
`,
    );
  }
  files.set("workerd.generated.ts", edgeText("", ["simd", "relaxed"])); // the builds of src/kernels/workerd.ts
  files.set("edge-light.generated.ts", edgeText("?module", ["simd"])); // and of edge-light.ts
  return files;
}

/**
 * All families as an edge runtime imports them, compiled. None is scalar: a runtime compiles all that it imports when it starts, so each has
 * SIMD, and these builds agree in every bit.
 * @param wanted the builds that it has, simd among them
 */
function edgeText(suffix, wanted) {
  const all = families.flatMap((family) =>
    buildsOf(family).flatMap((build) => (wanted.includes(build) ? [[family, build]] : [])),
  );
  const imports = all.map(
    ([family, build]) => `import ${family}_${build} from "${family}-${build}.wasm${suffix}";`,
  );
  const lists = wanted.map((build) => {
    const own = (family) => (buildsOf(family).includes(build) ? build : "simd");
    return `  ${build}: { ${families.map((family) => `${family}: ${family}_${own(family)}`).join(", ")} },`;
  });
  return `// written by scripts/build/build-kernels.mjs
${imports.join("\n")}

/** The compiled families by build and name. */
export const families: Readonly<Record<${wanted.map((build) => `"${build}"`).join(" | ")}, Readonly<Record<string, WebAssembly.Module>>>> = {
${lists.join("\n")}
};
`;
}

/** Writes the files of a folder, and takes away what an earlier build left there. */
function clean(folder, files, kind = /[.]generated[.]ts$/) {
  for (const name of readdirSync(folder)) if (kind.test(name) && !files.has(name)) rmSync(join(folder, name));
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
}

/** The benchmark's own module: its constants, and as base64 its builds, too small to be worth packing. */
/** The benchmark's list of all kernels, by family and place. */
function factsText() {
  const lines = [undefined, ...families].flatMap((family) =>
    factsOf(wasms.get(family ? `${family}-simd` : "simd"), sourcesOf(family)).map(
      ({ place, name, traffic }) =>
        `  ${JSON.stringify(family ? `${family} ${place}` : `${place}`)}: ${JSON.stringify({ name, traffic })},`,
    ),
  );
  return `// written by scripts/build/build-kernels.mjs from the doc comments of assembly/

/** A kernel's name, and for each array that a call touches its parameter, its extents, and how often it is read or written. */
export interface KernelFacts {
  readonly name: string;
  readonly traffic: readonly (readonly [array: string, extents: string, accesses: number])[];
}

/** By family and place, "depthwise 2", or the place alone in the core. */
export const facts: Readonly<Record<string, KernelFacts>> = {
${lines.join("\n")}
};
`;
}

function ceilingText() {
  const texts = builds.map(
    (build) => `  ${build}:\n    "${wasms.get(`ceiling-${build}`).toString("base64")}",\n`,
  );
  return `// written by scripts/build/build-kernels.mjs from assembly/ceiling.ts
import type { Kernel } from "../../../src/kernels/kernel.ts";
import type { Variant } from "../../../src/kernels/variants.ts";

${constantsOf(wasms.get("ceiling-simd"), sourcesOf(undefined))}

export const modules: Readonly<Record<Variant, string>> = {
${texts.join("")}};
`;
}

/** The first half of a hash over files. */
function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

/** The module with its mark in a custom section at the end (WebAssembly core specification 5.5, "Custom Section"). */
function marked(wasm, family) {
  const name = Buffer.from("anygrad");
  const text = family ? `${mark} ${family}` : mark;
  const content = Buffer.concat([Buffer.of(name.length), name, Buffer.from(text)]);
  if (content.length > 127) fail(`the mark "${text}" is too long for a length of one byte`);
  return Buffer.concat([wasm, Buffer.of(0, content.length), content]);
}

function fail(message) {
  console.error(`build-kernels: ${message}`);
  process.exit(1);
}
