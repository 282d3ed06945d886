/** The networks' convolutions: three passes, by im2col and, where it is defined, by Winograd. */

import type { Backend } from "../../../src/backend/backend.ts";
import type { Conv2dGeometry } from "../../../src/kernels/abi.generated.ts";
import { sum_f32 } from "../../../src/kernels/abi.generated.ts";
import { conv2dGeometry, kernelsOf } from "../../../src/ops/conv2d.ts";
import type { Conv2dAlgorithm } from "../../../src/ops/conv2dAlgorithm.ts";
import { convolutionFlop } from "./flop.ts";
import type { BenchmarkScratch } from "./scratch.ts";
import { batchSize, type Workload } from "./workload.ts";

interface Convolution {
  /** Height and width of the images. */
  readonly side: number;
  readonly channels: number;
  /** Height and width of the kernels. */
  readonly size: number;
  readonly filters: number;
  readonly padding: "valid" | "same";
  readonly quick?: boolean;
}

const layers: readonly Convolution[] = [
  { side: 28, channels: 1, size: 3, filters: 32, padding: "valid" }, // cnn-32-32
  { side: 13, channels: 32, size: 3, filters: 32, padding: "valid" },
  { side: 28, channels: 1, size: 2, filters: 32, padding: "valid" }, // cnn-2x2
  { side: 28, channels: 1, size: 3, filters: 32, padding: "same" }, // cnn-relu, cnn-bn-sigmoid
  { side: 14, channels: 32, size: 5, filters: 64, padding: "same", quick: true },
];

export const convolutions: readonly Workload[] = layers.flatMap((layer) =>
  // one channel is im2col's alone
  layer.channels > 1 ? [...passes(layer, "im2col"), ...passes(layer, "winograd")] : passes(layer, "im2col"),
);

function passes(layer: Convolution, algorithm: Conv2dAlgorithm): Workload[] {
  const { side, channels, size, filters, padding, quick = false } = layer;
  const geometry = conv2dGeometry([batchSize, side, side, channels], [size, size, channels, filters], {
    padding,
  });
  const shared = {
    group: `${side}×${side}×${channels} → ${filters}, ${size}×${size} ${padding}${algorithm === "im2col" ? "" : ", Winograd"}`,
    quick,
    unit: "GFLOP/s",
    work: convolutionFlop(geometry),
  } as const;
  const floats = {
    x: batchSize * side * side * channels,
    kernel: size * size * channels * filters,
    y: batchSize * geometry.oh * geometry.ow * filters,
  };
  const inputGradient: Workload = {
    ...shared,
    name: "input gradient",
    prepare({ kernels }, scratch) {
      const dx = scratch.floats(floats.x);
      const dy = scratch.floats(floats.y);
      const kernel = scratch.floats(floats.kernel);
      const values = { dx, dy, kernel, geometry };
      return () => kernels.run(kernelsOf[algorithm].inputGradient, values);
    },
  };
  return [
    {
      ...shared,
      name: "forward",
      prepare({ kernels }, scratch) {
        const y = scratch.floats(floats.y);
        const x = scratch.floats(floats.x);
        const kernel = scratch.floats(floats.kernel);
        const values = { y, x, kernel, bias: 0, geometry, activation: 0 };
        return () => kernels.run(kernelsOf[algorithm].forward, values);
      },
    },
    // the first layer's input needs no gradient
    ...(channels > 1 ? [inputGradient] : []),
    {
      ...shared,
      name: "kernel gradient",
      prepare: (backend, scratch) => kernelGradient(backend, scratch, algorithm, geometry, floats),
    },
  ];
}

function kernelGradient(
  backend: Backend,
  scratch: BenchmarkScratch,
  algorithm: Conv2dAlgorithm,
  geometry: Conv2dGeometry,
  floats: { x: number; kernel: number; y: number },
): () => void {
  const { kernels } = backend;
  const kernel = kernelsOf[algorithm].kernelGradient;
  const groups = kernels.units(kernel, { geometry });
  const x = scratch.floats(floats.x);
  const dy = scratch.floats(floats.y);
  const dkernel = scratch.floats(floats.kernel);
  const partials = scratch.floats(groups * floats.kernel);
  return () => {
    kernels.run(kernel, { partials, x, dy, geometry });
    kernels.run(sum_f32, { out: dkernel, x: partials, outer: 1, reduce: groups, inner: floats.kernel });
  };
}
