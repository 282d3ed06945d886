/** What a TFLite file says of itself; its operators need not be known. */
import { bytesOfElement } from "../../../src/io/elements.ts";
import {
  decodeTflite,
  elementTypes,
  type TfliteGraph,
  type TfliteTensor,
} from "../../../src/io/tflite/file.ts";
import { counted, type End, type FileFacts, type Held } from "./facts.ts";

/** @throws AnygradError DATA_FORMAT */
export function tfliteFacts(bytes: Uint8Array): FileFacts {
  const { version, description, graphs, metadata } = decodeTflite("inspect", bytes);
  const [main] = graphs as readonly [TfliteGraph, ...TfliteGraph[]];
  const runtime = textOf(metadata.min_runtime_version);
  return {
    version: `schema ${version}`,
    producer: description || undefined,
    inputs: main.inputs.map((i) => endOf(main.tensors[i]!)),
    outputs: main.outputs.map((i) => endOf(main.tensors[i]!)),
    operators: counted(
      graphs.flatMap(({ operators }) =>
        operators.map(({ name, isCustom }) => (isCustom ? `custom.${name}` : name)),
      ),
    ),
    arrays: graphs.flatMap(({ tensors }) => tensors.filter((each) => each.bytes).map(heldOf)),
    texts: {
      ...(runtime && { "runtime at least": runtime }),
      ...(graphs.length > 1 && { graphs: graphs.map(({ name }) => name || "unnamed").join(", ") }),
    },
  };
}

const textOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && new TextDecoder().decode(bytes).replace(/\0.*$/s, "");

const typeOf = ({ type, quantization }: TfliteTensor): string => {
  const name = elementTypes[type] ?? `type ${type}`;
  return quantization ? `${name}, quantised` : name;
};

const endOf = (tensor: TfliteTensor): End => ({
  name: tensor.name,
  dtype: typeOf(tensor),
  shape: (tensor.signature ?? tensor.shape).map((n) => (n >= 0 ? n : null)),
});

function heldOf(tensor: TfliteTensor): Held {
  const { name, shape, type, bytes } = tensor;
  const isKnown = elementTypes[type] !== undefined && (elementTypes[type] as string) in bytesOfElement;
  return { name, dtype: typeOf(tensor), shape, bytes: isKnown ? bytes!.length : undefined };
}
