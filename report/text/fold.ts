/** Text broken into lines: nothing is left out, whatever the room. */
import type { Style } from "./style.ts";
import { type Cell, shorten, shortNames, shownWidth, table, textWidth } from "./table.ts";

/**
 * Breaks a text at blanks (or between words joined by `between`) into lines of at most `width` characters; a word that is
 * longer by itself is broken, too.
 */
export function fold(text: string, width: number, between = " "): string[] {
  const lines: string[] = [];
  for (const word of text.split(between).flatMap((one) => pieces(one, width))) {
    const last = lines.at(-1);
    if (last !== undefined && shownWidth(last + between + word) <= width)
      lines[lines.length - 1] = last + between + word;
    else lines.push(word);
  }
  return lines;
}

function pieces(word: string, width: number): string[] {
  if (shownWidth(word) <= width) return [word];
  const characters = Array.from(word);
  return Array.from({ length: Math.ceil(characters.length / width) }, (_, i) =>
    characters.slice(i * width, (i + 1) * width).join(""),
  );
}

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

/** Names, quiet, and beside them what they say, broken into lines of at most `width` characters. */
export function factLines(
  facts: readonly (readonly [name: string, text: string])[],
  width: number,
  style: Style,
): string {
  const room = width - 4 - Math.max(...facts.map(([name]) => shownWidth(name)));
  const rows = facts.flatMap(([name, text]) =>
    fold(text, Math.max(16, room)).map((line, i): (string | Cell)[] => [
      { text: i === 0 ? name : "", stress: "quiet" },
      line,
    ]),
  );
  return table(rows, { style });
}
