/**
 * Nothing that is published runs text as code, packages that are bundled included: pages and workers may forbid it
 * (Content-Security-Policy without 'unsafe-eval'), and what a file holds can never become code.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAst } from "rolldown/parseAst";
import { describe, expect, it } from "vitest";

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof Object(value).type === "string";
const named = (node: unknown, names: RegExp): boolean =>
  isNode(node) && node.type === "Identifier" && names.test(String(node.name));
const isText = (node: unknown): boolean =>
  isNode(node) && (typeof node.value === "string" || node.type === "TemplateLiteral");

/** The last name of what is called: `f`, `a.f`, `a["f"]`. */
function calledName(callee: unknown): string {
  if (!isNode(callee)) return "";
  if (callee.type === "ParenthesizedExpression") return calledName(callee.expression);
  if (callee.type === "SequenceExpression") return calledName((callee.expressions as unknown[]).at(-1));
  if (callee.type !== "MemberExpression") return String(callee.name ?? "");
  const { property } = callee as { property?: { name?: string; value?: string } };
  return property?.name ?? property?.value ?? "";
}

/** What runs text as code here. */
function evaluations(code: string): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === "CallExpression" || node.type === "NewExpression") {
      const [first] = node.arguments as readonly unknown[];
      const name = calledName(node.callee);
      if (/^(eval|Function|AsyncFunction|GeneratorFunction)$/.test(name)) found.push(name);
      else if (/^(constructor|setTimeout|setInterval|execScript)$/.test(name) && isText(first))
        found.push(name);
    }
    // under another name
    if (node.type === "VariableDeclarator" && named(node.init, /^(eval|Function)$/))
      found.push("a name for it");
    if (node.type === "ImportExpression" && /^data:|^blob:/.test(String((node.source as Node).value)))
      found.push("import of text");
    for (const value of Object.values(node)) for (const each of [value].flat()) if (isNode(each)) visit(each);
  };
  visit(parseAst(code) as unknown as Node);
  return found;
}

/** To read all as trees would take long: what of these words is nowhere in a text cannot be in its tree. */
const suspicious =
  /\b(eval|Function|AsyncFunction|GeneratorFunction|execScript)\b|(constructor|setTimeout|setInterval)["'\]]*\(\s*["'`]|import\(\s*["'`](data|blob):/;

describe("what is published", () => {
  const files = readdirSync("dist", { recursive: true, encoding: "utf8" }).filter(
    (name) => /[.]m?js$/.test(name) && !/^(bench|readme-)/.test(name),
  );

  it("runs no text as code", () => {
    expect(files.length).toBeGreaterThan(100);
    const found = files.flatMap((name) => {
      const code = readFileSync(join("dist", name), "utf8");
      return suspicious.test(code) ? evaluations(code).map((what) => `${name}: ${what}`) : [];
    });
    expect(found).toEqual([]);
  });
});

it.each([
  "eval('1')",
  "(0, eval)(text)",
  "globalThis.eval(text)",
  'window["eval"](text)',
  "const run = eval; run(text)",
  "new Function('return this')()",
  "Function(text)()",
  "new globalThis.Function(text)",
  "(async () => {}).constructor('await 1')",
  "setTimeout('tick()', 10)",
  "setInterval(`tick()`)",
  "import('data:text/javascript,1')",
])("would find %s", (code) => {
  expect(suspicious.test(code)).toBe(true);
  expect(evaluations(code)).not.toEqual([]);
});

it.each([
  "setTimeout(() => {}, 10)",
  "value instanceof Function",
  "if (word === 'eval') {}",
  "new this.constructor(size)",
  "typeof Function",
])("lets %s be", (code) => {
  expect(evaluations(code)).toEqual([]);
});
