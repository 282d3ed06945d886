/**
 * Kernels that pass over memory: activations, normalisation, pooling, the loss, the optimizer. At the sizes of cnn-relu
 * and cnn-bn-sigmoid. Their work is counted in bytes: four for each number that must be read or written.
 */
import type { Kernels } from "../../../src/kernels/abi.generated.ts";
import { batchSize, type Workload } from "./workload.ts";

/** The activations of the first convolution: images of 28×28 pixels with 32 channels. */
const [side, channels] = [28, 32];
const rows = batchSize * side * side;
const n = rows * channels;
const pooled = n / 4;
const classes = 10;
const parameters = 454_410; // cnn-relu's

/** @param numbers read and written */
function pass(
  group: string,
  name: string,
  numbers: number,
  quick: boolean,
  prepare: Workload["prepare"],
): Workload {
  return { group, name, quick, unit: "GB/s", work: 4 * numbers, prepare };
}

function activation(name: "relu" | "sigmoid"): Workload[] {
  const group = `${name}, 28×28×32`;
  return [
    pass(group, "forward", 2 * n, name === "sigmoid", ({ kernels }, scratch) => {
      const [y, x] = [scratch.floats(n), scratch.floats(n)];
      const run: Kernels["relu_f32"] = kernels[`${name}_f32`];
      return () => run(y, x, n, 0);
    }),
    // dy and y are read, dx is written
    pass(group, "backward", 3 * n, name === "relu", ({ kernels }, scratch) => {
      const [dx, dy, x, y] = [scratch.floats(n), scratch.floats(n), scratch.floats(n), scratch.floats(n)];
      const run: Kernels["relu_backward_f32"] = kernels[`${name}_backward_f32`];
      return () => run(dx, dy, x, y, n, 0);
    }),
  ];
}

const normalization: readonly Workload[] = [
  // x is read for the statistics and again for y
  pass("batch norm, 28×28×32", "forward", 3 * n, true, ({ kernels }, scratch) => {
    const [y, x] = [scratch.floats(n), scratch.floats(n)];
    const [mean, variance] = [scratch.floats(channels), scratch.floats(channels)];
    const [gamma, beta] = [scratch.floats(channels), scratch.floats(channels)];
    return () => {
      kernels.batch_norm_statistics_f32(mean, variance, x, rows, channels, channels);
      kernels.batch_norm_f32(y, x, gamma, beta, mean, variance, rows, channels, 1e-3, 0);
    };
  }),
  // dy and x are read for the sums and again for dx
  pass("batch norm, 28×28×32", "backward", 5 * n, true, ({ kernels }, scratch) => {
    const [dx, dy, x] = [scratch.floats(n), scratch.floats(n), scratch.floats(n)];
    const [dgamma, dbeta, gamma] = [
      scratch.floats(channels),
      scratch.floats(channels),
      scratch.floats(channels),
    ];
    const [mean, variance] = [scratch.floats(channels), scratch.floats(channels)];
    kernels.batch_norm_statistics_f32(mean, variance, x, rows, channels, channels);
    const run = kernels.batch_norm_backward_f32;
    return () => run(dx, dgamma, dbeta, dy, x, 0, gamma, mean, variance, rows, channels, channels, 1e-3, 0);
  }),
];

/** n h w c kh kw oh ow strides top left: 2×2 windows side by side. */
const windows = [batchSize, side, side, channels, 2, 2, side / 2, side / 2, 2, 2, 0, 0] as const;

const pooling: readonly Workload[] = [
  pass("max pooling, 28×28×32", "forward", n + pooled, true, ({ kernels }, scratch) => {
    const [y, x] = [scratch.floats(pooled), scratch.floats(n)];
    return () => kernels.max_pool2d_f32(y, x, ...windows);
  }),
  // x is read once more, to find where each largest value came from
  pass("max pooling, 28×28×32", "backward", 2 * n + 2 * pooled, true, ({ kernels }, scratch) => {
    const [dx, dy, x, y] = [
      scratch.floats(n),
      scratch.floats(pooled),
      scratch.floats(n),
      scratch.floats(pooled),
    ];
    kernels.max_pool2d_f32(y, x, ...windows);
    return () => kernels.max_pool2d_backward_f32(dx, dy, x, y, ...windows);
  }),
];

const loss: readonly Workload[] = [
  pass("softmax and loss, 64×10", "forward", batchSize * (3 * classes + 1), true, ({ kernels }, scratch) => {
    const [losses, p] = [scratch.floats(batchSize), scratch.floats(batchSize * classes)];
    const [logits, targets] = [scratch.floats(batchSize * classes), scratch.floats(batchSize * classes)];
    return () => kernels.softmax_cross_entropy_f32(losses, p, logits, targets, batchSize, classes);
  }),
  pass(
    "softmax and loss, 64×10",
    "backward",
    batchSize * (3 * classes + 1),
    false,
    ({ kernels }, scratch) => {
      const [dlogits, p] = [scratch.floats(batchSize * classes), scratch.floats(batchSize * classes)];
      const [targets, dloss] = [scratch.floats(batchSize * classes), scratch.floats(batchSize)];
      return () => kernels.softmax_cross_entropy_backward_f32(dlogits, p, targets, dloss, batchSize, classes);
    },
  ),
];

const optimizer: readonly Workload[] = [
  // w, m and v are read and written, g is read; a rate of 0 keeps the weights where they are
  pass("adam, 454,410 numbers", "update", 7 * parameters, true, ({ kernels }, scratch) => {
    const [w, m, g] = [scratch.floats(parameters), scratch.floats(parameters), scratch.floats(parameters)];
    const v = scratch.floats(parameters);
    kernels.square_f32(v, v, parameters, 0);
    return () => kernels.adam_f32(w, m, v, g, parameters, 0, 0.9, 0.1, 0.999, 0.001, 1e-7, 0);
  }),
];

export const passes: readonly Workload[] = [
  ...activation("relu"),
  ...activation("sigmoid"),
  ...normalization,
  ...pooling,
  ...loss,
  ...optimizer,
];
