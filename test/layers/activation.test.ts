/** Activations by name have the parameters of Keras's functions, layers those of Keras's layers: figures of Keras 3.15.1. */
import { expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { type Layer, layers } from "../../src/layers/index.ts";
import { sequential } from "../../src/model/index.ts";
import * as ops from "../../src/ops/index.ts";

const engine = await createEngine({ threads: 1 });

async function outputs(layer: Layer): Promise<number[]> {
  const net = sequential([layer], { inputShape: [3], seed: 1 });
  await net.compile({ optimizer: "sgd", loss: "meanSquaredError", engine });
  const { data } = await net.predict([[-2, 0, 3]]);
  return Array.from(data, (value) => Math.round(1e6 * value) / 1e6);
}

it("leakyRelu: 0.2 as an activation and as an op, 0.3 as a layer", async () => {
  const wanted = [-0.4, 0, 3];
  expect(await outputs(layers.activation("leakyRelu"))).toEqual(wanted);
  const found = engine.step(() => ops.leakyRelu(engine.tensor([-2, 0, 3])).data);
  expect(Array.from(found, (value) => Math.round(1e6 * value) / 1e6)).toEqual(wanted);
  expect(await outputs(layers.leakyRelu())).toEqual([-0.6, 0, 3]);
});
