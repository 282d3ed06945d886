/** The ops in every build against float64 references recorded with other libraries: within 1e-5 of the largest value. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import * as ops from "../../src/ops/index.ts";
import type { Tensor, Variable } from "../../src/tensor/tensor.ts";
import { builds, precisionOf, runs } from "../builds.ts";
import { distance } from "../reference/comparison/closeness.ts";
import * as fixtures from "../reference/comparison/fixtures.ts";
import { type Recorded, readFixture } from "../reference/comparison/fixtures.ts";
import { opNamed } from "./evaluate.ts";

const attributesOf = (name: string) =>
  name === "leakyRelu" ? { negativeSlope: fixtures.fixtureNegativeSlope } : undefined;

function expectClose(actual: Tensor, { shape, data }: Recorded): void {
  expect(actual.shape).toEqual(shape);
  expect(distance(actual.data, data)).toBeLessThan(1e-5);
}

for (const missing of builds.filter((build) => !runs(build)))
  it.skip(`${missing}: not in this runtime`, () => {});

describe.each(builds.filter(runs))("%s", async (variant) => {
  const engine = await createEngine({ variant, precision: precisionOf(variant) });
  const constant = ({ data, shape }: Recorded): Tensor => engine.tensor(Float32Array.from(data), shape);
  const variable = ({ data, shape }: Recorded): Variable => engine.variable(Float32Array.from(data), shape);

  /** The gradients of `inputs` when dy comes from above. */
  const gradientsOf = (op: () => Tensor, dy: Recorded, inputs: Variable[]): Tensor[] => {
    const upstream = constant(dy);
    return engine.valueAndGrad(() => ops.sum(ops.multiply(op(), upstream)), inputs).gradients;
  };

  for (const { name, x, y, dy, dx } of readFixture<fixtures.ActivationFixture[]>("activations"))
    it(name, () => {
      const input = variable(x);
      const op = (): Tensor => opNamed(name)(input, attributesOf(name));
      expectClose(op(), y);
      expectClose(gradientsOf(op, dy, [input])[0]!, dx);
    });

  for (const { attrs, ...arrays } of readFixture<fixtures.ConvFixture[]>("conv2d"))
    it(`conv2d ${JSON.stringify(attrs)}`, () => {
      const { strides, padding, dilation: dilationRate, groups } = attrs;
      const [x, kernel, bias] = [variable(arrays.x), variable(arrays.kernel), variable(arrays.bias)];
      const op = (): Tensor => ops.conv2d(x, kernel, bias, { strides, padding, dilationRate, groups });
      expectClose(op(), arrays.y);
      const [dx, dkernel, dbias] = gradientsOf(op, arrays.dy, [x, kernel, bias]);
      expectClose(dx!, arrays.dx);
      expectClose(dkernel!, arrays.dkernel);
      expectClose(dbias!, arrays.dbias);
    });

  for (const { kind, attrs, x, y, dy, dx } of readFixture<fixtures.PoolFixture[]>("pool2d"))
    it(`${kind} pooling ${JSON.stringify(attrs)}`, () => {
      const pool = kind === "max" ? ops.maxPooling2d : ops.averagePooling2d;
      const input = variable(x);
      expectClose(pool(input, attrs), y);
      expectClose(gradientsOf(() => pool(input, attrs), dy, [input])[0]!, dx);
    });

  for (const { attrs, ...arrays } of readFixture<fixtures.BatchNormalizationFixture[]>("batch_norm"))
    it(`batchNormalization [${arrays.x.shape}]`, () => {
      const [x, gamma, beta] = [variable(arrays.x), variable(arrays.gamma), variable(arrays.beta)];
      const channels = arrays.gamma.shape[0]!;
      // momentum 0: the moving statistics become the batch's
      const movingMean = engine.variable(new Float32Array(channels), [channels]);
      const movingVariance = engine.variable(new Float32Array(channels), [channels]);
      const op = (): Tensor =>
        ops.batchNormalization(x, gamma, beta, movingMean, movingVariance, {
          training: true,
          momentum: 0,
          ...attrs,
        });
      expectClose(op(), arrays.y);
      expectClose(movingMean, arrays.mean);
      expectClose(movingVariance, arrays.variance);
      const [dx, dgamma, dbeta] = gradientsOf(op, arrays.dy, [x, gamma, beta]);
      expectClose(dx!, arrays.dx);
      expectClose(dgamma!, arrays.dgamma);
      expectClose(dbeta!, arrays.dbeta);
    });

  readFixture<fixtures.LossFixture[]>("losses").forEach((fixture, i) => {
    it(`${fixture.name} ${i}`, () => {
      const prediction = variable((fixture.logits ?? fixture.prediction)!);
      const targets = fixture.targets
        ? constant(fixture.targets)
        : engine.tensor(Int32Array.from(fixture.labels!), [fixture.labels!.length], "int32");
      const { fromLogits, labelSmoothing, delta } = fixture;
      const options = { fromLogits, labelSmoothing };
      const perExample: Record<string, () => Tensor> = {
        sparseCategoricalCrossentropy: () => ops.sparseCategoricalCrossentropy(prediction, targets, options),
        binaryCrossentropy: () => ops.binaryCrossentropy(prediction, targets, options),
        meanSquaredError: () => ops.meanSquaredError(prediction, targets),
        meanAbsoluteError: () => ops.meanAbsoluteError(prediction, targets),
        huber: () => ops.huber(prediction, targets, { delta }),
      };
      const op = perExample[fixture.name]!;
      const { value, gradients } = engine.valueAndGrad(() => ops.mean(op()), [prediction]);
      expect(Math.abs(value - fixture.loss)).toBeLessThan(1e-5 * fixture.loss);
      expectClose(gradients[0]!, (fixture.dlogits ?? fixture.dprediction)!);
    });
  });
});
