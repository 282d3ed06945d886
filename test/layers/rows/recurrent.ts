/** Layers that go through sequences, and those that wrap another. */
import { layers } from "../../../src/layers/index.ts";
import { rowsOf } from "./row.ts";

export const recurrentRows = rowsOf({
  simpleRNN: [
    {
      layer: layers.simpleRNN({ units: 3, activation: "relu", useBias: false }),
      input: [5, 2],
      output: [3],
      weights: { kernel: [2, 3], recurrent_kernel: [3, 3] },
      named: ["simple_rnn", "SimpleRNN"],
      config: { activation: "relu", returnSequences: false },
    },
  ],
  lstm: [
    {
      layer: layers.lstm({ units: 3 }),
      input: [5, 2],
      output: [3],
      weights: { kernel: [2, 12], recurrent_kernel: [3, 12], bias: [12] },
      named: ["lstm", "LSTM"],
      config: { activation: "tanh", recurrentActivation: "sigmoid", unitForgetBias: true },
    },
    {
      layer: layers.lstm({ units: 3, stateful: true, batchSize: 2, returnSequences: true }),
      input: [5, 2],
      output: [5, 3],
      weights: {
        kernel: [2, 12],
        recurrent_kernel: [3, 12],
        bias: [12],
        state_h: [2, 3],
        state_c: [2, 3],
      },
      named: ["lstm", "LSTM"],
      config: { stateful: true, batchSize: 2 },
    },
    {
      layer: layers.lstm({ units: 3, returnState: "rows" }),
      input: [5, 2],
      output: [3, 3],
      weights: { kernel: [2, 12], recurrent_kernel: [3, 12], bias: [12] },
      named: ["lstm", "LSTM"],
    },
  ],
  gru: [
    {
      layer: layers.gru({ units: 3 }),
      input: [5, 2],
      output: [3],
      weights: { kernel: [2, 9], recurrent_kernel: [3, 9], bias: [2, 9] },
      named: ["gru", "GRU"],
      config: { resetAfter: true, recurrentActivation: "sigmoid" },
    },
    {
      layer: layers.gru({ units: 3, resetAfter: false, returnSequences: true, goBackwards: true }),
      input: [5, 2],
      output: [5, 3],
      weights: { kernel: [2, 9], recurrent_kernel: [3, 9], bias: [9] },
      named: ["gru", "GRU"],
      config: { goBackwards: true },
    },
  ],
  bidirectional: [
    {
      layer: layers.bidirectional({ layer: layers.gru({ units: 3, returnSequences: true }) }),
      input: [5, 2],
      output: [5, 6],
      weights: {
        forward_kernel: [2, 9],
        forward_recurrent_kernel: [3, 9],
        forward_bias: [2, 9],
        backward_kernel: [2, 9],
        backward_recurrent_kernel: [3, 9],
        backward_bias: [2, 9],
      },
      named: ["bidirectional", "Bidirectional"],
      config: { mergeMode: "concat", layer: { type: "gru" } },
    },
    {
      layer: layers.bidirectional({
        layer: layers.simpleRNN({ units: 3 }),
        backwardLayer: layers.lstm({ units: 3, goBackwards: true, useBias: false }),
        mergeMode: "ave",
      }),
      input: [5, 2],
      output: [3],
      weights: {
        forward_kernel: [2, 3],
        forward_recurrent_kernel: [3, 3],
        forward_bias: [3],
        backward_kernel: [2, 12],
        backward_recurrent_kernel: [3, 12],
      },
      named: ["bidirectional", "Bidirectional"],
      config: { mergeMode: "ave", backwardLayer: { type: "lstm" } },
    },
  ],
  timeDistributed: [
    {
      layer: layers.timeDistributed({ layer: layers.dense({ units: 3 }) }),
      input: [5, 2],
      output: [5, 3],
      weights: { kernel: [2, 3], bias: [3] },
      named: ["time_distributed", "TimeDistributed"],
      config: { layer: { type: "dense" } },
    },
    {
      layer: layers.timeDistributed({ layer: layers.conv2d({ filters: 2, kernelSize: 3 }) }),
      input: [5, 4, 4, 1],
      output: [5, 2, 2, 2],
      weights: { kernel: [3, 3, 1, 2], bias: [2] },
      named: ["time_distributed", "TimeDistributed"],
    },
  ],
  masking: [
    {
      layer: layers.masking({ maskValue: -1 }),
      input: [5, 2],
      output: [5, 2],
      named: ["masking", "Masking"],
      config: { maskValue: -1 },
    },
  ],
});
