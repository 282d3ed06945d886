/**
 * Networks that choose their sizes by the data: `mlp`, `cnn`, `photos`, `table` and `series`. Each rule is a sentence, which
 * `anygrad presets` prints beside the network.
 */
import { AnygradError } from "../errors.ts";
import { type Layer, layers } from "../layers/index.ts";
import { sizeOf } from "../math/shape.ts";
import { partsOf } from "./parts.ts";
import { type NetworkOptions, type Preset, usualShape } from "./preset.ts";

/** The power of two next to a number, within the bounds. */
export function powerOfTwo(wanted: number, least: number, most: number): number {
  let power = least;
  // the next one is nearer where the number is beyond the geometric mean of both
  while (power < most && wanted * wanted > 2 * power * power) power *= 2;
  return power;
}

/** Two dense layers: 2 · √(inputs · outputs) units as a power of two from 32 to 512, and half of them. */
export function sizedMlp(options: NetworkOptions = {}): Layer[] {
  const { inputs, outputs } = sizesOf(options);
  return twoDense(options, powerOfTwo(2 * Math.sqrt(inputs * outputs), 32, 512));
}

/** Two dense layers: 8 units a column as a power of two from 32 to 256, and half of them. */
export function sizedTable(options: NetworkOptions = {}): Layer[] {
  return twoDense(options, powerOfTwo(8 * sizesOf(options).inputs, 32, 256));
}

function twoDense(options: NetworkOptions, units: number): Layer[] {
  const parts = partsOf(options, "relu");
  return [
    parts.flatten(),
    parts.hidden(units),
    ...parts.dropout(0),
    parts.hidden(units / 2),
    ...parts.dropout(0),
    ...parts.output("softmax"),
  ];
}

/** 3 × 3 convolutions of 16, 32, 64, 128, 128 … filters, each halved by pooling as long as at least 4 rows and columns stay. */
export function sizedCnn(options: NetworkOptions = {}): Layer[] {
  const [height = 0, width = 0] = pictureShape("cnn", options);
  const parts = partsOf(options, "relu");
  const stages = Math.max(1, halvings(Math.min(height, width)));
  const body: Layer[] = [];
  for (let stage = 0; stage < stages; stage++)
    body.push(parts.convolution(Math.min(128, 16 * 2 ** stage), 3, "same"), ...parts.pool());
  return [
    ...parts.picture(),
    ...body,
    parts.flatten(),
    parts.hidden(128),
    ...parts.dropout(0.3),
    ...parts.output("softmax"),
  ];
}

/**
 * For few pictures: 3 × 3 convolutions with batch normalisation of 16, 32, 64, 64 … filters, halved as in `sizedCnn`, the last not,
 * the first of large pictures by moving two pixels too; and of each filter its mean over the picture (Lin, Chen & Yan 2013,
 * arXiv:1312.4400), for a dense layer on all places would learn them by heart.
 */
export function sizedPhotos(options: NetworkOptions = {}): Layer[] {
  const [height = 0, width = 0] = pictureShape("photos", options);
  const parts = partsOf({ init: "he", ...options }, "relu");
  const side = Math.min(height, width);
  const strides = side >= 48 ? 2 : 1;
  const stages = 1 + Math.max(1, halvings(Math.ceil(side / strides)));
  return [
    ...parts.picture(),
    ...Array.from({ length: stages }, (_, stage): Layer[] => [
      parts.convolution(Math.min(64, 16 * 2 ** stage), 3, "same", "linear", false, stage === 0 ? strides : 1),
      ...(stage < stages - 1 ? parts.pool() : []),
      layers.batchNormalization({ momentum: 0.9 }),
      layers.activation({ activation: parts.activation }),
    ]).flat(),
    layers.globalAveragePooling2d(),
    ...parts.dropout(0.2),
    ...parts.output("softmax"),
  ];
}

/** Convolutions over 5 rows of 32, 64, 128, 128 … filters, each halved by pooling as long as at least 4 rows stay. */
export function sizedSeries(options: NetworkOptions = {}): Layer[] {
  const { inputShape = usualShape } = options;
  const [rows = 1, ...others] = inputShape;
  const columns = sizeOf(others);
  const parts = partsOf(options, "relu");
  const body: Layer[] = [];
  for (let stage = 0; stage < Math.max(1, halvings(rows)); stage++)
    body.push(
      parts.convolution(Math.min(128, 32 * 2 ** stage), [5, 1], "same"),
      ...(rows >= 2 ** (stage + 1) ? [layers.maxPooling2d({ poolSize: [2, 1] })] : []),
    );
  return [
    layers.reshape({ targetShape: [rows, 1, columns] }),
    ...body,
    parts.flatten(),
    parts.hidden(64),
    ...parts.dropout(0.2),
    ...parts.output("softmax"),
  ];
}

/** How often a length can be halved so that at least 4 stay. */
function halvings(length: number): number {
  let count = 0;
  for (let rest = Math.floor(length / 2); rest >= 4; rest = Math.floor(rest / 2)) count++;
  return count;
}

function sizesOf({ inputShape = usualShape, classes = 10, outputs = classes }: NetworkOptions): {
  inputs: number;
  outputs: number;
} {
  return { inputs: sizeOf(inputShape), outputs };
}

/** @throws AnygradError SHAPE_MISMATCH where an example is no picture */
function pictureShape(name: string, { inputShape = usualShape }: NetworkOptions): readonly number[] {
  if (inputShape.length === 2 || inputShape.length === 3) return inputShape;
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `${name}: an example is ${inputShape.join("×")} values, no picture; train table, series or mlp on it`,
  );
}

/** What decides the preset where the user names none. */
export interface DataKind {
  /** Shape of an example. */
  readonly inputShape: readonly number[];
  /** Windows over a series. */
  readonly isSeries?: boolean;
  /** How many pictures of a user's own are trained on; undefined: they are not of a folder. */
  readonly pictures?: number | undefined;
}

/** So many pictures are few: they are to be learned from scratch by a network that sees them changed, over and over. */
export const fewPictures = 2000;

/**
 * The preset for data of this kind: of a folder of few pictures `photos`; of other pictures of 28 × 28 × 1 `cnn-32-32`, of others
 * `cnn`; of windows over a series `series`; of rows of a table `table`.
 */
export function presetNameFor({ inputShape, isSeries, pictures }: DataKind): Preset["name"] {
  if (isSeries) return "series";
  if (pictures !== undefined && pictures < fewPictures) return "photos";
  if (inputShape.length === 1) return "table";
  return String(inputShape) === String(usualShape) ? "cnn-32-32" : "cnn";
}
