/** How wide lines of text are, and how they are broken: nothing is left out, whatever the room. */

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

/** Width of a line in characters, without the escape sequences of its colours. */
export function shownWidth(line: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is how colours begin
  return textWidth(line.replace(/\u001b\[[\d;]*m/g, ""));
}

/** Width in characters, counting a surrogate pair once: right for the signs that reports use. */
export function textWidth(text: string): number {
  return Array.from(text).length;
}
