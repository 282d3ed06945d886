/** What the cost of an image is measured against: one size of a small convolutional network grows, the others stay. */
import { layers } from "../../src/layers/index.ts";
import { type Model, sequential } from "../../src/model/index.ts";

/** Sizes of a network and its batch. */
export interface Sizes {
  /** Images that go through it at once. */
  readonly batch: number;
  /** Pixels of an image's side. */
  readonly side: number;
  /** Channels of each convolution. */
  readonly width: number;
  /** Convolutions one behind the other. */
  readonly depth: number;
}

/** One of the sizes, and what it is on the way. */
export interface Axis {
  readonly name: keyof Sizes;
  /** What charts call it. */
  readonly label: string;
  readonly values: readonly number[];
  /** Those that a chart names. */
  readonly ticks: readonly number[];
  /** What the others are. */
  readonly rest: Sizes;
}

const usual: Sizes = { batch: 16, side: 32, width: 16, depth: 2 };

export const axes: readonly Axis[] = [
  {
    name: "batch",
    label: "images in a batch",
    values: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    ticks: [1, 2, 8, 32, 128, 512],
    rest: usual,
  },
  {
    name: "side",
    label: "pixels of an image's side",
    values: [16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224],
    ticks: [16, 32, 64, 128, 224],
    rest: { ...usual, batch: 8 },
  },
  {
    name: "width",
    label: "channels of each convolution",
    values: [4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 64, 80, 96, 128],
    ticks: [4, 8, 16, 32, 64, 128],
    rest: usual,
  },
  {
    name: "depth",
    label: "convolutions",
    values: [1, 2, 3, 4, 6, 8, 12, 16, 24, 32],
    ticks: [1, 2, 4, 8, 16, 32],
    rest: usual,
  },
];

/** Convolutions of 3×3 with relu, a mean over all pixels, ten classes: no size but the axis's own changes on the way through it. */
export function network({ side, width, depth }: Sizes): Model {
  return sequential(
    [
      ...Array.from({ length: depth }, () =>
        layers.conv2d({ filters: width, kernelSize: 3, padding: "same", activation: "relu" }),
      ),
      layers.globalAveragePooling2d(),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
    { inputShape: [side, side, 3], seed: 1 },
  );
}
