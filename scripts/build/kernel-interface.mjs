// The kernels' interface in TypeScript, made from a module and the sources it was compiled from (docs/kernels.md): for each
// kernel its parameters by name and which of them its questions NAME_units and NAME_workspace_bytes take, for each record
// its fields in their order in memory. What does not keep to the rules ends the build with a line that says so.
import { readFileSync } from "node:fs";
import { isLate } from "./kernel-modules.mjs";
import { trafficOf } from "./kernel-traffic.mjs";

/** The last two parameters of a kernel whose work can be shared. */
const ranges = new Set(["from", "to"]);

/** @returns the text of abi.generated.ts */
export function interfaceOf(wasm, sources, mark, heapBase) {
  const text = textOf(sources);
  const functions = functionsOf(wasm, text);
  const records = recordsOf(text);
  const kernels = signaturesOf(functions);
  return `// written by scripts/build/build-kernels.mjs from assembly/
import type { Kernel } from "./kernel.ts";

/** What every module of this version bears in its custom section "anygrad". */
export const kernelMark = "${mark}";

/** The first byte of memory behind the constants of the core and of all families. */
export const heapBase = ${heapBase};

${recordsText(records)}
/** How a kernel gradient is summed: groups of so many images at least, and so many groups at the most. */
export const imagesPerGroup = ${constantOf("IMAGES_PER_GROUP", text)};
export const maxGroups = ${constantOf("MAX_GROUPS", text)};

// The kernels: each a constant of its own, so that a page holds those alone that it can call.
${kernelConstants(kernels, records)}

/** The functions of the module by name, as anygrad/kernels/*.wasm export them. */
export interface KernelExports {
${[...functions.values()].map(exportType).join("\n")}
}
`;
}

/**
 * @param sources of the family alone
 * @param coreSources whose records and functions it may share
 * @returns the text of families/FAMILY.generated.ts
 */
export function familyInterfaceOf(family, wasm, sources, coreSources) {
  const [own, core] = [textOf(sources), textOf(coreSources)];
  const kernels = signaturesOf(functionsOf(wasm, `${own}\n${core}`));
  const [records, shared] = [recordsOf(own), recordsOf(core)];
  for (const { name } of kernels)
    if (new RegExp(`export function ${name}\\b`).test(core))
      throw new Error(`${name} of the family ${family} has the name of a kernel of the core`);
  const used = shared.filter(({ name }) =>
    kernels.some(({ parameters }) => parameters.some(([, type]) => type === name)),
  );
  const imports = used.flatMap(({ name }) => [`type ${name}`, fieldsConstant(name)]);
  return `// written by scripts/build/build-kernels.mjs from assembly/${family}/
${imports.length > 0 ? `import { ${imports.join(", ")} } from "../abi.generated.ts";\n` : ""}import type { Kernel } from "../kernel.ts";
${
  isLate(family)
    ? ""
    : `import { wasm } from "./${family}-simd.generated.ts";
`
}import { KernelFamily } from "./family.ts";

/** The module of these kernels. */
export const ${family}: KernelFamily = new KernelFamily("${family}"${isLate(family) ? "" : ", wasm"});

${recordsText(records)}
${kernelConstants(kernels, [...records, ...used], family)}
`;
}

/**
 * Declarations of the core's kernels for families, which import them from its module instead of holding a copy. Of those that are
 * not called nothing gets into a module.
 */
export function declarationsOf(sources) {
  const functions = textOf(sources).matchAll(
    /export function (\w+_(?:f32|i32|units|workspace_bytes))\(([^)]*)\): (\w+)/g,
  );
  const declared = [...functions].map(([, name, list, result]) => {
    const words = list
      .split(",")
      .map((parameter) => parameter.trim())
      .filter(Boolean);
    const parameters = words.map((word) => word.replace(/: [A-Z]\w+$/, ": usize")); // a record is its address
    return `export declare function ${name}(${parameters.join(", ")}): ${result};`;
  });
  return `// written by scripts/build/build-kernels.mjs: the kernels of the core, to be imported by families\n${declared.join("\n")}\n`;
}

