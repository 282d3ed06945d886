/** What the case table cannot see of batch normalisation: the moving statistics that a training step changes in place. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import * as ops from "../../src/ops/index.ts";
import { type Case, drawInputs } from "../cases/case.ts";
import { cases } from "../cases.ts";
import type { Array64 } from "../reference/array64.ts";
import { bitsOf, distance } from "../reference/comparison/closeness.ts";
import { type BatchNormalizationAttributes, movedStatistics } from "../reference/normalization.ts";

const engines = [await createEngine({ variant: "scalar" }), await createEngine({ variant: "simd" })];
const rows = cases.filter(({ op }) => op === "batchNormalization");

/** The moving mean and variance after one forward pass, in each variant. */
function moved(each: Case): { mean: Float32Array; variance: Float32Array }[] {
  return engines.map((engine) => {
    const drawn = drawInputs(each) as Array64[];
    const [x, gamma, beta, mean, variance] = drawn.map(({ data, shape }) =>
      engine.variable(Float32Array.from(data), shape),
    );
    const attributes = each.attributes as BatchNormalizationAttributes;
    ops.batchNormalization(x!, gamma!, beta!, mean!, variance!, attributes);
    return { mean: Float32Array.from(mean!.data), variance: Float32Array.from(variance!.data) };
  });
}

describe.each(rows.map((each) => [each.name, each] as const))("%s", (_, each) => {
  const [x, , , mean, variance] = drawInputs(each) as Array64[];
  const attributes = each.attributes as BatchNormalizationAttributes;
  const [scalar, simd] = moved(each);

  it(attributes.training ? "moves the statistics towards the batch's" : "leaves the statistics alone", () => {
    const wanted = attributes.training
      ? movedStatistics(x!, mean!, variance!, attributes)
      : { movingMean: mean!, movingVariance: variance! };
    for (const result of [scalar!, simd!]) {
      expect(distance(result.mean, wanted.movingMean.data)).toBeLessThan(1e-6);
      expect(distance(result.variance, wanted.movingVariance.data)).toBeLessThan(1e-6);
    }
  });

  it("in the same bits in both variants", () => {
    expect(bitsOf(scalar!.mean)).toEqual(bitsOf(simd!.mean));
    expect(bitsOf(scalar!.variance)).toEqual(bitsOf(simd!.variance));
  });
});
