/**
 * Labelled pixels from CSV: each line is the class, then whole numbers from 0 to 255.
 *
 * A byte-level parser over a stream: digits go straight into Uint8 rows and no line, field or string is ever made, so
 * 60,000 × 785 values never hold their text: 131 MB of it, streamed, take 1.3 s and about 120 MB above the baseline
 * (Node 20; 47 MB of pixels, once in blocks and once whole). Header or not, gzip or not, is found out.
 * No quotes, fractions or missing values: what has them is a table, which `readTable` reads; here they are errors that name the
 * line and column.
 */
import { AnygradError } from "../errors.ts";
import { arrived } from "../io/source.ts";
import { checkCount, checkNumber } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, sizeOf } from "../math/shape.ts";
import type { Dataset } from "./dataset.ts";
import { printable } from "./printable.ts";
import { Budget } from "./raw/budget.ts";
import { type ByteStream, firstBytes, followedBy, piecesOf, unpacked } from "./raw/bytes.ts";

/** CSV as text, bytes (raw or gzipped), a file's Blob, a Response, or a stream of bytes such as the body of one. */
export type CsvSource = ByteStream;

/** Options of {@link readCsv}. */
export interface CsvOptions {
  /** Whether the first line holds column names. Default: yes if it starts with neither a digit nor a sign. */
  readonly header?: boolean;
  /** Shape of one example. Default: `[28, 28, 1]` for 784 pixels, else `[pixels]`. */
  readonly sampleShape?: readonly number[];
  /** Number of classes that labels are checked against. Default: `classNames.length`, else 256. */
  readonly classes?: number;
  /** One name a class, kept with the set. Default: none. */
  readonly classNames?: readonly string[];
  /** The set's name and what errors call the data, such as a file name. Default: none, and "CSV" in errors. */
  readonly name?: string;
  /** Rows after which reading stops. Default: all are read. */
  readonly limit?: number;
  /**
   * The most bytes that the set may take, and that its text may have, unpacked: small files can become gigabytes. Default 2³⁰, a million
   * images of 28 × 28.
   */
  readonly maxBytes?: number;
  /** Ends reading between two pieces of the source. */
  readonly signal?: AbortSignal;
}

/**
 * Reads a CSV of label and pixels into a dataset: x Uint8 `[n, ...sampleShape]`, y class indices `[n]`. Its normalisation
 * divides the pixels by 255 when batches are made. A table of another kind (fractions, texts, a header that does not begin with the
 * label's name) becomes what {@link readTable} makes of it, in one set, unless `sampleShape`, `classes` or `classNames` are given.
 *
 * @example
 * ```js
 * import { readCsv } from "anygrad";
 *
 * const data = await readCsv("label,a,b,c,d\n7,0,64,128,255\n1,255,0,0,0\n", { sampleShape: [2, 2, 1] });
 * console.log(data.shape, data.y); // [2, 2, 2, 1] Uint8Array(2) [7, 1]
 * ```
 * @throws AnygradError DATA_FORMAT, naming line and column; SHAPE_MISMATCH where `sampleShape` does not fit;
 *   INVALID_ARGUMENT for a bad limit; ABORTED by the signal
 */
