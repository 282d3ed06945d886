/**
 * Several inputs, or several targets, of each example in one row of numbers, side by side: so a data set has one x and one y, and
 * whatever cuts, orders or sends data sets need not know of names. Imported where data are given by name.
 */
import { AnygradError } from "../../errors.ts";
import { formatShape, type Shape, sizeOf } from "../../math/shape.ts";
import { checkFinite } from "./finite.ts";
import { readNumbers } from "./numbers.ts";

/** An input or a target among several that stand in one row. */
export interface Part {
  /** The name by which it was given. */
  readonly name: string;
  /** Shape of an example's, without the batch axis; [] for one number. */
  readonly shape: readonly number[];
}

/** Numbers of examples, which may be a part of longer rows. */
export interface Columns {
  readonly values: ArrayLike<number>;
  /** Numbers an example. */
  readonly width: number;
  /** Where its part of a row begins. Default 0. */
  readonly at?: number;
  /** Numbers of a whole row. Default `width`. */
  readonly stride?: number;
  /** How they become floats, where they are bytes that a network sees on another scale. */
  readonly normalization?: { readonly scale: number; readonly shift: number } | undefined;
}

/** Side by side: a row for each of n examples. */
export function joinColumns(columns: readonly Columns[], n: number): Float32Array {
  const whole = columns.reduce((sum, { width }) => sum + width, 0);
  const rows = new Float32Array(n * whole);
  let begin = 0;
  for (const { values, width, at = 0, stride = width, normalization } of columns) {
    const { scale, shift } = normalization ?? { scale: 1, shift: 0 };
    for (let i = 0; i < n; i++)
      for (let j = 0; j < width; j++)
        rows[i * whole + begin + j] = Math.fround(values[i * stride + at + j]! * scale) + shift;
    begin += width;
  }
  return rows;
}

/** Number i of the columns, row after row. */
export function numberAt({ values, width, at = 0, stride = width }: Columns, i: number): number {
  return values[Math.floor(i / width) * stride + at + (i % width)]!;
}

/** The columns of rows that were joined, by the names of the parts. */
export function columnsOf(rows: ArrayLike<number>, parts: readonly Part[]): ReadonlyMap<string, Columns> {
  const stride = parts.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  let at = 0;
  return new Map(
    parts.map(({ name, shape }) => {
      const columns = { values: rows, width: sizeOf(shape), at, stride };
      at += columns.width;
      return [name, columns];
    }),
  );
}

/**
 * Numbers that are given by name, joined.
 * @param side "x" or "y", for messages @param count of examples, where that is known
 * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH, DATA_FORMAT
 */
export function joinNamed(
  subject: string,
  side: string,
  given: Readonly<Record<string, unknown>>,
  count?: number,
): { rows: Float32Array; parts: readonly Part[]; n: number } {
  const read = Object.entries(given).map(([name, value]) => {
    const path = `${subject}: ${side}.${name}`;
    if (Array.isArray(value) && value.some((item) => typeof item === "string"))
      throw new AnygradError(
        "DATA_FORMAT",
        `${path} has texts; pass numbers, class indices for classes: of several targets no names of classes are kept`,
      );
    return { name, path, ...readNumbers(value, path) };
  });
  const n = count ?? read.find(({ shape }) => shape)?.shape?.[0];
  if (n === undefined)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: ${side} has ${read.length === 0 ? "no arrays" : "typed arrays alone, which do not say how many examples there are"}; pass one as { shape, data } or as nested arrays`,
    );
  const parts = read.map(({ name, path, values, shape }): Part => {
    const rows = shape ? shape[0] : n;
    if (rows !== n || n === 0 || values.length % n !== 0 || values.length === 0)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${path} has ${shape ? `the shape ${formatShape(shape)}` : `${values.length} numbers`} but there are ${n} examples; pass as many for each name`,
      );
    checkFinite(values, shape ?? [n, values.length / n], path);
    return { name, shape: shape ? shape.slice(1) : sampleShape(values.length / n) };
  });
  const columns = read.map(({ values }) => ({ values, width: values.length / n }));
  return { rows: joinColumns(columns, n), parts, n };
}

const sampleShape = (size: number): Shape => (size === 1 ? [] : [size]);
