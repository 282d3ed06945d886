/** The small sets and networks that the model tests share. Every set is a pure function of its seed. */
import type { Dataset } from "../../src/data/dataset.ts";
import { layers } from "../../src/layers/index.ts";
import { Random } from "../../src/math/philox.ts";
import { type FitOptions, type Model, sequential, type TrainStep } from "../../src/model/index.ts";
import { presets } from "../../src/presets/index.ts";

const stream = 0x74657374; // "test"

interface BlobOptions {
  n?: number;
  features?: number;
  classes?: number;
  spread?: number;
  seed?: number;
}

/** Points around one corner of a cube each class, float32 [n, features]; class i % classes. */
export function blobs({
  n = 96,
  features = 6,
  classes = 3,
  spread = 0.3,
  seed = 1,
}: BlobOptions = {}): Dataset {
  const random = new Random(seed, stream);
  const y = Uint8Array.from({ length: n }, (_, i) => i % classes);
  const x = Float32Array.from({ length: n * features }, (_, i) => {
    const corner = (Math.floor(i / features) % classes) + 1;
    return ((corner >> ((i % features) % 3)) & 1) * 2 - 1 + spread * random.normal();
  });
  return { x, y, shape: [n, features] };
}

/** Squares of grey, uint8 [n, 8, 8, 1], bright in one quarter; the quarter is the class. */
export function quarters({ n = 64, seed = 1 }: { n?: number; seed?: number } = {}): Dataset {
  const random = new Random(seed, stream, 1);
  const y = Uint8Array.from({ length: n }, (_, i) => i % 4);
  const x = Uint8Array.from({ length: n * 64 }, (_, i) => {
    const [image, row, column] = [Math.floor(i / 64), (i >> 3) & 7, i & 7];
    const quarter = (row >> 2) * 2 + (column >> 2);
    return (quarter === y[image] ? 128 : 0) + Math.floor(128 * random.uniform());
  });
  return { x, y, shape: [n, 8, 8, 1], normalization: { scale: 1 / 255, shift: 0 } };
}

/** The same set with its pixels as floats, normalised in float32 as the kernel does it. */
export function asFloats(set: Dataset): Dataset {
  const { normalization: { scale, shift } = { scale: 1, shift: 0 }, ...rest } = set;
  const factor = Math.fround(scale);
  return { ...rest, x: Float32Array.from(set.x, (value) => Math.fround(value * factor) + shift) };
}

/** Two dense layers for `blobs`. */
export function perceptron({ seed = 1, dropout = 0 }: { seed?: number; dropout?: number } = {}): Model {
  return sequential(
    [
      layers.dense({ units: 8, activation: "relu" }),
      layers.dropout({ rate: dropout }),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
    { inputShape: [6], seed },
  );
}

/** A convolution, batch normalisation and dropout for `quarters`. */
export function convolution({ seed = 1 }: { seed?: number } = {}): Model {
  return sequential(
    [
      layers.conv2d({ filters: 4, kernelSize: 3, padding: "same" }),
      layers.batchNormalization(),
      layers.relu(),
      layers.maxPooling2d(),
      layers.flatten(),
      layers.dropout({ rate: 0.2 }),
      layers.dense({ units: 4, activation: "softmax" }),
    ],
    { inputShape: [8, 8, 1], seed },
  );
}

/** A preset's network for 28 × 28 images, not compiled. */
export function preset(name: string, { seed = 1, dropout }: { seed?: number; dropout?: number } = {}): Model {
  const found = presets.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`there is no preset ${name}`);
  const network = found.network(dropout === undefined ? {} : { dropout });
  return sequential(network, { inputShape: [28, 28, 1], seed, name });
}

/** All steps of a run. */
export async function stepsOf(net: Model, data: Dataset, options: FitOptions): Promise<TrainStep[]> {
  const steps: TrainStep[] = [];
  for await (const step of net.train(data, options)) steps.push(step);
  return steps;
}

/** Cross-entropies of the examples, by predict. */
export async function lossesOf(net: Model, data: Dataset): Promise<number[]> {
  const { shape, data: p } = await net.predict(data);
  return rows(0, shape[0]!).map((i) => -Math.log(p[i * shape[1]! + data.y[i]!]!));
}

/** from, from + 1, … to − 1 */
export function rows(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

export function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