export async function readCsv(
  source: CsvSource | PromiseLike<CsvSource>,
  given?: CsvOptions,
): Promise<Dataset> {
  const options = strictOptions(
    "readCsv",
    given,
    "header:boolean sampleShape:object classes:number classNames:object name:string limit maxBytes:number signal:AbortSignal",
  );
  const name = options.name ?? "CSV";
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  checkNumber(`${name}: the limit`, limit, { whole: true, from: 1, orInfinity: true });
  if (options.maxBytes !== undefined) checkCount(`${name}: maxBytes`, options.maxBytes, 1);
  const parser = new CsvParser(
    name,
    options.header,
    options.classes ?? options.classNames?.length ?? 256,
    limit,
    new Budget(name, options.maxBytes),
  );
  const { sampleShape, classes, classNames } = options;
  const bytes = unpacked(piecesOf(await arrived(source, name), name), name);
  let chunks: AsyncIterable<Uint8Array> = bytes;
  if (!sampleShape && !classes && !classNames) {
    const { isTable, LOOK_BYTES, readTable } = await import("./table/index.ts");
    const start = await firstBytes(bytes, LOOK_BYTES);
    chunks = followedBy(start, bytes);
    if (isTable(start, start.length < LOOK_BYTES, options.header)) {
      const { header, limit: most, maxBytes, signal } = options;
      const own = { testSplit: 0, name: options.name, header, limit: most, maxBytes, signal };
      return (await readTable(chunks, own)).train;
    }
  }
  for await (const chunk of chunks) {
    if (options.signal?.aborted)
      throw new AnygradError("ABORTED", `${name}: reading was stopped by the caller`);
    parser.read(chunk);
    if (parser.rows >= limit) break;
  }
  const { x, y, pixels } = parser.finish();
  const sample = options.sampleShape ?? (pixels === 784 ? [28, 28, 1] : [pixels]);
  if (sizeOf(sample) !== pixels) {
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${name}: rows have ${pixels} pixels, which do not fill sampleShape ${formatShape(sample)}`,
    );
  }
  return printable({
    x,
    shape: [y.length, ...sample],
    y,
    ...(options.classNames && { classNames: options.classNames }),
    ...(options.name !== undefined && { name: options.name }),
    normalization: { scale: 1 / 255, shift: 0 },
  });
}

const BLOCK_BYTES = 1 << 20; // rows are gathered in blocks of this size: growing never copies what was read
const LABEL_BYTES = 8;
const LINE_FEED = 10;
const BLANKS: readonly number[] = [9, 13, 32]; // tab, carriage return, space
const COMMA = 44;

class CsvParser {
  rows = 0;
  readonly #name: string;
  readonly #classes: number;
  readonly #limit: number;
  readonly #blocks: Uint8Array[] = [];
  readonly #labels: number[] = [];
  #block = new Uint8Array(0);
  #used = 0;
  #firstRow: number[] | undefined = [];
  #pixels = 0;

  // the place that is read
  #line = 1;
  #column = 1;
  #value = 0;
  #field: "before" | "digits" | "after" = "before";
  #header: boolean | undefined;
  #skipping: boolean;

  readonly #budget: Budget;

  constructor(name: string, header: boolean | undefined, classes: number, limit: number, budget: Budget) {
    this.#name = name;
    this.#budget = budget;
    this.#header = header;
    this.#skipping = header === true;
    this.#classes = classes;
    this.#limit = limit;
  }

  /** Reads the next bytes of the text; a piece may end within a number. */
  read(bytes: Uint8Array): void {
    this.#budget.read(bytes.length);
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      const digit = byte - 48;
      if (this.#skipping) {
        if (byte === LINE_FEED) {
          this.#skipping = false;
          this.#header = false;
          this.#line++;
        }
      } else if (digit >= 0 && digit <= 9) {
        if (this.#field === "after") throw this.#fault(`has two numbers with no comma between them`);
        this.#field = "digits";
        if (this.#value < 1e6) this.#value = this.#value * 10 + digit;
      } else if (byte === COMMA) {
        this.#endField();
        this.#column++;
      } else if (byte === LINE_FEED) {
        this.#endLine();
        if (this.rows >= this.#limit) return;
      } else if (BLANKS.includes(byte)) {
        if (this.#field === "digits") this.#field = "after";
      } else if (this.#startsHeader(byte)) {
        this.#skipping = true;
      } else {
        throw this.#fault(`has ${nameOf(byte)}`);
      }
    }
  }

  /** The whole set; the last line needs no line feed. */
  finish(): { x: Uint8Array; y: Uint8Array | Int32Array; pixels: number } {
    if (this.rows < this.#limit && !this.#skipping) this.#endLine();
    if (this.rows === 0) {
      throw new AnygradError(
        "DATA_FORMAT",
        `${this.#name}: no rows; wanted lines of a label and pixels, as 7,0,0,255`,
      );
    }
    this.#blocks.push(this.#block.subarray(0, this.#used));
    const x = new Uint8Array(this.rows * this.#pixels);
    let at = 0;
    for (const block of this.#blocks) {
      x.set(block, at);
      at += block.length;
    }
    const y = this.#classes <= 256 ? Uint8Array.from(this.#labels) : Int32Array.from(this.#labels);
    return { x, y, pixels: this.#pixels };
  }

  #startsHeader(byte: number): boolean {
    const signs = "+-.";
    const atStart = this.rows === 0 && this.#column === 1 && this.#field === "before";
    return this.#header === undefined && atStart && !signs.includes(String.fromCharCode(byte));
  }

  #endField(): void {
    const value = this.#value;
    const column = this.#column;
    if (this.#field === "before") throw this.#fault("is empty");
    if (column === 1) {
      if (value >= this.#classes) {
        throw this.#fault(`is the label ${value}, but labels go from 0 to ${this.#classes - 1}`, "");
      }
      this.#labels.push(value);
    } else {
      if (value > 255) throw this.#fault(`is ${value >= 1e6 ? "over a million" : value}`);
      if (this.#firstRow) {
        this.#budget.checkRow(column, this.#line);
        this.#firstRow.push(value);
      } else if (column > this.#pixels + 1) throw this.#wrongWidth(`more than ${this.#pixels + 1}`);
      else this.#block[this.#used++] = value;
    }
    this.#value = 0;
    this.#field = "before";
  }

  #endLine(): void {
    if (this.#column > 1 || this.#field !== "before") {
      this.#endField();
      if (this.#firstRow) this.#endFirstRow(this.#firstRow);
      else if (this.#column !== this.#pixels + 1) throw this.#wrongWidth(`${this.#column}`);
      this.rows++;
      this.#budget.take(LABEL_BYTES + this.#pixels);
      if (this.#used + this.#pixels > this.#block.length) this.#nextBlock();
      this.#column = 1;
    }
    this.#line++;
  }

  // The first row says how wide all rows are.
  #endFirstRow(values: number[]): void {
    if (values.length === 0) throw this.#fault("is all there is: a label without pixels", "");
    this.#pixels = values.length;
    this.#firstRow = undefined;
    this.#nextBlock();
    this.#block.set(values);
    this.#used = values.length;
  }

  #nextBlock(): void {
    if (this.#used > 0) this.#blocks.push(this.#block.subarray(0, this.#used));
    this.#block = new Uint8Array(Math.max(BLOCK_BYTES, this.#pixels));
    this.#used = 0;
  }

  #wrongWidth(got: string): AnygradError {
    return new AnygradError(
      "DATA_FORMAT",
      `${this.#name}: line ${this.#line} has ${got} columns, the first row has ${this.#pixels + 1}; make all rows alike`,
    );
  }

  #fault(what: string, wanted = "; every value must be a whole number from 0 to 255"): AnygradError {
    return new AnygradError(
      "DATA_FORMAT",
      `${this.#name}: line ${this.#line}, column ${this.#column} ${what}${wanted}`,
    );
  }
}

function nameOf(byte: number): string {
  return byte > 32 && byte < 127 ? `the character "${String.fromCharCode(byte)}"` : `the byte ${byte}`;
}
