/**
 * Colours of code by classes: Shiki writes a style attribute at each word, which a strict content security policy refuses, and which knows one
 * pair of colours alone. The classes are in theme/code.css.
 */
import type { ShikiTransformer, ThemeRegistration } from "shiki";

/** Kinds of words, by the colour that stands for them until `classTransformer` has made a class of it. */
const kinds = {
  "#000001": "text",
  "#000002": "comment",
  "#000003": "string",
  "#000004": "keyword",
  "#000005": "number",
  "#000006": "name",
  "#000007": "mark",
};

const colorOf = (kind: string): string => Object.entries(kinds).find(([, name]) => name === kind)![0];

const scopes: Record<string, string[]> = {
  comment: ["comment", "punctuation.definition.comment"],
  string: ["string", "punctuation.definition.string", "markup.inline.raw"],
  keyword: ["keyword", "storage", "variable.language", "keyword.control", "entity.name.tag"],
  number: ["constant.numeric", "constant.language", "constant.character"],
  name: [
    "entity.name.function",
    "support.function",
    "entity.other.attribute-name",
    "support.type.property-name",
  ],
  mark: ["keyword.operator", "punctuation", "meta.brace", "storage.type.function.arrow"],
};

export const theme: ThemeRegistration = {
  name: "anygrad",
  type: "light",
  colors: { "editor.foreground": colorOf("text"), "editor.background": "#ffffff" },
  settings: [
    { settings: { foreground: colorOf("text"), background: "#ffffff" } },
    ...Object.entries(scopes).map(([kind, scope]) => ({ scope, settings: { foreground: colorOf(kind) } })),
  ],
};

export const classTransformer: ShikiTransformer = {
  name: "classes",
  pre: (node) => {
    delete node.properties.style;
  },
  span: (node) => {
    const color = /#0{5}[0-9]/.exec(String(node.properties.style ?? ""))?.[0] as
      | keyof typeof kinds
      | undefined;
    delete node.properties.style;
    if (color && kinds[color] !== "text") node.properties.class = `code-${kinds[color]}`;
  },
};
