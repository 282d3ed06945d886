/** Layers against Keras with its weights: outputs, and the gradients of inputs and weights (test/fixtures/layers). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { loadActivations } from "../../src/layers/activation.ts";
import { layerFromConfig } from "../../src/layers/index.ts";
import * as ops from "../../src/ops/index.ts";
import type { Tensor, Variable } from "../../src/tensor/tensor.ts";

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
interface Recorded {
  readonly layer: string;
  readonly options: object;
  readonly inputs: readonly Numbers[];
  readonly weights: readonly Numbers[];
  readonly y: Numbers;
  readonly dy?: Numbers;
  readonly dinputs?: readonly Numbers[];
  readonly dweights?: readonly Numbers[];
}

const { cases } = JSON.parse(
  readFileSync(new URL("../fixtures/layers/layers.json", import.meta.url), "utf8"),
) as { cases: readonly Recorded[] };

/** The largest difference, beside the largest number. */
function difference(found: ArrayLike<number>, wanted: readonly number[]): number {
  expect(found.length).toBe(wanted.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  return Math.max(0, ...wanted.map((value, i) => Math.abs(value - found[i]!))) / scale;
}

const named = cases.map((each): [string, Recorded] => [
  `${each.layer} ${JSON.stringify(each.options)} of ${each.inputs.map(({ shape }) => `[${shape}]`).join(" and ")}`,
  each,
]);

describe.each(["scalar", "simd"] as const)("%s", async (variant) => {
  const engine = await createEngine({ variant });
  await loadActivations(
    cases.map(({ layer, options }) =>
      layerFromConfig({ type: layer, name: "layer", trainable: true, config: options }),
    ),
  );

  it.each(named)("%s", (_, { layer: type, options, inputs, weights, y, dy, dinputs, dweights }) => {
    const layer = layerFromConfig({ type, name: "layer", trainable: true, config: options });
    const shapes = inputs.map(({ shape }) => shape.slice(1));
    const specs = layer.weights(shapes);
    expect(specs.map(({ shape }) => shape)).toEqual(weights.map(({ shape }) => shape));
    expect([2, ...layer.outputShape(shapes)]).toEqual(y.shape);
    const variable = ({ shape, data }: Numbers): Variable =>
      engine.variable(Float32Array.from(data), shape as number[]);
    const xs = inputs.map(variable);
    const ws = weights.map(variable);
    const run = (): Tensor =>
      layer.call(xs as unknown as [Tensor, ...Tensor[]], {
        weights: Object.fromEntries(specs.map(({ name }, i) => [name, ws[i]!])),
        training: false,
        draw: { seed: 0, stream: 0, step: 0 },
        logits: false,
        activation: "linear",
        place: { nodes: [], outputs: [], given: [xs[0]!], i: 0 },
      });
    engine.step(() => {
      const found = run();
      expect(found.shape).toEqual(y.shape);
      expect(difference(found.data, y.data)).toBeLessThan(1e-5);
    });
    if (!dy) return;
    const learned = ws.filter((_, i) => specs[i]!.trainable !== false);
    const factors = engine.tensor(Float32Array.from(dy.data), dy.shape as number[]);
    const { gradients } = engine.valueAndGrad(
      () => ops.sum(ops.multiply(run(), factors)),
      [...xs, ...learned],
    );
    const wanted = [...dinputs!, ...dweights!];
    expect(gradients.length).toBe(wanted.length);
    gradients.forEach((gradient, i) => {
      expect(difference(gradient.data, wanted[i]!.data), `gradient ${i}`).toBeLessThan(1e-4);
    });
  });
});
