/** `datasets.windows`: examples of several rows each, cut out of a series. */
import { AnygradError } from "../../errors.ts";
import type { Dataset } from "../dataset.ts";
import { RawColumn, type RawTable } from "../raw/rawTable.ts";
import type { TableSource } from "../raw/readRaw.ts";
import { checkTableOptions, type TableOptions } from "./options.ts";
import { readAgain, readTable, type Table, tableOf } from "./readTable.ts";

/** Rows as numbers `[n, columns]`, in the order of time, and what each is labelled with, where that is none of the columns. */
export type SeriesArrays = Pick<Dataset, "x" | "shape"> & Partial<Pick<Dataset, "y" | "classNames" | "name">>;

/** What windows are laid over: what `readTable` gave, what it takes, or arrays. */
export type SeriesSource = Table | SeriesArrays | TableSource;

/** Options of `datasets.windows`: those of `readTable`, of which `window` must be given. */
export interface WindowOptions extends TableOptions {
  /** Rows of an example. */
  readonly window: number;
}

export async function windows(source: SeriesSource, options: WindowOptions): Promise<Table> {
  checkTableOptions("windows", options);
  if (options?.window === undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "windows: the window is missing; pass the rows of an example, as { window: 50 }",
    );
  if (typeof source !== "object" || source === null || !("train" in source || "x" in source))
    return readTable(source as TableSource, options);
  if ("x" in source)
    return tableOf(rawOf(source as SeriesArrays, options), withLabel(source as SeriesArrays, options));
  const again = readAgain(source as Table, options);
  if (again) return again;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    "windows: the table is a copy that does not know what it was read from; pass what readTable gave, or the CSV itself",
  );
}

const LABEL = "label";

/** A label of its own has a name; its type says what it is. */
function withLabel({ y, classNames }: SeriesArrays, options: WindowOptions): WindowOptions {
  if (!y) return options;
  const task = classNames || !(y instanceof Float32Array) ? "classification" : "regression";
  return { task, ...options, label: options.label ?? LABEL };
}

/** Arrays as a table: columns 1, 2 …, and the label behind them. */
function rawOf({ x, shape, y, classNames }: SeriesArrays, { name = "windows" }: WindowOptions): RawTable {
  const [n = 0, width = 0] = shape;
  if (shape.length !== 2 || n * width !== x.length || n === 0)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${name}: x has ${x.length} values in the shape [${shape}]; a series is [rows, columns], such as shape: [1000, 3]`,
    );
  if (y && y.length !== n)
    throw new AnygradError("SHAPE_MISMATCH", `${name}: ${n} rows but ${y.length} labels; pass one a row`);
  const columns = Array.from(
    { length: width },
    (_, i) => new RawColumn(`column ${i + 1}`, `column ${i + 1}`),
  );
  const label = y && new RawColumn(LABEL, LABEL);
  for (let row = 0; row < n; row++) {
    for (const [i, column] of columns.entries()) {
      const value = x[row * width + i]!;
      if (!Number.isFinite(value) && !Number.isNaN(value))
        throw new AnygradError(
          "DATA_FORMAT",
          `${name}: row ${row + 1}, column ${i + 1} is ${value}; correct it`,
        );
      column.add(Number.isNaN(value) ? undefined : value);
    }
    label?.add(classNames?.[y![row]!] ?? y![row]!);
  }
  return {
    name,
    columns: label ? [...columns, label] : columns,
    rows: n,
    place: (row) => `row ${row + 1}`,
    placeNoun: "row",
    placeNumber: (row) => row + 1,
    notes: [],
  };
}
