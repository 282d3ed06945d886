/** Layers that bring numbers to a scale. */
import { layers } from "../../../src/layers/index.ts";
import { image, plain, rowsOf } from "./row.ts";

const bn = { gamma: [4], beta: [4], moving_mean: [4], moving_variance: [4] };

export const normalizationRows = rowsOf({
  rescaling: [
    plain(layers.rescaling({ scale: 2, offset: -1 }), "rescaling", "Rescaling", { scale: 2, offset: -1 }),
  ],
  normalization: [
    {
      ...plain(
        layers.normalization({ mean: [0, 1, 2, 3], variance: [1, 1, 4, 4] }),
        "normalization",
        "Normalization",
      ),
      weights: { mean: [4], variance: [4] },
      still: 8,
    },
  ],
  batchNormalization: [
    {
      layer: layers.batchNormalization(),
      input: image,
      output: image,
      weights: bn,
      named: ["batch_normalization", "BatchNormalization"],
      config: { momentum: 0.99, epsilon: 1e-3 },
    },
    {
      layer: layers.batchNormalization({ momentum: 0.5, epsilon: 0.1 }),
      input: [4],
      output: [4],
      weights: bn,
      named: ["batch_normalization", "BatchNormalization"],
      config: { momentum: 0.5, epsilon: 0.1 },
    },
  ],
  layerNormalization: [
    {
      layer: layers.layerNormalization({ gammaInitializer: "zeros" }),
      input: image,
      output: image,
      weights: { gamma: [4], beta: [4] },
      named: ["layer_normalization", "LayerNormalization"],
      config: { epsilon: 1e-3, gammaInitializer: { type: "zeros" } },
    },
  ],
  groupNormalization: [
    {
      ...plain(layers.groupNormalization({ groups: 2 }), "group_normalization", "GroupNormalization", {
        groups: 2,
        axis: -1,
        epsilon: 1e-3,
      }),
      weights: { gamma: [4], beta: [4] },
    },
  ],
  rmsNormalization: [
    {
      ...plain(layers.rmsNormalization(), "rms_normalization", "RMSNormalization", { epsilon: 1e-6 }),
      weights: { scale: [4] },
    },
  ],
  unitNormalization: [
    plain(layers.unitNormalization({ axis: [1, 2] }), "unit_normalization", "UnitNormalization"),
  ],
});
