/** Rows for running sums and sorted order along an axis. */

import { array64, sizeOf } from "../../reference/array64.ts";
import * as twin from "../../reference/arrays/order.ts";
import { type Case, type Input, row } from "../case.ts";
import { notFinite } from "../elementwise.ts";

type Shape = readonly number[];

const placeOf = (shape: Shape, axis: number): number => (axis < 0 ? axis + shape.length : axis);

function cumsum(shape: Shape, axis?: number, running: twin.Running = {}): Case {
  const flat = axis === undefined;
  const place = flat ? 0 : placeOf(shape, axis);
  return row({
    op: "cumsum",
    inputs: [{ shape }],
    attributes: flat ? running : { axis, ...running },
    reference: ([x]) => twin.cumsum(flat ? array64([sizeOf(shape)], x!.data) : x!, place, running),
    referenceBackward: (dy) => [array64(shape, twin.cumsumBackward(dy, place, running).data)],
    tolerance: 1e-6,
  });
}

/** Rows of all three ops for the same numbers. */
function orders(input: Input, axis: number, descending: boolean, k: number, note?: string): Case[] {
  const place = placeOf(input.shape, axis);
  const shared = { inputs: [input], tolerance: 0, smooth: input.distinct === true, note };
  const sort = { ...shared, attributes: { axis, descending } };
  const top = { ...shared, arguments: [k], attributes: { axis, largest: descending } };
  return [
    row({ ...sort, op: "argsort", reference: ([x]) => twin.argsort(x!, place, descending) }),
    row({
      ...sort,
      op: "sort",
      reference: ([x]) => twin.valuesAt(x!, twin.argsort(x!, place, descending), place),
      referenceBackward: (dy, [x]) => [
        twin.valuesAtBackward(dy, x!, twin.argsort(x!, place, descending), place),
      ],
    }),
    row({
      ...top,
      op: "topK",
      output: "values",
      reference: ([x]) => twin.valuesAt(x!, twin.argsort(x!, place, descending, k), place),
      referenceBackward: (dy, [x]) => [
        twin.valuesAtBackward(dy, x!, twin.argsort(x!, place, descending, k), place),
      ],
    }),
    row({
      ...top,
      op: "topK",
      output: "indices",
      reference: ([x]) => twin.argsort(x!, place, descending, k),
    }),
  ];
}

/** Whole numbers of which many are equal. */
const dice = [3, 1, 2, -0, 3, 0, 2, 1, 1, -4, 3];

export const orderCases: readonly Case[] = [
  cumsum([]),
  cumsum([5, 7]),
  cumsum([5, 7], undefined, { reverse: true }),
  cumsum([1], 0),
  cumsum([17], 0),
  cumsum([17], -1, { exclusive: true }),
  cumsum([17], -1, { reverse: true }),
  cumsum([17], -1, { exclusive: true, reverse: true }),
  cumsum([5, 7], 0),
  cumsum([5, 7], 0, { exclusive: true, reverse: true }),
  cumsum([3, 5, 7], 1, { exclusive: true }),
  cumsum([3, 5, 7], 1, { reverse: true }),
  cumsum([70, 90], 1),
  cumsum([3, 40, 50], 1),

  ...orders({ shape: [1], distinct: true }, 0, false, 1),
  ...orders({ shape: [17], distinct: true }, 0, false, 5),
  ...orders({ shape: [17], distinct: true }, -1, true, 5),
  ...orders({ shape: [5, 7], distinct: true }, 0, true, 2),
  ...orders({ shape: [3, 5, 7], distinct: true }, 1, false, 3),
  ...orders({ shape: [64, 70], distinct: true }, 1, true, 3),
  ...orders({ shape: [3, 50, 40], distinct: true }, 1, true, 1),
  ...orders({ shape: [2, 1031], distinct: true }, 1, false, 1031),
  ...orders({ shape: [5, 22], values: dice, gradient: false }, 1, false, 7, "ties"),
  ...orders({ shape: [5, 22], values: dice, gradient: false }, 1, true, 7, "ties"),
  ...orders({ shape: [3, 23], values: notFinite, gradient: false }, 1, false, 23, "not finite"),
  ...orders({ shape: [3, 23], values: notFinite, gradient: false }, 1, true, 4, "not finite"),
];
