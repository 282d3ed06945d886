/** Wrappers of frozen layers: what is frozen within them stays as it is, as in Keras. */
import { expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { type Layer, layers } from "../../src/layers/index.ts";
import { load, type Model, sequential } from "../../src/model/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";

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
