/** Text broken into lines: nothing is left out, whatever the room. */
import { textWidth } from "./table.ts";

/**
 * Breaks a text at blanks (or between words joined by `between`) into lines of at most `width` characters; a word that is
 * longer by itself is broken, too.
 */
export function fold(text: string, width: number, between = " "): string[] {
  const lines: string[] = [];
  for (const word of text.split(between).flatMap((one) => pieces(one, width))) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(last + between + word) <= width)
      lines[lines.length - 1] = last + between + word;
    else lines.push(word);
  }
  return lines;
}

function pieces(word: string, width: number): string[] {
  const characters = Array.from(word);
  if (characters.length <= width) return [word];
  return Array.from({ length: Math.ceil(characters.length / width) }, (_, i) =>
    characters.slice(i * width, (i + 1) * width).join(""),
  );
}
