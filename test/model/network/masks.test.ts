/** Masks on their way through networks, against Keras: outputs, losses and metrics of the steps that count, one step of descent. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { layers, type SymbolicTensor } from "../../../src/layers/index.ts";
import { input, type Model, model } from "../../../src/model/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
interface Recorded {
  readonly name: string;
  /** Layers: their names, types, options, and what feeds them, a layer or an input by its number. */
  readonly program: readonly (readonly [string, string, object, readonly (string | number)[]])[];
  readonly x: readonly Numbers[];
  readonly y: Numbers;
  readonly weights: Readonly<Record<string, Numbers>>;
  readonly predicted: Numbers;
  readonly loss: number;
  readonly metric: number;
  readonly after: Readonly<Record<string, Numbers>>;
}

const { cases } = JSON.parse(
  readFileSync(new URL("../../fixtures/masks/masks.json", import.meta.url), "utf8"),
) as { cases: readonly Recorded[] };

function built({ program, x }: Recorded): Model {
  const inputs = x.map(({ shape }, i) => input({ shape: shape.slice(1), name: `i${i}` }));
  const tensors = new Map<string | number, SymbolicTensor>(inputs.entries());
  for (const [name, type, options, sources] of program) {
    const make = layers[type as "dense"] as (options: object) => ReturnType<typeof layers.dense>;
    const from = sources.map((source) => tensors.get(source)!);
    tensors.set(name, make({ ...options, name }).apply(from.length === 1 ? from[0]! : from));
  }
  return model({ inputs: inputs.length === 1 ? inputs[0]! : inputs, outputs: tensors.get("out")! });
}

function near(found: ArrayLike<number>, wanted: readonly number[], name: string): void {
  expect(found.length, name).toBe(wanted.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  const off = Math.max(...wanted.map((value, i) => Math.abs(value - found[i]!))) / scale;
  expect(off, name).toBeLessThan(2e-6);
}

describe.each(["scalar", "simd"] as const)("%s", async (variant) => {
  const engine = await createEngine({ variant });

  it.each(cases.map((each) => [each.name, each] as const))("%s", async (name, recorded) => {
    const isSteps = name.startsWith("steps");
    const net = built(recorded);
    await net.compile({
      engine,
      optimizer: optimizers.sgd({ learningRate: 0.1 }),
      loss: isSteps ? "sparseCategoricalCrossentropy" : "meanSquaredError",
      metrics: isSteps ? "accuracy" : "mae",
    });
    const own = net.getWeights();
    expect(own.map((each) => each.name).sort()).toEqual(Object.keys(recorded.weights).sort());
    net.setWeights(
      own.map((each) => {
        const { shape, data } = recorded.weights[each.name]!;
        return { shape, data: Float32Array.from(data) };
      }),
    );
    const x = recorded.x.map(({ shape, data }) => ({ x: Float32Array.from(data), shape }));
    const given = x.length === 1 ? x[0]! : x;
    const { shape, data } = recorded.y;
    const y = { shape, data: isSteps ? Int32Array.from(data) : Float32Array.from(data) };
    near((await net.predict(given)).data, recorded.predicted.data, "outputs");
    const evaluated = await net.evaluate(given, y);
    near(
      [evaluated.loss, evaluated[isSteps ? "accuracy" : "mae"]!],
      [recorded.loss, recorded.metric],
      "scores",
    );
    const history = await net.fit(given, y, { batchSize: 4, shuffle: false });
    if (!name.startsWith("batch")) near(history.loss, [recorded.loss], "training loss");
    for (const weight of net.getWeights()) near(weight.data, recorded.after[weight.name]!.data, weight.name);
  });
});
