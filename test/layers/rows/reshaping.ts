/** Layers that lay numbers out anew. */
import { layers } from "../../../src/layers/index.ts";
import { image, rowsOf, sequence } from "./row.ts";

export const reshapingRows = rowsOf({
  flatten: [{ layer: layers.flatten(), input: image, output: [168], named: ["flatten", "Flatten"] }],
  reshape: [
    {
      layer: layers.reshape({ targetShape: [2, 84] }),
      input: image,
      output: [2, 84],
      named: ["reshape", "Reshape"],
      config: { targetShape: [2, 84] },
    },
    {
      layer: layers.reshape({ targetShape: [4, -1, 3] }),
      input: [24],
      output: [4, 2, 3],
      named: ["reshape", "Reshape"],
    },
  ],
  permute: [
    {
      layer: layers.permute({ dims: [3, 1, 2] }),
      input: image,
      output: [4, 7, 6],
      named: ["permute", "Permute"],
      config: { dims: [3, 1, 2] },
    },
  ],
  repeatVector: [
    {
      layer: layers.repeatVector({ n: 4 }),
      input: [3],
      output: [4, 3],
      named: ["repeat_vector", "RepeatVector"],
      config: { n: 4 },
    },
  ],
  sequenceRows: [
    {
      layer: layers.sequenceRows({ begin: 1, end: 3 }),
      input: [5, 2],
      output: [2, 2],
      named: ["sequence_rows", "GetItem"],
      config: { begin: 1, end: 3 },
    },
    {
      layer: layers.sequenceRows({ begin: 4 }),
      input: [5, 2],
      output: [2],
      named: ["sequence_rows", "GetItem"],
    },
  ],
  zeroPadding1d: [
    {
      layer: layers.zeroPadding1d({ padding: [0, 3] }),
      input: sequence,
      output: [12, 4],
      named: ["zero_padding1d", "ZeroPadding1D"],
      config: { padding: [0, 3] },
    },
  ],
  zeroPadding2d: [
    {
      layer: layers.zeroPadding2d(),
      input: image,
      output: [9, 8, 4],
      named: ["zero_padding2d", "ZeroPadding2D"],
      config: { padding: [[1, 1], [1, 1]] }, // biome-ignore format: a line an option
    },
  ],
  cropping1d: [
    {
      layer: layers.cropping1d(),
      input: sequence,
      output: [7, 4],
      named: ["cropping1d", "Cropping1D"],
      config: { cropping: [1, 1] },
    },
  ],
  cropping2d: [
    {
      layer: layers.cropping2d({ cropping: [[1, 2], [0, 3]] }), // biome-ignore format: a line an option
      input: image,
      output: [4, 3, 4],
      named: ["cropping2d", "Cropping2D"],
    },
  ],
  centerCrop: [
    {
      layer: layers.centerCrop({ height: 4, width: 6 }),
      input: image,
      output: [4, 6, 4],
      named: ["center_crop", "CenterCrop"],
    },
  ],
  upSampling1d: [
    {
      layer: layers.upSampling1d(),
      input: sequence,
      output: [18, 4],
      named: ["up_sampling1d", "UpSampling1D"],
      config: { size: 2 },
    },
  ],
  upSampling2d: [
    {
      layer: layers.upSampling2d(),
      input: image,
      output: [14, 12, 4],
      named: ["up_sampling2d", "UpSampling2D"],
      config: { size: [2, 2], interpolation: "nearest" },
    },
    {
      layer: layers.upSampling2d({ size: [1, 3], interpolation: "bilinear" }),
      input: image,
      output: [7, 18, 4],
      named: ["up_sampling2d", "UpSampling2D"],
    },
  ],
  resizing: [
    {
      layer: layers.resizing({ height: 3, width: 8 }),
      input: image,
      output: [3, 8, 4],
      named: ["resizing", "Resizing"],
      config: { interpolation: "bilinear" },
    },
  ],
});
