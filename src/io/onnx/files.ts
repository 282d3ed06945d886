/** Weights in files beside the model, as large models have them. */
import { AnygradError, quote } from "../../errors.ts";
import { type ByteSource, bytesOf, isBeside } from "../source.ts";
import type { AttributeProto, GraphProto, ModelProto, TensorProto } from "./proto.ts";
import type { External } from "./values.ts";

/** What a model becomes. */
export interface OnnxFiles {
  /** The .onnx file. */
  readonly model: Uint8Array<ArrayBuffer>;
  /** The file beside it, where there is one. */
  readonly weights: Uint8Array<ArrayBuffer> | undefined;
}

/** Gives the bytes of a file beside the model by its path. */
export type ExternalData = (path: string) => ByteSource | PromiseLike<ByteSource>;

/** The keys and values that say where a tensor's numbers are. */
const entriesOf = ({ externalData }: TensorProto): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(externalData.map(({ key, value }) => [key, value]));

/** All tensors of a graph and of those within it. */
function tensorsOf(graph: GraphProto): TensorProto[] {
  const inner = graph.node
    .flatMap(({ attribute }) => attribute)
    .flatMap(({ t, g }: AttributeProto) => [...(t ? [t] : []), ...(g ? tensorsOf(g) : [])]);
  return [...graph.initializer, ...inner];
}

/** A path in the folder of the model. @throws AnygradError DATA_FORMAT for one that leads out of it */
function checkPath(path: string | undefined, tensor: string): string {
  if (path && isBeside(path)) return path;
  throw new AnygradError(
    "DATA_FORMAT",
    `loadOnnx: the weights ${quote(tensor)} are said to be in ${quote(path)}, which is not in the folder of the model; do not trust this file`,
  );
}

/**
 * Reads the files that the model's tensors name, each once: what gives their numbers, and how many bytes they have.
 * @param left how many bytes they may have together
 * @throws AnygradError DATA_FORMAT, DATA_MISSING, MEMORY_LIMIT
 */
export async function externalFiles(
  model: ModelProto,
  externalData: ExternalData | undefined,
  left: number,
): Promise<{ external: External; bytes: number }> {
  const files = new Map<string, Uint8Array>();
  const outside = tensorsOf(model.graph!).filter(({ dataLocation }) => dataLocation === 1);
  const paths = new Set(outside.map((tensor) => checkPath(entriesOf(tensor).location, tensor.name)));
  let rest = left;
  for (const path of paths) {
    if (!externalData)
      throw new AnygradError(
        "DATA_MISSING",
        `loadOnnx: the weights are in the file ${quote(path)} beside the model; pass { externalData: (path) => bytes }, such as (path) => fetch(path)`,
      );
    const bytes = await bytesOf(
      externalData(path),
      "loadOnnx: externalData",
      `give those of ${quote(path)}`,
      rest,
    );
    rest -= bytes.byteLength;
    files.set(path, bytes);
  }
  const external: External = (tensor, place) => {
    const { location, offset = "0", length } = entriesOf(tensor);
    const bytes = files.get(location ?? "")!;
    const from = Number(offset);
    const to = length === undefined ? bytes.byteLength : from + Number(length);
    if (Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to >= from && to <= bytes.byteLength)
      return bytes.subarray(from, to);
    throw new AnygradError(
      "DATA_FORMAT",
      `loadOnnx: ${place} are said to be at ${quote(offset)} of ${quote(location)}, which has ${bytes.byteLength} bytes; the files do not belong together`,
    );
  };
  return { external, bytes: left - rest };
}
