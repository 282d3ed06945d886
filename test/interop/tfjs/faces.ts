/**
 * The networks of the package @vladmandic/face-api, whose weights come without a topology: it is written down here, as the package computes
 * it, and gets the weights by their names. Reference is the package itself.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../../../src/autograd/engine.ts";
import { floatsOf } from "../../../src/io/elements.ts";
import { Place } from "../../../src/io/keras/config/json.ts";
import { weightsOf } from "../../../src/io/tfjs/weights.ts";
import { layers, type SymbolicTensor } from "../../../src/layers/index.ts";
import { input, type Model, model } from "../../../src/model/index.ts";
import { Draws } from "../../conformance/networks/draws.ts";
import { outputsOf } from "../cases.ts";
import { learns } from "../learning.ts";
import { off } from "./tensorflow.ts";

type Tensor = SymbolicTensor;
const nameOf = (path: string): string => path.replaceAll("/", "_");
const relu = (x: Tensor): Tensor => layers.relu().apply(x);
const sum = (...tensors: Tensor[]): Tensor => layers.add().apply(tensors);
const conv = (x: Tensor, path: string, filters: number, options: object = {}): Tensor =>
  layers.conv2d({ filters, kernelSize: 3, padding: "same", name: nameOf(path), ...options }).apply(x);
const separable = (x: Tensor, path: string, filters: number, strides = 1): Tensor =>
  layers.separableConv2d({ filters, kernelSize: 3, strides, padding: "same", name: nameOf(path) }).apply(x);
const pool = (x: Tensor, strides = 2, poolSize = 2): Tensor =>
  layers.maxPooling2d({ poolSize, strides, padding: "same" }).apply(x);
const dense = (x: Tensor, path: string, units: number): Tensor =>
  layers.dense({ units, name: nameOf(path) }).apply(x);

/** Bytes as the networks take them: without their mean, and 255 times smaller. */
const normalized = (x: Tensor, mean: readonly number[]): Tensor =>
  layers.normalization({ mean: [...mean], variance: mean.map(() => 255 ** 2) }).apply(x);
const meanOfFaces = [122.782, 117.001, 104.298];

/** Convolutions, each of which gets the sum of all before it. @param first whether the first one is a plain convolution */
function denseBlock(x: Tensor, path: string, filters: number, count: number, first: boolean): Tensor {
  const begin = first
    ? conv(x, `${path}/conv0`, filters, { strides: 2 })
    : separable(x, `${path}/conv0`, filters, 2);
  const outputs = [relu(begin)];
  for (let i = 1; i < count; i++) {
    const given = outputs.length > 1 ? relu(sum(...outputs)) : outputs[0]!;
    outputs.push(separable(given, `${path}/conv${i}`, filters));
  }
  return relu(sum(...outputs));
}

/** What landmarks and expressions are told by. */
function faceFeatures(x: Tensor, filters: readonly number[], count: number, poolSize: number): Tensor {
  let y = normalized(x, meanOfFaces);
  for (const [i, each] of filters.entries()) y = denseBlock(y, `dense${i}`, each, count, i === 0);
  return layers.flatten().apply(layers.averagePooling2d({ poolSize, strides: 2 }).apply(y));
}

function reduction(x: Tensor, path: string, filters: number, activates = true): Tensor {
  const begin = separable(activates ? relu(x) : x, `${path}/separable_conv0`, filters);
  const narrow = pool(separable(relu(begin), `${path}/separable_conv1`, filters), 2, 3);
  return sum(narrow, conv(x, `${path}/expansion_conv`, filters, { kernelSize: 1, strides: 2 }));
}

/** Where a network begins, and its outputs. */
interface Net {
  readonly size: number;
  make(x: Tensor): Tensor[];
  /** Whether it is a classifier that learns other classes. */
  readonly isClassifier?: boolean;
  /** What the package gives for a tensor of pictures. */
  theirs(api: FaceApi, x: object): Promise<{ dataSync(): Float32Array }[]>;
}

const networks: Readonly<Record<string, Net>> = {
  tiny_face_detector: {
    size: 160,
    make(x) {
      const leaky = (y: Tensor): Tensor => layers.leakyRelu({ negativeSlope: 0.1 }).apply(y);
      let y = normalized(x, [117.001, 114.697, 97.404]);
      y = leaky(conv(y, "conv0", 16, { padding: "valid" }));
      for (const [i, filters] of [32, 64, 128, 256, 512].entries())
        y = leaky(separable(pool(y), `conv${i + 1}`, filters));
      return [conv(pool(y, 1), "conv8", 25, { kernelSize: 1 })];
    },
    theirs: async ({ nets }, x) => [await nets.tinyFaceDetector.forward(x, 160)],
  },
  face_landmark_68_tiny: {
    size: 112,
    make: (x) => [dense(faceFeatures(x, [32, 64, 128], 3, 14), "fc", 136)],
    theirs: async ({ nets, NetInput }, x) => [nets.faceLandmark68TinyNet.runNet(new NetInput([x]))],
  },
  face_expression: {
    size: 112,
    make: (x) => [layers.softmax().apply(dense(faceFeatures(x, [32, 64, 128, 256], 4, 7), "fc", 7))],
    isClassifier: true,
    theirs: async ({ nets }, x) => [await nets.faceExpressionNet.forward(x)],
  },
  age_gender: {
    size: 112,
    make(x) {
      let y = relu(conv(normalized(x, meanOfFaces), "entry_flow/conv_in", 32, { strides: 2 }));
      y = reduction(y, "entry_flow/reduction_block_0", 64, false);
      y = reduction(y, "entry_flow/reduction_block_1", 128);
      for (const block of [0, 1]) {
        let inner = y;
        for (const i of [0, 1, 2])
          inner = separable(relu(inner), `middle_flow/main_block_${block}/separable_conv${i}`, 128);
        y = sum(inner, y);
      }
      y = reduction(y, "exit_flow/reduction_block", 256);
      y = relu(separable(y, "exit_flow/separable_conv", 512));
      y = layers.flatten().apply(layers.averagePooling2d({ poolSize: 7, strides: 2 }).apply(y));
      return [dense(y, "fc/age", 1), layers.softmax().apply(dense(y, "fc/gender", 2))];
    },
    async theirs({ nets }, x) {
      const { age, gender } = await nets.ageGenderNet.forward(x);
      return [age, gender];
    },
  },
};

