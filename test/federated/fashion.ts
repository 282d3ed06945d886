/** Fashion-MNIST split by class among clients, as folders of IDX files, and the network that they train together. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { createEngine, type Dataset, layers, type Model, sequential } from "../../src/index.ts";
import { readNpz, writeNpz } from "../../src/io/npz/index.ts";

/** The classes of each client. */
const classes = [
  [0, 1, 2],
  [3, 4],
  [5, 6, 7],
  [8, 9],
] as const;

const source =
  process.env.ANYGRAD_DATA === undefined ? undefined : join(process.env.ANYGRAD_DATA, "fashion-mnist");

/** Whether the real data are there. */
export const hasFashion: boolean =
  source !== undefined && existsSync(join(source, "train-images-idx3-ubyte.gz"));

interface Part {
  readonly images: Buffer;
  readonly labels: Buffer;
}

function part(name: "train" | "t10k"): Part {
  const read = (kind: string, header: number): Buffer =>
    gunzipSync(readFileSync(join(source!, `${name}-${kind}-ubyte.gz`))).subarray(header);
  return { images: read("images-idx3", 16), labels: read("labels-idx1", 8) };
}

/** Writes the folders of four clients. @param count examples of each, a fifth as many to test @returns their paths */
export function clientFolders(folder: string, count: number): string[] {
  const parts = { train: part("train"), t10k: part("t10k") };
  return classes.map((own, client) => {
    const path = join(folder, `client-${client}`);
    mkdirSync(path, { recursive: true });
    for (const name of ["train", "t10k"] as const) {
      const { images, labels } = parts[name];
      const places = Array.from(labels.keys())
        .filter((i) => own.some((each) => each === labels[i]))
        .slice(0, name === "train" ? count : count / 5);
      const pixels = Buffer.concat(places.map((i) => images.subarray(784 * i, 784 * (i + 1))));
      writeFileSync(
        join(path, `${name}-images-idx3-ubyte`),
        Buffer.concat([idx(2051, places.length, 28, 28), pixels]),
      );
      writeFileSync(
        join(path, `${name}-labels-idx1-ubyte`),
        Buffer.concat([idx(2049, places.length), Buffer.from(places.map((i) => labels[i]!))]),
      );
    }
    return path;
  });
}

function idx(...header: number[]): Buffer {
  const bytes = Buffer.alloc(4 * header.length);
  header.forEach((value, i) => {
    bytes.writeUInt32BE(value, 4 * i);
  });
  return bytes;
}

/** 784-64-10, as the app's Keras clients have it. */
function network(): Model {
  return sequential(
    [
      layers.flatten(),
      layers.dense({ units: 64, activation: "relu" }),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
    { inputShape: [28, 28, 1], seed: 1 },
  );
}

/** Writes network.json, which nodes are given, and first.npz, the weights that the server begins with. */
export async function writeNetwork(folder: string): Promise<void> {
  const net = network();
  writeFileSync(join(folder, "network.json"), JSON.stringify(net.getConfig()));
  await net.compile({ loss: "sparseCategoricalCrossentropy", engine: await createEngine({ threads: 1 }) });
  const arrays = net.getWeights().map(({ shape, data }, i) => [`arr_${i}`, { shape, data }] as const);
  writeFileSync(join(folder, "first.npz"), writeNpz(Object.fromEntries(arrays)));
}

/** What the server's last weights make of all 10,000 test images. */
export async function judged(file: string): Promise<{ accuracy: number; digest: string }> {
  const net = network();
  await net.compile({
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
    engine: await createEngine({ threads: 1 }),
  });
  const arrays = Object.values(await readNpz(readFileSync(file)));
  net.setWeights(arrays.map(({ shape, data }) => ({ shape, data: Float32Array.from(data as Float32Array) })));
  const { images, labels } = part("t10k");
  const test: Dataset = {
    x: new Uint8Array(images),
    shape: [10_000, 28, 28, 1],
    y: Int32Array.from(labels),
    normalization: { scale: 1 / 255, shift: 0 },
  };
  const { accuracy } = await net.evaluate(test, { batchSize: 1000 });
  return { accuracy: accuracy!, digest: await net.digest() };
}
