/** `load`: models that `save` wrote. */
import { load } from "../../../src/model/index.ts";
import type { Target } from "../target.ts";
import { engine, expectSaved, maxBytes, smallModels } from "./saved.ts";

export const target: Target = {
  async seeds() {
    const models = await smallModels();
    const [first] = models;
    await first!.compile({ optimizer: "adam", loss: "meanSquaredError", engine });
    await first!.fit([[1, 2, 3]], [[1, 2]], { epochs: 1 });
    const plain = await Promise.all(models.map((net) => net.save()));
    return [...plain, await first!.save({ optimizer: true }), await first!.save({ weights: "int8" })];
  },
  async read(bytes) {
    await expectSaved(await load(bytes, { engine, maxBytes }));
  },
  words: [
    "inputShape",
    "layers",
    "kernelSize",
    "dilationRate",
    "__metadata__",
    "data_offsets",
    "model",
    "optimizer",
  ],
};
