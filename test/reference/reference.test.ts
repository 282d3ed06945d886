/**
 * Who guards the guards: the twins against recorded references made with other libraries, and their backward passes
 * against finite differences of their forward passes, on a sample of the case table.
 */
import { describe, expect, it } from "vitest";
import { mostForSlopes, sample } from "../sample.ts";
import { applyUnary, applyUnaryBackward, type UnaryName } from "./activations.ts";
import { type Array64, array64, map } from "./array64.ts";
import { distance } from "./comparison/closeness.ts";
import * as fixtures from "./comparison/fixtures.ts";
import { readFixture, recorded } from "./comparison/fixtures.ts";
import { describeTwinSlopes, smoothCases } from "./comparison/twinSlopes.ts";
import { conv2d, conv2dBackward } from "./images/conv2d.ts";
import * as pool from "./images/pool.ts";
import {
  batchNormalization,
  batchNormalizationBackward,
  channelStatistics,
  movedStatistics,
} from "./normalization.ts";
import { normalQuantile, permutation, philox, uint32At } from "./random.ts";
import { logSoftmax, logSoftmaxBackward, softmax, softmaxBackward } from "./softmax.ts";
import * as losses from "./training/losses.ts";
import { initialState, updates } from "./training/optimizers.ts";

function expectClose(actual: Array64, expected: fixtures.Recorded): void {
  expect(actual.shape).toEqual(expected.shape);
  expect(distance(actual.data, expected.data)).toBeLessThan(1e-6);
}

describe("the twins against recorded references", () => {
  for (const { name, x, y, dy, dx } of readFixture<fixtures.ActivationFixture[]>("activations"))
    it(name, () => {
      const attributes = { negativeSlope: fixtures.fixtureNegativeSlope };
      const input = recorded(x);
      const upstream = recorded(dy);
      if (name === "softmax") {
        expectClose(softmax(input), y);
        expectClose(softmaxBackward(upstream, input), dx);
      } else if (name === "logSoftmax") {
        expectClose(logSoftmax(input), y);
        expectClose(logSoftmaxBackward(upstream, input), dx);
      } else {
        expectClose(applyUnary(name as UnaryName, input, attributes), y);
        expectClose(applyUnaryBackward(name as UnaryName, upstream, input, attributes), dx);
      }
    });

  for (const { attrs, ...arrays } of readFixture<fixtures.ConvFixture[]>("conv2d"))
    it(`conv2d ${JSON.stringify(attrs)}`, () => {
      const { x, kernel, bias, y, dy } = arrays;
      const attributes = { ...attrs, dilationRate: attrs.dilation };
      const given = [recorded(x), recorded(kernel), recorded(bias)] as const;
      expectClose(conv2d(...given, attributes), y);
      const { dx, dkernel, dbias } = conv2dBackward(recorded(dy), ...given, attributes);
      expectClose(dx, arrays.dx);
      expectClose(dkernel, arrays.dkernel);
      expectClose(dbias!, arrays.dbias);
    });

  for (const { kind, attrs, x, y, dy, dx } of readFixture<fixtures.PoolFixture[]>("pool2d"))
    it(`${kind} pooling ${JSON.stringify(attrs)}`, () => {
      const [forward, backward] =
        kind === "max"
          ? [pool.maxPooling2d, pool.maxPooling2dBackward]
          : [pool.averagePooling2d, pool.averagePooling2dBackward];
      expectClose(forward(recorded(x), attrs), y);
      expectClose(backward(recorded(dy), recorded(x), attrs), dx);
    });

  for (const { attrs, x, gamma, beta, ...wanted } of readFixture<fixtures.BatchNormalizationFixture[]>(
    "batch_norm",
  ))
    it(`batchNormalization [${x.shape}]`, () => {
      const attributes = { ...attrs, training: true };
      const unused = array64(gamma.shape);
      const given = [recorded(x), recorded(gamma), recorded(beta), unused, unused] as const;
      expectClose(batchNormalization(...given, attributes), wanted.y);
      const { mean, variance } = channelStatistics(given[0]);
      expectClose(array64(gamma.shape, mean), wanted.mean);
      expectClose(array64(gamma.shape, variance), wanted.variance);
      const { dx, dgamma, dbeta } = batchNormalizationBackward(recorded(wanted.dy), ...given, attributes);
      expectClose(dx, wanted.dx);
      expectClose(dgamma, wanted.dgamma);
      expectClose(dbeta, wanted.dbeta);
    });

  readFixture<fixtures.LossFixture[]>("losses").forEach((fixture, i) => {
    it(`${fixture.name} ${i}`, () => {
      const { loss, dloss } = lossTwin(fixture);
      expect(Math.abs(loss - fixture.loss)).toBeLessThan(1e-6 * fixture.loss);
      expectClose(dloss, (fixture.dlogits ?? fixture.dprediction)!);
    });
  });

  for (const { name, attrs, initial, gradients, parameters } of readFixture<fixtures.OptimizerFixture[]>(
    "optimizers",
  ))
    it(`${name} ${JSON.stringify(attrs)}`, () => {
      let w = recorded(initial).data;
      const state = initialState(w.length);
      gradients.forEach((gradient, step) => {
        w = updates[name](w, recorded(gradient).data, state, step + 1, attrs);
        expect(distance(w, parameters[step]!.data)).toBeLessThan(1e-6);
      });
    });
});

