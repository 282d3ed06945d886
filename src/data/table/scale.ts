/** Columns with the numbers of their training rows: mean, deviation, and what stands in for a missing value. */
import { median } from "../../math/statistics.ts";
import type { Column, TargetColumn } from "../preparation.ts";
import type { RawColumn } from "../raw/rawTable.ts";
import type { Meaning, MissingPolicy } from "./columns.ts";

/** A column and what it means. */
export interface Meant {
  readonly raw: RawColumn;
  readonly meaning: Exclude<Meaning, { kind: "nothing" }>;
}

/** @param rows positions of the training rows */
export function finishColumn({ raw, meaning }: Meant, rows: Int32Array, policy: MissingPolicy): Column {
  const named = { name: raw.name, ...(raw.unit !== undefined && { unit: raw.unit }) };
  const fills = raw.gaps > 0 && (policy === "mean" || policy === "median");
  if (meaning.kind === "category") {
    const { categories, encoding } = meaning;
    if (!fills) return { ...named, kind: "category", categories, encoding };
    // an order has no place for what is missing: the most frequent stands in
    if (encoding === "ordinal")
      return { ...named, kind: "category", categories, encoding, missing: mostFrequent(raw, rows) };
    return { ...named, kind: "category", categories: [...categories, MISSING], encoding, missing: MISSING };
  }
  const values: number[] = [];
  for (const row of rows) {
    const cell = raw.at(row);
    if (typeof cell === "number") values.push(cell);
  }
  const { mean, deviation } = scaleOf(values);
  return {
    ...named,
    kind: "number",
    mean,
    deviation,
    ...(fills && { missing: policy === "median" && values.length > 0 ? median(values) : mean }),
  };
}

/** The category of a missing text. */
const MISSING = "(missing)";

function mostFrequent(raw: RawColumn, rows: Int32Array): string {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const cell = raw.at(row);
    if (cell !== undefined) counts.set(String(cell), (counts.get(String(cell)) ?? 0) + 1);
  }
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? raw.texts[0] ?? "";
}

/** @param labels of the training examples */
export function targetOf({ name, unit }: RawColumn, labels: Float64Array): TargetColumn {
  return { name, ...(unit !== undefined && { unit }), ...scaleOf(labels) };
}

/** Mean and deviation of the population; a deviation of 0, which nothing can be divided by, becomes 1. */
function scaleOf(values: ArrayLike<number>): { mean: number; deviation: number } {
  const n = values.length;
  if (n === 0) return { mean: 0, deviation: 1 };
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) sum += values[i]!;
  const mean = sum / n;
  let isConstant = true;
  for (let i = 1; i < n; i++) isConstant &&= values[i] === values[0];
  for (let i = 0; i < n; i++) squares += (values[i]! - mean) * (values[i]! - mean);
  return { mean, deviation: isConstant ? 1 : Math.sqrt(squares / n) };
}
