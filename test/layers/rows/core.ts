/** Layers of one product, a table or an op, and those that make numbers of categories. */
import { layers } from "../../../src/layers/index.ts";
import { image, plain, rowsOf } from "./row.ts";

export const coreRows = rowsOf({
  dense: [
    {
      layer: layers.dense({ units: 5 }),
      input: [3],
      output: [5],
      weights: { kernel: [3, 5], bias: [5] },
      named: ["dense", "Dense"],
      config: { units: 5, activation: "linear", useBias: true },
    },
    {
      layer: layers.dense({ units: 2, useBias: false, activation: "softmax" }),
      input: [3],
      output: [2],
      weights: { kernel: [3, 2] },
      named: ["dense", "Dense"],
      config: { useBias: false, activation: "softmax" },
    },
  ],
  embedding: [
    {
      layer: layers.embedding({ inputDim: 7, outputDim: 3, maskZero: true }),
      input: [5],
      output: [5, 3],
      weights: { embeddings: [7, 3] },
      named: ["embedding", "Embedding"],
      config: { inputDim: 7, maskZero: true },
    },
  ],
  operation: [
    {
      layer: layers.operation({ op: "slice", attributes: { begin: [null, 1], end: [null, -1] } }),
      input: image,
      output: [5, 6, 4],
      named: ["operation", "Operation"],
      config: { op: "slice", attributes: { begin: [null, 1], end: [null, -1] } },
    },
    {
      layer: layers.operation({ op: "multiply", arguments: [{ shape: [4], trainable: true }, "input"] }),
      input: image,
      output: image,
      weights: { constant: [4] },
      named: ["operation", "Operation"],
    },
    {
      layer: layers.operation({ op: "add", arguments: ["input", { shape: [4] }] }),
      input: [4],
      output: [4],
      weights: { constant: [4] },
      named: ["operation", "Operation"],
      still: 4,
    },
  ],
  categoryEncoding: [
    {
      layer: layers.categoryEncoding({ numTokens: 6 }),
      input: [4],
      output: [6],
      named: ["category_encoding", "CategoryEncoding"],
      config: { outputMode: "multiHot" },
    },
  ],
  discretization: [
    plain(layers.discretization({ binBoundaries: [-0.5, 0, 0.5] }), "discretization", "Discretization"),
  ],
});
