/** Layers of attention. */
import { layers } from "../../../src/layers/index.ts";
import { rowsOf, sequence } from "./row.ts";

export const attentionRows = rowsOf({
  attention: [
    {
      layer: layers.attention({ useScale: true }),
      input: sequence,
      output: sequence,
      weights: { scale: [] },
      named: ["attention", "Attention"],
      config: { scoreMode: "dot", dropout: 0 },
    },
  ],
  additiveAttention: [
    {
      layer: layers.additiveAttention(),
      input: sequence,
      output: sequence,
      weights: { scale: [4] },
      named: ["additive_attention", "AdditiveAttention"],
    },
  ],
  multiHeadAttention: [
    {
      layer: layers.multiHeadAttention({ numHeads: 2, keyDim: 3 }),
      input: sequence,
      output: sequence,
      weights: {
        query_kernel: [4, 2, 3],
        query_bias: [2, 3],
        key_kernel: [4, 2, 3],
        key_bias: [2, 3],
        value_kernel: [4, 2, 3],
        value_bias: [2, 3],
        attention_output_kernel: [2, 3, 4],
        attention_output_bias: [4],
      },
      named: ["multi_head_attention", "MultiHeadAttention"],
      config: { valueDim: 3, useBias: true, dropout: 0 },
    },
  ],
});
