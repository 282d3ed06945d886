// Importing the library does nothing (test/package/checks/imports.mjs), so a call that initializes a constant of a module is worth
// nothing where the constant is not used. Bundlers cannot know that and would keep it in every page, with all that it
// calls: this plugin tells them, by `/* @__PURE__ */` before each call that runs on import.
import { RolldownMagicString } from "rolldown";
import { parseAst } from "rolldown/parseAst";

const mark = "/* @__PURE__ */ ";

/** @param {(id: string) => boolean} isLibrary says so of a module; programs are there to do something */
export function pureInitializers(isLibrary) {
  const known = new Map(); // the same modules are bundled several times
  return {
    name: "pure-initializers",
    transform(code, id) {
      if (!isLibrary(id)) return undefined;
      if (!known.has(id)) known.set(id, callsOfModule(code, id));
      const text = new RolldownMagicString(code);
      for (const start of known.get(id)) text.appendRight(start, mark);
      return text.hasChanged() ? { code: text } : undefined;
    },
  };
}

/** The code of a chunk with these marks, which shortening has taken away. */
export function withPureMarks(code, name) {
  const starts = [...callsOfModule(code, name)].sort((a, b) => a - b);
  const pieces = [0, ...starts].map((start, i) => code.slice(start, starts[i]));
  return pieces.join(mark);
}

function callsOfModule(code, id) {
  const { body } = parseAst(code, { lang: "ts" }, id);
  for (const { type, start, end } of body)
    if (!type.endsWith("Declaration"))
      throw new Error(`bundle: importing ${id} does something: ${code.slice(start, end)}`);
  return new Set(body.flatMap(callsOnImport));
}

/** Where the calls begin that run when this node is evaluated: bodies of functions run later, fields with each instance. */
function callsOnImport(node) {
  const { type } = node;
  if (/Function|^TS.*Declaration/.test(type) || (type === "PropertyDefinition" && !node.static)) return [];
  const own = type === "CallExpression" || type === "NewExpression" ? [node.start] : [];
  const parts = Object.values(node).flat();
  return [...own, ...parts.filter((part) => part?.type).flatMap(callsOnImport)];
}
