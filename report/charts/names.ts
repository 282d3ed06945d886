/** Names in charts: in few lines, cut where there is no room for more. */
import { textWidth } from "../text/lines.ts";
import { shorten, shortNames } from "../text/table.ts";

/**
 * Names for charts: each in at most two lines of `width` characters, cut where that is too little; names that would then be
 * alike keep their ends.
 */
export function nameLines(names: readonly string[], width: number): string[] {
  const [starts, ends] = [cutAtEnd, cutAtStart].map((cut) => names.map((name) => twoLines(name, width, cut)));
  const isAlone = (texts: readonly string[], i: number): boolean =>
    texts.every((other, j) => other !== texts[i] || names[j] === names[i]);
  const single = shortNames(names, width);
  return names.map((_, i) => (isAlone(starts!, i) ? starts! : isAlone(ends!, i) ? ends! : single)[i]!);
}

type Cut = (text: string, width: number) => string;

const cutAtEnd: Cut = shorten;

const cutAtStart: Cut = (text, width) => {
  const characters = Array.from(text);
  return characters.length <= width
    ? text
    : `…${characters
        .slice(1 - width)
        .join("")
        .trimStart()}`;
};

function twoLines(name: string, width: number, cut: Cut): string {
  const first = firstLine(name, width);
  const rest = name.slice(first.length).trim();
  return rest === "" ? name : `${first.trimEnd()}\n${cut(rest, width)}`;
}

/** As many words as fit, each with the blank or the stroke behind it; of a word that is longer by itself what fits. */
function firstLine(name: string, width: number): string {
  if (textWidth(name) <= width) return name;
  let line = "";
  for (const word of name.split(/(?<=[\s_/-])/)) {
    if (textWidth((line + word).trimEnd()) > width) break;
    line += word;
  }
  return line || Array.from(name).slice(0, width).join("");
}

/** Characters of the longest line of some texts, and the most lines that one of them has. */
export function extentOf(texts: readonly string[]): { longest: number; lines: number } {
  const split = texts.map((text) => text.split("\n"));
  return {
    longest: Math.max(0, ...split.flat().map(textWidth)),
    lines: Math.max(1, ...split.map(({ length }) => length)),
  };
}
