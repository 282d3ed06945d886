// Compiles assembly/ once per build and writes what TypeScript needs of it:
//   src/kernels/BUILD.generated.ts            the kernels as base64 of gzip, one lazily imported chunk a build
//   src/kernels/abi.generated.ts              their interface: parameters by name, records, types
//   dist/kernels/BUILD.wasm                   the files themselves
//   bench/suite/kernels/ceiling.generated.ts  interface and builds of the module that only the benchmark runs
// Every module bears a mark (the package's version, a hash of the sources) that loading compares with the interface's:
// kernels of another version may take other arguments or give other bits. Nothing is done when the mark is there already.
//
// Why gzip below the base64: a server compresses what it sends, but base64 of code compresses badly. simd.wasm of
// 58.8 kB: 22.6 kB by gzip, 30.9 kB as gzip of base64, 23.2 kB as gzip of base64 of gzip. Zopfli finds 5 % shorter gzip
// than zlib's best (22.4 → 21.3 kB) in a second a build; what it gives is plain gzip.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { constantsOf, interfaceOf } from "./kernel-interface.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const builds = Object.keys(JSON.parse(readFileSync(join(root, "assembly/asconfig.json"), "utf8")).targets);
const largest = 64 * 1024; // bytes: a page downloads one build before its first step
const target = join(root, "src/kernels");
const compiler = createRequire(import.meta.url).resolve("assemblyscript/package.json");
const asc = join(dirname(compiler), "bin/asc.js");
const wasmFile = (build) => join(root, `dist/kernels/${build}.wasm`);
const generatedFile = (name) => join(target, `${name}.generated.ts`);
const ceilingFile = join(root, "bench/suite/kernels/ceiling.generated.ts");

const assemblySources = readdirSync(join(root, "assembly"), { recursive: true })
  .filter((file) => file.endsWith(".ts"))
  .sort()
  .map((file) => join(root, "assembly", file));
const sources = [
  compiler,
  join(root, "assembly/asconfig.json"),
  fileURLToPath(import.meta.url),
  ...["kernel-interface", "inline-transform"].map((name) => join(root, `scripts/build/${name}.mjs`)),
  ...assemblySources,
];
const outputs = [...builds.map(wasmFile), ...builds.map(generatedFile), generatedFile("abi"), ceilingFile];
const mark = markOf(sources);
if (outputs.every(existsSync) && readFileSync(generatedFile("abi"), "utf8").includes(`"${mark}"`))
  process.exit(0);

mkdirSync(target, { recursive: true });
mkdirSync(join(root, "dist/kernels"), { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), "anygrad-kernels-"));
process.on("exit", () => rmSync(scratch, { recursive: true }));
const ceilings = new Map();
const waiting = [
  ...builds.map((build) => () => makeKernels(build)),
  ...builds.map((build) => async () => ceilings.set(build, await compile("ceiling", build))),
];
await Promise.all(Array.from({ length: availableParallelism() }, work));
try {
  writeFileSync(ceilingFile, ceilingText());
  writeFileSync(generatedFile("abi"), interfaceOf(readFileSync(wasmFile("simd")), assemblySources, mark)); // last: it has the mark
} catch (error) {
  fail(error.message);
}
console.error(`kernels: ${builds.map((b) => `${b} ${statSync(wasmFile(b)).size}`).join(", ")} bytes`);

async function work() {
  for (let next = waiting.shift(); next; next = waiting.shift()) await next();
}

/** @returns a build of the module whose exports assembly/ENTRY.ts lists */
async function compile(entry, build) {
  const file = join(scratch, `${entry}-${build}.wasm`);
  const options = {
    config: "assembly/asconfig.json",
    target: build,
    transform: "./scripts/build/inline-transform.mjs",
    outFile: file,
  };
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(process.execPath, [asc, `assembly/${entry}.ts`, ...words], { cwd: root });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => {
      printed += text;
    });
  const status = await new Promise((resolve) => child.on("close", resolve));
  if (status !== 0) fail(`assembly/${entry}.ts, ${build}, does not compile\n${printed}`);
  return marked(readFileSync(file));
}

async function makeKernels(build) {
  const wasm = await compile("index", build);
  if (wasm.length > largest)
    fail(`${build}.wasm has ${wasm.length} bytes, more than the ${largest} it may have`);
  writeFileSync(wasmFile(build), wasm);
  // imported late: it prints its own source for every error that nobody catches
  const { default: zopfli } = await import("@gfx/zopfli");
  const packed = Buffer.from(await zopfli.gzipAsync(wasm, {}));
  if (!gunzipSync(packed).equals(wasm)) fail(`${build}.wasm does not come out of its gzip as it went in`);
  writeFileSync(
    generatedFile(build),
    `// written by scripts/build/build-kernels.mjs: the ${build} kernels, ${wasm.length} bytes, gzip\nexport const wasm: string =\n  "${packed.toString("base64")}";\n`,
  );
}

/** The benchmark's own module: its constants, and as base64 its builds, too small to be worth packing. */
function ceilingText() {
  const texts = builds.map((build) => `  ${build}:\n    "${ceilings.get(build).toString("base64")}",\n`);
  return `// written by scripts/build/build-kernels.mjs from assembly/ceiling.ts
import type { Kernel } from "../../../src/kernels/kernel.ts";
import type { Variant } from "../../../src/kernels/variants.ts";

${constantsOf(ceilings.get("simd"), assemblySources)}

export const modules: Readonly<Record<Variant, string>> = {
${texts.join("")}};
`;
}

/** The version of the package and the first half of a hash over everything that makes the kernels. */
function markOf(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return `${version} ${hash.digest("hex").slice(0, 16)}`;
}

/** The module with its mark in a custom section at the end (WebAssembly core specification 5.5, "Custom Section"). */
function marked(wasm) {
  const name = Buffer.from("anygrad");
  const content = Buffer.concat([Buffer.of(name.length), name, Buffer.from(mark)]);
  if (content.length > 127) fail(`the mark "${mark}" is too long for a length of one byte`);
  return Buffer.concat([wasm, Buffer.of(0, content.length), content]);
}

function fail(message) {
  console.error(`build-kernels: ${message}`);
  process.exit(1);
}
