// Compiles assembly/ once per build and writes what src/engine needs of it:
//   src/engine/kernels/BUILD.generated.ts   the module as base64, one lazily imported chunk a build
//   src/engine/kernels/abi.generated.ts     the typed kernel interface, from the compiler's own declarations
//   dist/kernels/BUILD.wasm                 the files themselves
// Nothing is done when the sources are older than the outputs.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const builds = Object.keys(JSON.parse(readFileSync(join(root, "asconfig.json"), "utf8")).targets);
/** The build whose declarations become the interface; all builds export the same. */
const declaring = "simd";
const largest = 64 * 1024; // bytes; DESIGN.md
const target = join(root, "src/engine/kernels");
const asc = join(
  dirname(createRequire(import.meta.url).resolve("assemblyscript/package.json")),
  "bin/asc.js",
);
const wasmFile = (build) => join(root, `dist/kernels/${build}.wasm`);
const generatedFile = (name) => join(target, `${name}.generated.ts`);

const sources = [
  join(root, "asconfig.json"),
  fileURLToPath(import.meta.url),
  ...readdirSync(join(root, "assembly"), { recursive: true })
    .filter((f) => f.endsWith(".ts"))
    .map((f) => join(root, "assembly", f)),
];
const outputs = [...builds.map(wasmFile), ...builds.map(generatedFile), generatedFile("abi")];
const newest = Math.max(...sources.map((f) => statSync(f).mtimeMs));
if (outputs.every((f) => existsSync(f) && statSync(f).mtimeMs > newest)) process.exit(0);

mkdirSync(target, { recursive: true });
mkdirSync(join(root, "dist/kernels"), { recursive: true });
const waiting = [...builds];
await Promise.all(Array.from({ length: availableParallelism() }, work));
writeInterface();
console.error(`kernels: ${builds.map((b) => `${b} ${statSync(wasmFile(b)).size}`).join(", ")} bytes`);

async function work() {
  for (let build = waiting.shift(); build; build = waiting.shift()) await compile(build);
}

async function compile(build) {
  const declarations = build === declaring ? ["--bindings", "raw"] : [];
  const options = ["--config", "asconfig.json", "--target", build, ...declarations];
  const child = spawn(process.execPath, [asc, ...options], { cwd: root });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => {
      printed += text;
    });
  const status = await new Promise((resolve) => child.on("close", resolve));
  if (status !== 0) fail(`${build} does not compile\n${printed}`);
  const wasm = readFileSync(wasmFile(build));
  if (wasm.length > largest)
    fail(`${build}.wasm has ${wasm.length} bytes, more than the ${largest} it may have`);
  writeFileSync(
    generatedFile(build),
    `// written by scripts/build-kernels.mjs: the ${build} kernels, ${wasm.length} bytes\nexport const wasm: string =\n  "${wasm.toString("base64")}";\n`,
  );
}

function writeInterface() {
  const declared = readFileSync(join(root, `dist/kernels/${declaring}.d.ts`), "utf8");
  const functions = [...declared.matchAll(/export function (\w+)\(([^)]*)\): (\w+);/g)];
  writeFileSync(
    generatedFile("abi"),
    `// written by scripts/build-kernels.mjs from assembly/index.ts\nexport interface Kernels {\n${functions
      .map(([, name, parameters, result]) => `  ${name}(${parameters}): ${result};`)
      .join("\n")}\n}\n`,
  );
  for (const extension of ["d.ts", "js"]) rmSync(join(root, `dist/kernels/${declaring}.${extension}`));
}

function fail(message) {
  console.error(`build-kernels: ${message}`);
  process.exit(1);
}
