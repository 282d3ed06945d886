/** What a file of a model is, by its bytes, and why those that are not read are not. */

import { isHdf5 } from "../../src/io/hdf5/read.ts";
import { parseJson } from "../../src/io/json.ts";
import { isNpy } from "../../src/io/npz/npy.ts";
import { isOnnx } from "../../src/io/onnx/proto.ts";
import { safetensors } from "../../src/io/safetensors/format.ts";
import { isTflite } from "../../src/io/tflite/file.ts";
import { isZip, unzip } from "../../src/io/zip/archive.ts";
import type { Kind, Stranger } from "./formats.ts";

const pickle =
  "a pickle of PyTorch or Python, which can run any program when it is opened; in Python save its arrays by safetensors.torch.save_file(model.state_dict(), path), or the model by torch.onnx.export";
const strangers = {
  pickle,
  gguf: "a GGUF file of a language model, whose packed weights and layers anygrad has not; take the model's .safetensors or .onnx file",
  savedModel:
    "a SavedModel of TensorFlow, which is not read; save it by model.save('model.keras') in Python, or convert it by python -m tf2onnx.convert --saved-model FOLDER --output model.onnx",
  network:
    "a network without weights, as net.getConfig() gives it; train it by anygrad train --model FILE, and pass what that has saved",
} as const;

const text = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/**
 * The format of these bytes; undefined for what is none that is known.
 * @param name of the file: pickles of the first version are texts and nothing else tells them
 */
export function kindOf(bytes: Uint8Array, name: string): Kind | Stranger | undefined {
  if (text(bytes, 0, 4) === "GGUF") return { refused: strangers.gguf };
  if (isTflite(bytes)) return "tflite";
  if (isHdf5(bytes)) return "h5";
  if (isNpy(bytes)) return "npy";
  if (isZip(bytes)) return kindOfArchive(bytes);
  if (safetensors.recognizes(bytes)) return "safetensors";
  // the mark of versions 2 to 5; the first versions are texts
  if (bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= 5) return { refused: strangers.pickle };
  if (/[.](pkl|pickle|pt|pth)$/i.test(name)) return { refused: strangers.pickle };
  if (/(^|[/\\])saved_model[.]pb$/i.test(name)) return { refused: strangers.savedModel };
  if (isOnnx(bytes)) return "onnx";
  return kindOfText(bytes);
}

/** Archives are told by the files in them. */
function kindOfArchive(bytes: Uint8Array): Kind | Stranger | undefined {
  const names: string[] = [];
  unzip("the file", bytes, undefined, (name) => {
    names.push(name);
    return false;
  });
  if (names.some((name) => name === "config.json" || name === "model.weights.h5")) return "keras";
  if (names.some((name) => /(^|[/])data[.]pkl$/.test(name))) return { refused: strangers.pickle };
  return names.length > 0 && names.every((name) => name.endsWith(".npy")) ? "npz" : undefined;
}

function kindOfText(bytes: Uint8Array): Kind | Stranger | undefined {
  if (!/^\ufeff?\s*\{/.test(new TextDecoder().decode(bytes.subarray(0, 64)))) return undefined;
  try {
    const json = parseJson("inspect", "the file", bytes) as Readonly<Record<string, unknown>>;
    if ("modelTopology" in json) return "tfjs";
    return "layers" in json && "inputShape" in json ? { refused: strangers.network } : undefined;
  } catch {
    return undefined;
  }
}
