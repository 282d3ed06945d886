// Importing the library does nothing (test/package/imports.mjs), so a call that initializes a constant of a module is worth
// nothing where the constant is not used. Bundlers cannot know that and would keep it in every page, with all that it
// calls: this plugin tells them, by `/* @__PURE__ */` before each call that runs on import.
import { RolldownMagicString } from "rolldown";
import { parseAst } from "rolldown/parseAst";

const mark = "/* @__PURE__ */ ";

/** @param {(id: string) => boolean} isLibrary says so of a module; programs are there to do something */
export const pureInitializers = (isLibrary) => ({
  name: "pure-initializers",
  transform(code, id) {
    if (!isLibrary(id)) return undefined;
    const text = new RolldownMagicString(code);
    for (const statement of parseAst(code, { lang: "ts" }, id).body) {
      if (!statement.type.endsWith("Declaration"))
        throw new Error(
          `bundle: importing ${id} does something: ${code.slice(statement.start, statement.end)}`,
        );
      for (const start of new Set(callsOnImport(statement))) text.appendRight(start, mark);
    }
    return text.hasChanged() ? { code: text } : undefined;
  },
});

/** Where the calls begin that run when this node is evaluated: bodies of functions run later, fields with each instance. */
function callsOnImport(node) {
  const { type } = node;
  if (/Function/.test(type) || (type === "PropertyDefinition" && !node.static)) return [];
  const own = type === "CallExpression" || type === "NewExpression" ? [node.start] : [];
  const parts = Object.values(node).flat();
  return [...own, ...parts.filter((part) => part?.type).flatMap(callsOnImport)];
}