/** The mean over the examples, and its gradient with respect to the predictions. */
function lossTwin(fixture: fixtures.LossFixture): { loss: number; dloss: Array64 } {
  const prediction = recorded((fixture.logits ?? fixture.prediction)!);
  const rows = prediction.shape[0]!;
  const targets = fixture.targets
    ? recorded(fixture.targets)
    : losses.oneHotTargets(array64([rows], fixture.labels!), prediction.shape[1]!);
  const share = map(array64([rows]), () => 1 / rows);
  const [values, dloss] = {
    sparseCategoricalCrossentropy: () => [
      losses.categoricalCrossentropy(prediction, targets, fixture),
      losses.categoricalCrossentropyBackward(share, prediction, targets, fixture),
    ],
    binaryCrossentropy: () => [
      losses.binaryCrossentropy(prediction, targets, fixture),
      losses.binaryCrossentropyBackward(share, prediction, targets, fixture),
    ],
    meanSquaredError: () => [
      losses.meanSquaredError(prediction, targets),
      losses.meanSquaredErrorBackward(share, prediction, targets),
    ],
    meanAbsoluteError: () => [
      losses.meanAbsoluteError(prediction, targets),
      losses.meanAbsoluteErrorBackward(share, prediction, targets),
    ],
    huber: () => [
      losses.huber(prediction, targets, fixture),
      losses.huberBackward(share, prediction, targets, fixture),
    ],
  }[fixture.name]!() as [Array64, Array64];
  return { loss: values.data.reduce((sum, value) => sum + value, 0) / rows, dloss };
}

describe("the twins' backward passes against finite differences", () =>
  describeTwinSlopes(sample(smoothCases, mostForSlopes)));

describe("random numbers", () => {
  const words = (hex: string): bigint[] => hex.split(" ").map((word) => BigInt(`0x${word}`));

  it("are Philox4x32-10 as its authors published it (Random123, kat_vectors)", () => {
    expect(philox(words("0 0 0 0"), words("0 0"))).toEqual(words("6627e8d5 e169c58d bc57ac4c 9b00dbd8"));
    const all = "ffffffff";
    expect(philox(words(`${all} ${all} ${all} ${all}`), words(`${all} ${all}`))).toEqual(
      words("408f276d 41c83b0e a20bc7c6 6d5451fd"),
    );
    expect(philox(words("243f6a88 85a308d3 13198a2e 03707344"), words("a4093822 299f31d0"))).toEqual(
      words("d16cfe09 94fdcceb 5001e420 24126ea1"),
    );
  });

  it("place word w of block b at element 4b + w", () => {
    const at = (i: number) => uint32At({ seed: 0, stream: 0, step: 0 }, i);
    expect([at(0), at(1), at(2), at(3)]).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    const [first] = philox([1n, 7n, 3n, 2n], [5n, 1n]);
    expect(uint32At({ seed: 2 ** 32 + 5, stream: 7, step: 2 ** 33 + 3 }, 4)).toBe(Number(first));
  });

  it.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.001, -3.090232306167813],
    [1e-9, -5.997807015007686],
  ])("know the normal quantile of %f", (p, z) => {
    expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(1e-12);
  });

  it("shuffle without losing anything", () => {
    const order = permutation({ seed: 1, stream: 0, step: 0 }, 101);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, i) => i));
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
  });
});

describe("moving statistics", () => {
  it("go 1 − momentum of the way to the batch's", () => {
    const x = array64([2, 2], [1, 10, 3, 30]);
    const moved = movedStatistics(x, array64([2], [0, 20]), array64([2], [1, 0]), {
      training: true,
      momentum: 0.75,
    });
    expect([...moved.movingMean.data]).toEqual([0.5, 20]);
    expect([...moved.movingVariance.data]).toEqual([1, 25]);
  });
});
