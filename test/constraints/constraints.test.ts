/** Constraints: Keras's figures, and weights that stay within bounds in every step of training. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { constrainer } from "../../src/constraints/apply.ts";
import type { ConstraintLike } from "../../src/constraints/index.ts";
import * as constraints from "../../src/constraints/kinds.ts";
import * as layers from "../../src/layers/kinds.ts";
import type { Layer } from "../../src/layers/layer.ts";
import { load } from "../../src/model/load.ts";
import type { Model } from "../../src/model/model.ts";
import { sequential } from "../../src/model/sequential.ts";
import { optimizers } from "../../src/optimizers/index.ts";
import { failure } from "../data/failure.ts";
import { distance } from "../reference/comparison/closeness.ts";
import { type Recorded, readFixture } from "../reference/comparison/fixtures.ts";

interface Case {
  readonly name: keyof typeof constraints;
  readonly options: object;
  readonly w: Recorded;
  readonly value: Recorded;
}

const engine = await createEngine();
const { constraints: cases } = readFixture<{ constraints: Case[] }>("training");

it.each(cases.map((each): [string, Case] => [`${each.name} ${JSON.stringify(each.options)}`, each]))(
  "%s has Keras's figures",
  (_, { name, options, w, value }) => {
    const variable = engine.variable(w.data, w.shape);
    const constraint = (constraints[name] as (options: object) => ConstraintLike)(options);
    const run = constrainer([
      { name: "w", value: variable, constraint: JSON.parse(JSON.stringify(constraint)) },
    ]);
    engine.step(run);
    expect(distance(variable.data, value.data)).toBeLessThan(1e-6);
  },
);

const data = {
  x: Float32Array.from({ length: 120 }, (_, i) => ((i * 2654435761) >>> 24) / 128 - 1),
  y: Float32Array.from({ length: 80 }, (_, i) => ((i * 40503) & 255) / 25 - 5),
  shape: [40, 3],
};

async function network(kernelConstraint?: ConstraintLike, biasConstraint?: ConstraintLike): Promise<Model> {
  const net = sequential(
    [
      layers.dense({
        units: 2,
        ...(kernelConstraint && { kernelConstraint }),
        ...(biasConstraint && { biasConstraint }),
      }),
    ],
    { inputShape: [3], seed: 4 },
  );
  await net.compile({ optimizer: optimizers.sgd({ learningRate: 0.2 }), loss: "meanSquaredError", engine });
  return net;
}

const kernelOf = (net: Model): Float32Array => net.getWeights()[0]!.data;
const normsOf = (kernel: Float32Array): number[] =>
  [0, 1].map((unit) => Math.hypot(...[0, 1, 2].map((input) => kernel[2 * input + unit]!)));

describe("training", () => {
  it("leaves weights within their bounds after every step, which would leave them", async () => {
    const free = await network();
    await free.fit(data, { epochs: 2 });
    expect(Math.max(...normsOf(kernelOf(free)))).toBeGreaterThan(0.6);
    expect(Math.min(...kernelOf(free))).toBeLessThan(0);

    const held = await network(constraints.maxNorm({ maxValue: 0.5 }), "nonNeg");
    for await (const _ of held.train(data, { epochs: 2, batchSize: 8 })) {
      expect(Math.max(...normsOf(kernelOf(held)))).toBeLessThan(0.500001);
      expect(Math.min(...held.getWeights()[1]!.data)).toBeGreaterThanOrEqual(0);
    }
    const unit = await network("unitNorm");
    await unit.fit(data, { epochs: 2 });
    for (const norm of normsOf(kernelOf(unit))) expect(norm).toBeCloseTo(1, 5);
  });

  it("has them in files: a loaded model goes on with the same bits", async () => {
    const fit = { epochs: 3, batchSize: 8, seed: 1 };
    const constraint = constraints.minMaxNorm({ minValue: 0.2, maxValue: 0.6, rate: 0.5 });
    const whole = await network(constraint);
    await whole.fit(data, fit);
    const stopped = await network(constraint);
    let steps = 0;
    for await (const _ of stopped.train(data, fit)) if (++steps === 8) break;
    const again = await load(await stopped.save({ optimizer: true }), { engine });
    await again.fit(data, { ...fit, resume: true });
    expect(kernelOf(again)).toEqual(kernelOf(whole));
  });

  it("takes the names of other layers' kernels", async () => {
    const net = sequential(
      [
        layers.conv2d({
          filters: 2,
          kernelSize: 3,
          kernelConstraint: constraints.unitNorm({ axis: [0, 1, 2] }),
        }),
        layers.depthwiseConv2d({ kernelSize: 2, depthwiseConstraint: "nonNeg" }),
        layers.flatten(),
        layers.dense({ units: 1 }),
      ],
      { inputShape: [5, 5, 1], seed: 1 },
    );
    await net.compile({ optimizer: "sgd", loss: "meanSquaredError", engine });
    await net.fit({
      x: Float32Array.from({ length: 100 }, (_, i) => i % 3),
      y: new Float32Array(4),
      shape: [4, 5, 5, 1],
    });
    const [conv, , depthwise] = net.getWeights();
    const squares = [0, 0];
    conv!.data.forEach((v, i) => {
      squares[i % 2]! += v * v;
    });
    for (const square of squares) expect(square).toBeCloseTo(1, 5);
    expect(Math.min(...depthwise!.data)).toBeGreaterThanOrEqual(0);
  });
});

describe("refuses", () => {
  it.each<[string, ConstraintLike, RegExp]>([
    [
      "an unknown name",
      "maxnorm" as "maxNorm",
      /^dense\/kernel: constraint: "maxnorm" is unknown; did you mean maxNorm\? There are nonNeg, maxNorm/,
    ],
    [
      "an axis that is not there",
      constraints.unitNorm({ axis: 2 }),
      /there is no axis 2 in \[3, 2\]; pass axes/,
    ],
    [
      "wrong options of a saved one",
      { type: "maxNorm", config: { max: 2 } },
      /^maxNorm: "max" is unknown; did you mean maxValue/,
    ],
  ])("%s", async (_, constraint, wanted) => {
    expect(await failure(() => network(constraint), "INVALID_ARGUMENT")).toMatch(wanted);
  });

  it("options that make no sense", async () => {
    const wrong = (): unknown => constraints.minMaxNorm({ minValue: 2, maxValue: 1 });
    expect(await failure(wrong, "INVALID_ARGUMENT")).toMatch(
      /^minMaxNorm: maxValue is 1; pass a number from 2$/,
    );
    expect(await failure(() => constraints.unitNorm({ axis: [] }), "INVALID_ARGUMENT")).toMatch(/axis is/);
  });
});

describe("every weight that may have a penalty may have bounds", () => {
  const needs: Readonly<Record<string, object>> = {
    conv1d: { filters: 2, kernelSize: 1 },
    conv2d: { filters: 2, kernelSize: 1 },
    conv2dTranspose: { filters: 2, kernelSize: 1 },
    dense: { units: 2 },
    depthwiseConv1d: { kernelSize: 1 },
    depthwiseConv2d: { kernelSize: 1 },
    embedding: { inputDim: 4, outputDim: 2 },
    gru: { units: 2 },
    lstm: { units: 2 },
    multiHeadAttention: { numHeads: 1, keyDim: 2 },
    separableConv1d: { filters: 2, kernelSize: 1 },
    separableConv2d: { filters: 2, kernelSize: 1 },
    simpleRNN: { units: 2 },
    batchNormalization: {},
    groupNormalization: { groups: 1 },
    layerNormalization: {},
    prelu: {},
  };
  const makers = layers as unknown as Readonly<Record<string, (options: object) => Layer>>;
  const names = async (type: string): Promise<string[]> =>
    (await failure(() => makers[type]!({ noSuchOption: 1 }), "INVALID_ARGUMENT")).match(/\w+Regularizer/g) ??
    [];

  it("and no layer is forgotten", async () => {
    const without = ["activity", "bidirectional", "timeDistributed", "lambda"];
    for (const type of Object.keys(layers)) {
      if (without.includes(type) || needs[type]) continue;
      const message = await failure(() => makers[type]!({ noSuchOption: 1 }), "INVALID_ARGUMENT").catch(
        () => "",
      );
      expect(message, type).not.toContain("Regularizer");
    }
  });

  it.each(Object.keys(needs))("%s", async (type) => {
    const rank =
      /2d|normalization$/i.test(type) && type !== "layerNormalization" ? 3 : type === "embedding" ? 1 : 2;
    const input = [4, 4, 3].slice(-rank);
    const regularizers = await names(type);
    expect(regularizers.length).toBeGreaterThan(0);
    for (const option of regularizers) {
      const bound = option.replace("Regularizer", "Constraint");
      const layer = makers[type]!({ ...needs[type], [bound]: "nonNeg" });
      expect(
        layer.weights([input]).some(({ constraint }) => constraint === "nonNeg"),
        bound,
      ).toBe(true);
      const penalized = makers[type]!({ ...needs[type], [option]: { l2: 0.1 } });
      expect(
        penalized.weights([input]).some(({ regularizer }) => regularizer),
        option,
      ).toBe(true);
      expect(JSON.stringify(layer.config)).toContain("nonNeg");
    }
  });
});
