// Compiles assembly/ once per build and writes what src/kernels needs of it:
//   src/kernels/BUILD.generated.ts   the module as base64 of gzip, one lazily imported chunk a build
//   src/kernels/abi.generated.ts     the kernels' interface: parameters by name, records, types
//   dist/kernels/BUILD.wasm                 the files themselves
// Every module bears a mark (the package's version, a hash of the sources) that loading compares with the interface's:
// kernels of another version may take other arguments or give other bits. Nothing is done when the mark is there already.
//
// Why gzip below the base64: a server compresses what it sends, but base64 of code compresses badly. simd.wasm of
// 58.8 kB: 22.6 kB by gzip, 30.9 kB as gzip of base64, 23.2 kB as gzip of base64 of gzip.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const builds = Object.keys(JSON.parse(readFileSync(join(root, "asconfig.json"), "utf8")).targets);
/** The last two parameters of a kernel whose work can be shared. */
const ranges = new Set(["from", "to"]);
const largest = 80 * 1024; // bytes; DESIGN.md
const target = join(root, "src/kernels");
const compiler = createRequire(import.meta.url).resolve("assemblyscript/package.json");
const asc = join(dirname(compiler), "bin/asc.js");
const wasmFile = (build) => join(root, `dist/kernels/${build}.wasm`);
const generatedFile = (name) => join(target, `${name}.generated.ts`);

const assemblySources = readdirSync(join(root, "assembly"), { recursive: true })
  .filter((file) => file.endsWith(".ts"))
  .sort()
  .map((file) => join(root, "assembly", file));
const sources = [compiler, join(root, "asconfig.json"), fileURLToPath(import.meta.url), ...assemblySources];
const outputs = [...builds.map(wasmFile), ...builds.map(generatedFile), generatedFile("abi")];
const mark = markOf(sources);
if (outputs.every(existsSync) && readFileSync(generatedFile("abi"), "utf8").includes(`"${mark}"`))
  process.exit(0);

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
  const options = ["--config", "asconfig.json", "--target", build];
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

/**
 * What TypeScript needs to know of the module: for each kernel its parameters by name, and which of them its questions
 * NAME_units and NAME_workspace_bytes take; for each record its fields in their order in memory (docs/kernels.md).
 */
function writeInterface() {
  const text = assemblySources.map((file) => readFileSync(file, "utf8")).join("\n");
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(wasmFile("simd"))));
  const functions = new Map(
    exported.filter(({ kind }) => kind === "function").map(({ name }) => [name, declarationOf(name, text)]),
  );
  const records = [
    ...text.matchAll(/@final @unmanaged export class (\w+(?:Geometry|Shape)) \{([^}]*)\}/g),
  ].map(([, name, body]) => ({
    name,
    fields: [...body.matchAll(/^ {2}(\w+): i32;/gm)].map(([, field]) => field),
  }));
  const kernels = [...functions.values()].filter(
    ({ name, result }) => result === "void" && /_(f32|i32)$/.test(name),
  );
  const asked = (kernel, question, own) => {
    const declared = functions.get(`${kernel.name}_${question}`);
    if (!declared) return undefined;
    const parameters = declared.parameters.map(([name]) => name).filter((name) => name !== own);
    for (const name of parameters)
      if (!kernel.parameters.some(([found]) => found === name))
        fail(`${declared.name} takes "${name}", which is no parameter of ${kernel.name}`);
    return parameters.join(" ");
  };
  const typeOf = (type) => (records.some(({ name }) => name === type) ? type : "number");
  const signatures = kernels.map((kernel) => {
    const { name } = kernel;
    const units = asked(kernel, "units");
    const bytes = asked(kernel, "workspace_bytes", "units");
    const parameters = kernel.parameters.filter(([parameter]) => !ranges.has(parameter));
    if ((units === undefined) !== (parameters.length === kernel.parameters.length))
      fail(`${name} must have both from, to and ${name}_units, or neither`);
    if ((bytes === undefined) === parameters.some(([parameter]) => parameter === "workspace"))
      fail(`${name} must have both a workspace and ${name}_workspace_bytes, or neither`);
    const words = parameters.map(([parameter, type]) =>
      typeOf(type) === "number" ? parameter : `${parameter}:${type}`,
    );
    const parts = [[name, ...words].join(" ")];
    if (units !== undefined || bytes !== undefined) parts.push(units ?? "-");
    if (bytes !== undefined) parts.push(bytes);
    return { name, parameters, line: parts.join("/") };
  });
  const lines = [
    "// written by scripts/build-kernels.mjs from assembly/",
    "",
    '/** What every module of this version bears in its custom section "anygrad". */',
    `export const kernelMark = "${mark}";`,
    ...records.flatMap(({ name, fields }) => [
      "",
      `export type ${name} = {`,
      ...fields.map((field) => `  readonly ${field}: number;`),
      "};",
    ]),
    "",
    "/** How a kernel gradient is summed: groups of so many images at least, and so many groups at the most. */",
    `export const imagesPerGroup = ${constantOf("IMAGES_PER_GROUP", text)};`,
    `export const maxGroups = ${constantOf("MAX_GROUPS", text)};`,
    "",
    "/** The names of a record's fields in their order, whole numbers of four bytes each. */",
    `export const recordFields = {\n${records.map(({ name, fields }) => `  ${name}: "${fields.join(" ")}",`).join("\n")}\n} as const;`,
    "export type RecordName = keyof typeof recordFields;",
    "",
    "/** The kernels as they are called by names: the range and the workspace are not the caller's. */",
    "export interface Kernels {",
    ...signatures.map(
      ({ name, parameters }) =>
        `  ${name}(values: { ${parameters
          .filter(([parameter]) => parameter !== "workspace")
          .map(([parameter, type]) => `readonly ${parameter}: ${typeOf(type)}`)
          .join("; ")} }): void;`,
    ),
    "}",
    "",
    "/** The functions of the module, by places. */",
    "export interface KernelExports {",
    ...[...functions.values()].map(
      ({ name, parameters, result }) =>
        `  ${name}(${parameters.map(([parameter]) => `${parameter}: number`).join(", ")}): ${result === "void" ? "void" : "number"};`,
    ),
    "}",
    "",
    "/** A kernel a line: its parameters but the range, those of its units, those of its workspace's bytes. */",
    `export const signatures: string = \`${signatures.map(({ line }) => line).join("\n")}\`;`,
    "",
  ];
  writeFileSync(generatedFile("abi"), lines.join("\n"));
}

/** A number that TypeScript must know, too, as its source declares it. */
function constantOf(name, text) {
  const found = new RegExp(`const ${name}: i32 = (\\d+);`).exec(text);
  if (!found) fail(`${name} is not declared as "const ${name}: i32 = …;"`);
  return found[1];
}

/** Name, parameters with their types, and result of an exported function, as its source declares it. */
function declarationOf(name, text) {
  const found = new RegExp(`export function ${name}\\(([^)]*)\\): (\\w+)`).exec(text);
  if (!found) fail(`${name} is exported but not declared as "export function ${name}(…): …"`);
  const [, parameters, result] = found;
  return {
    name,
    result,
    parameters: parameters
      .split(",")
      .map((parameter) => parameter.trim())
      .filter(Boolean)
      .map((parameter) => parameter.split(": ")),
  };
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
