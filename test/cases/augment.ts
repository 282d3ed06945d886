/** Rows for augmentation: matrices, displacements, edges, brightness and blanks, one image size each. */
import { type AugmentAttributes, augmentImages } from "../reference/images/augment.ts";
import { type Case, type Row, row } from "./case.ts";

type Images = readonly [n: number, h: number, w: number, c: number];

/** Twelve numbers for one image; all images of a row have those of `parameters` in turn. */
function augment(
  shape: Images,
  parameters: readonly (readonly number[])[],
  attributes: AugmentAttributes = {},
  { bent = 0, ...more }: { bent?: number } & Partial<Row> = {},
): Case {
  const [n, h, w] = shape;
  const field = bent === 0 ? null : { shape: [h, n, 2, w], range: [-bent, bent] as const, gradient: false };
  return row({
    op: "augmentImages",
    inputs: [
      { shape, gradient: false },
      { shape: [n, 12], values: parameters.flat(), gradient: false },
      field,
    ],
    attributes,
    reference: ([x, p, bend]) => augmentImages(x!, p!, bend ?? null, attributes),
    tolerance: 1e-5,
    smooth: false,
    ...more,
  });
}

const nothing = [0, 0, 0, 0] as const;
const as = (matrix: readonly number[], brightness = 0, blank: readonly number[] = nothing): number[] => [
  ...matrix,
  brightness,
  ...blank,
  0,
];
const still = [1, 0, 0, 0, 1, 0] as const;
const turned = [0.9, -0.4, 3.1, 0.4, 0.9, -2.7] as const;
const grown = [0.7, 0, 1.3, 0, 0.7, 0.8] as const;
const slanted = [1, 0.3, -2, 0, 1, 0] as const;
const exact: Partial<Row> = { tolerance: 0 };

export const augmentCases: readonly Case[] = [
  augment([2, 5, 7, 1], [as(still)], {}, { note: "as it is", ...exact }),
  augment(
    [2, 5, 7, 3],
    [as([1, 0, 2, 0, 1, -1])],
    { fill: -0.5 },
    { note: "moved by whole pixels", ...exact },
  ),
  augment([1, 6, 6, 1], [as([0, -1, 5, 1, 0, 0])], {}, { note: "turned by 90°", ...exact }),
  augment(
    [3, 5, 4, 2],
    [as([-1, 0, 3, 0, 1, 0]), as([1, 0, 0, 0, -1, 4])],
    {},
    { note: "mirrored", ...exact },
  ),
  augment([1, 4, 4, 1], [as([1, 0, 1e9, 0, 1, 0])], { fill: 2 }, { note: "all outside", ...exact }),
  augment([1, 1, 1, 1], [as([1, 0, 0.25, 0, 1, -0.5])], { fill: 1 }),
  augment([4, 28, 28, 1], [as(turned), as(grown), as(slanted)]),
  augment([2, 9, 13, 3], [as(turned), as(grown), as(slanted)], { fill: 0.25 }),
  augment(
    [5, 28, 28, 1],
    [as(turned, 0.1), as(still), as(grown, -0.1, [3, 9, 20, 40])],
    { low: -0.9 },
    { bent: 1.5 },
  ),
  augment([3, 8, 5, 4], [as(turned, 0.3), as(still, -0.4), as(grown, 0.1)], { low: -0.8, high: 0.9 }),
  augment([3, 8, 9, 2], [as(turned, 0.3, [-2, 3, 4, 20]), as(still, 0, [0, 8, 0, 9])], {
    fill: -1,
    high: 0.9,
  }),
  augment([3, 11, 7, 1], [as(still)], { fill: 0.5 }, { bent: 0.9 }),
  augment([2, 6, 9, 3], [as(turned, 0.1, [1, 4, 2, 5])], { fill: 0.5, low: 0, high: 1 }, { bent: 4 }),
];
