/**
 * Kernels that pass over memory: activations, normalisation, pooling, the loss, the optimizer. At the sizes of cnn-relu
 * and cnn-bn-sigmoid. Their work is counted in bytes: four for each number that must be read or written.
 */
import {
  adam_f32,
  max_pool2d_backward_f32,
  max_pool2d_f32,
  relu_backward_f32,
  relu_f32,
  sigmoid_backward_f32,
  sigmoid_f32,
  softmax_cross_entropy_backward_f32,
  softmax_cross_entropy_f32,
  square_f32,
} from "../../../src/kernels/abi.generated.ts";
import {
  batch_norm_f32,
  batch_norm_gradient_partials_f32,
  batch_norm_input_gradient_f32,
  batch_norm_mean_f32,
  batch_norm_parameter_gradients_f32,
  batch_norm_partials_f32,
} from "../../../src/kernels/families/batchNormalization.generated.ts";
import { poolingGeometry } from "../../../src/ops/pooling2d.ts";
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
      return () => kernels.run(name === "relu" ? relu_f32 : sigmoid_f32, { y, x, n, alpha: 0 });
    }),
    // dy and y are read, dx is written
    pass(group, "backward", 3 * n, name === "relu", ({ kernels }, scratch) => {
      const [dx, dy, x, y] = [scratch.floats(n), scratch.floats(n), scratch.floats(n), scratch.floats(n)];
      return () =>
        kernels.run(name === "relu" ? relu_backward_f32 : sigmoid_backward_f32, {
          dx,
          dy,
          x,
          y,
          n,
          alpha: 0,
        });
    }),
  ];
}

const normalization: readonly Workload[] = [
  // x is read for the statistics and again for y
  pass("batch norm, 28×28×32", "forward", 3 * n, true, ({ kernels }, scratch) => {
    const [y, x] = [scratch.floats(n), scratch.floats(n)];
    const [mean, variance] = [scratch.floats(channels), scratch.floats(channels)];
    const [gamma, beta] = [scratch.floats(channels), scratch.floats(channels)];
    const partials = scratch.floats(Math.ceil(rows / 256) * channels);
    return () => {
      for (const [out, around] of [
        [mean, 0],
        [variance, mean],
      ] as const) {
        kernels.run(batch_norm_partials_f32, { partials, x, mean: around, rows, channels });
        kernels.run(batch_norm_mean_f32, { out, partials, rows, channels });
      }
      kernels.run(batch_norm_f32, {
        y,
        x,
        gamma,
        beta,
        mean,
        variance,
        rows,
        channels,
        epsilon: 1e-3,
        activation: 0,
      });
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
    const partials = scratch.floats(2 * Math.ceil(rows / 32) * channels);
    const arrays = { dx, dgamma, dbeta, dy, dz: dy, x, y: 0, gamma, mean, variance, partials };
    const values = { ...arrays, rows, channels, epsilon: 1e-3, activation: 0, training: 1 };
    return () => {
      kernels.run(batch_norm_gradient_partials_f32, values);
      kernels.run(batch_norm_parameter_gradients_f32, values);
      kernels.run(batch_norm_input_gradient_f32, values);
    };
  }),
];

/** 2×2 windows side by side. */
const geometry = poolingGeometry("bench", [batchSize, side, side, channels], { poolSize: 2 });

const pooling: readonly Workload[] = [
  pass("max pooling, 28×28×32", "forward", n + pooled, true, ({ kernels }, scratch) => {
    const [y, x] = [scratch.floats(pooled), scratch.floats(n)];
    return () => kernels.run(max_pool2d_f32, { y, x, geometry });
  }),
  // x is read once more, to find where each largest value came from
  pass("max pooling, 28×28×32", "backward", 2 * n + 2 * pooled, true, ({ kernels }, scratch) => {
    const [dx, dy, x, y] = [
      scratch.floats(n),
      scratch.floats(pooled),
      scratch.floats(n),
      scratch.floats(pooled),
    ];
    kernels.run(max_pool2d_f32, { y, x, geometry });
    return () => kernels.run(max_pool2d_backward_f32, { dx, dy, x, y, geometry });
  }),
];

const loss: readonly Workload[] = [
  pass("softmax and loss, 64×10", "forward", batchSize * (3 * classes + 1), true, ({ kernels }, scratch) => {
    const [losses, p] = [scratch.floats(batchSize), scratch.floats(batchSize * classes)];
    const [logits, targets] = [scratch.floats(batchSize * classes), scratch.floats(batchSize * classes)];
    const values = { loss: losses, p, logits, targets, rows: batchSize, columns: classes };
    return () => kernels.run(softmax_cross_entropy_f32, values);
  }),
  pass(
    "softmax and loss, 64×10",
    "backward",
    batchSize * (3 * classes + 1),
    false,
    ({ kernels }, scratch) => {
      const [dlogits, p] = [scratch.floats(batchSize * classes), scratch.floats(batchSize * classes)];
      const [targets, dloss] = [scratch.floats(batchSize * classes), scratch.floats(batchSize)];
      const values = { dlogits, p, targets, dloss, rows: batchSize, columns: classes };
      return () => kernels.run(softmax_cross_entropy_backward_f32, values);
    },
  ),
];

const optimizer: readonly Workload[] = [
  // w, m and v are read and written, g is read; a rate of 0 keeps the weights where they are
  pass("adam, 454,410 numbers", "update", 7 * parameters, true, ({ kernels }, scratch) => {
    const [w, m, g] = [scratch.floats(parameters), scratch.floats(parameters), scratch.floats(parameters)];
    const v = scratch.floats(parameters);
    kernels.run(square_f32, { y: v, x: v, n: parameters, alpha: 0 });
    const moments = { beta1: 0.9, complement1: 0.1, beta2: 0.999, complement2: 0.001, epsilon: 1e-7 };
    return () => kernels.run(adam_f32, { w, m, v, dw: g, n: parameters, rate: 0, ...moments, decay: 0 });
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
