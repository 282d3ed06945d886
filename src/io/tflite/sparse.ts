/**
 * Weights of which a file holds those that are not zero: at each level, an axis or an axis of blocks, all places are there or a list of
 * them (the formats of TACO; Kjolstad et al., "The tensor algebra compiler", OOPSLA 2017).
 */
import { quote } from "../../errors.ts";
import { sizeOf } from "../../math/shape.ts";
import { damaged, type NumberKind, type Table } from "./flatbuffer.ts";

/** A level: every place of an axis, or of each row of the level above those from one segment's begin to its end. */
interface Level {
  /** How many places there are; 0 where they are listed. */
  readonly size: number;
  readonly segments: readonly number[] | undefined;
  readonly places: readonly number[];
}

/** How the numbers of a tensor are spread over its shape. */
export interface Sparsity {
  /** The axis of each level; from the number of axes on, blocks of axes. */
  readonly order: readonly number[];
  /** The axis that each block divides. */
  readonly blocks: readonly number[];
  readonly levels: readonly Level[];
}

/** The types of lists by their numbers. */
const kinds: Readonly<Record<number, NumberKind>> = { 1: "int", 2: "ushort", 3: "ubyte" };

/** What the table of a tensor says. @throws AnygradError DATA_FORMAT */
export function sparsityOf(table: Table | undefined): Sparsity | undefined {
  if (!table) return undefined;
  const levels = table.tables(2).map((level): Level => {
    const listOf = (field: number): readonly number[] | undefined => {
      const kind = kinds[level.number(field, "byte")];
      return kind && level.table(field + 1)?.numbers(0, kind);
    };
    if (level.number(0, "byte") === 0)
      return { size: level.number(1, "int"), segments: undefined, places: [] };
    const [segments, places] = [listOf(2), listOf(4)];
    if (!segments || !places) throw damaged("a sparse tensor lacks a list of places");
    return { size: 0, segments, places };
  });
  return { order: table.numbers(0, "int") ?? [], blocks: table.numbers(1, "int") ?? [], levels };
}

/** Where each number that is stored stands in the whole tensor. @throws AnygradError DATA_FORMAT */
export function positionsOf(
  { order, blocks, levels }: Sparsity,
  shape: readonly number[],
  stored: number,
): number[] {
  const rank = shape.length;
  const blockOf = new Map(blocks.map((axis, i) => [axis, rank + i]));
  const sizes = order.map((axis, level) => (axis < rank ? undefined : levels[level]?.size));
  const blockSize = (axis: number): number => sizes[order.indexOf(blockOf.get(axis) ?? -1)] ?? 1;
  const isOrder = order.length === rank + blocks.length && new Set(order).size === order.length;
  const isWhole = blocks.every(
    (axis) => axis >= 0 && axis < rank && Number.isInteger(shape[axis]! / blockSize(axis)),
  );
  if (
    !isOrder ||
    !isWhole ||
    order.some((axis) => axis < 0 || axis >= order.length) ||
    levels.length !== order.length
  )
    throw damaged(`its sparse levels ${quote(order)} are none of its shape ${quote(shape)}`);
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  // by how much a step along a level moves in the whole tensor, and how many there may be
  const steps = order.map((axis) =>
    axis < rank
      ? { stride: strides[axis]! * blockSize(axis), count: shape[axis]! / blockSize(axis) }
      : { stride: strides[blocks[axis - rank]!]!, count: blockSize(blocks[axis - rank]!) },
  );
  // what follows a whole level bounds it: segments of the next, or the numbers
  const most = levels.reduce((longest, { segments }) => Math.max(longest, segments?.length ?? 0), stored);
  let rows = [0];
  levels.forEach(({ size, segments, places }, level) => {
    const { stride, count } = steps[level]!;
    if (!segments) {
      if (size !== count || rows.length * size > most)
        throw damaged(`its sparse axis ${order[level]} has ${size} places in place of ${count}`);
      rows = rows.flatMap((row) => Array.from({ length: size }, (_, i) => row + i * stride));
      return;
    }
    const rises = segments.every((end, i) => end >= (segments[i - 1] ?? 0)) && segments[0] === 0;
    if (segments.length !== rows.length + 1 || !rises || segments.at(-1) !== places.length)
      throw damaged(`the segments of its sparse axis ${order[level]} do not fit its ${places.length} places`);
    if (places.some((place) => place < 0 || place >= count))
      throw damaged(`a place of its sparse axis ${order[level]} is not among its ${count}`);
    rows = rows.flatMap((row, i) =>
      places.slice(segments[i], segments[i + 1]).map((place) => row + place * stride),
    );
  });
  if (rows.length !== stored) throw damaged(`it holds ${stored} numbers for ${rows.length} places`);
  return rows;
}
