/** `loadTflite`. */

import { loadTflite } from "../../../src/io/tflite/index.ts";
import recorded from "../../fixtures/tflite/models.json" with { type: "json" };
import type { Target } from "../target.ts";
import { engine, expectSaved, maxBytes } from "./saved.ts";

export const target: Target = {
  // anygrad writes none: recorded ones, the smallest
  async seeds() {
    const all = recorded.map(({ model }) => Buffer.from(model, "base64"));
    return all.sort((a, b) => a.length - b.length).slice(0, 10);
  },
  async read(bytes) {
    await expectSaved(await loadTflite(bytes as Uint8Array<ArrayBuffer>, { engine, maxBytes }));
  },
  words: ["TFL3"],
};
