/** Wrappers of frozen layers: what is frozen within them stays as it is, as in Keras. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { type Layer, layers } from "../../src/layers/index.ts";
import type { StateLayer } from "../../src/layers/recurrent.ts";
import { input, load, type Model, model, sequential } from "../../src/model/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";
import { failure } from "../data/failure.ts";

const frozen = { trainable: false } as const;
const cases: Readonly<Record<string, () => Layer>> = {
  "bidirectional, both ways": () => layers.bidirectional({ layer: layers.lstm({ units: 2, ...frozen }) }),
  "bidirectional, one way": () =>
    layers.bidirectional({
      layer: layers.gru({ units: 2, ...frozen }),
      backwardLayer: layers.gru({ units: 2, goBackwards: true }),
    }),
  timeDistributed: () => layers.timeDistributed({ layer: layers.dense({ units: 2, ...frozen }) }),
};
const learned: Readonly<Record<string, number>> = { "bidirectional, one way": 3 };

it.each(Object.keys(cases))("%s: a frozen layer is not trained", async (name) => {
  const engine = await createEngine({ threads: 1 });
  const net = sequential([cases[name]!(), layers.flatten(), layers.dense({ units: 1 })], {
    inputShape: [3, 2],
    seed: 1,
  });
  const optimizer = optimizers.sgd({ learningRate: 0.1 });
  await net.compile({ optimizer, loss: "meanSquaredError", engine });
  const x = { x: Float32Array.from({ length: 24 }, (_, i) => Math.sin(i)), shape: [4, 3, 2] };
  const changed = async (model: Model): Promise<number> => {
    const before = model.getWeights();
    await model.fit(x, [1, 2, 3, 4], { epochs: 1, batchSize: 4 });
    return model.getWeights().filter(({ data }, i) => data.some((value, j) => value !== before[i]!.data[j]))
      .length;
  };
  const rest = 2; // kernel and bias of the dense layer
  expect(await changed(net)).toBe((learned[name] ?? 0) + rest);
  const again = await load(await net.save(), { engine });
  await again.compile({ optimizer, loss: "meanSquaredError", engine });
  expect(await changed(again)).toBe((learned[name] ?? 0) + rest);
});

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
interface Recorded {
  readonly layer: "simpleRNN" | "lstm" | "gru";
  readonly mergeMode: "concat" | "sum" | "ave" | null;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly x: Numbers;
  readonly weights: readonly Numbers[];
  readonly outputs: readonly Numbers[];
}
const { cases: lists } = JSON.parse(
  readFileSync(new URL("../fixtures/recurrent/bidirectional.json", import.meta.url), "utf8"),
) as { cases: readonly Recorded[] };

it.each(
  lists.map((each): [string, Recorded] => {
    const { layer, mergeMode, returnSequences, returnState } = each;
    return [JSON.stringify({ layer, mergeMode, returnSequences, returnState }), each];
  }),
)("bidirectional gives Keras's list: %s", async (_, recorded) => {
  const { layer: kind, mergeMode, returnSequences, returnState, x, weights, outputs } = recorded;
  const engine = await createEngine({ threads: 1 });
  const make = layers[kind] as (options: object) => Layer;
  const both = layers.bidirectional({
    layer: make({ units: 2, returnSequences, returnState }),
    mergeMode,
  }) as unknown as StateLayer;
  const give = input({ shape: [4, 2] });
  const parts = both.apply(give);
  expect(parts.map(({ shape }) => [3, ...shape])).toEqual(outputs.map(({ shape }) => shape));
  const flat = parts.map((part) => layers.flatten().apply(part));
  const net = model({ inputs: give, outputs: layers.concatenate(flat) });
  await net.compile({ loss: "meanSquaredError", engine });
  net.setWeights(weights.map(({ shape, data }) => ({ shape, data: Float32Array.from(data) })));
  const again = await load(await net.save(), { engine });
  for (const each of [net, again]) {
    const { data } = await each.predict(Float32Array.from(x.data));
    const wanted = Array.from({ length: 3 }, (_, n) =>
      outputs.flatMap(({ data: all }) => all.slice((n * all.length) / 3, ((n + 1) * all.length) / 3)),
    ).flat();
    expect(data.length).toBe(wanted.length);
    wanted.forEach((value, i) => {
      expect(data[i]).toBeCloseTo(value, 5);
    });
  }
  expect(
    await failure(() => sequential([both as unknown as Layer], { inputShape: [4, 2] }), "INVALID_ARGUMENT"),
  ).toContain("use model() and apply");
});

it("bidirectional refuses changed copies, and ways that do not fit", async () => {
  const copy = { ...layers.lstm({ units: 2 }), call: layers.relu().call };
  expect(await failure(() => layers.bidirectional({ layer: copy }), "UNSUPPORTED")).toContain(
    "a changed copy of lstm",
  );
  const pair = {
    layer: layers.lstm({ units: 2, returnState: true }),
    backwardLayer: layers.lstm({ units: 3, goBackwards: true, returnState: true }),
  } as const;
  expect(
    await failure(() => layers.bidirectional(pair).apply(input({ shape: [4, 2] })), "SHAPE_MISMATCH"),
  ).toContain("same units");
  const one = {
    layer: layers.gru({ units: 2 }),
    backwardLayer: layers.gru({ units: 2, goBackwards: true, returnState: true }),
  };
  expect(await failure(() => layers.bidirectional(one), "INVALID_ARGUMENT")).toContain("same returnState");
});
