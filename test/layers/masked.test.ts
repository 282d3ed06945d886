/** Attention and pooling where steps are masked, against Keras (test/fixtures/layers/masked.py). */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { input, layers, model, ops } from "../../src/index.ts";
import type { CallPlace, Layer, SymbolicTensor } from "../../src/layers/layer.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
interface Recorded extends Readonly<Record<"y" | "pooled" | "dy" | "dx" | "dother", Numbers>> {
  readonly layer: "attention" | "additiveAttention" | "multiHeadAttention" | "globalAveragePooling1d";
  readonly options: object;
  readonly of: readonly ("x" | "other")[];
  readonly weights: readonly Numbers[];
}
const { x, other, cases } = JSON.parse(
  readFileSync(new URL("../fixtures/layers/masked.json", import.meta.url), "utf8"),
) as { x: Numbers; other: Numbers; cases: readonly Recorded[] };
const engine = await createEngine({ threads: 1 });

/** Whether each step of x or other counts: what is masked is 0 there. */
function stepsOf(name: "x" | "other"): boolean[] {
  const { shape, data } = name === "x" ? x : other;
  const features = shape[2]!;
  return Array.from({ length: data.length / features }, (_, i) =>
    data.slice(i * features, (i + 1) * features).some((value) => value !== 0),
  );
}

function expectClose(found: ArrayLike<number>, wanted: Numbers): void {
  expect(found.length).toBe(wanted.data.length);
  const scale = Math.max(1, ...wanted.data.map(Math.abs));
  wanted.data.forEach((value, i) => {
    expect(Math.abs(found[i]! - value) / scale).toBeLessThan(1e-5);
  });
}

it.each(
  cases.map((each): [string, Recorded] => [
    `${each.layer} ${JSON.stringify(each.options)} of ${each.of}`,
    each,
  ]),
)("%s", (_, { layer: type, options, of, weights, y, pooled, dy, dx, dother }) => {
  const layer = (layers[type] as (given: object) => Layer)(options);
  const pool = layers.globalAveragePooling1d();
  const masking = [layers.masking(), layers.masking()];
  // x and other, both by masking, the layer, the mean over what it hands on
  const nodes: CallPlace["nodes"] = [
    { layer: layers.flatten(), inputs: [-1] },
    { layer: layers.flatten(), inputs: [-1] },
    { layer: masking[0]!, inputs: [0] },
    { layer: masking[1]!, inputs: [1] },
    { layer, inputs: of.map((name) => (name === "x" ? 2 : 3)) },
    { layer: pool, inputs: [4] },
  ];
  const given = [x, other].map(({ shape, data }) =>
    engine.variable(Float32Array.from(data), shape as number[]),
  );
  const shapes = of.map((name) => (name === "x" ? x : other).shape.slice(1));
  const specs = layer.weights(shapes);
  expect(specs.map(({ shape }) => shape)).toEqual(weights.map(({ shape }) => shape));
  const own = Object.fromEntries(
    specs.map(({ name }, i) => [
      name,
      engine.tensor(Float32Array.from(weights[i]!.data), weights[i]!.shape as number[]),
    ]),
  );
  let found: Tensor[] = [];
  const run = (): Tensor => {
    const outputs: Tensor[] = [...given];
    const call = (i: number, each: readonly Tensor[], ofLayer: Record<string, Tensor>): Tensor => {
      const place = { nodes, outputs, given, i };
      const whole = { weights: ofLayer, training: false, draw: { seed: 0, stream: 0, step: 0 } };
      return nodes[i]!.layer.call(each as [Tensor], { ...whole, logits: false, activation: "linear", place });
    };
    outputs.push(call(2, [given[0]!], {}));
    outputs.push(call(3, [given[1]!], {}));
    outputs.push(
      call(
        4,
        nodes[4]!.inputs.map((at) => outputs[at]!),
        own,
      ),
    );
    const whole = outputs[4]!;
    const mean = whole.shape.length === 3 ? call(5, [whole], {}) : whole;
    found = [whole, mean];
    return ops.sum(ops.multiply(mean, engine.tensor(Float32Array.from(dy.data), dy.shape as number[])));
  };
  engine.step(() => {
    run();
    // what masked queries see differs among Keras's backends; nothing behind them reads it
    const counts = type === "multiHeadAttention" ? stepsOf(of[0]!) : undefined;
    const each = y.shape.at(-1)!;
    const shown = (data: ArrayLike<number>): number[] =>
      Array.from(data).filter((_, i) => counts?.[Math.floor(i / each)] !== false);
    expectClose(shown(found[0]!.data), { shape: y.shape, data: shown(y.data) });
    expectClose(found[1]!.data, pooled);
  });
  const { gradients } = engine.valueAndGrad(run, given);
  expectClose(gradients[0]!.data, dx);
  expectClose(gradients[1]!.data, dother);
});

it("an embedding's mask reaches attention and the mean: padding changes nothing", async () => {
  const network = (steps: number) => {
    const give: SymbolicTensor = input({ shape: [steps] });
    const words = layers.embedding({ inputDim: 9, outputDim: 4, maskZero: true }).apply(give);
    const seen = layers.multiHeadAttention({ numHeads: 2, keyDim: 2, useCausalMask: true }).apply(words);
    const sum = layers.add([words, layers.attention([seen, words])]);
    return model({ inputs: give, outputs: layers.globalAveragePooling1d().apply(sum), seed: 3 });
  };
  const [long, short] = [network(6), network(4)];
  for (const net of [long, short]) await net.compile({ loss: "meanSquaredError", engine });
  short.setWeights(long.getWeights());
  const [a, b] = [Float32Array.of(3, 1, 8, 2, 0, 0), Float32Array.of(3, 1, 8, 2)];
  const [padded, exact] = [(await long.predict(a)).data, (await short.predict(b)).data];
  padded.forEach((value, i) => {
    expect(value).toBeCloseTo(exact[i]!, 6);
  });
});
