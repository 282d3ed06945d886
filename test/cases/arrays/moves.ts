/** Rows for ops that put numbers in other places: parts, stacks, repetitions, axes backwards, blocks of pixels. */
import { type Array64, array64, map, ravel, sizeOf, unravel } from "../../reference/array64.ts";
import { addBack, read, type Source } from "../../reference/pieces.ts";
import { type Case, type Row, row } from "../case.ts";

type Shape = readonly number[];

/** An op that reads every number of its output from one of x. */
function move(op: string, shape: Shape, out: Shape, source: Source, more: Partial<Row>): Case {
  return row({
    op,
    inputs: [{ shape }],
    reference: ([x]) => read(x!, out, source),
    referenceBackward: (dy, [x]) => [addBack(dy, x!, source)],
    tolerance: 1e-6,
    ...more,
  });
}

/** A shape with one axis of another size. */
const resized = (shape: Shape, axis: number, n: number): number[] =>
  shape.map((size, i) => (i === axis ? n : size));

/** The part from `begin` to before `end`, which is number `output`. */
function split(shape: Shape, parts: unknown, axis: number, output: number, begin: number, end: number): Case {
  return move(
    "split",
    shape,
    resized(shape, axis, end - begin),
    (index) => index.map((i, at) => (at === axis ? i + begin : i)),
    {
      arguments: [parts],
      attributes: { axis },
      output,
    },
  );
}

function unstack(shape: Shape, axis: number, output: number): Case {
  return move(
    "unstack",
    shape,
    shape.filter((_, i) => i !== axis),
    (index) => [...index.slice(0, axis), output, ...index.slice(axis)],
    { attributes: { axis }, output },
  );
}

function stack(shape: Shape, count: number, axis: number): Case {
  const place = axis < 0 ? axis + shape.length + 1 : axis;
  const out = [...shape.slice(0, place), count, ...shape.slice(place)];
  const without = (index: Shape): number[] => index.filter((_, i) => i !== place);
  return row({
    op: "stack",
    inputs: Array.from({ length: count }, () => ({ shape })),
    listed: true,
    attributes: { axis },
    reference: (inputs) =>
      map(array64(out), (_, i) => {
        const index = unravel(out, i);
        return inputs[index[place]!]!.data[ravel(shape, without(index))]!;
      }),
    referenceBackward: (dy, inputs) =>
      inputs.map((x, which) => {
        const dx = array64(x.shape);
        dy.data.forEach((value, i) => {
          const index = unravel(out, i);
          if (index[place] === which) dx.data[ravel(shape, without(index))] = value;
        });
        return dx;
      }),
    tolerance: 0,
  });
}

function broadcastTo(shape: Shape, out: Shape): Case {
  const source: Source = (index) =>
    index.slice(out.length - shape.length).map((i, axis) => (shape[axis] === 1 ? 0 : i));
  return move("broadcastTo", shape, out, source, { arguments: [out] });
}

function tile(shape: Shape, repeats: number | Shape, out: Shape): Case {
  const source: Source = (index) => index.slice(out.length - shape.length).map((i, axis) => i % shape[axis]!);
  return move("tile", shape, out, source, { arguments: [repeats] });
}

function repeat(shape: Shape, repeats: number | Shape, axis?: number): Case {
  const flat = axis === undefined;
  const n = flat ? sizeOf(shape) : shape[axis]!;
  // where each copy comes from, by counting
  const origins = Array.from({ length: n }, (_, i) => i).flatMap((i) =>
    new Array<number>(typeof repeats === "number" ? repeats : repeats[i]!).fill(i),
  );
  return move(
    "repeat",
    shape,
    flat ? [origins.length] : resized(shape, axis, origins.length),
    flat
      ? ([i]) => unravel(shape, origins[i!]!)
      : (index) => index.map((i, at) => (at === axis ? origins[i]! : i)),
    { arguments: [repeats], ...(!flat && { attributes: { axis } }) },
  );
}

function reverse(shape: Shape, axes?: number | readonly number[]): Case {
  const all = axes === undefined ? shape.map((_, i) => i) : typeof axes === "number" ? [axes] : axes;
  const turned = all.map((axis) => (axis < 0 ? axis + shape.length : axis));
  return move(
    "reverse",
    shape,
    shape,
    (index) => index.map((i, axis) => (turned.includes(axis) ? shape[axis]! - 1 - i : i)),
    axes === undefined ? {} : { attributes: { axis: axes } },
  );
}

/** The pixel and channel in [n, h, w, b · b · c] of one in [n, h · b, w · b, c]. */
const inBlocks =
  (b: number, c: number): Source =>
  ([n, y, x, k]) => [n!, Math.floor(y! / b), Math.floor(x! / b), ((y! % b) * b + (x! % b)) * c + k!];

function depthToSpace([n, h, w, channels]: readonly [number, number, number, number], b: number): Case {
  const c = channels / b ** 2;
  return move("depthToSpace", [n, h, w, channels], [n, h * b, w * b, c], inBlocks(b, c), { arguments: [b] });
}