function recordsText(records) {
  return `${records.map(recordType).join("\n")}
/** The names of each record's fields in their order, whole numbers of four bytes each. */
export const recordFields: Readonly<Record<${records.map(({ name }) => `"${name}"`).join(" | ") || "never"}, string>> = { ${records.map(({ name }) => `${name}: ${fieldsConstant(name)}`).join(", ")} };
`;
}

/** @returns the constants of a module's kernels alone */
export function constantsOf(wasm, sources) {
  const text = textOf(sources);
  return kernelConstants(signaturesOf(functionsOf(wasm, text)), recordsOf(text));
}

/** Place, name and traffic of a module's kernels. @param sources of the family and the core */
export function factsOf(wasm, sources) {
  const text = textOf(sources);
  const records = recordsOf(text);
  const functions = functionsOf(wasm, text);
  return signaturesOf(functions).map(({ name, place, parameters }) => {
    const fields = parameters.flatMap(
      ([, type]) => records.find((record) => record.name === type)?.fields ?? [],
    );
    const traffic = trafficOf({ name, parameters }, fields, text);
    if (traffic.length === 0)
      throw new Error(
        `the doc comment of ${name} begins with no line of shapes, such as "y[n] = max(x[n], 0)"`,
      );
    return { name, place, traffic };
  });
}

function kernelConstants(kernels, records, family) {
  const typeOf = (type) => (records.some(({ name }) => name === type) ? type : "number");
  return `${kernels.map((kernel) => kernelConstant(kernel, typeOf, family)).join("\n")}

/** All of them; what imports this list holds them all. */
export const kernels: readonly Kernel<unknown>[] = [${kernels.map(({ name }) => name).join(", ")}];
/** Their names, for tests and measurements: the package embeds modules without names. */
export const kernelNames: readonly string[] = [${kernels.map(({ name }) => `"${name}"`).join(", ")}];`;
}

function textOf(sources) {
  return sources.map((file) => readFileSync(file, "utf8")).join("\n");
}

/** The declarations of a module's functions, by name. */
function functionsOf(wasm, text) {
  return new Map(exportedFunctions(wasm).map((name) => [name, declarationOf(name, text)]));
}

function signaturesOf(functions) {
  return [...functions.values()].flatMap((each, place) =>
    isKernel(each) ? [{ ...signatureOf(each, functions), place }] : [],
  );
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
function signatureOf(kernel, functions) {
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
  const words = parameters.map(([parameter]) => `${parameter}${units?.includes(parameter) ? "*" : ""}`);
  return { name, parameters, words: words.join(" ") };
}

/** A number that TypeScript must know, too, as its source declares it. */
function constantOf(name, text) {
  const found = new RegExp(`const ${name}: i32 = (\\d+);`).exec(text);
  if (!found) throw new Error(`${name} is not declared as "const ${name}: i32 = …;"`);
  return found[1];
}

function recordType({ name, fields }) {
  const type = `export type ${name} = {\n${fields.map((field) => `  readonly ${field}: number;`).join("\n")}\n};\n`;
  return `${type}export const ${fieldsConstant(name)} = "${fields.join(" ")}";\n`;
}

/** The name of the constant that holds the names of a record's fields. */
function fieldsConstant(record) {
  return `${record[0].toLowerCase()}${record.slice(1)}Fields`;
}

/** A kernel as TypeScript calls it: the range and the workspace are not the caller's. */
function kernelConstant({ name, place, parameters, words }, typeOf, family) {
  const given = parameters.filter(([parameter]) => parameter !== "workspace");
  const values = given.map(([parameter, type]) => `readonly ${parameter}: ${typeOf(type)}`).join("; ");
  const record = given.map(([, type]) => typeOf(type)).find((type) => type !== "number");
  const text = record ? `\`${place} ${words}/\${${fieldsConstant(record)}}\`` : `"${place} ${words}"`;
  const value = family ? `{ text: ${text}, family: ${family} }` : text;
  return `export const ${name} = ${value} as Kernel<{ ${values} }>;`;
}

function exportType({ name, parameters, result }) {
  const places = parameters.map(([parameter]) => `${parameter}: number`).join(", ");
  return `  ${name}(${places}): ${result === "void" ? "void" : "number"};`;
}
