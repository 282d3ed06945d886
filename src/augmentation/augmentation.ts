/**
 * Augmentation as `fit` takes it: changes each batch of training, in wasm, after its pixels have become floats.
 *
 * Apart from the training loop, which knows the types alone: a bundle that does not name `augmentation` holds nothing of it.
 */

import type { Normalization } from "../data/dataset.ts";
import { AnygradError } from "../errors.ts";
import { fill_f32 } from "../kernels/abi.generated.ts";
import { imageParameters } from "../ops/augmentImages.ts";
import * as ops from "../ops/index.ts";
import { formatShape, type Shape, sizeOf } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";
import {
  type AugmentationDraw,
  drawColors,
  drawImages,
  drawMixture,
  elasticCells,
  elasticHills,
  elasticStream,
  type Mixture,
} from "./draw.ts";
import {
  type AugmentationOptions,
  checkAgainstImages,
  checkAugmentation,
  geometricKinds,
} from "./options.ts";

/** What `augmentation` makes, for `fit`'s option `augment`. */
export interface Augmentation {
  /** What it was made from, checked: plain data. */
  readonly options: AugmentationOptions;
  /** @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT where it does not fit the data @internal */
  check(data: AugmentedData): void;
  /** Begins a run. @throws AnygradError as `check` @internal */
  begin(data: AugmentedData, engine: { allocator: TensorAllocator }, seed: number): Augmenter;
}

/** What an augmentation must know of the data. */
export interface AugmentedData {
  /** Shape of an example. */
  readonly shape: Shape;
  /** Normalisation of Uint8 pixels; undefined for Float32 ones, which are used as they are. */
  readonly pixels: Normalization | undefined;
}

/** Augments the batches of a run. */
export interface Augmenter {
  /** Are examples mixed? Then each loss has two targets. */
  readonly mixes: boolean;
  /** Places for the numbers that a step draws for n examples. */
  inputs(n: number): AugmentationInputs;
  /** Draws them. */
  fill(inputs: AugmentationInputs, step: number): Mixture | undefined;
  /** The inputs of a batch, augmented. @param batch [n, ...example] each @param step the counter of the step (ops/random.ts) */
  apply(batch: readonly Tensor[], inputs: AugmentationInputs, step: Tensor): Tensor[];
}

/** Places in wasm memory for what a step draws. */
export interface AugmentationInputs {
  /** [n, 12] */
  readonly images?: Tensor;
  /** What the channels of each image are multiplied by, [n, 1, 1, channels]. */
  readonly factors?: Tensor;
  /** What is then added to them. */
  readonly addends?: Tensor;
  /** For mixing, as `shares` and `others`, both [n, 1]: the partners, int32 [n]. */
  readonly partners?: Tensor;
  /** How much of each example stays. */
  readonly shares?: Tensor;
  /** How much of its partner is added. */
  readonly others?: Tensor;
  /** Those of each input of several. */
  readonly parts?: readonly (AugmentationInputs | undefined)[];
}

/**
 * Changes to the training images, other ones in every step, drawn by the seed of `fit`: `fit(data, { augment:
 * augmentation({ shift: 2, rotation: 10 }) })`. The same on every runtime and number of threads; a resumed run draws what
 * the uninterrupted one would. Validation and evaluation see the images as they are.
 *
 * In this order: images are flipped, sheared, rotated, zoomed and shifted about their centre and bent, all in one bilinear
 * look-up, then brightened, blanked by a cutout, recolored and mixed. Angles are degrees, distances pixels, chances one half.
 * @throws AnygradError INVALID_ARGUMENT for an unknown name or a value out of range
 * @example
 * ```js
 * import { augmentation, createEngine, datasets, layers, sequential } from "anygrad";
 *
 * const { train } = await datasets.digits({ train: 64, test: 1, seed: 1 });
 * const net = sequential([layers.flatten(), layers.dense({ units: 10, activation: "softmax" })], { inputShape: [28, 28, 1] });
 * await net.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy", engine: await createEngine() });
 * const history = await net.fit(train, { epochs: 1, seed: 1, augment: augmentation({ shift: 2, rotation: 10 }) });
 * console.log(history.loss.length); // 1
 * ```
 */
export function augmentation(options: AugmentationOptions): Augmentation {
  const checked = checkAugmentation(options);
  return {
    options: checked,
    check: (data) => void placeOf(checked, data),
    begin: (data, { allocator }, seed) => begin(checked, data, allocator, seed),
  };
}

