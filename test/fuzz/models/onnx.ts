/** `loadOnnx`. */

import { loadOnnx, saveOnnx } from "../../../src/io/onnx/index.ts";
import recorded from "../../fixtures/onnx/pytorch.json" with { type: "json" };
import type { Target } from "../target.ts";
import { engine, expectSaved, maxBytes, smallModels } from "./saved.ts";

export const target: Target = {
  async seeds() {
    const own = (await smallModels()).map((net) => saveOnnx(net));
    const others = recorded
      .map(({ model }) => Buffer.from(model, "base64"))
      .sort((a, b) => a.length - b.length);
    return [...own, ...others.slice(0, 6)];
  },
  async read(bytes) {
    await expectSaved(await loadOnnx(bytes as Uint8Array<ArrayBuffer>, { engine, maxBytes }));
  },
  words: [
    "Conv",
    "Gemm",
    "MatMul",
    "Reshape",
    "Constant",
    "Expand",
    "Pad",
    "Tile",
    "Slice",
    "Resize",
    "LSTM",
    "Range",
    "ConstantOfShape",
    "dilations",
    "kernel_shape",
    "pads",
    "axes",
  ],
};
