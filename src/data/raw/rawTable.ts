/**
 * A table as it was read: columns of numbers, texts and gaps, with the place that each row had in its source.
 *
 * A column holds 12 bytes a cell, and each of its texts once: what a column means is judged when all of it is there (columns.ts).
 */
import { AnygradError } from "../../errors.ts";
import { commaNumberOf, isMissing, numberOf } from "./values.ts";

/** A cell: a number, a text, or undefined where a value is missing. */
export type Cell = number | string | undefined;

const MISSING = -1;
const NUMBER = -2;

/** The cells of one column. */
export class RawColumn {
  /** Without its unit. */
  readonly name: string;
  /** As the header has it. */
  readonly heading: string;
  readonly unit: string | undefined;
  /** Numbers, texts and gaps so far. */
  numbers = 0;
  gaps = 0;
  readonly texts: string[] = [];
  readonly #codeOf = new Map<string, number>();
  #values = new Float64Array(64);
  #codes = new Int32Array(64);
  #length = 0;

  constructor(heading: string, name: string, unit?: string) {
    this.heading = heading;
    this.name = name;
    this.unit = unit;
  }

  get length(): number {
    return this.#length;
  }

  add(cell: Cell): void {
    if (this.#length === this.#values.length) this.#grow();
    const row = this.#length++;
    if (typeof cell === "number") {
      this.#values[row] = cell;
      this.#codes[row] = NUMBER;
      this.numbers++;
    } else if (cell === undefined) {
      this.#codes[row] = MISSING;
      this.gaps++;
    } else {
      let code = this.#codeOf.get(cell);
      if (code === undefined) {
        code = this.texts.push(cell) - 1;
        this.#codeOf.set(cell, code);
      }
      this.#codes[row] = code;
    }
  }

  at(row: number): Cell {
    const code = this.#codes[row]!;
    if (code === NUMBER) return this.#values[row];
    return code === MISSING ? undefined : this.texts[code];
  }

  #grow(): void {
    const [values, codes] = [this.#values, this.#codes];
    this.#values = new Float64Array(2 * values.length);
    this.#codes = new Int32Array(2 * codes.length);
    this.#values.set(values);
    this.#codes.set(codes);
  }
}

/** A table as it was read. */
export interface RawTable {
  /** What errors call it. */
  readonly name: string;
  readonly columns: readonly RawColumn[];
  readonly rows: number;
  /** Where a row was: "line 7". */
  place(row: number): string;
  /** What `placeNumber` counts. */
  readonly placeNoun: "line" | "row";
  /** The number in `place`. */
  placeNumber(row: number): number;
  /** What was found out about its form, for the user to read. */
  readonly notes: readonly string[];
}

/**
 * Columns with the names of a header. A unit in parentheses or brackets at the end, as in "temp (°C)", is taken apart where the
 * names stay different without.
 * @throws AnygradError DATA_FORMAT where two columns have one name
 */
export function namedColumns(headings: readonly string[], subject: string): RawColumn[] {
  const names = headings.map((heading, i) => heading.trim() || `column ${i + 1}`);
  const seen = new Map<string, number>();
  for (const [i, name] of names.entries()) {
    const before = seen.get(name);
    if (before !== undefined)
      throw new AnygradError(
        "DATA_FORMAT",
        `${subject}: columns ${before + 1} and ${i + 1} are both called ${quoted(name)}; rename one of them`,
      );
    seen.set(name, i);
  }
  const parts = names.map((name) => {
    const [, bare, round, square] = /^(.*\S)\s*(?:\(([^()]+)\)|\[([^[\]]+)\])$/.exec(name) ?? [];
    return bare === undefined ? { name } : { name: bare, unit: (round ?? square)!.trim() };
  });
  const counts = new Map<string, number>();
  for (const { name } of parts) counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.map((heading, i) => {
    const { name, unit } = parts[i]!;
    return counts.get(name) === 1 ? new RawColumn(heading, name, unit) : new RawColumn(heading, heading);
  });
}

/** A user's text in a message. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
}

/** How the texts of one file write numbers; mixing points and commas is an error, since one of them groups thousands. */
export class CellReader {
  readonly #subject: string;
  readonly #takesComma: boolean;
  #point: string | undefined;
  #comma: string | undefined;

  /** @param takesComma whether 3,5 may be a number: not where commas separate fields */
  constructor(subject: string, takesComma: boolean) {
    this.#subject = subject;
    this.#takesComma = takesComma;
  }

  /** @throws AnygradError DATA_FORMAT */
  read(text: string, place: string | (() => string)): Cell {
    if (isMissing(text)) return undefined;
    const value = numberOf(text);
    if (value !== undefined) {
      if (this.#takesComma && text.includes(".")) this.#point ??= this.#said(text, place);
      if (this.#point !== undefined && this.#comma !== undefined) throw this.#mixed();
      return value;
    }
    const withComma = this.#takesComma ? commaNumberOf(text) : undefined;
    if (withComma === undefined) return text;
    this.#comma ??= this.#said(text, place);
    if (this.#point !== undefined) throw this.#mixed();
    return withComma;
  }

  #said(text: string, place: string | (() => string)): string {
    return `${quoted(text)} (${typeof place === "string" ? place : place()})`;
  }

  #mixed(): AnygradError {
    return new AnygradError(
      "DATA_FORMAT",
      `${this.#subject}: ${this.#point} has a decimal point and ${this.#comma} a comma, which groups thousands or separates decimals; write all numbers alike, without thousands separators`,
    );
  }
}
