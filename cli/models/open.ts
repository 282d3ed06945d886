/** A model of any format that is read, ready to predict. */
import type { RunJson } from "../../runs/schema.ts";
import type { Engine } from "../../src/autograd/engine.ts";
import { AnygradError } from "../../src/errors.ts";
import { headerOf } from "../../src/io/safetensors/header.ts";
import { load, type Model } from "../../src/model/index.ts";
import type { CustomGiven } from "../../src/model/saving/custom.ts";
import { besides, type ModelFile, ofFile, readModelFile } from "./file.ts";

/** What a model is opened with. */
export interface OpenOptions {
  readonly engine: Engine;
  /** What `--custom` defines. */
  readonly custom: readonly CustomGiven[];
  /** Is told what of a file was left out that predictions do not need. */
  readonly note: (text: string) => void;
}

/** A model, and the file that it came from. */
export interface Opened {
  readonly net: Model;
  readonly file: ModelFile;
  /** The run.json beside it, where there is one. */
  readonly run: RunJson | undefined;
}

/** @throws AnygradError as `readModelFile` and the formats do, each beginning with the path */
export async function openModel(path: string, options: OpenOptions): Promise<Opened> {
  const file = await readModelFile(path);
  try {
    return { net: await loaded(file, options), file, run: file.run };
  } catch (error) {
    throw file.kind === "safetensors" ? error : ofFile(path, error); // load tells of its own
  }
}

async function loaded({ kind, bytes, path }: ModelFile, options: OpenOptions): Promise<Model> {
  const { engine, custom, note } = options;
  const onNote = (text: string): void => note(`${path}: ${text}`);
  switch (kind) {
    case "safetensors":
      if (!("model" in headerOf(bytes).metadata))
        throw withoutNetwork(path, "readSafetensors", "safetensors");
      return load(bytes, { engine, custom });
    case "onnx": {
      const { loadOnnx } = await import("../../src/io/onnx/index.ts");
      return loadOnnx(bytes, { engine, externalData: besides(path) });
    }
    case "keras":
    case "h5": {
      const { loadKeras } = await import("../../src/io/keras/index.ts");
      return loadKeras(bytes, { engine, custom, onNote });
    }
    case "tfjs": {
      const { loadTfjs } = await import("../../src/io/tfjs/index.ts");
      return loadTfjs(bytes, { engine, custom, onNote, fetchWeights: besides(path) });
    }
    case "tflite": {
      const { loadTflite } = await import("../../src/io/tflite/index.ts");
      return loadTflite(bytes, { engine });
    }
    default:
      throw withoutNetwork(path, "readNpz", "npz");
  }
}

/** The error for arrays alone. @param reader of the entry in the library that gives them */
function withoutNetwork(path: string, reader: string, entry: string): AnygradError {
  return new AnygradError(
    "UNSUPPORTED",
    `${path}: it holds arrays and no network; build the network in code and call net.loadWeights(await ${reader}(bytes)), by anygrad/${entry}`,
  );
}
