// The kernels that training spends its time in, straight on wasm memory: GFLOP/s of the products and convolutions.
import { measure } from "./measure.mjs";

const products = [
  [512, 512, 512],
  [64, 128, 784],
  [64, 256, 5408],
  [784, 128, 64],
];
// [images, height = width, channels, kernel, filters, padding]: the presets' own
const convolutions = [
  [64, 28, 1, 3, 32, 0],
  [64, 13, 32, 3, 32, 0],
  [64, 14, 32, 5, 64, 2],
];

/** @returns rows of { name, flop, run } over one backend */
export function kernelTasks({ kernels, heap }) {
  const rows = [];
  const floats = (n) => {
    const offset = heap.allocate(4 * n);
    for (let i = 0; i < n; i++) heap.f32[offset / 4 + i] = ((i * 7919) % 1013) / 1013 - 0.5;
    return offset;
  };
  for (const [m, n, k] of products) {
    const [a, b, c] = [floats(m * k), floats(k * n), floats(m * n)];
    const workspace = heap.allocate(kernels.gemm_workspace_bytes(m, n, k));
    rows.push({
      name: `gemm ${m}×${n}×${k}`,
      flop: 2 * m * n * k,
      run: () => kernels.gemm_nn_f32(c, a, b, 0, workspace, m, n, k, k, n, n, 0),
    });
  }
  for (const [n, h, c, k, o, pad] of convolutions) {
    const out = h + 2 * pad - k + 1;
    const [x, kernel, y] = [floats(n * h * h * c), floats(k * k * c * o), floats(n * out * out * o)];
    const [dkernel, dx] = [floats(k * k * c * o), floats(n * h * h * c)];
    const geometry = [n, h, h, c, k, k, out, out, o, 1, 1, 1, 1, pad, pad, 1];
    const flop = 2 * n * out * out * o * k * k * c; // nominal: what im2col multiplies, whatever the algorithm
    // one channel is im2col's alone, and the first layer's input needs no gradient
    for (const algorithm of c > 1 ? ["conv2d", "conv2d_winograd"] : ["conv2d"]) {
      const bytesOf = (pass) =>
        (kernels[`${algorithm}_${pass}workspace_bytes`] ?? kernels[`${algorithm}_workspace_bytes`])(
          ...geometry,
        );
      const passes = ["", "input_gradient_", "kernel_gradient_"];
      const workspace = heap.allocate(Math.max(...passes.map(bytesOf)));
      const name = `conv ${h}×${h}×${c} → ${o}, ${k}×${k}${algorithm === "conv2d" ? "" : ", Winograd"}`;
      rows.push(
        {
          name: `${name} forward`,
          flop,
          run: () => kernels[`${algorithm}_f32`](y, x, kernel, 0, workspace, ...geometry, 1),
        },
        {
          name: `${name} kernel gradient`,
          flop,
          run: () => kernels[`${algorithm}_kernel_gradient_f32`](dkernel, x, y, workspace, ...geometry),
        },
      );
      if (c > 1)
        rows.push({
          name: `${name} input gradient`,
          flop,
          run: () => kernels[`${algorithm}_input_gradient_f32`](dx, y, kernel, workspace, ...geometry),
        });
    }
  }
  return rows;
}

export async function benchKernels(backend, milliseconds) {
  const tasks = kernelTasks(backend);
  const times = await measure(Object.fromEntries(tasks.map(({ name, run }) => [name, run])), milliseconds);
  return tasks.map(({ name, flop }) => ({ name, ...times[name], gflops: flop / times[name].median / 1e6 }));
}
