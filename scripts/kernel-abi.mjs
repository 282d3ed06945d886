// What the kernels export, read from assembly/index.ts by AssemblyScript's own parser, checked, and written as TypeScript.
// The compiler's own declarations (asc --bindings) would not do: they leave out doc comments and records, and a kernel that
// takes a record makes them export a memory manager.
import { readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { CommonFlags, NodeKind, newOptions, newProgram, parse } from "assemblyscript";
import { docOf } from "./doc-comment.mjs";

/** A function that takes wasm's i64 would take a bigint. */
const numbers = new Set(["i8", "u8", "i16", "u16", "i32", "u32", "isize", "usize", "bool", "f32", "f64"]);
const units = "_units";
const workspaceBytes = "_workspace_bytes";

/**
 * The exported functions, in order, and the exported classes that are records of i32.
 * @param {string} entry the file whose exports count
 * @param {(message: string) => never} fail
 */
export function readAbi(entry, fail) {
  const functions = [];
  const records = [];
  const recordNames = new Set();
  const folder = dirname(entry);

  /** @param {Map<string, string> | undefined} wanted the exported names by their names in the file; undefined: all */
  function read(path, wanted) {
    const source = parsed(join(folder, `${path}.ts`), path);
    for (const statement of source.statements) {
      if (statement.kind === NodeKind.Export && statement.path) {
        const names = statement.members?.map(({ localName, exportedName }) => [
          localName.text,
          exportedName.text,
        ]);
        read(posix.join(posix.dirname(path), statement.path.value), names && new Map(names));
      } else if (statement.kind === NodeKind.Export)
        fail(`assembly/${path}.ts: export what it declares where it is declared`);
      else if (statement.kind === NodeKind.FunctionDeclaration) readFunction(statement, source);
      else if (statement.kind === NodeKind.ClassDeclaration) readRecord(statement, source);
    }

    function exportedName(declaration) {
      const name = declaration.name.text;
      if ((declaration.flags & CommonFlags.Export) === 0) return undefined;
      return wanted ? wanted.get(name) : name;
    }

    function readFunction(declaration, { text }) {
      const name = exportedName(declaration);
      if (name === undefined || declaration.typeParameters?.length) return;
      const { parameters, returnType } = declaration.signature;
      functions.push({
        name,
        parameters: parameters.map((parameter) => parameter.name.text),
        types: parameters.map((parameter) => typeOf(parameter.type)),
        result: typeOf(returnType),
        doc: docOf(text, declaration),
      });
    }

    function readRecord(declaration, { text }) {
      const name = exportedName(declaration);
      if (name === undefined || !/(Geometry|Shape)$/.test(name)) return;
      const fields = declaration.members.map((member) => {
        if (member.kind !== NodeKind.FieldDeclaration || typeOf(member.type) !== "i32")
          fail(
            `assembly/${path}.ts: ${name} is a record, so it may have fields of i32 alone; ${member.name.text} is none`,
          );
        return { name: member.name.text, doc: docOf(text, member) };
      });
      recordNames.add(name);
      records.push({ name, fields, doc: docOf(text, declaration) });
    }
  }

  read(posix.basename(entry, ".ts"), undefined);
  for (const { name, types, result } of functions)
    for (const type of [...types, result])
      if (!numbers.has(type) && !recordNames.has(type) && type !== "void")
        fail(
          `assembly: ${name} has a ${type}; a kernel may take and give numbers of up to 32 bits, f64 and records`,
        );
  return { functions, records };
}

function parsed(file, path) {
  const program = newProgram(newOptions());
  parse(program, readFileSync(file, "utf8"), `${path}.ts`, true);
  return program.sources[0];
}

function typeOf(type) {
  return type.name.identifier.text;
}

/** Functions that answer a number are queries, the others kernels; a kernel's own queries tell its units and its workspace. */
export function kernelsOf({ functions }) {
  const byName = new Map(functions.map((each) => [each.name, each]));
  return functions
    .filter(({ result }) => result === "void")
    .map((kernel) => {
      const ranged = kernel.parameters.slice(-2).join() === "from,to";
      return {
        ...kernel,
        ranged,
        own: ranged ? kernel.parameters.slice(0, -2) : kernel.parameters,
        units: byName.get(kernel.name + units)?.parameters,
        workspaceBytes: byName.get(kernel.name + workspaceBytes)?.parameters,
      };
    });
}

/** What is wrong with the exports, a sentence each. */
export function problemsOf(abi) {
  const kernels = kernelsOf(abi);
  const problems = [];
  for (const kernel of kernels) {
    const { name, ranged, own } = kernel;
    for (const [query, suffix] of [
      [kernel.units, units],
      [kernel.workspaceBytes?.filter((parameter) => parameter !== "units"), workspaceBytes],
    ])
      for (const parameter of query ?? [])
        if (!own.includes(parameter))
          problems.push(
            `${name}${suffix} takes ${parameter}, which ${name} does not; give it parameters of the kernel by their names`,
          );
    if (ranged && !kernel.units?.length)
      problems.push(`${name} takes a range but ${name}${units} does not say how many units there are`);
    if (!ranged && kernel.units)
      problems.push(`${name}${units} is there but ${name} does not end with from and to`);
  }
  return problems;
}

/** The module src/engine/kernels/abi.generated.ts. */
export function writeAbi(abi, mark) {
  const kernels = kernelsOf(abi);
  const queries = abi.functions.filter(({ result }) => result !== "void");
  const typed = (parameters, separator) => parameters.map((name) => `${name}: number`).join(separator);
  return `// written by scripts/build-kernels.mjs from assembly/index.ts
/** What every module of this version bears in its custom section "anygrad". */
export const kernelMark = "${mark}";

/** The kernels by named numbers, without the range. */
export interface Kernels {
${kernels.map(({ name, own, doc }) => `${comment(doc, "  ")}  ${name}(values: { ${typed(own, "; ")} }): void;`).join("\n")}
}

/** What only answers a number. */
export interface KernelQueries {
${queries.map(({ name, parameters, doc }) => `${comment(doc, "  ")}  ${name}(${typed(parameters, ", ")}): number;`).join("\n")}
}

/** All that a module exports, as it is. */
export interface KernelExports extends KernelQueries {
${kernels.map(({ name, parameters }) => `  ${name}(${typed(parameters, ", ")}): void;`).join("\n")}
}

/**
 * "kernels:parameters|of units|of workspace bytes" a line, for kernels that take the same. What stands behind the first bar is
 * given to \`${units}\`; without it a kernel has no range, else it ends with \`from\` and \`to\` besides. What stands
 * behind the second is given to \`${workspaceBytes}\`.
 */
export const kernelParameters: string = \`
${parameterLines(kernels).join("\n")}
\`;
${abi.records.map(record).join("")}`;
}

function parameterLines(kernels) {
  const names = new Map();
  for (const { name, own, units, workspaceBytes } of kernels) {
    const parameters = [own, units ?? [], workspaceBytes ?? []]
      .map((list) => list.join(" "))
      .join("|")
      .replace(/\|+$/, "");
    names.set(parameters, [...(names.get(parameters) ?? []), name]);
  }
  return [...names].map(([parameters, these]) => `${these.join(" ")}:${parameters}`);
}

function record({ name, fields, doc }) {
  const list = `${name[0].toLowerCase()}${name.slice(1)}Fields`;
  return `
${comment(doc)}export interface ${name} {
${fields.map((field) => `${comment(field.doc, "  ")}  ${field.name}: number;`).join("\n")}
}

/** The fields of ${name} in their order in memory, an int32 each. */
export const ${list}: readonly (keyof ${name})[] = [${fields.map((field) => `"${field.name}"`).join(", ")}];
`;
}

function comment(lines, indent = "") {
  if (lines.length === 0) return "";
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}
