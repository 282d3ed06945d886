/** Raw tables from CSV and from records, such as the lines of a JSON lines file. */
import { AnygradError } from "../../errors.ts";
import { Budget, costs } from "./budget.ts";
import type { ByteStream } from "./bytes.ts";
import { textOf } from "./decode.ts";
import { type Cell, CellReader, namedColumns, quoted, RawColumn, type RawTable } from "./rawTable.ts";
import { findSeparator, firstRows, type Separator, separatorLine, Tokenizer } from "./tokenizer.ts";
import { commaNumberOf, isHeld, isMissing, numberOf } from "./values.ts";

/** A row of a table by the names of its columns; null, undefined, NaN and "" are missing values. */
export type TableRow = Readonly<Record<string, string | number | boolean | bigint | null | undefined>>;

/** CSV as a text, bytes (raw or gzipped), a file's Blob or a stream of bytes; or rows as objects. */
export type TableSource = ByteStream | readonly TableRow[];

/** How a source is read. */
export interface RawOptions {
  readonly name: string;
  readonly header?: boolean | undefined;
  readonly separator?: Separator | undefined;
  readonly limit?: number | undefined;
  /** Bytes of memory that the table may take, and of text that it may have. Default 2³⁰. */
  readonly maxBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const LOOK = 1 << 16; // characters that the separator and the header are found by

/** @throws AnygradError DATA_FORMAT, naming the line; ABORTED */
export async function readRaw(source: TableSource, options: RawOptions): Promise<RawTable> {
  if (isRows(source)) return rowsTable(source, options);
  for await (const whole of csvParts(source, options)) return whole;
  throw new Error("a table has one part at least");
}

/**
 * CSV in tables of so many rows or somewhat more, for what needs no more of them at once; the columns of the first are those of all.
 * @param rows of a part; the memory of one is let go of when the next is asked for. Default: all
 * @throws AnygradError DATA_FORMAT, naming the line; ABORTED
 */
export async function* csvParts(
  source: ByteStream,
  options: RawOptions,
  rows: number = Number.POSITIVE_INFINITY,
): AsyncGenerator<RawTable, void, undefined> {
  const budget = new Budget(options.name, options.maxBytes);
  const texts = textOf(source, options.name, options.signal);
  let start = "";
  let [isWhole, hasLine] = [false, false];
  while (start.length < LOOK || !hasLine) {
    const { done, value } = await texts.next();
    if (done) isWhole = true;
    if (done) break;
    budget.read(value.length);
    hasLine ||= /[\r\n]/.test(value);
    start += value;
    if (!hasLine) budget.checkRow(start.length, 1);
  }
  start = start.replace(/^\ufeff/, "");
  const said = separatorLine(start);
  const text = start.slice(said?.length ?? 0);
  const separator = options.separator ?? said?.separator ?? findSeparator(text, isWhole);
  const table = new CsvTable(separator, firstRows(text, isWhole, separator), options, budget, said ? 2 : 1);
  table.push(text);
  for await (const piece of texts) {
    budget.read(piece.length);
    table.push(piece);
    if (table.isFull) break;
    if (table.rows >= rows) yield table.part();
  }
  const last = table.finish();
  if (last) yield last;
}

/** Whether a source is rows as objects. */
function isRows(source: TableSource): source is readonly TableRow[] {
  return Array.isArray(source);
}

class CsvTable {
  readonly #options: RawOptions;
  readonly #tokenizer: Tokenizer;
  readonly #cells: CellReader;
  readonly #separator: Separator;
  #columns: RawColumn[];
  #lines: number[] = [];
  /** Rows of the parts that were given. */
  #given = 0;
  readonly #hasHeader: boolean;
  #skipsHeader: boolean;

  readonly #budget: Budget;
  readonly #first: string;

