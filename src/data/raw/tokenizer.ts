/**
 * CSV as RFC 4180 has it, a piece of text at a time: fields in quotes may hold separators, line ends and doubled quotes.
 * More generous where no harm can come of it: any of four separators, line ends of all systems, blanks around fields and before
 * quotes, blank lines.
 */
import { AnygradError } from "../../errors.ts";

/** What stands between two fields. */
export type Separator = "," | ";" | "\t" | "|";

const separators: readonly Separator[] = ["\t", ";", "|", ","];

/** Takes a row; `line` is the number of its first line, from 1. */
export type OnRow = (fields: string[], line: number) => void;

/** Takes how long the row is so far, in characters and fields, and its first line. */
export type CheckRow = (length: number, line: number) => void;

export class Tokenizer {
  readonly #name: string;
  readonly #separator: string;
  readonly #onRow: OnRow;
  #fields: string[] = [];
  #field = "";
  #state: "bare" | "quoted" | "closed" = "bare";
  #afterReturn = false; // a line feed behind a carriage return ends no second line
  #line = 1;
  #firstLine = 1;
  #quoteLine = 1;
  readonly #checkRow: CheckRow;
  #rowLength = 0; // characters and fields so far

  /**
   * @param checkRow refuses a row that is too long, before it has an end
   * @param line number of the first line
   */
  constructor(name: string, separator: Separator, onRow: OnRow, checkRow: CheckRow = () => {}, line = 1) {
    this.#name = name;
    this.#separator = separator;
    this.#onRow = onRow;
    this.#checkRow = checkRow;
    this.#line = line;
    this.#firstLine = line;
  }

  /** Reads on; a piece may end anywhere. @throws AnygradError DATA_FORMAT for quotes in the wrong places */
  push(text: string): void {
    let from = 0; // of the part of the field that is not in #field yet
    for (let i = 0; i < text.length; i++) {
      const sign = text[i]!;
      if (this.#afterReturn) {
        this.#afterReturn = false;
        if (sign === "\n") {
          from = i + 1;
          continue;
        }
      }
      if (this.#state === "quoted") {
        if (sign === "\n") this.#line++;
        if (sign !== '"') continue;
        this.#add(text.slice(from, i));
        from = i + 1;
        this.#state = "closed";
      } else if (sign === this.#separator || sign === "\n" || sign === "\r") {
        this.#take(text.slice(from, i));
        from = i + 1;
        this.#endField();
        if (sign === this.#separator) continue;
        this.#endRow();
        this.#line++;
        this.#firstLine = this.#line;
        this.#afterReturn = sign === "\r";
      } else if (sign === '"') {
        if (this.#state === "closed" && from === i && !this.#blankAfterQuote) {
          this.#field += '"';
          from = i + 1;
          this.#state = "quoted";
        } else if (this.#state === "bare" && (this.#field + text.slice(from, i)).trim() === "") {
          this.#field = "";
          from = i + 1;
          this.#state = "quoted";
          this.#quoteLine = this.#line;
        }
        // elsewhere a quote is a sign like any other: 5" pipe
      }
    }
    this.#take(text.slice(from));
  }

  /** Ends the last row, which needs no line end. @throws AnygradError DATA_FORMAT within quotes */
  end(): void {
    if (this.#state === "quoted")
      throw new AnygradError(
        "DATA_FORMAT",
        `${this.#name}: line ${this.#quoteLine}: a quote is opened and never closed; close it, or write a quote within a field twice`,
      );
    if (this.#fields.length === 0 && this.#field.trim() === "" && this.#state === "bare") return;
    this.#endField();
    this.#endRow();
  }

  #blankAfterQuote = false;

  #take(part: string): void {
    if (part === "") return;
    if (this.#state !== "closed") {
      this.#add(part);
      return;
    }
    this.#blankAfterQuote = true;
    if (part.trim() !== "")
      throw new AnygradError(
        "DATA_FORMAT",
        `${this.#name}: line ${this.#line}: ${JSON.stringify(part.slice(0, 20))} stands behind a closing quote; write a quote within a field twice`,
      );
  }

  #add(part: string): void {
    this.#field += part;
    this.#rowLength += part.length;
    this.#checkRow(this.#rowLength, this.#firstLine);
  }

  #endField(): void {
    this.#rowLength++;
    this.#fields.push(this.#state === "closed" ? this.#field : this.#field.trim());
    this.#field = "";
    this.#state = "bare";
    this.#blankAfterQuote = false;
  }

  #endRow(): void {
    const fields = this.#fields;
    this.#fields = [];
    this.#checkRow(this.#rowLength, this.#firstLine);
    this.#rowLength = 0;
    if (fields.length > 1 || fields[0] !== "") this.#onRow(fields, this.#firstLine);
  }
}

/**
 * The separator that the start of a text speaks for: the first of tab, semicolon, stroke and comma that cuts all of its first
 * rows into as many fields, two at least. Commas come last, since they also stand within numbers and texts.
 */
export function findSeparator(start: string, isWhole: boolean): Separator {
  let best: Separator = ",";
  let most = 1;
  for (const separator of separators) {
    const rows = firstRows(start, isWhole, separator);
    const widths = new Set(rows.map(({ length }) => length));
    const [width = 1] = widths;
    const isBlank = rows.every(([first = ""]) => separators.some((other) => first.endsWith(other))); // as the tab behind a comma
    if (isBlank && rows.length > 0) continue;
    if (widths.size === 1 && width > 1) return separator;
    // rows are ragged: what cuts the first into most fields is meant
    if (width > most) [best, most] = [separator, width];
  }
  return best;
}

/** A first line that names the separator, as Excel reads and writes it: `sep=;`; undefined: there is none. */
export function separatorLine(start: string): { separator: Separator; length: number } | undefined {
  const [line = "", said] = /^"?sep=(.)"?(?:\r\n|\r|\n)/i.exec(start) ?? [];
  const separator = separators.find((each) => each === said);
  return separator && { separator, length: line.length };
}

/** The first rows, at most 30, of those that are whole. */
export function firstRows(start: string, isWhole: boolean, separator: Separator): string[][] {
  const rows: string[][] = [];
  const tokenizer = new Tokenizer("CSV", separator, (fields) => {
    if (rows.length < 30) rows.push(fields);
  });
  try {
    tokenizer.push(start);
    if (isWhole) tokenizer.end();
  } catch {
    // quotes that make no sense are told when all is read
  }
  return rows;
}
