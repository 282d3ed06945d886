/** `loadKeras`: archives .keras, and HDF5 files. */
import { loadKeras, readKerasWeights, saveKeras } from "../../../src/io/keras/index.ts";
import { unzip, zip } from "../../../src/io/zip/archive.ts";
import { passed } from "../judge.ts";
import { joined, parts } from "../parts.ts";
import type { Target } from "../target.ts";
import { engine, expectSaved, maxBytes, smallModels } from "./saved.ts";

/** The model whose weights are read from files of weights alone. */
const net = (await smallModels())[0]!;
const names = ["config.json", "model.weights.h5"] as const;

/** The archive of a description and weights, with right checksums, or the bytes themselves. */
function fileOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  if (bytes[0] !== 0x7b) return bytes as Uint8Array<ArrayBuffer>;
  const files = parts(bytes, names.length).map((part, i) => [names[i]!, part]);
  return zip(Object.fromEntries(files), false);
}

export const target: Target = {
  async seeds() {
    const archives = (await smallModels()).map((net) => saveKeras(net));
    const files = archives.map((bytes) => unzip("seed", bytes));
    const taken = files.map((each) => joined(names.map((name) => each.get(name)!)));
    return [...taken, archives[0]!, files[0]!.get("model.weights.h5")!];
  },
  async read(bytes) {
    await passed(() => readKerasWeights(fileOf(bytes), net, { maxBytes }));
    await expectSaved(await loadKeras(fileOf(bytes), { engine, maxBytes, onNote: () => {} }));
  },
  words: [
    "class_name",
    "config",
    "registered_name",
    "inbound_nodes",
    "keras_history",
    "__keras_tensor__",
    "batch_shape",
    "OHDR",
    "TREE",
    "HEAP",
    "SNOD",
  ],
};
