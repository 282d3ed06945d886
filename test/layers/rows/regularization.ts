/** Layers that hinder overfitting. */
import { layers } from "../../../src/layers/index.ts";
import { plain, rowsOf, sequence } from "./row.ts";

export const regularizationRows = rowsOf({
  dropout: [
    plain(layers.dropout({ rate: 0.25 }), "dropout", "Dropout", { rate: 0.25 }),
    plain(layers.dropout({ rate: 0.25, noiseShape: [null, 1, 1, 4] }), "dropout", "Dropout", {
      rate: 0.25,
      noiseShape: [null, 1, 1, 4],
    }),
  ],
  spatialDropout1d: [
    {
      layer: layers.spatialDropout1d({ rate: 0.5 }),
      input: sequence,
      output: sequence,
      named: ["spatial_dropout1d", "SpatialDropout1D"],
    },
  ],
  spatialDropout2d: [plain(layers.spatialDropout2d({ rate: 0.5 }), "spatial_dropout2d", "SpatialDropout2D")],
  gaussianNoise: [plain(layers.gaussianNoise({ stddev: 0.5 }), "gaussian_noise", "GaussianNoise")],
  gaussianDropout: [plain(layers.gaussianDropout({ rate: 0.5 }), "gaussian_dropout", "GaussianDropout")],
  activityRegularization: [
    plain(layers.activityRegularization({ l1: 0.1 }), "activity_regularization", "ActivityRegularization", {
      l1: 0.1,
      l2: 0,
    }),
  ],
});
