/** The files of a model in each format that `anygrad export` writes. */
import { basename, dirname, join } from "node:path";
import type { Model, SaveOptions } from "../../src/model/index.ts";

/** Formats that are written. */
export const exportFormats = ["onnx", "keras", "tfjs", "safetensors", "npz"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A file to be written. */
export interface Written {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * What a model becomes: one file, of TensorFlow.js two, the one that names the other last.
 * @param out the file; of TensorFlow.js a folder, or the model.json in it
 * @param opset of ONNX
 * @param stored how safetensors and ONNX hold weights
 * @throws AnygradError UNSUPPORTED for what the format has not
 */
export async function exported(
  net: Model,
  format: ExportFormat,
  out: string,
  opset: number | undefined,
  stored: SaveOptions,
): Promise<readonly Written[]> {
  switch (format) {
    case "onnx": {
      const { saveOnnx } = await import("../../src/io/onnx/index.ts");
      return [{ path: out, bytes: saveOnnx(net, { ...(opset !== undefined && { opset }), ...stored }) }];
    }
    case "keras": {
      const { saveKeras } = await import("../../src/io/keras/index.ts");
      return [{ path: out, bytes: saveKeras(net) }];
    }
    case "tfjs": {
      const { saveTfjs } = await import("../../src/io/tfjs/index.ts");
      const files = saveTfjs(net);
      const isFile = /[.]json$/i.test(out);
      const folder = isFile ? dirname(out) : out;
      const json = new TextEncoder().encode(files["model.json"]);
      return [
        { path: join(folder, "weights.bin"), bytes: files["weights.bin"] },
        { path: join(folder, isFile ? basename(out) : "model.json"), bytes: json },
      ];
    }
    case "safetensors":
      return [{ path: out, bytes: await net.save(stored) }];
    case "npz": {
      const { writeNpz } = await import("../../src/io/npz/index.ts");
      return [{ path: out, bytes: writeNpz(net.getWeights()) }];
    }
  }
}
