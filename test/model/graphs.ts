/** Networks that are no chains, for the tests of `model`. All take `quarters`: [8, 8, 1], four classes. */
import { layers, type SymbolicTensor } from "../../src/layers/index.ts";
import type { Merging } from "../../src/layers/merging.ts";
import { input, type Model, model } from "../../src/model/index.ts";

export type MergingName = "add" | "average" | "concatenate" | "maximum" | "minimum" | "multiply" | "subtract";

/** What takes two tensors or more. */
export const merging: Readonly<Record<MergingName, Merging>> = {
  add: layers.add,
  average: layers.average,
  concatenate: layers.concatenate,
  maximum: layers.maximum,
  minimum: layers.minimum,
  multiply: layers.multiply,
  subtract: layers.subtract,
};

const same = { kernelSize: 3, padding: "same" } as const;

function classified(x: SymbolicTensor): SymbolicTensor {
  return layers.dense({ units: 4, activation: "softmax" }).apply(layers.flatten().apply(x));
}

/** Two ways that meet, of which one is also an input of the other; a dropout that is no chain's position. */
export function merged(merge: Merging): Model {
  const x = input({ shape: [8, 8, 1] });
  const a = layers.conv2d({ filters: 3, ...same, activation: "tanh" }).apply(x);
  const b = layers.dropout({ rate: 0.2 }).apply(layers.conv2d({ filters: 3, ...same }).apply(a));
  return model({ inputs: x, outputs: classified(merge([b, a])), seed: 2 });
}

export interface ResidualOptions {
  /** Activation of every convolution. Default "relu". */
  activation?: "relu" | "tanh";
  normalize?: boolean;
  dropout?: number;
  seed?: number;
}

/** A small ResNet: a stem, a block with the identity beside it, a block of half the size with a projection beside it. */
export function residual({
  activation = "relu",
  normalize = true,
  dropout = 0,
  seed = 1,
}: ResidualOptions = {}): Model {
  const convolution = (x: SymbolicTensor, filters: number, strides = 1, kernelSize = 3): SymbolicTensor => {
    const y = layers.conv2d({ filters, kernelSize, strides, padding: "same", useBias: !normalize }).apply(x);
    return normalize ? layers.batchNormalization().apply(y) : y;
  };
  const active = (x: SymbolicTensor): SymbolicTensor => layers.activation(activation).apply(x);
  const x = input({ shape: [8, 8, 1], name: "image" });
  const stem = active(convolution(x, 4));
  const first = active(layers.add([convolution(active(convolution(stem, 4)), 4), stem]));
  const projected = convolution(first, 8, 2, 1);
  const second = active(layers.add([convolution(active(convolution(first, 8, 2)), 8), projected]));
  const pooled = layers.globalAveragePooling2d().apply(second);
  const kept = dropout ? layers.dropout({ rate: dropout }).apply(pooled) : pooled;
  const outputs = layers.dense({ units: 4, activation: "softmax" }).apply(kept);
  return model({ inputs: x, outputs, name: "residual", seed });
}

/** For 28 × 28 images: a ResNet of three blocks, and four ways that meet by `merge` one after the other. */
export function deep(merge?: Merging): Model {
  const x = input({ shape: [28, 28, 1] });
  const convolution = (from: SymbolicTensor, filters: number, strides = 1): SymbolicTensor =>
    layers.conv2d({ filters, strides, ...same, ...(merge && { activation: "relu" }) }).apply(from);
  const normalized = (from: SymbolicTensor): SymbolicTensor => layers.batchNormalization().apply(from);
  const active = (from: SymbolicTensor): SymbolicTensor => layers.relu().apply(from);
  let y = convolution(x, 16);
  if (merge) for (let i = 0; i < 4; i++) y = merge([convolution(y, 16), y]);
  else
    for (const [filters, strides] of [
      [16, 1],
      [32, 2],
      [64, 2],
    ] as const) {
      const way = active(normalized(convolution(y, filters, strides)));
      const beside = strides === 1 ? y : layers.conv2d({ filters, kernelSize: 1, strides }).apply(y);
      y = active(layers.add([normalized(convolution(way, filters)), beside]));
    }
  const outputs = layers
    .dense({ units: 10, activation: "softmax" })
    .apply(layers.globalAveragePooling2d().apply(y));
  return model({ inputs: x, outputs });
}

/** One convolution at three places, beside the input of its last place. */
export function sharing(): Model {
  const x = input({ shape: [8, 8, 1] });
  const stem = layers.conv2d({ filters: 4, ...same, activation: "tanh" }).apply(x);
  const shared = layers.conv2d({
    filters: 4,
    ...same,
    activation: "tanh",
    kernelRegularizer: "l2",
    name: "shared",
  });
  const once = shared.apply(stem);
  const twice = shared.apply(once);
  const small = shared.apply(layers.averagePooling2d().apply(twice)); // of another image size
  const a = layers.globalAveragePooling2d().apply(layers.add([twice, stem]));
  const b = layers.globalAveragePooling2d().apply(small);
  const outputs = layers.dense({ units: 4, activation: "softmax" }).apply(layers.concatenate([a, b]));
  return model({ inputs: x, outputs, seed: 3 });
}
