/** Gradients of gradients in whole networks, against JAX 0.10 in float64 (test/fixtures/ops/gradientPenalty.json). */
import { describe, expect, it } from "vitest";
import { createEngine as createPlainEngine, type Engine } from "../../src/autograd/engine.ts";
import { createEngine } from "../../src/engine/createEngine.ts";
import * as ops from "../../src/ops/index.ts";
import type { Tensor, Variable } from "../../src/tensor/tensor.ts";
import { builds, forEachBuild, precisionOf, runs } from "../builds.ts";
import { failure } from "../data/failure.ts";
import { bitsOf, distance } from "../reference/comparison/closeness.ts";
import { type Recorded, readFixture } from "../reference/comparison/fixtures.ts";

interface Penalty {
  readonly weights: Readonly<Record<string, Recorded>>;
  readonly value: number;
  readonly gradients: Readonly<Record<string, Recorded>>;
}

interface Fixture {
  /** A critic's loss with the gradient penalty of Gulrajani et al., arXiv:1704.00028. */
  readonly critic: Penalty & { readonly real: Recorded; readonly fake: Recorded; readonly mix: Recorded };
  /** A classifier with layer normalisation and attention: its loss, and the square of its gradient by the tokens. */
  readonly attention: Penalty & { readonly tokens: Recorded; readonly labels: readonly number[] };
}

const { critic, attention } = readFixture<Fixture>("ops/gradientPenalty");
const engines = await forEachBuild((variant) =>
  createEngine({ variant, threads: 1, precision: precisionOf(variant) }),
);

type Weights = Readonly<Record<string, Variable>>;

function run({ weights }: Penalty, engine: Engine, loss: (w: Weights) => Tensor) {
  const variables = Object.fromEntries(
    Object.entries(weights).map(([name, { shape, data }]) => [name, engine.variable(data, shape)]),
  );
  return engine.valueAndGrad(() => loss(variables), Object.values(variables));
}

const sumOfSquares = (x: Tensor): Tensor =>
  ops.sum(ops.square(x), { axis: x.shape.slice(1).map((_, i) => i + 1) });

function tensor(engine: Engine, { shape, data }: Recorded): Tensor {
  return engine.tensor(Float32Array.from(data), shape);
}

function criticStep(engine: Engine) {
  return run(critic, engine, (w) => {
    const judge = (x: Tensor): Tensor => {
      const h = ops.conv2d(x, w.kernel!, w.bias!, { strides: 2, padding: "same" });
      const hidden = ops.flatten(ops.leakyRelu(h));
      return ops.dense(ops.dense(hidden, w.hidden!, w.hiddenBias!, { activation: "tanh" }), w.out!);
    };
    const [real, fake, mix] = [critic.real, critic.fake, critic.mix].map((each) => tensor(engine, each)) as [
      Tensor,
      Tensor,
      Tensor,
    ];
    const x = ops.add(ops.multiply(mix, real), ops.multiply(ops.subtract(1, mix), fake));
    const { gradients } = engine.valueAndGrad(() => ops.sum(judge(x)), [x]);
    const distances = ops.square(ops.subtract(ops.sqrt(sumOfSquares(gradients[0]!)), 1));
    const difference = ops.subtract(ops.mean(judge(fake)), ops.mean(judge(real)));
    return ops.add(difference, ops.multiply(ops.mean(distances), 10));
  });
}

function attentionStep(engine: Engine) {
  return run(attention, engine, (w) => {
    const tokens = tensor(engine, attention.tokens);
    const labels = engine.tensor([...attention.labels], [2], "int32");
    const network = (): Tensor => {
      const n = ops.layerNormalization(tokens, w.gamma!, w.beta!);
      const [q, k, v] = [w.q!, w.k!, w.v!].map((kernel) => ops.dense(n, kernel)) as [Tensor, Tensor, Tensor];
      const mixed = ops.matmul(ops.softmax(ops.matmul(q, k, { transposeB: true })), v);
      const logits = ops.matmul(ops.mean(ops.gelu(mixed), { axis: 1 }), w.last!);
      return ops.mean(ops.sparseCategoricalCrossentropy(logits, labels, { fromLogits: true }));
    };
    const { gradients } = engine.valueAndGrad(network, [tokens]);
    return ops.add(network(), ops.sum(ops.square(gradients[0]!)));
  });
}

