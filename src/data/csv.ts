/**
 * Labelled pixels from CSV: each line is the class, then whole numbers from 0 to 255.
 *
 * A byte-level parser over a stream: digits go straight into Uint8 rows and no line, field or string is ever made, so
 * 60,000 × 785 values never hold their text: 131 MB of it, streamed, take 1.3 s and about 120 MB above the baseline
 * (Node 20; 47 MB of pixels, once in blocks and once whole). Header or not, gzip or not, is found out.
 * Not a general CSV reader: no quotes, fractions or missing values; these are errors that name the line and column.
 */
import { AnygradError, quote } from "../errors.ts";
import { arrived, type ByteSource, bytesOf, checkResponse } from "../io/source.ts";
import { checkNumber } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, sizeOf } from "../math/shape.ts";
import type { Dataset } from "./dataset.ts";
import { gunzipChunks, isGzip } from "./gzip.ts";
import { printable } from "./printable.ts";

/** CSV as text, bytes (raw or gzipped), a file's Blob, a Response, or a stream of bytes such as the body of one. */
export type CsvSource = string | ByteSource | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

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
  /** Ends reading between two pieces of the source. */
  readonly signal?: AbortSignal;
}

/**
 * Reads a CSV of label and pixels into a dataset: x Uint8 `[n, ...sampleShape]`, y class indices `[n]`. Its normalisation
 * divides the pixels by 255 when batches are made.
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
    "header:boolean sampleShape:object classes:number classNames:object name:string limit signal:AbortSignal",
  );
  const name = options.name ?? "CSV";
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  checkNumber(`${name}: the limit`, limit, { whole: true, from: 1, orInfinity: true });
  const parser = new CsvParser(
    name,
    options.header,
    options.classes ?? options.classNames?.length ?? 256,
    limit,
  );
  for await (const chunk of unpacked(chunksOf(await arrived(source, name), name), name)) {
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

  constructor(name: string, header: boolean | undefined, classes: number, limit: number) {
    this.#name = name;
    this.#header = header;
    this.#skipping = header === true;
    this.#classes = classes;
    this.#limit = limit;
  }

  /** Reads the next bytes of the text; a piece may end within a number. */
  read(bytes: Uint8Array): void {
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
      if (this.#firstRow) this.#firstRow.push(value);
      else if (column > this.#pixels + 1) throw this.#wrongWidth(`more than ${this.#pixels + 1}`);
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

const SLICE = 1 << 18; // characters of a string that are encoded at once

async function* chunksOf(source: CsvSource, name: string): AsyncGenerator<Uint8Array, void, undefined> {
  if (typeof source === "string") {
    if (/^[^\n,]*[^\d\s.+-][^\n,]*$/.test(source.slice(0, 4096)))
      throw new AnygradError(
        "DATA_FORMAT",
        `${name}: the text ${quote(source)} holds no rows; pass the contents of a file, not its name`,
      );
    const encoder = new TextEncoder();
    for (let at = 0; at < source.length; at += SLICE) yield encoder.encode(source.slice(at, at + SLICE));
  } else if (isStream(source)) {
    yield* isIterable(source) ? source : readerChunks(source);
  } else if (Object(source) === source && "body" in source && isStream(source.body)) {
    checkResponse(source, name);
    yield* chunksOf(source.body, name);
  } else if (Object(source) === source && "stream" in source) {
    yield* chunksOf(source.stream(), name);
  } else {
    yield await bytesOf(
      source as ByteSource,
      name,
      "pass the text of a CSV file, its bytes, a Blob or a Response",
    );
  }
}

function isStream(source: unknown): source is ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> {
  return Object(source) === source && (isIterable(source as object) || "getReader" in (source as object));
}

// WebKit has streams that are no async iterables.
function isIterable(source: object): source is AsyncIterable<Uint8Array> {
  return Symbol.asyncIterator in source && typeof source[Symbol.asyncIterator] === "function";
}

async function* readerChunks(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

// Unpacks what begins like gzip and drops a UTF-8 byte order mark, however small the pieces of the source are.
async function* unpacked(
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const start = await firstBytes(chunks, 3);
  const whole = followedBy(start, chunks);
  if (isGzip(start)) yield* unpacked(gunzipChunks(whole, name), name);
  else if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf)
    yield* followedBy(start.subarray(3), chunks);
  else yield* whole;
}

async function firstBytes(
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
  count: number,
): Promise<Uint8Array> {
  let start = new Uint8Array(0);
  while (start.length < count) {
    const { done, value } = await chunks.next();
    if (done) break;
    if (start.length === 0) {
      start = value as Uint8Array<ArrayBuffer>;
      continue;
    }
    const longer = new Uint8Array(start.length + value.length);
    longer.set(start);
    longer.set(value, start.length);
    start = longer;
  }
  return start;
}

async function* followedBy(
  start: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void, undefined>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield start;
    yield* rest;
  } finally {
    await rest.return(); // lets go of the source even if nobody read past the start
  }
}
