/** Text broken into lines: nothing is left out, whatever the room. */
import type { Style } from "./style.ts";
import { type Cell, shownWidth, table } from "./table.ts";

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