describe.each([
  ["a critic's gradient penalty", critic, criticStep],
  ["the length of a gradient through attention", attention, attentionStep],
] as const)("%s", (_, wanted, step) => {
  it.each(builds.filter(runs))("by %s is JAX's", (build) => {
    const { value, gradients } = step(engines[build]!);
    expect(value).toBeCloseTo(wanted.value, 4);
    Object.values(wanted.gradients).forEach(({ shape, data }, i) => {
      expect(gradients[i]!.shape).toEqual(shape);
      expect(distance(gradients[i]!.data, data)).toBeLessThan(2e-5);
    });
  });

  it("has the same bits by scalar and simd", () => {
    const bits = ({ gradients }: ReturnType<typeof step>): Uint32Array[] =>
      gradients.map(({ data }) => bitsOf(data));
    expect(bits(step(engines.scalar!))).toEqual(bits(step(engines.simd!)));
  });
});

describe("gradients of gradients", () => {
  const engine = engines.simd!;

  it("nest as deep as one likes: the third derivative of x⁴", () => {
    const x = engine.variable([2]);
    const fourth = (): Tensor => ops.sum(ops.square(ops.square(x)));
    const derivative =
      (f: () => Tensor): (() => Tensor) =>
      () =>
        ops.sum(engine.valueAndGrad(f, [x]).gradients[0]!);
    expect(engine.valueAndGrad(derivative(derivative(fourth)), [x]).gradients[0]!.item()).toBe(48);
  });

  it("are the ones of one variable by another, and none where the first is constant", async () => {
    const [a, b] = [engine.variable([3]), engine.variable([5])];
    const mixed = engine.valueAndGrad(
      () => engine.valueAndGrad(() => ops.sum(ops.multiply(ops.square(a), b)), [a]).gradients[0]!,
      [b],
    );
    expect([mixed.value, mixed.gradients[0]!.item()]).toEqual([30, 6]);
    const constant = () =>
      engine.valueAndGrad(
        () => engine.valueAndGrad(() => ops.sum(ops.multiply(a, 2)), [a]).gradients[0]!,
        [a],
      );
    expect(await failure(constant, "NO_GRADIENT")).toMatch(/depends on none of the variables/);
  });

  it("leave the inner gradient what it is without an outer one", () => {
    const x = engine.variable([0.5, -1.5, 2]);
    const f = (): Tensor => ops.sum(ops.multiply(ops.tanh(x), ops.sigmoid(x)));
    const alone = engine.valueAndGrad(f, [x]).gradients[0]!.data;
    let within: ArrayLike<number> = [];
    engine.valueAndGrad(() => {
      within = engine.valueAndGrad(f, [x]).gradients[0]!.data;
      return f();
    }, [x]);
    expect(distance(within, Float64Array.from(alone as Float32Array))).toBeLessThan(1e-6);
  });

  it("are refused by an engine without them, with the way out, and only where they are asked for", async () => {
    const plain = await createPlainEngine({ threads: 1 });
    const x = plain.variable([3]);
    const inner = (): Variable => plain.valueAndGrad(() => ops.sum(ops.square(x)), [x]).gradients[0]!;
    const message = await failure(() => plain.valueAndGrad(() => ops.sum(inner()), [x]), "NO_GRADIENT");
    expect(message).toBe("valueAndGrad: gradients of gradients were not loaded; pass secondDerivatives: true to createEngine"); // biome-ignore format: one line
    const scaled = plain.valueAndGrad(() => ops.sum(ops.multiply(x, inner().item())), [x]);
    expect(scaled.gradients[0]!.item()).toBe(6);
    const chosen = await createEngine({ threads: 1, secondDerivatives: false });
    const y = chosen.variable([3]);
    const twice = () => chosen.valueAndGrad(() => chosen.valueAndGrad(() => ops.sum(ops.square(y)), [y]).gradients[0]!, [y]); // biome-ignore format: one call
    await failure(twice, "NO_GRADIENT");
  });
});
