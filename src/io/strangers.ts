/** Files that models and weights are not read from here, by their first bytes, and the way out. */
import { AnygradError } from "../errors.ts";

const save = "save the weights in Python by safetensors.torch.save_file(model.state_dict(), path)";

/** What to do about a file; undefined where nobody knows it. */
function wayOut(bytes: Uint8Array): string | undefined {
  const text = String.fromCharCode(...bytes.subarray(0, 40));
  const [first = 0, second = 0, third = 0] = bytes;
  if (text.startsWith("PK"))
    return `this is a zip archive: pass await readNpz(bytes) of anygrad/npz for the weights of an .npz file, or load a .keras file by loadKeras of anygrad/keras; a file of torch.save holds Python's pickles: ${save}`;
  if (text.startsWith("HDF", 1)) return "this is an HDF5 file: load it by loadKeras of anygrad/keras";
  if (text.startsWith("TFL3", 4)) return "this is a TFLite file: load it by loadTflite of anygrad/tflite";
  // its version, and the field of the producer
  if (first === 8 && second < 32 && third === 18)
    return "this seems to be an ONNX file: load it by loadOnnx of anygrad/onnx";
  if (/^\s*\{/.test(text))
    return "this is JSON: load a model.json of TensorFlow.js by loadTfjs of anygrad/tfjs";
  if (text.startsWith("GGUF"))
    return "this is a GGUF file, whose weights are packed for llama.cpp: take the model's safetensors files";
  if (first === 0x80 && second <= 5) return `these are Python's pickles, which run code: ${save}`;
  if (text.startsWith("version https://git-lfs"))
    return "this is the pointer of a file in Git LFS: fetch the file itself, by git lfs pull";
  if (/^\s*<(!doctype|html)/i.test(text))
    return "this is a page of HTML, as servers send where they have no such file: check the address";
  return undefined;
}

/** @throws AnygradError UNSUPPORTED for what another function reads, or nobody here */
export function refuseStrangers(subject: string, bytes: Uint8Array): void {
  const way = wayOut(bytes);
  if (way !== undefined) throw new AnygradError("UNSUPPORTED", `${subject}: ${way}`);
}
