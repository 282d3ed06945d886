/** What a report says of a data set, whether in text or on a sheet. */
import type { Preparation } from "../../src/data/preparation.ts";
import type { ValueStatistics } from "../../src/data/statistics.ts";
import { log } from "../../src/math/transcendental.ts";
import type { Picture } from "../pictures/picture.ts";

export interface DatasetFacts {
  readonly name: string;
  /** Where it came from, in the user's words. */
  readonly where: string;
  /** `[n, ...sample]`. */
  readonly train: readonly number[];
  readonly test: readonly number[];
  readonly classes: readonly ClassFacts[];
  /** Columns of a table and what is predicted of its rows; undefined: it is none. */
  readonly table?: Pick<Preparation, "columns" | "target" | "window">;
  readonly values: { readonly train: ValueStatistics; readonly test: ValueStatistics };
}

export interface ClassFacts {
  readonly name: string;
  /** Number of examples. */
  readonly train: number;
  readonly test: number;
}

/** The pictures of one class. */
export interface ClassPictures {
  readonly samples: readonly Picture[];
  /** Mean of the class; undefined for a class without examples. */
  readonly mean: Picture | undefined;
}

/** Names of the channels or features that have figures of their own. */
export function columnNames({
  values,
  train,
  table,
}: Pick<DatasetFacts, "values" | "train" | "table">): string[] {
  const { length } = values.train.columns;
  const inputs = (table?.columns ?? []).flatMap((column) =>
    column.kind === "category" && column.encoding === "oneHot"
      ? column.categories.map((category) => `${column.name} ${category}`)
      : [column.name],
  );
  if (inputs.length === length) return inputs;
  const colors = ["red", "green", "blue"];
  if (train.length > 2 && length === 3) return colors;
  return values.train.columns.map((_, i) => `${train.length > 2 ? "channel" : "feature"} ${i + 1}`);
}

/** A number as text: whole numbers as they are, others to two places. */
export function formatValue(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}

const DECADES = 4; // that heights tell apart: below, all are equally low

/** 1 for the most frequent span, by a quarter less for a tenth of it; 0 for no value at all. */
export function logHeights(counts: readonly number[]): number[] {
  const most = Math.max(...counts);
  return counts.map((count) =>
    count === 0 ? 0 : Math.max(0.04, 1 + log(count / most) / (DECADES * Math.LN10)),
  );
}
