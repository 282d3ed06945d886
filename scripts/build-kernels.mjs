// Compiles assembly/ once per build and writes what src/engine needs of it:
//   src/engine/kernels/BUILD.generated.ts   the module as base64 of gzip, one lazily imported chunk a build
//   src/engine/kernels/abi.generated.ts     the typed kernel interface, read from the sources (kernel-abi.mjs)
//   dist/kernels/BUILD.wasm                 the files themselves
// Every module bears a mark (the package's version, a hash of the sources) that loading compares with the interface's:
// kernels of another version may take other arguments or give other bits. Nothing is done when the mark is there already.
//
// Why gzip below the base64: a server compresses what it sends, but base64 of code compresses badly. simd.wasm of
// 58.8 kB: 22.6 kB by gzip, 30.9 kB as gzip of base64, 23.2 kB as gzip of base64 of gzip.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { problemsOf, readAbi, writeAbi } from "./kernel-abi.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const builds = Object.keys(JSON.parse(readFileSync(join(root, "asconfig.json"), "utf8")).targets);
/** The build whose exports are compared with the interface; all builds export the same. */
const compared = "simd";
const largest = 64 * 1024; // bytes; DESIGN.md
const target = join(root, "src/engine/kernels");
const compiler = createRequire(import.meta.url).resolve("assemblyscript/package.json");
const asc = join(dirname(compiler), "bin/asc.js");
const wasmFile = (build) => join(root, `dist/kernels/${build}.wasm`);
const generatedFile = (name) => join(target, `${name}.generated.ts`);

const sources = [
  compiler,
  join(root, "asconfig.json"),
  ...["build-kernels", "doc-comment", "inline-transform", "kernel-abi"].map((name) =>
    join(root, `scripts/${name}.mjs`),
  ),
  ...readdirSync(join(root, "assembly"), { recursive: true })
    .filter((f) => f.endsWith(".ts"))
    .sort()
    .map((f) => join(root, "assembly", f)),
];
const outputs = [...builds.map(wasmFile), ...builds.map(generatedFile), generatedFile("abi")];
const mark = markOf(sources);
if (outputs.every(existsSync) && readFileSync(generatedFile("abi"), "utf8").includes(`"${mark}"`))
  process.exit(0);

const abi = readAbi(join(root, "assembly/index.ts"), fail);
const problems = problemsOf(abi);
if (problems.length > 0)
  fail(`the exports of assembly/index.ts are not what kernels should be\n  ${problems.join("\n  ")}`);

mkdirSync(target, { recursive: true });
mkdirSync(join(root, "dist/kernels"), { recursive: true });
const waiting = [...builds];
await Promise.all(Array.from({ length: availableParallelism() }, work));
compareExports();
writeFileSync(generatedFile("abi"), writeAbi(abi, mark));
console.error(`kernels: ${builds.map((b) => `${b} ${statSync(wasmFile(b)).size}`).join(", ")} bytes`);

async function work() {
  for (let build = waiting.shift(); build; build = waiting.shift()) await compile(build);
}

async function compile(build) {
  const options = [
    "--config",
    "asconfig.json",
    "--target",
    build,
    "--transform",
    "./scripts/inline-transform.mjs",
  ];
  const child = spawn(process.execPath, [asc, ...options], { cwd: root });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => {
      printed += text;
    });
  const status = await new Promise((resolve) => child.on("close", resolve));
  if (status !== 0) fail(`${build} does not compile\n${printed}`);
  const wasm = marked(readFileSync(wasmFile(build)));
  if (wasm.length > largest)
    fail(`${build}.wasm has ${wasm.length} bytes, more than the ${largest} it may have`);
  writeFileSync(wasmFile(build), wasm);
  writeFileSync(
    generatedFile(build),
    `// written by scripts/build-kernels.mjs: the ${build} kernels, ${wasm.length} bytes, gzip\nexport const wasm: string =\n  "${gzipSync(wasm, { level: 9 }).toString("base64")}";\n`,
  );
}

/** What was read from the sources is what was compiled. */
function compareExports() {
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(wasmFile(compared))))
    .filter(({ kind }) => kind === "function")
    .map(({ name }) => name);
  const read = abi.functions.map(({ name }) => name);
  const differing = [
    ...exported.filter((name) => !read.includes(name)),
    ...read.filter((name) => !exported.includes(name)),
  ];
  if (differing.length > 0)
    fail(`${compared}.wasm and assembly/index.ts do not export the same: ${differing.join(", ")}`);
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
