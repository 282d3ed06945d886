/** What a file of any format says of itself. */
import { stat } from "node:fs/promises";
import { besidePath, type ModelFile, ofFile } from "../file.ts";
import type { FileFacts } from "./facts.ts";

/** The facts, and the bytes of the file and of those that it names. @throws AnygradError that names the file */
export async function inspected(file: ModelFile): Promise<{
  readonly facts: FileFacts;
  readonly size: number;
}> {
  try {
    const facts = await factsOf(file);
    let size = file.bytes.length;
    for (const path of facts.beside ?? []) {
      const there = await stat(besidePath(file.path, path)).catch(() => undefined);
      size += there?.size ?? (await file.beside(path).catch(() => undefined))?.length ?? 0;
    }
    return { facts, size };
  } catch (error) {
    throw ofFile(file.path, error);
  }
}

async function factsOf({ kind, bytes }: ModelFile): Promise<FileFacts> {
  switch (kind) {
    case "onnx":
      return (await import("./onnx.ts")).onnxFacts(bytes);
    case "keras":
    case "h5":
      return (await import("./keras.ts")).kerasFacts(bytes);
    case "tfjs":
      return (await import("./keras.ts")).tfjsFacts(bytes);
    case "tflite":
      return (await import("./tflite.ts")).tfliteFacts(bytes);
    case "safetensors":
      return (await import("./arrays.ts")).safetensorsFacts(bytes);
    case "npz":
    case "npy":
      return (await import("./arrays.ts")).npzFacts(bytes);
  }
}
