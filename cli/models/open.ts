/** A model of any format that is read, ready to predict. */
import type { RunJson } from "../../runs/schema.ts";
import type { Engine } from "../../src/autograd/engine.ts";
import { AnygradError } from "../../src/errors.ts";
import { headerOf } from "../../src/io/safetensors/header.ts";
import { load, type Model } from "../../src/model/index.ts";
import type { CustomGiven } from "../../src/model/saving/custom.ts";
import type { Pixels } from "../options/baseOptions.ts";
import { asGraphShapes, asInputShape, type OpenShapes } from "../options/shapes.ts";
import { type ModelFile, ofFile, readModelFile } from "./file.ts";
import { saysPixels, withPixels } from "./pixels.ts";

/** What a model is opened with. */
export interface OpenOptions {
  readonly engine: Engine;
  /** What `--custom` defines. */
  readonly custom: readonly CustomGiven[];
  /** Is told what of a file was left out that predictions do not need. */
  readonly note: (text: string) => void;
  /** What the model takes for pixels. Default: as it says, or is known of its name. */
  readonly pixels?: Pixels | undefined;
  /** Sizes of inputs that the file leaves open. */
  readonly shapes?: OpenShapes | undefined;
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
    const { pixels = file.pixels } = options;
    if (options.custom.length > 0 && (file.kind === "onnx" || file.kind === "tflite"))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `--custom defines layers that a file holds by name, and ${file.kind === "onnx" ? "ONNX" : "TFLite"} holds operators; leave it out`,
      );
    const net = await loaded(file, options);
    if (options.pixels && saysPixels(net))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${path}: --pixels is for models that do not say what becomes of bytes, and this one does; leave it out`,
      );
    return { net: pixels ? await withPixels(net, pixels) : net, file, run: file.run };
  } catch (error) {
    throw file.kind === "safetensors" ? error : inFlags(ofFile(path, error)); // load tells of its own
  }
}

/** An error that names options of the library, as one that names those of the command line. */
function inFlags(error: unknown): unknown {
  if (!(error instanceof AnygradError)) return error;
  const message = error.message
    .replace(/say it, as \{ inputShape: .*?\}/, "say it by --shapes, as in --shapes 224x224x3")
    .replace(/pass them as shapes: .*$/, "pass them by --shapes, as in --shapes NAME=3x224x224");
  return message === error.message ? error : new AnygradError(error.code, message, { cause: error });
}

async function loaded({ kind, bytes, path, beside }: ModelFile, options: OpenOptions): Promise<Model> {
  const { engine, custom, note, shapes } = options;
  const inputShape = asInputShape(shapes);
  const onNote = (text: string): void => note(`${path}: ${text}`);
  switch (kind) {
    case "safetensors":
      if (!("model" in headerOf(bytes).metadata))
        throw withoutNetwork(path, "readSafetensors", "safetensors");
      refuseShapes(path, shapes);
      return load(bytes, { engine, custom });
    case "onnx": {
      const { loadOnnx } = await import("../../src/io/onnx/index.ts");
      const { onnxFacts } = await import("./inspect/onnx.ts");
      const sizes = asGraphShapes(shapes, () => onnxFacts(bytes).inputs!.map(({ name }) => name));
      return loadOnnx(bytes, { engine, externalData: beside, ...(sizes && { shapes: sizes }) });
    }
    case "keras":
    case "h5": {
      const { loadKeras } = await import("../../src/io/keras/index.ts");
      return loadKeras(bytes, { engine, custom, onNote, ...(inputShape && { inputShape }) });
    }
    case "tfjs": {
      const { loadTfjs } = await import("../../src/io/tfjs/index.ts");
      return loadTfjs(bytes, {
        engine,
        custom,
        onNote,
        fetchWeights: beside,
        ...(inputShape && { inputShape }),
      });
    }
    case "tflite": {
      const { loadTflite } = await import("../../src/io/tflite/index.ts");
      const { tfliteFacts } = await import("./inspect/tflite.ts");
      const sizes = asGraphShapes(shapes, () => tfliteFacts(bytes).inputs!.map(({ name }) => name));
      return loadTflite(bytes, { engine, ...(sizes && { shapes: sizes }) });
    }
    default:
      throw withoutNetwork(path, "readNpz", "npz");
  }
}

/** @throws AnygradError INVALID_ARGUMENT for a file that says all sizes */
function refuseShapes(path: string, shapes: OpenShapes | undefined): void {
  if (!shapes) return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `--shapes is for files that leave sizes open, and ${path} says all of them; leave it out`,
  );
}

/** The error for arrays alone. @param reader of the entry in the library that gives them */
function withoutNetwork(path: string, reader: string, entry: string): AnygradError {
  return new AnygradError(
    "UNSUPPORTED",
    `${path}: it holds arrays and no network; build the network in code and call net.loadWeights(await ${reader}(bytes)), by anygrad/${entry}`,
  );
}