/** What the numbers drawn for the images depend on. */
function placeOf(options: AugmentationOptions, { shape, pixels }: AugmentedData) {
  const { brightness, color, fillValue = 0, valueRange = pixels && [0, 255] } = options;
  const geometric = geometricKinds.find((kind) => options[kind] !== undefined);
  const image = imageOf(shape, geometric ?? (color === undefined ? undefined : "color"));
  checkAgainstImages(options, image.height, image.width);
  if ((brightness ?? color) !== undefined && !valueRange)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `augmentation: ${brightness === undefined ? "color" : "brightness"} needs to know the darkest and the brightest pixel of Float32 data; pass valueRange, such as [0, 1]`,
    );
  const { scale, shift } = pixels ?? { scale: 1, shift: 0 };
  const [low, high] = (valueRange ?? [0, 0]).map((stored) => stored * scale + shift) as [number, number];
  return {
    ...image,
    brightest: high - low,
    middle: (low + high) / 2,
    /** Does any pixel change before images are recolored and mixed? */
    changes: geometric !== undefined || brightness !== undefined,
    limits: { fill: fillValue * scale + shift, ...(brightness !== undefined && { low, high }) },
  };
}

function begin(
  options: AugmentationOptions,
  data: AugmentedData,
  allocator: TensorAllocator,
  seed: number,
): Augmenter {
  const { elastic, color, mixup } = options;
  const place = placeOf(options, data);
  const { height, width, channels, changes, limits } = place;
  const bend = elastic && createBend(allocator, elastic, height, width);
  return {
    mixes: mixup !== undefined,
    inputs: (n) => ({
      images: allocator.allocate([n, imageParameters]),
      ...(color !== undefined && {
        factors: allocator.allocate([n, 1, 1, channels]),
        addends: allocator.allocate([n, 1, 1, channels]),
      }),
      ...(mixup !== undefined && {
        partners: allocator.allocate([n], "int32"),
        shares: allocator.allocate([n, 1]),
        others: allocator.allocate([n, 1]),
      }),
    }),
    fill({ images, factors, addends, partners, shares, others }, step) {
      if (!images) return undefined;
      const draw: AugmentationDraw = { seed, step };
      if (changes) drawImages(images.view as Float32Array, options, place, draw);
      if (color !== undefined && factors && addends)
        drawColors(factors.view as Float32Array, addends.view as Float32Array, color, place, draw);
      if (mixup === undefined || !partners || !shares || !others) return undefined;
      const mixture = drawMixture(images.shape[0]!, mixup, draw);
      (partners.view as Int32Array).set(mixture.partners);
      (shares.view as Float32Array).set(mixture.shares);
      (others.view as Float32Array).set(mixture.shares.map((share) => 1 - share));
      return mixture;
    },
    apply([x], { images, factors, addends, partners, shares, others }, step) {
      if (!x || !images) return [];
      const n = x.shape[0]!;
      const asImages = ops.reshape(x, [n, height, width, channels]);
      const field = bend?.(n, { seed, step });
      const moved = changes ? ops.augmentImages(asImages, images, field, limits) : asImages;
      const changed = factors && addends ? ops.add(ops.multiply(moved, factors), addends) : moved;
      if (!partners || !shares || !others) return [ops.reshape(changed, x.shape)];
      const rows = ops.reshape(changed, [n, height * width * channels]);
      const mixed = ops.add(ops.multiply(rows, shares), ops.multiply(ops.gather(rows, partners), others));
      return [ops.reshape(mixed, x.shape)];
    },
  };
}

/** @throws AnygradError SHAPE_MISMATCH where an image is needed and the example is none */
function imageOf(
  shape: Shape,
  kind: string | undefined,
): { height: number; width: number; channels: number } {
  if (shape.length === 2 || shape.length === 3) {
    const [height, width, channels = 1] = shape as [number, number, number?];
    return { height, width, channels };
  }
  if (kind === undefined) return { height: 1, width: 1, channels: sizeOf(shape) };
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `augmentation: ${kind} needs images [height, width, channels] but the model takes ${formatShape(shape)}; give it inputShape: [28, 28, 1], or the like, and a first layer flatten()`,
  );
}

/** Displacements of the batch, [h, n, 2, w]: hills across, then down, as two products of matrices. */
function createBend(
  allocator: TensorAllocator,
  { alpha, sigma = 4 }: NonNullable<AugmentationOptions["elastic"]>,
  height: number,
  width: number,
): (n: number, draw: { seed: number; step: Tensor }) => Tensor {
  const constant = (values: Float32Array, shape: Shape): Tensor => {
    const tensor = allocator.allocate(shape);
    tensor.view.set(values);
    return tensor;
  };
  const [rows, columns] = [elasticCells(height, sigma), elasticCells(width, sigma)];
  // signs have the variance 1, the uniform numbers of −1 to 1 that alpha is usual for have 1 / 3
  const down = constant(elasticHills(height, sigma, alpha / Math.sqrt(3)), [height, rows]);
  const across = constant(elasticHills(width, sigma), [width, columns]);
  return (n, draw) => {
    const ones = allocator.allocate([rows, n * 2 * columns]);
    allocator.kernels.run(fill_f32, { out: ones.pointer, n: ones.size, value: 1 });
    const kept = ops.dropout(ones, { rate: 0.5, stream: elasticStream, ...draw });
    const signs = ops.rescale(kept, { scale: 1, shift: -1 });
    const hills = ops.reshape(ops.matmul(down, signs), [height * n * 2, columns]);
    return ops.reshape(ops.matmul(hills, across, { transposeB: true }), [height, n, 2, width]);
  };
}
