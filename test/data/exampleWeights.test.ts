/** The class that targets name, by which classWeight weighs: the figures are what Keras 3.15.1 makes of the same targets. */
import { expect, it } from "vitest";
import { exampleWeights } from "../../src/data/given/exampleWeights.ts";

const weightsOf = (y: number[], columns: number): number[] => {
  const classWeight: Record<number, number> = columns === 1 ? { 0: 2, 1: 5 } : { 0: 2, 1: 5, 2: 7 };
  const set = { x: new Float32Array(0), y: Float32Array.from(y), shape: [y.length / columns, 1] };
  return Array.from(exampleWeights("fit", set, { classWeight }, "dense", [columns], undefined));
};

it("of soft rows, and rows of several labels: the first of the largest", () => {
  const rows = [
    [0.5, 0.5, 0],
    [0.2, 0.3, 0.5],
    [0, 0, 0],
    [-1, -2, -0.5],
    [0, 1, 1],
  ];
  expect(weightsOf(rows.flat(), 3)).toEqual([2, 7, 2, 7, 5]);
});

it("of one column: its number, rounded, where 0.5 is even", () => {
  expect(weightsOf([0.5, 0.51, 0.2, 0.9, 1, 0, -0.3, 9], 1)).toEqual([2, 5, 2, 5, 5, 2, 2, 1]);
});
