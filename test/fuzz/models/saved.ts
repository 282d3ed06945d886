/** What the targets of model files have in common: small models to begin with, and the round trip of what was read. */
import { createEngine } from "../../../src/autograd/engine.ts";
import { type Layer, layers } from "../../../src/layers/index.ts";
import { load, type Model, sequential } from "../../../src/model/index.ts";
import { expectSame } from "../judge.ts";

/** The engine of all models, each of which is let go after it was judged. Memory that a file cannot justify is refused. */
export const engine = await createEngine({ threads: 1, memoryLimit: 2 ** 27 });
/** The most bytes that a file may become. */
export const maxBytes: number = 2 ** 26;

const networks: readonly [inputShape: number[], list: () => Layer[]][] = [
  [[3], () => [layers.dense({ units: 2, activation: "relu" }), layers.dropout({ rate: 0.5 }), layers.dense({ units: 2 })]],
  [[6, 6, 1], () => [layers.conv2d({ filters: 2, kernelSize: 3, strides: 2, padding: "same" }), layers.batchNormalization(), layers.maxPooling2d(), layers.flatten(), layers.dense({ units: 2, activation: "softmax" })]],
  [[4, 2], () => [layers.lstm({ units: 2, returnSequences: true }), layers.globalAveragePooling1d(), layers.dense({ units: 1, activation: "sigmoid" })]],
  [[5], () => [layers.embedding({ inputDim: 7, outputDim: 2 }), layers.conv1d({ filters: 2, kernelSize: 3 }), layers.layerNormalization(), layers.flatten()]],
]; // biome-ignore format: a network a line

/** Small models, built. */
export async function smallModels(): Promise<Model[]> {
  const models: Model[] = [];
  for (const [inputShape, list] of networks) {
    const net = sequential(list(), { inputShape, seed: 1 });
    await net.build({ engine });
    models.push(net);
  }
  return models;
}

/** Saves a model that was read and reads it again, twice: the files are the same. The model is let go. */
export async function expectSaved(net: Model): Promise<void> {
  const first = await net.save();
  net.dispose();
  const again = await load(first, { engine });
  try {
    expectSame("the model", await again.save(), first);
  } finally {
    again.dispose();
  }
}