  /** @param line number of the first line */
  constructor(
    separator: Separator,
    first: readonly string[][],
    options: RawOptions,
    budget: Budget,
    line: number,
  ) {
    this.#options = options;
    this.#budget = budget;
    this.#separator = separator;
    this.#hasHeader = options.header ?? looksLikeHeader(first, separator);
    this.#skipsHeader = this.#hasHeader;
    const head = first[0] ?? [];
    this.#first = head.join(separator);
    budget.take(head.length * costs.column);
    this.#columns = namedColumns(this.#hasHeader ? head : head.map(() => ""), options.name);
    this.#cells = new CellReader(options.name, separator !== ",");
    this.#tokenizer = new Tokenizer(
      options.name,
      separator,
      (fields, at) => this.#add(fields, at),
      (length, at) => budget.checkRow(length, at),
      line,
    );
  }

  get isFull(): boolean {
    return this.#given + this.#lines.length >= (this.#options.limit ?? Number.POSITIVE_INFINITY);
  }

  /** Rows of the part that is being read. */
  get rows(): number {
    return this.#lines.length;
  }

  /** @throws AnygradError DATA_FORMAT where the first line tells of a file of another kind */
  #refuseForeign(): void {
    const kind = /^\s*<(!doctype|html|\?xml)/i.test(this.#first)
      ? "a page of HTML or XML"
      : /^\s*[[{]/.test(this.#first)
        ? "JSON, of which lines are read from .jsonl"
        : undefined;
    if (kind !== undefined)
      throw new AnygradError(
        "DATA_FORMAT",
        `${this.#options.name}: the file holds ${kind}; pass lines of values with commas between them`,
      );
  }

  push(text: string): void {
    this.#tokenizer.push(text);
  }

  /** The rest; undefined: nothing is left. */
  finish(): RawTable | undefined {
    const { name } = this.#options;
    if (!this.isFull) this.#tokenizer.end();
    if (this.rows > 0) return this.part();
    if (this.#given === 0) this.#refuseForeign();
    if (this.#given === 0)
      throw new AnygradError(
        "DATA_FORMAT",
        this.#columns.length > 0 && this.#hasHeader
          ? `${name}: a header and no rows; add rows (or, if the first line is one, pass { header: false })`
          : `${name}: no rows; wanted lines of values with commas between them`,
      );
    return undefined;
  }

  /** The rows that were read since the last part. */
  part(): RawTable {
    const { name } = this.#options;
    const [lines, columns] = [this.#lines, this.#columns];
    this.#given += lines.length;
    this.#lines = [];
    this.#columns = columns.map(({ heading, name: own, unit }) => new RawColumn(heading, own, unit));
    this.#budget.release(lines.length * columns.length * costs.cell);
    const separator = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "strokes" }[this.#separator];
    return {
      name,
      columns,
      rows: lines.length,
      place: (row) => `line ${lines[row]}`,
      placeNoun: "line",
      placeNumber: (row) => lines[row]!,
      notes: [
        ...(this.#separator === "," ? [] : [`fields are separated by ${separator}`]),
        ...(this.#hasHeader ? [] : ["there is no header: columns are called column 1, column 2 …"]),
      ],
    };
  }

  #add(fields: string[], line: number): void {
    if (this.#skipsHeader) {
      this.#skipsHeader = false;
      return;
    }
    if (this.isFull) return;
    const columns = this.#columns;
    if (fields.length !== columns.length && this.#given + this.#lines.length === 0) {
      this.#refuseForeign();
      if (fields.length > columns.length && this.#hasHeader)
        throw new AnygradError(
          "DATA_FORMAT",
          `${this.#options.name}: line ${line} has ${count(fields.length, "field")}, the header has ${columns.length}: ${quoted(this.#first)}; make both alike, or remove what stands above the names of the columns`,
        );
    }
    if (fields.length !== columns.length)
      throw new AnygradError(
        "DATA_FORMAT",
        `${this.#options.name}: line ${line} has ${count(fields.length, "field")}, the ${this.#hasHeader ? "header" : "first row"} has ${columns.length}; make all rows alike, and put fields that hold ${{ ",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a stroke" }[this.#separator]} into quotes`,
      );
    this.#budget.take(fields.length * costs.cell);
    for (let i = 0; i < fields.length; i++)
      columns[i]!.add(this.#cells.read(fields[i]!, () => `line ${line}, ${quoted(columns[i]!.name)}`));
    this.#lines.push(line);
  }
}

/**
 * Whether the first row names the columns: it holds no number, and a column below one of its texts holds numbers, or, where all
 * is text, none of its texts comes again in its column.
 */
function looksLikeHeader(rows: readonly string[][], separator: Separator): boolean {
  const [head = [], ...others] = rows;
  const kind = (text: string): "number" | "text" | "gap" => {
    if (isMissing(text)) return "gap";
    const value = numberOf(text) ?? (separator === "," ? undefined : commaNumberOf(text));
    return value === undefined ? "text" : "number";
  };
  const below = (column: number, wanted: (text: string) => boolean): boolean =>
    others.length > 0 && others.every((row) => wanted(row[column] ?? ""));
  if (others.length === 0) return head.every((text) => kind(text) === "text");
  const overNumbers = head.some(
    (text, i) =>
      kind(text) === "text" &&
      below(i, (other) => kind(other) !== "text") &&
      !below(i, (other) => kind(other) === "gap"),
  );
  if (overNumbers) return true;
  return (
    head.every((text) => kind(text) !== "number") &&
    head.every((text, i) => below(i, (other) => other !== text || text === ""))
  );
}

/**
 * Rows as a table.
 * @param before what of the same source came before: how many rows, and the names of the columns that were seen, which gets those that
 *   are new
 * @throws AnygradError DATA_FORMAT, naming the row
 */
export function rowsTable(
  rows: readonly TableRow[],
  { name, limit = rows.length, maxBytes }: RawOptions,
  { rows: first, headings }: { rows: number; headings: Set<string> } = { rows: 0, headings: new Set() },
): RawTable {
  const budget = new Budget(name, maxBytes);
  const kept = rows.slice(0, limit);
  const place = (row: number): string => `row ${first + row + 1}`;
  for (const [i, row] of kept.entries()) {
    if (row === null || typeof row !== "object" || Array.isArray(row))
      throw new AnygradError(
        "DATA_FORMAT",
        `${name}: ${place(i)} is ${row === null ? "null" : Array.isArray(row) ? "a list" : typeof row}; wanted an object of names and values, such as { age: 41, city: "Rome" }`,
      );
    for (const key of Object.keys(row)) headings.add(key);
  }
  if (kept.length === 0)
    throw new AnygradError("DATA_FORMAT", `${name}: no rows; wanted objects of names and values`);
  const keys = [...headings];
  budget.take(keys.length * (costs.column + kept.length * costs.cell));
  const columns = namedColumns(keys, name);
  const cells = new CellReader(name, false);
  for (const [i, row] of kept.entries())
    for (const [j, key] of keys.entries())
      columns[j]!.add(
        cellOf(
          Object.hasOwn(row, key) ? row[key] : undefined,
          cells,
          () => `${name}: ${place(i)}, ${quoted(key)}`,
        ),
      );
  return {
    name,
    columns,
    rows: kept.length,
    place,
    placeNoun: "row",
    placeNumber: (row) => first + row + 1,
    notes: [],
  };
}

/** A value of JavaScript as a cell. @throws AnygradError DATA_FORMAT for what no cell can hold */
export function cellOf(value: unknown, cells: CellReader, place: () => string): Cell {
  if (value === null || value === undefined || (typeof value === "number" && Number.isNaN(value)))
    return undefined;
  if (typeof value === "string") return cells.read(value.trim(), place);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" && isHeld(value)) return value;
  if (typeof value === "bigint" && Number.isSafeInteger(Number(value))) return Number(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  const got =
    typeof value === "object"
      ? Array.isArray(value)
        ? "a list"
        : "an object"
      : `${String(value).slice(0, 40)}`;
  throw new AnygradError("DATA_FORMAT", `${place()} is ${got}; wanted a number, a text or true or false`);
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
