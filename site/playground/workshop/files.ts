/** Models as files, in every format that anygrad writes and reads. Each is loaded when it is asked for. */
import { AnygradError, type Engine, load, type Model } from "anygrad";
import type { ModelFormat } from "../training/messages.ts";

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export async function modelFiles(net: Model, format: ModelFormat): Promise<NamedBytes[]> {
  switch (format) {
    case "safetensors":
      return [{ name: "model.safetensors", bytes: await net.save() }];
    case "keras":
      return [{ name: "model.keras", bytes: owned((await import("anygrad/keras")).saveKeras(net)) }];
    case "onnx":
      return [
        { name: "model.onnx", bytes: owned((await import("anygrad/onnx")).saveOnnx(net) as Uint8Array) },
      ];
    case "tfjs":
      return Object.entries((await import("anygrad/tfjs")).saveTfjs(net)).map(([name, content]) => ({
        name,
        bytes: owned(typeof content === "string" ? new TextEncoder().encode(content) : content),
      }));
    case "npz": {
      const arrays = net.getWeights().map(({ name, shape, data }) => [name, { shape, data }] as const);
      return [
        {
          name: "weights.npz",
          bytes: owned((await import("anygrad/npz")).writeNpz(Object.fromEntries(arrays))),
        },
      ];
    }
  }
}

/** @throws AnygradError for what is no model */
export async function modelFrom(
  files: readonly { name: string; bytes: Uint8Array }[],
  engine: Engine,
): Promise<Model> {
  const main = files.find(({ name }) => /[.](safetensors|keras|h5|onnx|tflite|json)$/.test(name));
  const [, ending] = main?.name.match(/[.](\w+)$/) ?? [];
  const bytes = main && owned(main.bytes);
  switch (ending) {
    case "safetensors":
      return load(bytes!, { engine });
    case "keras":
    case "h5":
      return (await import("anygrad/keras")).loadKeras(bytes!, { engine }) as Promise<Model>;
    case "onnx":
      return (await import("anygrad/onnx")).loadOnnx(bytes!, { engine }) as unknown as Promise<Model>;
    case "tflite":
      return (await import("anygrad/tflite")).loadTflite(bytes!, { engine }) as unknown as Promise<Model>;
    case "json": {
      const beside = Object.fromEntries(files.map((each) => [each.name, owned(each.bytes)]));
      const { loadTfjs } = await import("anygrad/tfjs");
      const text = new TextDecoder().decode(bytes);
      return loadTfjs({ ...beside, "model.json": text } as never, { engine }) as Promise<Model>;
    }
    default:
      throw new AnygradError(
        "DATA_FORMAT",
        `${files.map(({ name }) => name).join(", ")}: no model file; open one of .safetensors, .keras, .h5, .onnx, .tflite, or a TensorFlow.js model.json with its weights`,
      );
  }
}

function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
