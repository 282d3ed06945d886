/** Models that other libraries wrote, with an input and what they gave for it. */
import { expect } from "vitest";
import type { Model } from "../../src/model/index.ts";

/** Numbers in a shape. */
export interface Listed {
  shape: number[];
  data: number[];
}

/** A prediction of a model is what was recorded, but for a part of its largest number. */
export async function expectRecorded(net: Model, x: Listed, y: Listed, tolerance: number): Promise<void> {
  const { shape, data } = await net.predict({ x: Float32Array.from(x.data), shape: x.shape });
  expect(shape).toEqual(y.shape);
  const size = Math.max(1, ...y.data.map(Math.abs));
  const worst = Math.max(...data.map((value, i) => Math.abs(value - y.data[i]!)));
  expect(worst / size).toBeLessThan(tolerance);
}
