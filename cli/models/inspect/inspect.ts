/** What a file of any format says of itself. */
import { type ModelFile, ofFile } from "../file.ts";
import type { FileFacts } from "./facts.ts";

/** The facts, and the bytes of all files that belong to it. @throws AnygradError that names the file */
export async function inspected({ kind, bytes, path }: ModelFile): Promise<{
  readonly facts: FileFacts;
  readonly size: number;
}> {
  const whole = (facts: FileFacts): { facts: FileFacts; size: number } => ({ facts, size: bytes.length });
  try {
    switch (kind) {
      case "onnx":
        return whole((await import("./onnx.ts")).onnxFacts(bytes));
      case "keras":
      case "h5":
        return whole((await import("./keras.ts")).kerasFacts(bytes));
      case "tfjs": {
        const { facts, more } = await (await import("./keras.ts")).tfjsFacts(bytes, path);
        return { facts, size: bytes.length + more };
      }
      case "safetensors":
        return whole((await import("./arrays.ts")).safetensorsFacts(bytes));
      case "npz":
      case "npy":
        return whole((await import("./arrays.ts")).npzFacts(bytes));
    }
  } catch (error) {
    throw ofFile(path, error);
  }
}
