/** Layers that are an activation. */
import type { LateActivation } from "../../../src/layers/activationsByName.ts";
import { layers } from "../../../src/layers/index.ts";
import { image, plain, type Row, rowsOf } from "./row.ts";

export const activationsRows = rowsOf({
  activation: [
    plain(layers.activation("gelu"), "activation", "Activation", { activation: "gelu" }),
    plain(layers.activation({ activation: "softmax" }), "activation", "Activation", {
      activation: "softmax",
    }),
  ],
  relu: [
    plain(layers.relu(), "relu", "ReLU"),
    plain(layers.relu({ maxValue: 6 }), "relu", "ReLU", { maxValue: 6 }),
  ],
  leakyRelu: [
    plain(layers.leakyRelu(), "leaky_relu", "LeakyReLU", { negativeSlope: 0.3 }),
    plain(layers.leakyRelu({ negativeSlope: 0.1 }), "leaky_relu", "LeakyReLU", { negativeSlope: 0.1 }),
  ],
  elu: [plain(layers.elu({ alpha: 0.5 }), "elu", "ELU", { alpha: 0.5 })],
  gelu: [plain(layers.gelu(), "gelu", "GELU")],
  silu: [plain(layers.silu(), "silu", "SiLU")],
  sigmoid: [plain(layers.sigmoid(), "sigmoid", "Sigmoid")],
  tanh: [plain(layers.tanh(), "tanh", "Tanh")],
  softmax: [plain(layers.softmax(), "softmax", "Softmax")],
  logSoftmax: [plain(layers.logSoftmax(), "log_softmax", "LogSoftmax")],
  ...(Object.fromEntries(
    (["relu6", "selu", "hardSigmoid", "hardSwish", "mish", "softsign"] as const).map((name) => [
      name,
      [
        plain(
          layers[name](),
          name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
          "Activation",
        ),
      ],
    ]),
  ) as Record<LateActivation, Row[]>),
  softplus: [plain(layers.softplus(), "softplus", "Softplus")],
  prelu: [
    { ...plain(layers.prelu(), "prelu", "PReLU"), weights: { alpha: image } },
    { ...plain(layers.prelu({ sharedAxes: [1, 2] }), "prelu", "PReLU"), weights: { alpha: [1, 1, 4] } },
  ],
});
