/**
 * The networks of the package @vladmandic/face-api, whose weights come without a topology: it is written down here, as the package computes
 * it.
 */
import { layers, type SymbolicTensor } from "../../../src/layers/index.ts";

type Tensor = SymbolicTensor;
export const nameOf = (path: string): string => path.replaceAll("/", "_");
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

/** A convolution, and what scales each of its channels by two weights: a normalisation by statistics of 0 and 1. */
function scaled(x: Tensor, path: string, filters: number, options: object = {}): Tensor {
  const y = conv(x, `${path}/conv`, filters, options);
  return layers.batchNormalization({ epsilon: 1e-12, name: nameOf(`${path}/scale`) }).apply(y);
}

function residual(x: Tensor, path: string, filters: number): Tensor {
  const y = relu(scaled(x, `${path}/conv1`, filters));
  return relu(sum(scaled(y, `${path}/conv2`, filters), x));
}

/** A residual block of half the size: zeros stand where the two ways have no pixels or channels. */
function residualDown(x: Tensor, path: string, filters: number): Tensor {
  const down = relu(scaled(x, `${path}/conv1`, filters, { strides: 2, padding: "valid" }));
  const y = scaled(down, `${path}/conv2`, filters);
  const pooled = layers.averagePooling2d({ poolSize: 2, strides: 2 }).apply(x);
  const [rows, , channels] = pooled.sizes as [number, number, number];
  const lacking = rows - y.sizes[0]!;
  const padded = lacking > 0 ? layers.zeroPadding2d({ padding: [[0, lacking], [0, lacking]] }).apply(y) : y; // biome-ignore format: one call
  const zeros = (): Tensor => layers.rescaling({ scale: 0 }).apply(pooled);
  const wide = channels === filters ? pooled : layers.concatenate().apply([pooled, zeros()]);
  return relu(sum(wide, padded));
}

const relu6 = (x: Tensor): Tensor => layers.relu6().apply(x);

/** What the detector of pictures of 512 × 512 says of its 5118 boxes: where they are, and what is in them. */
function detections(x: Tensor): Tensor[] {
  const pointwise = (y: Tensor, path: string, filters: number, kernelSize = 1, strides = 1): Tensor =>
    relu6(conv(y, path, filters, { kernelSize, strides }));
  const begin = layers.rescaling({ scale: 1 / 127.5, offset: -1 }).apply(x);
  let y = pointwise(begin, "MobilenetV1/Conv2d_0_pointwise", 32, 3, 2);
  const seen: Tensor[] = [];
  const widths = [64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024];
  for (const [i, filters] of widths.entries()) {
    const path = `MobilenetV1/Conv2d_${i + 1}`;
    const strides = [1, 3, 5, 11].includes(i) ? 2 : 1;
    const name = nameOf(`${path}_depthwise`);
    y = layers.depthwiseConv2d({ kernelSize: 3, strides, padding: "same", useBias: false, name }).apply(y);
    y = layers.batchNormalization({ epsilon: 0.001, name: `${name}_BatchNorm` }).apply(y);
    y = pointwise(relu6(y), `${path}_pointwise`, filters);
    if (i === 10) seen.push(y);
  }
  seen.push(y);
  for (const [i, filters] of [256, 512, 128, 256, 128, 256, 64, 128].entries()) {
    const isWide = i % 2 === 1;
    y = pointwise(y, `Prediction/Conv2d_${i}_pointwise`, filters, isWide ? 3 : 1, isWide ? 2 : 1);
    if (isWide) seen.push(y);
  }
  return [["BoxEncodingPredictor", 4] as const, ["ClassPredictor", 3] as const].map(([kind, each]) => {
    const lists = seen.map((features, i) => {
      const path = `Prediction/BoxPredictor_${i}/${kind}`;
      const made = conv(features, path, (i === 0 ? 3 : 6) * each, { kernelSize: 1 });
      return layers.reshape({ targetShape: [-1, each] }).apply(made);
    });
    return layers.concatenate({ axis: 1 }).apply(lists);
  });
}

