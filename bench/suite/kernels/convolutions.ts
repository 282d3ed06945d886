/** The networks' convolutions: three passes, by im2col and, where it is defined, by Winograd. */
import type { Backend } from "../../../src/backend/backend.ts";
import type { Kernels } from "../../../src/kernels/abi.generated.ts";
import { type Conv2dGeometry, conv2dGeometry, imagesPerGroup } from "../../../src/ops/conv2d.ts";
import { convolutionFlop } from "../../../src/threads/slices.ts";
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

type Algorithm = "conv2d" | "conv2d_winograd";
type Sizes = [...Conv2dGeometry];

export const convolutions: readonly Workload[] = layers.flatMap((layer) =>
  // one channel is im2col's alone
  layer.channels > 1
    ? [...passes(layer, "conv2d"), ...passes(layer, "conv2d_winograd")]
    : passes(layer, "conv2d"),
);

function passes(layer: Convolution, algorithm: Algorithm): Workload[] {
  const { side, channels, size, filters, padding, quick = false } = layer;
  const g = conv2dGeometry([batchSize, side, side, channels], [size, size, channels, filters], { padding });
  const shared = {
    group: `${side}×${side}×${channels} → ${filters}, ${size}×${size} ${padding}${algorithm === "conv2d" ? "" : ", Winograd"}`,
    quick,
    unit: "GFLOP/s",
    work: convolutionFlop(g),
  } as const;
  const [x, kernel, y] = [
    batchSize * side * side * channels,
    size * size * channels * filters,
    batchSize * g[6] * g[7] * filters,
  ];
  return [
    {
      ...shared,
      name: "forward",
      prepare({ kernels }, scratch) {
        const [py, px, pk] = [scratch.floats(y), scratch.floats(x), scratch.floats(kernel)];
        const workspace = scratch.bytes(kernels[`${algorithm}_workspace_bytes`](...(g as Sizes)));
        const run: Kernels["conv2d_f32"] = kernels[`${algorithm}_f32`];
        return () => run(py, px, pk, 0, workspace, ...(g as Sizes), 0);
      },
    },
    // the first layer's input needs no gradient
    ...(channels > 1
      ? [
          {
            ...shared,
            name: "input gradient",
            prepare({ kernels }: Backend, scratch: BenchmarkScratch) {
              const [dx, dy, pk] = [scratch.floats(x), scratch.floats(y), scratch.floats(kernel)];
              const workspace = scratch.bytes(
                kernels[`${algorithm}_input_gradient_workspace_bytes`](...(g as Sizes)),
              );
              const run: Kernels["conv2d_input_gradient_f32"] = kernels[`${algorithm}_input_gradient_f32`];
              return () => run(dx, dy, pk, workspace, ...(g as Sizes));
            },
          },
        ]
      : []),
    {
      ...shared,
      name: "kernel gradient",
      prepare: (backend, scratch) => kernelGradient(backend, scratch, algorithm, g, { x, kernel, y }),
    },
  ];
}

function kernelGradient(
  backend: Backend,
  scratch: BenchmarkScratch,
  algorithm: Algorithm,
  g: Conv2dGeometry,
  floats: { x: number; kernel: number; y: number },
): () => void {
  const { kernels } = backend;
  const [, ...rest] = g;
  const groups = batchSize / imagesPerGroup;
  const [x, dy] = [scratch.floats(floats.x), scratch.floats(floats.y)];
  const [dkernel, partials] = [scratch.floats(floats.kernel), scratch.floats(groups * floats.kernel)];
  const bytesOf =
    algorithm === "conv2d"
      ? kernels.conv2d_workspace_bytes
      : kernels.conv2d_winograd_kernel_gradient_workspace_bytes;
  const workspace = Math.ceil(bytesOf(imagesPerGroup, ...rest) / 64) * 64;
  const workspaces = scratch.bytes(groups * workspace);
  const calls = Array.from({ length: groups }, (_, i) => [
    partials + 4 * i * floats.kernel,
    x + (4 * i * floats.x) / groups,
    dy + (4 * i * floats.y) / groups,
    workspaces + i * workspace,
    imagesPerGroup,
    ...rest,
  ]);
  return () => {
    backend.together(`${algorithm}_kernel_gradient_f32`, calls);
    kernels.sum_f32(dkernel, partials, 1, groups, floats.kernel, floats.kernel);
  };
}
