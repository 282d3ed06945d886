/** Rows of text in columns that line up. */
import { plain, type Style } from "./style.ts";

/** A cell, and how it is stressed once its width is known. */
export interface Cell {
  readonly text: string;
  readonly stress?: keyof Style;
}

export interface TableOptions {
  /** Alignment of each column; "left" where it is missing. */
  readonly align?: readonly ("left" | "right")[];
  /** Blanks before the first column. Default 2. */
  readonly indent?: number;
  /** Blanks between columns. Default 2. */
  readonly gap?: number;
  readonly style?: Style;
}

/** The table as one line a row, without the last line break and without blanks at the ends of lines. */
export function table(rows: readonly (readonly (string | Cell)[])[], options: TableOptions = {}): string {
  const { align = [], indent = 2, gap = 2, style = plain } = options;
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "string" ? { text: cell } : cell)));
  const columns = cells.reduce((most, row) => Math.max(most, row.length), 0);
  const widths = Array.from({ length: columns }, (_, column) =>
    cells.reduce((widest, row) => Math.max(widest, textWidth(row[column]?.text ?? "")), 0),
  );
  const line = (row: readonly Cell[]): string =>
    row
      .map(({ text, stress }, column) => {
        const blanks = " ".repeat(widths[column]! - textWidth(text));
        const shown = stress ? style[stress](text) : text;
        if (align[column] === "right") return blanks + shown;
        return column === row.length - 1 ? shown : shown + blanks;
      })
      .join(" ".repeat(gap))
      .trimEnd();
  return cells.map((row) => (" ".repeat(indent) + line(row)).trimEnd()).join("\n");
}

/** The text cut to at most `width` characters, the last of them "…" where something is left out. */
export function shorten(text: string, width: number): string {
  const characters = Array.from(text);
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join("")}…`;
}

/**
 * The names cut to at most `width` characters; those that would then be alike keep their ends, too: "a long name, 1" and
 * "a long name, 2" become "a lo…e, 1" and "a lo…e, 2".
 */
export function shortNames(names: readonly string[], width: number): string[] {
  const short = names.map((name) => shorten(name, width));
  return short.map((name, i) => {
    if (!short.some((other, j) => other === name && j !== i && names[j] !== names[i])) return name;
    const [characters, end] = [Array.from(names[i]!), Math.floor((width - 1) / 2)];
    return `${characters.slice(0, width - 1 - end).join("")}…${characters.slice(-end).join("")}`;
  });
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
