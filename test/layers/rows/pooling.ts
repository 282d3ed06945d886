/** Layers of pooling. */
import { layers } from "../../../src/layers/index.ts";
import { image, rowsOf, sequence } from "./row.ts";

export const poolingRows = rowsOf({
  maxPooling1d: [
    {
      layer: layers.maxPooling1d(),
      input: sequence,
      output: [4, 4],
      named: ["max_pooling1d", "MaxPooling1D"],
      config: { poolSize: 2, strides: 2, padding: "valid" },
    },
  ],
  maxPooling2d: [
    {
      layer: layers.maxPooling2d(),
      input: image,
      output: [3, 3, 4],
      named: ["max_pooling2d", "MaxPooling2D"],
      config: { poolSize: [2, 2], strides: [2, 2], padding: "valid" },
    },
    {
      layer: layers.maxPooling2d({ poolSize: [3, 2], strides: 1, padding: "same" }),
      input: image,
      output: [7, 6, 4],
      named: ["max_pooling2d", "MaxPooling2D"],
    },
  ],
  averagePooling1d: [
    {
      layer: layers.averagePooling1d({ poolSize: 3, padding: "same" }),
      input: sequence,
      output: [3, 4],
      named: ["average_pooling1d", "AveragePooling1D"],
    },
  ],
  averagePooling2d: [
    {
      layer: layers.averagePooling2d({ poolSize: 3 }),
      input: image,
      output: [2, 2, 4],
      named: ["average_pooling2d", "AveragePooling2D"],
      config: { strides: [3, 3] },
    },
    {
      layer: layers.averagePooling2d({ padding: "same" }),
      input: image,
      output: [4, 3, 4],
      named: ["average_pooling2d", "AveragePooling2D"],
    },
  ],
  globalAveragePooling1d: [
    {
      layer: layers.globalAveragePooling1d(),
      input: sequence,
      output: [4],
      named: ["global_average_pooling1d", "GlobalAveragePooling1D"],
      config: { keepdims: false },
    },
  ],
  globalAveragePooling2d: [
    {
      layer: layers.globalAveragePooling2d(),
      input: image,
      output: [4],
      named: ["global_average_pooling2d", "GlobalAveragePooling2D"],
    },
    {
      layer: layers.globalAveragePooling2d({ keepdims: true }),
      input: image,
      output: [1, 1, 4],
      named: ["global_average_pooling2d", "GlobalAveragePooling2D"],
      config: { keepdims: true },
    },
  ],
  globalMaxPooling1d: [
    {
      layer: layers.globalMaxPooling1d({ keepdims: true }),
      input: sequence,
      output: [1, 4],
      named: ["global_max_pooling1d", "GlobalMaxPooling1D"],
    },
  ],
  globalMaxPooling2d: [
    {
      layer: layers.globalMaxPooling2d(),
      input: image,
      output: [4],
      named: ["global_max_pooling2d", "GlobalMaxPooling2D"],
    },
  ],
});