/** Boxes by their corners, and the probability of a face in each. @param anchors the corners that boxes are told from */
function boxesAndScores(predicted: Float32Array, anchors: Float32Array): Float32Array {
  const count = anchors.length / 4;
  const boxes = Array.from({ length: count }, (_, i) => {
    const [top, left, bottom, right] = anchors.subarray(4 * i) as unknown as [number, number, number, number];
    const [y, x, h, w] = predicted.subarray(4 * i) as unknown as [number, number, number, number];
    const [height, width] = [bottom - top, right - left];
    const [middleY, middleX] = [top + height / 2 + (y / 10) * height, left + width / 2 + (x / 10) * width];
    const [halfY, halfX] = [(Math.exp(h / 5) * height) / 2, (Math.exp(w / 5) * width) / 2];
    return [middleY - halfY, middleX - halfX, middleY + halfY, middleX + halfX];
  });
  const scores = boxes.map((_, i) => 1 / (1 + Math.exp(-predicted[4 * count + 3 * i + 1]!)));
  return Float32Array.from([...boxes.flat(), ...scores]);
}

/** Where a network begins, and its outputs. */
interface Net {
  readonly size: number;
  make(x: Tensor): Tensor[];
  /** Whether it is a classifier that learns other classes. */
  readonly isClassifier?: boolean;
  /** What the package makes of the outputs. @param constant gives an array of the file that is no weight */
  finished?(outputs: Float32Array, constant: (name: string) => Float32Array): Float32Array;
  /** What the package gives for a tensor of pictures. */
  theirs(api: FaceApi, x: object): Promise<{ dataSync(): Float32Array }[]>;
}

/** The networks by the names of their files. */
export const networks: Readonly<Record<string, Net>> = {
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
  face_landmark_68: {
    size: 112,
    make: (x) => [dense(faceFeatures(x, [32, 64, 128, 256], 4, 7), "fc", 136)],
    theirs: async ({ nets, NetInput }, x) => [nets.faceLandmark68Net.runNet(new NetInput([x]))],
  },
  face_recognition: {
    size: 150,
    make(x) {
      const begin = scaled(normalized(x, meanOfFaces), "conv32_down", 32, {
        kernelSize: 7,
        strides: 2,
        padding: "valid",
      });
      let y = layers.maxPooling2d({ poolSize: 3, strides: 2 }).apply(relu(begin));
      for (const i of [1, 2, 3]) y = residual(y, `conv32_${i}`, 32);
      for (const [filters, count] of [
        [64, 3],
        [128, 2],
        [256, 2],
      ] as const) {
        // biome-ignore format: one list
        y = residualDown(y, `conv${filters}_down`, filters);
        for (let i = 1; i <= count; i++) y = residual(y, `conv${filters}_${i}`, filters);
      }
      y = layers.globalAveragePooling2d().apply(residualDown(y, "conv256_down_out", 256));
      return [layers.dense({ units: 128, useBias: false, name: "fc" }).apply(y)];
    },
    theirs: async ({ nets }, x) => [await nets.faceRecognitionNet.forward(x)],
  },
  ssd_mobilenetv1: {
    size: 512,
    make: detections,
    finished: (outputs, constant) => boxesAndScores(outputs, constant("Output/extra_dim")),
    async theirs({ nets }, x) {
      const { boxes, scores } = await nets.ssdMobilenetv1.forward(x);
      return [...boxes, ...scores];
    },
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

interface Forward<Result> {
  forward(x: object, size?: number): Promise<Result>;
  runNet(x: object): { dataSync(): Float32Array };
  loadFromWeightMap(weights: object): void;
}
type Output = { dataSync(): Float32Array };

/** What is called of the package. */
export interface FaceApi {
  readonly tf: {
    setBackend(name: string): Promise<boolean>;
    tensor(data: Float32Array, shape: readonly number[]): object;
    io: { decodeWeights(data: ArrayBuffer, specs: object): object };
  };
  readonly NetInput: new (x: readonly object[]) => object;
  readonly nets: {
    readonly tinyFaceDetector: Forward<Output>;
    readonly faceLandmark68TinyNet: Forward<Output>;
    readonly faceLandmark68Net: Forward<Output>;
    readonly faceRecognitionNet: Forward<Output>;
    readonly ssdMobilenetv1: Forward<{ boxes: Output[]; scores: Output[] }>;
    readonly faceExpressionNet: Forward<Output>;
    readonly ageGenderNet: Forward<{ age: Output; gender: Output }>;
  };
}
