/** Rows of text in columns that line up. */
import { fold, textWidth } from "./lines.ts";
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
  /** Characters of a line, within which texts of the last column are broken into lines. Default: they are not. */
  readonly width?: number;
}

const LEAST_ROOM = 16; // characters of the last column; where less is left, it stands on lines of its own

/** A row of a table: a cell a column. */
export type Row = readonly (string | Cell)[];

/** The table as one line a row, without the last line break and without blanks at the ends of lines. */
export function table(rows: readonly Row[], options: TableOptions = {}): string {
  return [...tableLines(rows, options)].join("\n");
}

/**
 * The lines of a table, one after another, for more rows than should be held at once.
 * @param rows are gone through twice: for the widths of columns, and for the lines
 */
export function* tableLines(rows: Iterable<Row>, options: TableOptions = {}): Generator<string> {
  const { align = [], indent = 2, gap = 2, style = plain, width = Number.POSITIVE_INFINITY } = options;
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, textWidth(typeof cell === "string" ? cell : cell.text));
  const columns = widths.length;
  const start = indent + widths.slice(0, -1).reduce((sum, each) => sum + each + gap, 0);
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
  const lines = (row: readonly Cell[]): string[] => {
    const last = row[columns - 1];
    if (!last || start + textWidth(last.text) <= width) return [line(row)];
    const isBeside = width - start >= LEAST_ROOM;
    const left = isBeside ? start : 2 * indent + 2;
    const parts = fold(last.text, Math.max(LEAST_ROOM, width - left));
    const first = isBeside ? { ...last, text: parts.shift()! } : { text: "" };
    const shown = parts.map(
      (part) => " ".repeat(left - indent) + (last.stress ? style[last.stress](part) : part),
    );
    return [line([...row.slice(0, -1), first]), ...shown];
  };
  for (const row of rows)
    for (const text of lines(row.map((cell) => (typeof cell === "string" ? { text: cell } : cell))))
      yield (" ".repeat(indent) + text).trimEnd();
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

/** Names, quiet, and beside them what they say, broken into lines of at most `width` characters. */
export function factLines(
  facts: readonly (readonly [name: string, text: string])[],
  width: number,
  style: Style,
): string {
  const start = 4 + Math.max(...facts.map(([name]) => textWidth(name)));
  return table(
    facts.map(([name, text]) => [{ text: name, stress: "quiet" }, text]),
    { style, width: Math.max(width, start + LEAST_ROOM) },
  );
}