/** Their names. */
export const faceNetworks: readonly string[] = Object.keys(networks);

interface Forward<Result> {
  forward(x: object, size?: number): Promise<Result>;
  runNet(x: object): { dataSync(): Float32Array };
  loadFromWeightMap(weights: object): void;
}
type Output = { dataSync(): Float32Array };

/** What is called of the package. */
interface FaceApi {
  readonly tf: {
    setBackend(name: string): Promise<boolean>;
    tensor(data: Float32Array, shape: readonly number[]): object;
    io: { decodeWeights(data: ArrayBuffer, specs: object): object };
  };
  readonly NetInput: new (x: readonly object[]) => object;
  readonly nets: {
    readonly tinyFaceDetector: Forward<Output>;
    readonly faceLandmark68TinyNet: Forward<Output>;
    readonly faceExpressionNet: Forward<Output>;
    readonly ageGenderNet: Forward<{ age: Output; gender: Output }>;
  };
}
const theirNames = {
  tiny_face_detector: "tinyFaceDetector",
  face_landmark_68_tiny: "faceLandmark68TinyNet",
  face_expression: "faceExpressionNet",
  age_gender: "ageGenderNet",
} as const;

/** A network of ours with the weights of the package. */
async function networkOf(name: string, folder: string, engine: Engine): Promise<Model<never>> {
  const { size, make } = networks[name]!;
  const x = input({ shape: [size, size, 3] });
  const outputs = make(x);
  const net = model({ inputs: x, outputs: outputs.length > 1 ? outputs : outputs[0]! }) as Model<never>;
  await net.build({ engine });
  const groups = JSON.parse(readFileSync(join(folder, `${name}_model-weights_manifest.json`), "utf8"));
  const list = await weightsOf(new Place("faces"), groups, (path) => readFileSync(join(folder, path)));
  const words: Readonly<Record<string, string>> = {
    filters: "kernel",
    weights: "kernel",
    depthwise_filter: "depthwise_kernel",
    pointwise_filter: "pointwise_kernel",
  };
  const arrays = list.map((weight) => {
    const at = weight.name.lastIndexOf("/");
    const own = weight.name.slice(at + 1);
    const full = `${nameOf(weight.name.slice(0, at))}/${words[own] ?? own}`;
    return [full, { shape: weight.shape, dtype: weight.dtype, data: floatsOf(weight.read()) }];
  });
  // what the first layer subtracts and divides by is no weight of the file
  const given = net.getWeights().filter((each) => each.name.startsWith("normalization/"));
  const own = given.map((each) => [each.name, { ...each, dtype: "float32" }]);
  await net.loadWeights(Object.fromEntries([...own, ...arrays]));
  return net;
}

/** How far ours is off on drawn pictures, and of a classifier how well it learns other classes. */
export async function compareFaces(
  name: string,
  home: string,
  require: NodeJS.Require,
  engine: Engine,
): Promise<{ difference: number; accuracy?: number }> {
  const place = join(home, "node_modules/@vladmandic/face-api");
  const api = require(join(place, "dist/face-api.node-wasm.js")) as FaceApi;
  await api.tf.setBackend("cpu");
  const folder = join(place, "model");
  const { size, theirs, isClassifier } = networks[name]!;
  const draws = new Draws(1, 0);
  const shape = [1, size, size, 3];
  const data = Float32Array.from({ length: size * size * 3 }, () => draws.integer(256));
  const [group] = JSON.parse(readFileSync(join(folder, `${name}_model-weights_manifest.json`), "utf8"));
  const bytes = readFileSync(join(folder, group.paths[0]));
  const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const own = api.nets[theirNames[name as keyof typeof theirNames]];
  own.loadFromWeightMap(api.tf.io.decodeWeights(whole, group.weights));
  const wanted = (await theirs(api, api.tf.tensor(data, shape))).flatMap((each) => [...each.dataSync()]);
  const net = await networkOf(name, folder, engine);
  const got = await outputsOf(net, [{ data, shape }]);
  const difference = off(got, Float32Array.from(wanted));
  const accuracy = isClassifier ? await learns(net, { rescaling: { scale: 1, offset: 0 } }) : undefined;
  net.dispose();
  return { difference, ...(accuracy !== undefined && { accuracy }) };
}
