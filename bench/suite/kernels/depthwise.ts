/**
 * Depthwise convolutions of MobileNet, three passes, batch 8. They move much and compute little, so their work is counted in bytes: the
 * ceiling is a copy as long as the images lie in memory; those that lie in caches are bound by 18 operations a vector.
 */
import {
  depthwise_conv2d_f32,
  depthwise_conv2d_input_gradient_f32,
  depthwise_conv2d_kernel_gradient_f32,
} from "../../../src/kernels/families/depthwise.generated.ts";
import { conv2dGeometry } from "../../../src/ops/conv2d.ts";
import type { Workload } from "./workload.ts";

interface Depthwise {
  /** Height and width of the images. */
  readonly side: number;
  readonly channels: number;
  /** Height and width of the kernels. */
  readonly size: number;
  readonly stride: number;
  readonly quick?: boolean;
}

const images = 8;

const layers: readonly Depthwise[] = [
  { side: 112, channels: 8, size: 3, stride: 1 }, // MobileNet 0.25 at 224 pixels
  { side: 112, channels: 32, size: 3, stride: 1, quick: true },
  { side: 112, channels: 96, size: 3, stride: 2 },
  { side: 56, channels: 144, size: 3, stride: 1 },
  { side: 14, channels: 576, size: 3, stride: 1 },
  { side: 7, channels: 1024, size: 3, stride: 1 },
  { side: 48, channels: 8, size: 3, stride: 1 }, // MobileNet 0.25 at 96 pixels
  { side: 24, channels: 32, size: 3, stride: 2 },
  { side: 28, channels: 240, size: 5, stride: 1 },
];

export const depthwise: readonly Workload[] = layers.flatMap(
  ({ side, channels, size, stride, quick = false }) => {
    const geometry = conv2dGeometry([images, side, side, channels], [size, size, 1, channels], {
      padding: "same",
      strides: stride,
      groups: channels,
    });
    const [ofX, ofY] = [images * side * side * channels, images * geometry.oh * geometry.ow * channels];
    const ofKernel = size * size * channels;
    const shared = {
      group: `depthwise ${side}×${side}×${channels}, ${size}×${size}${stride > 1 ? `, stride ${stride}` : ""}`,
      quick,
      unit: "GB/s",
      work: 4 * (ofX + ofY + ofKernel),
    } as const;
    return [
      {
        ...shared,
        name: "forward",
        prepare({ kernels }, scratch) {
          const [y, x, kernel] = [scratch.floats(ofY), scratch.floats(ofX), scratch.floats(ofKernel)];
          const values = { y, x, kernel, bias: 0, geometry, activation: 0 };
          return () => kernels.run(depthwise_conv2d_f32, values);
        },
      },
      {
        ...shared,
        name: "input gradient",
        prepare({ kernels }, scratch) {
          const [dx, dy, kernel] = [scratch.floats(ofX), scratch.floats(ofY), scratch.floats(ofKernel)];
          const values = { dx, dy, kernel, geometry };
          return () => kernels.run(depthwise_conv2d_input_gradient_f32, values);
        },
      },
      {
        ...shared,
        name: "kernel gradient",
        prepare({ kernels }, scratch) {
          const [dkernel, x, dy] = [scratch.floats(ofKernel), scratch.floats(ofX), scratch.floats(ofY)];
          const values = { dkernel, x, dy, geometry };
          return () => kernels.run(depthwise_conv2d_kernel_gradient_f32, values);
        },
      },
    ] satisfies Workload[];
  },
);
