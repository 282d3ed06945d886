/**
 * The networks of the package @vladmandic/face-api, with the topology that is written down beside: they get the
 * weights by their names. Reference is the package itself.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../../../src/autograd/engine.ts";
import { floatsOf } from "../../../src/io/elements.ts";
import { Place } from "../../../src/io/keras/config/json.ts";
import { weightsOf } from "../../../src/io/tfjs/weights.ts";
import { input, type Model, model } from "../../../src/model/index.ts";
import { Draws } from "../../conformance/networks/draws.ts";
import { outputsOf } from "../cases.ts";
import { learns } from "../learning.ts";
import { type FaceApi, nameOf, networks } from "./faceNetworks.ts";
import { off } from "./tensorflow.ts";

/** Their names. */
export const faceNetworks: readonly string[] = Object.keys(networks);

const theirNames = {
  tiny_face_detector: "tinyFaceDetector",
  face_landmark_68_tiny: "faceLandmark68TinyNet",
  face_landmark_68: "faceLandmark68Net",
  face_recognition: "faceRecognitionNet",
  ssd_mobilenetv1: "ssdMobilenetv1",
  face_expression: "faceExpressionNet",
  age_gender: "ageGenderNet",
} as const;

/** What weights are called here. */
const words: Readonly<Record<string, string>> = {
  filters: "kernel",
  weights: "kernel",
  depthwise_weights: "kernel",
  depthwise_filter: "depthwise_kernel",
  pointwise_filter: "pointwise_kernel",
  biases: "bias",
  convolution_bn_offset: "bias",
};
const ofScales: Readonly<Record<string, string>> = { weights: "gamma", biases: "beta" };

/** The name of a weight of the package in our network. */
function fullName(name: string): string {
  const at = name.lastIndexOf("/");
  if (at < 0) return `${name}/kernel`;
  const [layer, own] = [name.slice(0, at), name.slice(at + 1)];
  return `${nameOf(layer)}/${(layer.endsWith("/scale") ? ofScales : words)[own] ?? own}`;
}

/** A network of ours with the weights of the package, and what the file holds besides. */
async function networkOf(
  name: string,
  folder: string,
  engine: Engine,
): Promise<{ net: Model<never>; constant(name: string): Float32Array }> {
  const { size, make } = networks[name]!;
  const x = input({ shape: [size, size, 3] });
  const outputs = make(x);
  const net = model({ inputs: x, outputs: outputs.length > 1 ? outputs : outputs[0]! }) as Model<never>;
  await net.build({ engine });
  const groups = JSON.parse(readFileSync(join(folder, `${name}_model-weights_manifest.json`), "utf8"));
  const list = await weightsOf(new Place("faces"), groups, (path) => readFileSync(join(folder, path)));
  const names = new Set(net.getWeights().map((each) => each.name));
  const arrays = list.flatMap((weight) => {
    const data = floatsOf(weight.read());
    const full = fullName(weight.name);
    return names.has(full) ? [[full, { shape: weight.shape, dtype: weight.dtype, data }] as const] : [];
  });
  // what the first layer subtracts and divides by, and the statistics of scales, are no weights of the file
  const isOurs = /^normalization\/|_scale\/moving_/;
  const given = net.getWeights().filter((each) => isOurs.test(each.name));
  const own = given.map((each) => [each.name, { ...each, dtype: "float32" }] as const);
  await net.loadWeights(Object.fromEntries([...own, ...arrays]));
  return { net, constant: (wanted) => floatsOf(list.find((each) => each.name === wanted)!.read()) };
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
  const { size, theirs, isClassifier, finished } = networks[name]!;
  const draws = new Draws(1, 0);
  const shape = [1, size, size, 3];
  const data = Float32Array.from({ length: size * size * 3 }, () => draws.integer(256));
  const [group] = JSON.parse(readFileSync(join(folder, `${name}_model-weights_manifest.json`), "utf8"));
  const bytes = readFileSync(join(folder, group.paths[0]));
  const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const own = api.nets[theirNames[name as keyof typeof theirNames]];
  own.loadFromWeightMap(api.tf.io.decodeWeights(whole, group.weights));
  const wanted = (await theirs(api, api.tf.tensor(data, shape))).flatMap((each) => [...each.dataSync()]);
  const { net, constant } = await networkOf(name, folder, engine);
  const outputs = await outputsOf(net, [{ data, shape }]);
  const got = finished?.(outputs, constant) ?? outputs;
  const difference = off(got, Float32Array.from(wanted));
  const accuracy = isClassifier ? await learns(net, { rescaling: { scale: 1, offset: 0 } }) : undefined;
  net.dispose();
  return { difference, ...(accuracy !== undefined && { accuracy }) };
}
