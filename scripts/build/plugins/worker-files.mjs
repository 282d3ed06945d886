// The worker's program as files that bundlers need not understand. Vite inlines all that a worker may import, esbuild and Rollup follow no worker at
// all; but files that are named by `new URL("./file.js", import.meta.url)` Vite and webpack copy as they are, under names of their own.
// So a chunk here imports no other by its name. The first is the program; each of the others is a function, its default export, of
// what it uses of chunks before it, and the program imports it from the address that the page has told (src/worker/entry.ts).
import { RolldownMagicString } from "rolldown";
import { parseAst } from "rolldown/parseAst";

/**
 * @param output the chunks of a build in ES modules: the entry first, over which the others stand, each over those before it
 * @returns the text of each file by its name
 */
export function workerFiles(output) {
  const chunks = output.map(parsed);
  const helpers = chunks.find(({ name }) => name === helpersName); // the bundler's own
  const [entry, ...others] = chunks.filter((chunk) => chunk !== helpers);
  const places = new Map(others.map(({ name }, i) => [name, i]));
  const needs = {};
  const files = {};
  others.forEach(({ name, text, imports, exported }, i) => {
    needs[name] = [...imports.keys()].filter((from) => places.has(from));
    const later = needs[name].find((from) => places.get(from) > i);
    if (later) throw new Error(`bundle: the worker's ${name} imports ${later}, which comes after it`);
    const parameters = [entry.name, helpersName, ...needs[name]].map(
      (from) => `{${imports.get(from) ?? ""}}`,
    );
    files[name] = `export default (importLate,${parameters})=>{${text}return{${exported}}};\n`;
  });
  const atOnce = [...entry.imports.keys()].filter((from) => from !== helpersName);
  if (atOnce.length > 0) throw new Error(`bundle: the worker's program imports ${atOnce} at once`);
  return { [entry.name]: program(entry, helpers, needs), ...files };
}

const helpersName = "rolldown-runtime";

/** The program, with `importLate`, which runs a file once, after those that it needs. */
function program({ text, imports, exported }, helpers, needs) {
  return `const helpers = (() => {${helpers.text}return{${helpers.exported}}})();
const {${imports.get(helpersName) ?? ""}} = helpers;
${text}
const first = () => ({${exported}});
const needs = ${JSON.stringify(needs)};
const late = {};
function importLate(name) {
  const all = () => [import(/* @vite-ignore */ /* webpackIgnore: true */ anygradFiles[name]), ...needs[name].map(importLate)];
  return (late[name] ??= Promise.all(all()).then(([file, ...others]) => file.default(importLate, first(), helpers, ...others)));
}
`;
}

/** A chunk without its imports and exports: what it imports by chunk, and what it exports, as members of an object. */
function parsed({ fileName, name, code }) {
  const text = new RolldownMagicString(code);
  const imports = new Map();
  const exported = [];
  const { body } = parseAst(code, { lang: "js" }, fileName);
  for (const node of body) {
    if (node.type === "ImportDeclaration") {
      const members = node.specifiers.map(({ imported, local }) => `${imported.name}:${local.name}`);
      if (members.length > 0) imports.set(nameOf(node.source.value), members);
      text.remove(node.start, node.end);
    } else if (node.type === "ExportNamedDeclaration") {
      exported.push(...node.specifiers.map((each) => `${each.exported.name}:${each.local.name}`));
      text.remove(node.start, node.end);
    } else if (node.type.startsWith("Export")) throw new Error(`bundle: ${fileName} has ${node.type}`);
  }
  for (const { start, end, source } of lateImports(body)) {
    const file = source.value ?? source.quasis?.[0].value.cooked;
    if (file !== undefined) text.overwrite(start, end, `importLate("${nameOf(file)}")`);
  }
  return { name, text: text.toString(), imports, exported };
}

const nameOf = (file) => file.replace(/^[.][/]|[.]js$/g, "");

function lateImports(node) {
  if (Array.isArray(node)) return node.flatMap(lateImports);
  if (typeof node?.type !== "string") return [];
  return node.type === "ImportExpression" ? [node] : Object.values(node).flatMap(lateImports);
}
