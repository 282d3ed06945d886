// The kernels' interface in TypeScript, made from a module and the sources it was compiled from (docs/kernels.md): for each
// kernel its parameters by name and which of them its questions NAME_units and NAME_workspace_bytes take, for each record
// its fields in their order in memory. What does not keep to the rules ends the build with a line that says so.
import { readFileSync } from "node:fs";

/** The last two parameters of a kernel whose work can be shared. */
const ranges = new Set(["from", "to"]);

/** @returns the text of abi.generated.ts */
export function interfaceOf(wasm, sources, mark) {
  const text = sources.map((file) => readFileSync(file, "utf8")).join("\n");
  const functions = new Map(exportedFunctions(wasm).map((name) => [name, declarationOf(name, text)]));
  const records = recordsOf(text);
  const typeOf = (type) => (records.some(({ name }) => name === type) ? type : "number");
  const kernels = [...functions.values()]
    .filter(isKernel)
    .map((kernel) => signatureOf(kernel, functions, typeOf));
  return `// written by scripts/build-kernels.mjs from assembly/

/** What every module of this version bears in its custom section "anygrad". */
export const kernelMark = "${mark}";

${records.map(recordType).join("\n")}
/** The names of a record's fields in their order, whole numbers of four bytes each. */
export const recordFields = {
${records.map(({ name, fields }) => `  ${name}: "${fields.join(" ")}",`).join("\n")}
} as const;
export type RecordName = keyof typeof recordFields;

/** How a kernel gradient is summed: groups of so many images at least, and so many groups at the most. */
export const imagesPerGroup = ${constantOf("IMAGES_PER_GROUP", text)};
export const maxGroups = ${constantOf("MAX_GROUPS", text)};

/** The kernels as they are called by names: the range and the workspace are not the caller's. */
export interface Kernels {
${kernels.map(({ name, parameters }) => kernelType(name, parameters, typeOf)).join("\n")}
}

/** The functions of the module, by places. */
export interface KernelExports {
${[...functions.values()].map(exportType).join("\n")}
}

/** Parameters but the range, a star behind those that the units follow from, and the kernels that take them. */
export const signatures: string = \`${linesOf(kernels).join("\n")}\`;
`;
}

/** The names of a module's functions. */
export function exportedFunctions(wasm) {
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(wasm));
  return exported.filter(({ kind }) => kind === "function").map(({ name }) => name);
}

/** What only answers a number is none. */
export function isKernel({ name, result }) {
  return result === "void" && /_(f32|i32)$/.test(name);
}

/** Name, parameters with their types, and result of an exported function, as its source declares it. */
export function declarationOf(name, text) {
  const found = new RegExp(`export function ${name}\\(([^)]*)\\): (\\w+)`).exec(text);
  if (!found) throw new Error(`${name} is exported but not declared as "export function ${name}(…): …"`);
  const [, parameters, result] = found;
  const words = parameters.split(",").map((parameter) => parameter.trim());
  return { name, result, parameters: words.filter(Boolean).map((parameter) => parameter.split(": ")) };
}

/** The classes whose name says that they are a geometry or a shape, with the names of their fields. */
export function recordsOf(text) {
  const classes = text.matchAll(/@unmanaged\s+export class (\w+(?:Geometry|Shape)) \{([^}]*)\}/g);
  return [...classes].map(([, name, body]) => ({
    name,
    fields: [...body.matchAll(/^ {2}(\w+): i32;/gm)].map(([, field]) => field),
  }));
}

/** A kernel's name, its parameters without the range, and these as words, such as "y x n* alpha". */
function signatureOf(kernel, functions, typeOf) {
  const { name } = kernel;
  const parameters = kernel.parameters.filter(([parameter]) => !ranges.has(parameter));
  const asked = (question) =>
    functions.get(`${name}_${question}`)?.parameters.map(([parameter]) => parameter);
  const units = asked("units");
  const bytes = asked("workspace_bytes");
  for (const parameter of units ?? [])
    if (!parameters.some(([found]) => found === parameter))
      throw new Error(`${name}_units takes "${parameter}", which is no parameter of ${name}`);
  if (Boolean(units) !== (parameters.length === kernel.parameters.length - 2))
    throw new Error(`${name} must have both from, to and ${name}_units, or neither`);
  if (Boolean(bytes) !== parameters.some(([parameter]) => parameter === "workspace"))
    throw new Error(`${name} must have both a workspace and ${name}_workspace_bytes, or neither`);
  if (bytes && bytes.join() !== [...(units ?? []), "units"].join())
    throw new Error(`${name}_workspace_bytes must take what ${name}_units takes, and units`);
  const words = parameters.map(([parameter, type]) => {
    const star = units?.includes(parameter) ? "*" : "";
    return `${parameter}${star}${typeOf(type) === "number" ? "" : `:${type}`}`;
  });
  return { name, parameters, words: words.join(" ") };
}

/** A line for each list of parameters, "y x n* alpha=relu_f32 tanh_f32": a page downloads a third less than of a line a kernel. */
function linesOf(kernels) {
  const takers = new Map();
  for (const kernel of kernels) takers.set(kernel.words, [...(takers.get(kernel.words) ?? []), kernel]);
  return [...takers].map(([words, taking]) => `${words}=${taking.map(({ name }) => name).join(" ")}`);
}

/** A number that TypeScript must know, too, as its source declares it. */
function constantOf(name, text) {
  const found = new RegExp(`const ${name}: i32 = (\\d+);`).exec(text);
  if (!found) throw new Error(`${name} is not declared as "const ${name}: i32 = …;"`);
  return found[1];
}

function recordType({ name, fields }) {
  return `export type ${name} = {\n${fields.map((field) => `  readonly ${field}: number;`).join("\n")}\n};\n`;
}

function kernelType(name, parameters, typeOf) {
  const given = parameters.filter(([parameter]) => parameter !== "workspace");
  return `  ${name}(values: { ${given.map(([parameter, type]) => `readonly ${parameter}: ${typeOf(type)}`).join("; ")} }): void;`;
}

function exportType({ name, parameters, result }) {
  const places = parameters.map(([parameter]) => `${parameter}: number`).join(", ");
  return `  ${name}(${places}): ${result === "void" ? "void" : "number"};`;
}
