/**
 * Random geometries with small whole numbers: every sum stays below 2²⁴, so float32 is exact whatever the order, and
 * every build must give the twin's very numbers, forward and backward. One wrong element of one odd shape shows.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { AnygradError } from "../../src/errors.ts";
import * as ops from "../../src/ops/index.ts";
import type { Tensor, Variable } from "../../src/tensor/tensor.ts";
import { builds, forEachBuild, precisionOf, runs } from "../builds.ts";
import { type Array64, array64, map } from "../reference/array64.ts";
import { conv2d, conv2dBackward, window } from "../reference/images/conv2d.ts";
import { depthwiseConv2d, depthwiseConv2dBackward } from "../reference/images/depthwise.ts";
import { maxPooling2d, maxPooling2dBackward } from "../reference/images/pool.ts";
import { matmul, matmulBackward } from "../reference/matmul.ts";

const engines = Object.values(
  await forEachBuild((variant) => createEngine({ variant, precision: precisionOf(variant) })),
);
const attempts = { numRuns: 80, seed: 20_260 };
const from1 = (max: number) => fc.integer({ min: 1, max });

/** Whole numbers from −3 to 3 without a short period. */
const whole = (shape: readonly number[], salt: number): Array64 =>
  map(array64(shape), (_, i) => ((Math.imul(i + 1 + 1000 * salt, 0x9e37_79b1) >>> 24) % 7) - 3);

/** Zeros lose their sign: nobody promises the sign of a product with 0. */
const numbers = ({ data }: { readonly data: ArrayLike<number> }): number[] =>
  Array.from(data, (value) => value + 0);

/** Every build's value and gradients against the twin's, number by number. */
function expectExact(
  inputs: readonly Array64[],
  op: (...inputs: Variable[]) => Tensor,
  wanted: Array64,
  backward: (dy: Array64) => readonly Array64[],
): void {
  const dy = whole(wanted.shape, 9);
  const slopes = backward(dy);
  for (const engine of engines) {
    const variables = inputs.map(({ data, shape }) => engine.variable(Float32Array.from(data), shape));
    const upstream = engine.tensor(Float32Array.from(dy.data), dy.shape);
    const y = op(...variables);
    expect(y.shape).toEqual(wanted.shape);
    expect(numbers(y)).toEqual(numbers(wanted));
    const { gradients } = engine.valueAndGrad(
      () => ops.sum(ops.multiply(op(...variables), upstream)),
      variables,
    );
    gradients.forEach((gradient, i) => {
      expect(gradient.shape).toEqual(slopes[i]!.shape);
      expect(numbers(gradient)).toEqual(numbers(slopes[i]!));
    });
  }
}

const padding = fc.constantFrom("same" as const, "valid" as const);
const geometry = fc.record({
  height: from1(11),
  width: from1(11),
  window: fc.tuple(from1(4), from1(4)),
  strides: fc.tuple(from1(3), from1(3)),
  dilationRate: fc.tuple(from1(2), from1(2)),
  padding,
});

/** Whether a valid window stands inside the image at all. */
function fits(
  height: number,
  width: number,
  [windowHeight, windowWidth]: readonly [number, number],
  [dilationHeight, dilationWidth]: readonly [number, number],
  given: "same" | "valid",
): boolean {
  const rows = window(height, windowHeight, 1, dilationHeight, given).out;
  return rows > 0 && window(width, windowWidth, 1, dilationWidth, given).out > 0;
}

for (const build of builds)
  it.skipIf(!runs(build))(`${build} takes part`, () => {
    expect(engines.some((engine) => engine.info.variant === build)).toBe(true);
  });

describe("whole numbers are exact", () => {
  it("matmul of any size and orientation", () => {
    fc.assert(
      fc.property(
        from1(40),
        from1(70),
        from1(40),
        fc.boolean(),
        fc.boolean(),
        (m, k, n, transposeA, transposeB) => {
          const a = whole(transposeA ? [k, m] : [m, k], 1);
          const b = whole(transposeB ? [n, k] : [k, n], 2);
          const attributes = { transposeA, transposeB };
          const wanted = matmul(a, b, attributes);
          expectExact(
            [a, b],
            (x, y) => ops.matmul(x!, y!, attributes),
            wanted,
            (dy) => {
              const { da, db } = matmulBackward(dy, a, b, attributes);
              return [da, db];
            },
          );
        },
      ),
      attempts,
    );
  });

  it("conv2d of any geometry and grouping, or a typed error where the window does not fit", () => {
    const given = fc.record({
      geometry,
      batch: from1(3),
      groups: from1(3),
      depth: from1(5),
      filters: from1(6),
      activation: fc.constantFrom("linear" as const, "relu" as const),
    });
    fc.assert(
      fc.property(given, ({ geometry: g, batch, groups, depth, filters, activation }) => {
        const { strides, padding, dilationRate } = g;
        const attributes = { strides, padding, dilationRate, groups, activation };
        const x = whole([batch, g.height, g.width, groups * depth], 1);
        const kernel = whole([...g.window, depth, groups * filters], 2);
        const bias = whole([groups * filters], 3);
        const op = (...[input, weights, b]: Tensor[]): Tensor => ops.conv2d(input!, weights!, b!, attributes);
        if (!fits(g.height, g.width, g.window, g.dilationRate, g.padding)) {
          const tensors = [x, kernel, bias].map(({ data, shape }) =>
            engines[0]!.tensor(Float32Array.from(data), shape),
          );
          expect(() => op(...tensors)).toThrow(AnygradError);
          return;
        }
        expectExact([x, kernel, bias], op, conv2d(x, kernel, bias, attributes), (dy) => {
          const { dx, dkernel, dbias } = conv2dBackward(dy, x, kernel, bias, attributes);
          return [dx, dkernel, dbias!];
        });
      }),
      attempts,
    );
  });

  it("depthwiseConv2d of any geometry", () => {
    const given = fc.record({ geometry, batch: from1(3), channels: from1(13), multiplier: from1(3) });
    fc.assert(
      fc.property(given, ({ geometry: g, batch, channels, multiplier }) => {
        fc.pre(fits(g.height, g.width, g.window, g.dilationRate, g.padding));
        const x = whole([batch, g.height, g.width, channels], 1);
        const kernel = whole([...g.window, channels, multiplier], 2);
        const bias = whole([channels * multiplier], 3);
        const { strides, padding, dilationRate } = g;
        const attributes = { strides, padding, dilationRate };
        const op = (...[input, weights, b]: Tensor[]): Tensor =>
          ops.depthwiseConv2d(input!, weights!, b!, attributes);
        expectExact([x, kernel, bias], op, depthwiseConv2d(x, kernel, bias, g), (dy) => {
          const { dx, dkernel, dbias } = depthwiseConv2dBackward(dy, x, kernel, bias, g);
          return [dx, dkernel, dbias!];
        });
      }),
      attempts,
    );
  });

  it("maxPooling2d of any geometry, with many ties", () => {
    const given = fc.record({ geometry, batch: from1(3), channels: from1(13) });
    fc.assert(
      fc.property(given, ({ geometry: g, batch, channels }) => {
        fc.pre(fits(g.height, g.width, g.window, [1, 1], g.padding));
        const attributes = { poolSize: g.window, strides: g.strides, padding: g.padding };
        const x = whole([batch, g.height, g.width, channels], 1);
        expectExact(
          [x],
          (input) => ops.maxPooling2d(input!, attributes),
          maxPooling2d(x, attributes),
          (dy) => [maxPooling2dBackward(dy, x, attributes)],
        );
      }),
      attempts,
    );
  });
});