function spaceToDepth([n, h, w, c]: readonly [number, number, number, number], b: number): Case {
  const source: Source = ([i, y, x, k]) => {
    const place = Math.floor(k! / c);
    return [i!, y! * b + Math.floor(place / b), x! * b + (place % b), k! % c];
  };
  return move("spaceToDepth", [n, h, w, c], [n, h / b, w / b, b * b * c], source, { arguments: [b] });
}

function cast(shape: Shape, dtype: string, values: readonly number[], convert: (x: number) => number): Case {
  return row({
    op: "cast",
    inputs: [{ shape, values, gradient: false }],
    arguments: [dtype],
    reference: ([x]): Array64 => map(x!, convert),
    tolerance: 0,
    smooth: false,
  });
}

const mixed = [0, -0, 0.5, -0.5, 1.5, -1.5, 2.999, -7.001, 16777217, 1e9, -2147483648];
const whole = (x: number): number =>
  Number.isNaN(x) ? 0 : Math.min(Math.max(Math.trunc(x), -(2 ** 31)), 2 ** 31 - 1);

export const moveCases: readonly Case[] = [
  split([6], 3, 0, 1, 2, 4),
  split([6], [1, 3], 0, 2, 3, 6),
  split([5, 7], [2, 5], 1, 1, 2, 5),
  split([4, 6, 3], 2, 1, 1, 3, 6),
  split([4, 6, 3], 3, 1, 0, 0, 2),
  split([5, 7], 1, 0, 0, 0, 5),
  unstack([3], 0, 2),
  unstack([5, 7], 0, 4),
  unstack([5, 7], 1, 0),
  unstack([3, 4, 5], 1, 2),
  stack([], 3, 0),
  stack([5, 7], 2, 0),
  stack([5, 7], 3, 1),
  stack([5, 7], 2, -1),
  stack([3], 1, 0),

  broadcastTo([], [2, 3]),
  broadcastTo([7], [5, 7]),
  broadcastTo([5, 1], [5, 7]),
  broadcastTo([5, 1, 3], [2, 5, 4, 3]),
  broadcastTo([2, 1, 3, 1, 2, 1], [2, 3, 3, 2, 2, 3]),
  broadcastTo([5, 7], [5, 7]),
  tile([3], 2, [6]),
  tile([2, 3], [2, 3], [4, 9]),
  tile([2, 3], 2, [2, 6]),
  tile([3], [2, 2], [2, 6]),
  tile([2, 1, 3], [1, 5, 2], [2, 5, 6]),
  tile([2, 3, 2, 3], [3, 2, 2, 2], [6, 6, 4, 6]),
  tile([5, 7], [1, 1], [5, 7]),
  tile([], [3], [3]),
  repeat([5], 3),
  repeat([2, 3], 2),
  repeat([2, 3], 3, 0),
  repeat([2, 3], 2, 1),
  repeat([3, 4, 5], 2, 1),
  repeat([3, 4], [0, 2, 1], 0),
  repeat([3, 4], [1, 0, 3, 2], 1),
  repeat([2, 2], [1, 0, 2, 1]),
  reverse([17]),
  reverse([5, 7]),
  reverse([5, 7], 1),
  reverse([3, 4, 5], [0, -1]),
  reverse([2, 5, 4, 3], 2),

  depthToSpace([1, 1, 1, 4], 2),
  depthToSpace([2, 3, 2, 8], 2),
  depthToSpace([1, 2, 3, 18], 3),
  depthToSpace([2, 3, 2, 5], 1),
  spaceToDepth([1, 2, 2, 1], 2),
  spaceToDepth([2, 6, 4, 3], 2),
  spaceToDepth([1, 6, 9, 2], 3),

  cast([37], "int32", mixed, whole),
  cast(
    [9],
    "int32",
    [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3e9, -3e9, 2147483520],
    whole,
  ),
  cast([5, 7], "bool", [...mixed, Number.NaN, Number.NEGATIVE_INFINITY], (x) => (x === 0 ? 0 : 1)),
  cast([5, 7], "float32", mixed, (x) => x),
  ...(["float32", "bool"] as const).map((dtype) =>
    row({
      op: "cast",
      note: "of int32",
      inputs: [{ shape: [5, 7], dtype: "int32", range: [-3, 3] }],
      arguments: [dtype],
      reference: ([x]) => map(x!, (value) => (dtype === "bool" ? Number(value !== 0) : value)),
      tolerance: 0,
    }),
  ),
  row({
    op: "cast",
    note: "of int32 that float32 rounds",
    inputs: [
      { shape: [5], dtype: "int32", values: [16777217, -16777219, 2147483647, -2147483648, 33554431] },
    ],
    arguments: ["float32"],
    reference: ([x]) => map(x!, Math.fround),
    tolerance: 0,
  }),
  ...(["float32", "int32", "bool"] as const).map((dtype) =>
    row({
      op: "cast",
      note: "of uint8",
      inputs: [{ shape: [5, 7], dtype: "uint8", range: [0, 256] }],
      arguments: [dtype],
      reference: ([x]) => map(x!, (value) => (dtype === "bool" ? Number(value !== 0) : value)),
      tolerance: 0,
    }),
  ),
];
