/** Layers of convolution. */
import { layers } from "../../../src/layers/index.ts";
import { image, rowsOf, sequence } from "./row.ts";

export const convolutionRows = rowsOf({
  conv1d: [
    {
      layer: layers.conv1d({ filters: 8, kernelSize: 3 }),
      input: sequence,
      output: [7, 8],
      weights: { kernel: [3, 4, 8], bias: [8] },
      named: ["conv1d", "Conv1D"],
      config: { strides: 1, padding: "valid", dilationRate: 1, groups: 1 },
    },
    {
      layer: layers.conv1d({ filters: 4, kernelSize: 3, padding: "causal", dilationRate: 2, groups: 2 }),
      input: sequence,
      output: [9, 4],
      weights: { kernel: [3, 2, 4], bias: [4] },
      named: ["conv1d", "Conv1D"],
    },
  ],
  depthwiseConv1d: [
    {
      layer: layers.depthwiseConv1d({ kernelSize: 3, depthMultiplier: 2, padding: "causal" }),
      input: sequence,
      output: [9, 8],
      weights: { kernel: [3, 4, 2], bias: [8] },
      named: ["depthwise_conv1d", "DepthwiseConv1D"],
      config: { depthMultiplier: 2 },
    },
  ],
  separableConv1d: [
    {
      layer: layers.separableConv1d({ filters: 5, kernelSize: 2, strides: 2 }),
      input: sequence,
      output: [4, 5],
      weights: { depthwise_kernel: [2, 4, 1], pointwise_kernel: [1, 4, 5], bias: [5] },
      named: ["separable_conv1d", "SeparableConv1D"],
      config: { depthMultiplier: 1, useBias: true },
    },
  ],
  conv2d: [
    {
      layer: layers.conv2d({ filters: 8, kernelSize: 3 }),
      input: image,
      output: [5, 4, 8],
      weights: { kernel: [3, 3, 4, 8], bias: [8] },
      named: ["conv2d", "Conv2D"],
      config: {
        filters: 8,
        kernelSize: [3, 3],
        strides: [1, 1],
        padding: "valid",
        dilationRate: [1, 1],
        groups: 1,
      },
    },
    {
      layer: layers.conv2d({
        filters: 8,
        kernelSize: [2, 3],
        strides: [2, 1],
        padding: "same",
        groups: 2,
        useBias: false,
      }),
      input: image,
      output: [4, 6, 8],
      weights: { kernel: [2, 3, 2, 8] },
      named: ["conv2d", "Conv2D"],
      config: { strides: [2, 1], padding: "same", groups: 2 },
    },
    {
      layer: layers.conv2d({ filters: 1, kernelSize: 3, dilationRate: [3, 2], activation: "elu" }),
      input: image,
      output: [1, 2, 1],
      weights: { kernel: [3, 3, 4, 1], bias: [1] },
      named: ["conv2d", "Conv2D"],
      config: { dilationRate: [3, 2] },
    },
  ],
  depthwiseConv2d: [
    {
      layer: layers.depthwiseConv2d({ kernelSize: 3 }),
      input: image,
      output: [5, 4, 4],
      weights: { kernel: [3, 3, 4, 1], bias: [4] },
      named: ["depthwise_conv2d", "DepthwiseConv2D"],
      config: { depthMultiplier: 1 },
    },
    {
      layer: layers.depthwiseConv2d({
        kernelSize: [3, 1],
        strides: 2,
        padding: "same",
        depthMultiplier: 3,
        useBias: false,
      }),
      input: image,
      output: [4, 3, 12],
      weights: { kernel: [3, 1, 4, 3] },
      named: ["depthwise_conv2d", "DepthwiseConv2D"],
      config: { depthMultiplier: 3 },
    },
  ],
  separableConv2d: [
    {
      layer: layers.separableConv2d({ filters: 5, kernelSize: [3, 2], depthMultiplier: 2, useBias: false }),
      input: image,
      output: [5, 5, 5],
      weights: { depthwise_kernel: [3, 2, 4, 2], pointwise_kernel: [1, 1, 8, 5] },
      named: ["separable_conv2d", "SeparableConv2D"],
      config: { depthMultiplier: 2, useBias: false },
    },
  ],
  conv2dTranspose: [
    {
      layer: layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: "same" }),
      input: image,
      output: [14, 12, 3],
      weights: { kernel: [3, 3, 3, 4], bias: [3] },
      named: ["conv2d_transpose", "Conv2DTranspose"],
      config: { strides: [2, 2], padding: "same" },
    },
    {
      layer: layers.conv2dTranspose({
        filters: 2,
        kernelSize: [2, 4],
        strides: [3, 2],
        outputPadding: [1, 0],
      }),
      input: image,
      output: [21, 14, 2],
      weights: { kernel: [2, 4, 2, 4], bias: [2] },
      named: ["conv2d_transpose", "Conv2DTranspose"],
      config: { outputPadding: [1, 0] },
    },
  ],
});
