/** Networks of sequences: recurrent layers, attention, 1-D convolutions and embeddings, to be held against what is asked of all. */
import type { Dataset } from "../../../src/data/dataset.ts";
import { layers } from "../../../src/layers/index.ts";
import { input, type Model, model, sequential } from "../../../src/model/index.ts";

/** Sizes of the examples and of the layers. */
export interface Sizes {
  readonly steps: number;
  readonly features: number;
  readonly units: number;
}

const head = () => layers.dense({ units: 4, activation: "softmax" });

/** Chains by name, of signals [steps, features]. */
const chains = {
  lstm: ({ units }: Sizes) => [layers.lstm({ units, dropout: 0.2 }), head()],
  "gru behind gru": ({ units }: Sizes) => [
    layers.gru({ units, returnSequences: true }),
    layers.gru({ units, recurrentDropout: 0.2 }),
    head(),
  ],
  simpleRNN: ({ units }: Sizes) => [layers.simpleRNN({ units }), head()],
  "both ways, each step": ({ units }: Sizes) => [
    layers.masking(),
    layers.bidirectional({ layer: layers.lstm({ units, returnSequences: true }) }),
    layers.timeDistributed({ layer: layers.dense({ units, activation: "relu" }) }),
    layers.gru({ units }),
    head(),
  ],
  conv1d: ({ units }: Sizes) => [
    layers.conv1d({ filters: units, kernelSize: 5, padding: "causal", activation: "relu" }),
    layers.maxPooling1d({ poolSize: 2 }),
    layers.conv1d({ filters: 2 * units, kernelSize: 3, dilationRate: 2, padding: "same" }),
    layers.batchNormalization(),
    layers.relu(),
    layers.globalAveragePooling1d(),
    head(),
  ],
  "separable and depthwise conv1d": ({ units }: Sizes) => [
    layers.separableConv1d({ filters: units, kernelSize: 3, activation: "relu" }),
    layers.depthwiseConv1d({ kernelSize: 3, padding: "same" }),
    layers.averagePooling1d({ poolSize: 2 }),
    layers.flatten(),
    head(),
  ],
} as const;

/** Embedded words [steps], where 0 is none; of `features` words. */
const words = {
  "embedding, lstm": ({ features, units }: Sizes) => [
    layers.embedding({ inputDim: features, outputDim: units, maskZero: true }),
    layers.lstm({ units }),
    head(),
  ],
  "embedding, conv1d": ({ features, units }: Sizes) => [
    layers.embedding({ inputDim: features, outputDim: units }),
    layers.spatialDropout1d({ rate: 0.2 }),
    layers.conv1d({ filters: units, kernelSize: 3, activation: "relu" }),
    layers.globalMaxPooling1d(),
    head(),
  ],
} as const;

/** A block of a transformer's encoder, which is no chain. */
function encoder({ steps, features, units }: Sizes, name: string): Model {
  const x = input({ shape: [steps, features] });
  const inner = layers.dense({ units }).apply(x);
  const seen = layers
    .multiHeadAttention({ numHeads: 2, keyDim: units / 2, dropout: 0.1 })
    .apply([inner, inner]);
  const sum = layers.layerNormalization().apply(layers.add([inner, seen]));
  const wide = layers.dense({ units: 2 * units, activation: "gelu" }).apply(sum);
  const block = layers.layerNormalization().apply(layers.add([sum, layers.dense({ units }).apply(wide)]));
  const outputs = head().apply(layers.globalAveragePooling1d().apply(block));
  return model({ inputs: x, outputs, seed: 1, name });
}

/** Dot-product and additive attention behind each other. */
function attention({ steps, features, units }: Sizes, name: string): Model {
  const x = input({ shape: [steps, features] });
  const [query, value] = [layers.dense({ units }).apply(x), layers.dense({ units }).apply(x)];
  const dot = layers.attention({ useScale: true, useCausalMask: true, dropout: 0.1 }).apply([query, value]);
  const both = layers.additiveAttention().apply([dot, value]);
  return model({
    inputs: x,
    outputs: head().apply(layers.globalAveragePooling1d().apply(both)),
    seed: 1,
    name,
  });
}

export const kinds = [
  ...Object.keys(chains),
  ...Object.keys(words),
  "encoder of a transformer",
  "attention",
] as readonly string[];

/** The network of a kind. */
export function sequenceNet(kind: string, sizes: Sizes): Model {
  if (kind === "attention") return attention(sizes, kind);
  if (kind.startsWith("encoder")) return encoder(sizes, kind);
  const isOfWords = Object.hasOwn(words, kind);
  const chain = (isOfWords ? words : chains)[kind as never] as (sizes: Sizes) => ReturnType<typeof head>[];
  const inputShape = isOfWords ? [sizes.steps] : [sizes.steps, sizes.features];
  return sequential(chain(sizes), { inputShape, seed: 1, name: kind });
}

/** Examples for it, of four classes; some sequences end early, with zeros. */
export function sequenceData(kind: string, { steps, features }: Sizes, n: number): Dataset {
  const isOfWords = Object.hasOwn(words, kind);
  const width = isOfWords ? 1 : features;
  const x = new Float32Array(n * steps * width);
  const y = Uint8Array.from({ length: n }, (_, i) => (i * 7) % 4);
  for (let i = 0; i < x.length; i++) {
    const example = Math.floor(i / (steps * width));
    const step = Math.floor(i / width) % steps;
    if (step >= steps - (example % 3)) continue;
    const noise = ((i * 2654435761) >>> 0) / 2 ** 32;
    const word = step % 2 ? y[example]! : Math.floor((features - 1) * noise);
    x[i] = isOfWords ? 1 + word : noise - 0.5 + (step % 4 === y[example]! ? 1 : 0);
  }
  return { x, y, shape: isOfWords ? [n, steps] : [n, steps, features] };
}
