/**
 * Windows over the rows of a table that comes in parts: of each series the rows alone are kept that its next window begins with. The
 * windows are those of `encodeTable` over the whole table, and their predictions in its order: one series after the other.
 */
import type { Preparation } from "../../../src/data/preparation.ts";
import type { RawTable } from "../../../src/data/raw/rawTable.ts";
import { findColumn } from "../../../src/data/table/names.ts";
import { encodeTable } from "../../../src/data/table/rows.ts";
import { AnygradError } from "../../../src/errors.ts";

/** First and last row of a window, from 0. */
export type Span = readonly [number, number];

interface Series {
  /** Rows that have come. */
  rows: number;
  /** The first row of the next window, counted in the series. */
  next: number;
  /** Encoded rows from there on. */
  readonly kept: { readonly row: number; readonly cells: readonly number[] }[];
  /** First and last rows of the windows, one after the other: plain numbers take a tenth of many small arrays. */
  readonly ends: number[];
  /** What is predicted of the windows, one after the other. */
  readonly outputs: number[];
}

/** Windows that are complete. */
export interface Windows {
  readonly x: Float32Array;
  readonly shape: readonly [count: number, steps: number, width: number];
  readonly ignored: readonly string[];
}

export class WindowStream {
  readonly #name: string;
  readonly #rowsAlone: Preparation;
  readonly #window: NonNullable<Preparation["window"]>;
  readonly #series = new Map<string, Series>();
  /** Whose the windows of the last part are, in their order. */
  #waiting: Series[] = [];
  #rows = 0;

  /** @param name of the table, for errors */
  constructor(name: string, { window, ...rowsAlone }: Preparation) {
    this.#name = name;
    this.#rowsAlone = rowsAlone;
    this.#window = window!;
  }

  /** Whether a part names its series, where the windows are of several. */
  isWhole(part: RawTable): boolean {
    const { group } = this.#window;
    return group === undefined || findColumn(part.columns, group) !== undefined;
  }

  /** The windows that the next rows complete. @throws AnygradError as encodeTable */
  add(part: RawTable): Windows {
    const { steps, stride, group } = this.#window;
    const { x, shape, ignored } = encodeTable(part, this.#rowsAlone);
    const width = shape[1]!;
    const place = group === undefined ? undefined : findColumn(part.columns, group);
    const column = place === undefined ? undefined : part.columns[place];
    const complete: (readonly number[])[] = [];
    this.#waiting = [];
    for (let i = 0; i < part.rows; i++) {
      const series = this.#seriesOf(column ? String(column.at(i)) : "");
      if (series.rows++ < series.next) continue;
      const { kept } = series;
      const cells: number[] = [];
      for (let j = 0; j < width; j++) cells.push(x[i * width + j]!);
      kept.push({ row: this.#rows + i, cells });
      if (kept.length < steps) continue;
      for (const each of kept) complete.push(each.cells);
      series.ends.push(kept[0]!.row, kept.at(-1)!.row);
      this.#waiting.push(series);
      series.next += stride;
      kept.splice(0, stride);
    }
    this.#rows += part.rows;
    const all = new Float32Array(complete.length * width);
    for (const [i, cells] of complete.entries()) all.set(cells, i * width);
    return {
      x: all,
      shape: [this.#waiting.length, steps, width],
      ignored: ignored.filter((each) => each !== column?.name),
    };
  }

  #seriesOf(key: string): Series {
    let found = this.#series.get(key);
    if (!found) {
      found = { rows: 0, next: 0, kept: [], ends: [], outputs: [] };
      this.#series.set(key, found);
    }
    return found;
  }

  /** What is predicted of the windows that `add` gave, one row of numbers each. */
  keep(outputs: Float32Array): void {
    const columns = outputs.length / this.#waiting.length;
    for (const [i, { outputs: own }] of this.#waiting.entries())
      for (let j = 0; j < columns; j++) own.push(outputs[i * columns + j]!);
  }

  /** All of them. @throws AnygradError SHAPE_MISMATCH for a series that is shorter than a window */
  end(): { readonly data: Float32Array; readonly spanOf: (window: number) => Span } {
    const all = [...this.#series.values()];
    const short = all.find(({ ends }) => ends.length === 0);
    if (short)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${this.#name}: a series of ${short.rows} rows, but the model takes windows of ${this.#window.steps}; pass as many rows at least`,
      );
    const inOne = <List extends Float32Array | Uint32Array>(list: List, parts: readonly number[][]): List => {
      let at = 0;
      for (const part of parts) {
        list.set(part, at);
        at += part.length;
      }
      return list;
    };
    const sum = (parts: readonly number[][]): number => parts.reduce((n, { length }) => n + length, 0);
    const [outputs, ends] = [all.map((each) => each.outputs), all.map((each) => each.ends)];
    const places = inOne(new Uint32Array(sum(ends)), ends);
    return {
      data: inOne(new Float32Array(sum(outputs)), outputs),
      spanOf: (window) => [places[2 * window]!, places[2 * window + 1]!],
    };
  }
}
