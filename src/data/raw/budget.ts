/**
 * What a table may take: memory is counted before it is taken, since a small file can unpack to any number of rows. Texts without a row
 * cost time, so they count, too.
 */
import { AnygradError } from "../../errors.ts";
import { formatBytes } from "../../math/bytes.ts";

/** Bytes that a table takes at the most, where nothing else is asked for: 90 million cells. */
export const tableBytes: number = 2 ** 30;

/** What is counted, in bytes. */
export const costs = { column: 1024, cell: 12, sign: 2, field: 48 } as const;

/** What is left of the bytes of a table. */
export class Budget {
  readonly #name: string;
  readonly #most: number;
  #text = 0;
  #memory = 0;

  /** @param name begins errors @param most bytes of memory, and of the text */
  constructor(name: string, most: number = tableBytes) {
    this.#name = name;
    this.#most = most;
  }

  /** Characters that a row, and a cell, may have. */
  get longestRow(): number {
    return Math.min(2 ** 24, this.#most / 8);
  }

  /** Counts what was read. @throws AnygradError MEMORY_LIMIT */
  read(characters: number): void {
    this.#text += characters;
    if (this.#text > this.#most) throw this.#refusal("its text has");
  }

  /** Counts memory that will be taken. @throws AnygradError MEMORY_LIMIT */
  take(bytes: number): void {
    this.#memory += Math.max(0, bytes); // a file may say anything
    if (this.#memory > this.#most) throw this.#refusal("its rows take");
  }

  /** Counts memory that was taken and is let go of. */
  release(bytes: number): void {
    this.#memory -= bytes;
  }

  /** @throws AnygradError MEMORY_LIMIT for a row without an end */
  checkRow(characters: number, line: number): void {
    if (characters <= this.longestRow) return;
    throw new AnygradError(
      "MEMORY_LIMIT",
      `${this.#name}: line ${line} has more than ${this.longestRow} characters; see whether a quote is not closed there, or raise maxBytes`,
    );
  }

  #refusal(what: string): AnygradError {
    return new AnygradError(
      "MEMORY_LIMIT",
      `${this.#name}: ${what} more than ${formatBytes(this.#most)}; read fewer rows by { limit: 1000 }, or raise maxBytes if the table comes from a source you trust`,
    );
  }
}
