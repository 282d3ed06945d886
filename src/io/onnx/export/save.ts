/** A model as an ONNX file. */
import { AnygradError, quote } from "../../../errors.ts";
import { checkNumber } from "../../../math/checks.ts";
import { lengthened } from "../../../model/lengths/network.ts";
import type { OnnxFiles } from "../files.ts";
import { encodeModel, type Parts, type TensorProto, type ValueInfoProto } from "../proto.ts";
import { arrays } from "./arrays.ts";
import { elementwise } from "./elementwise.ts";
import { GraphWriter, unsupported } from "./graph.ts";
import { images } from "./images.ts";
import type { OpenSize } from "./sizes.ts";
import { type Traced, type TracedTensor, trace } from "./trace.ts";
import { weightWriter } from "./weights.ts";

/** The opsets that can be written, and the version of the format that each came with. */
const formats: Readonly<Record<number, number>> = { 17: 8, 18: 8, 19: 9, 20: 9, 21: 10 };

/** The smallest weights that are put beside the model: smaller ones are sizes and single numbers. */
const external = 1024;

/** What of a model is written, and how. */
export interface Wanted {
  readonly opset: number;
  readonly externalWeights: string | undefined;
  readonly weights: "float32" | "float16" | "int8";
  readonly keep: readonly string[];
  /** That of examples, where the model takes any and the file is to take one. */
  readonly length: number | undefined;
}

/** The files of a model. @throws AnygradError */
export function modelFiles(
  given: Traced,
  { opset, externalWeights: weightsFile, length, ...stored }: Wanted,
): OnnxFiles {
  checkNumber("saveOnnx: opset", opset, { whole: true, from: 17, to: 21 });
  if (weightsFile !== undefined && (!weightsFile || /[\\/:]/.test(weightsFile)))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `saveOnnx: externalWeights is ${quote(weightsFile)}; pass the name of a file beside the model, such as "weights.bin"`,
    );
  const asked = length === undefined ? given.graph : lengthened("saveOnnx", given.graph, length);
  const net = { name: given.name, engine: given.engine, getWeights: () => given.getWeights(), graph: asked }; // biome-ignore format: one object
  const { names, inputs, outputs, ops } = trace(net);
  const graph = new GraphWriter(
    opset,
    stored.weights === "float32" ? undefined : weightWriter(net, stored.weights, stored.keep),
  );
  const exporters = { ...elementwise(), ...images, ...arrays() };
  const input = inputs.map(({ name, tensor }) => valueInfo(graph.take(tensor, name), tensor, names));
  for (const op of ops) {
    graph.begin(op.layerName);
    const exporter = exporters[op.name];
    if (!exporter) throw unsupported(op, `ONNX has no node for its op ${op.name}`);
    exporter(graph, op);
  }
  const output = outputs.map(({ name, tensor }) => {
    const own = graph.unique(name);
    graph.begin(own);
    const made = graph.plain(tensor);
    graph.nodes.push({
      input: [made],
      output: [own],
      name: graph.unique(`${own}/Identity`),
      opType: "Identity",
    });
    return valueInfo(own, tensor, names);
  });
  const weights = weightsFile === undefined ? undefined : moveOut(graph.initializers, weightsFile);
  const model = encodeModel({
    irVersion: formats[opset]!,
    producerName: "anygrad",
    opsetImport: [{ domain: "", version: opset }],
    graph: { name: net.name, node: graph.nodes, initializer: graph.initializers, input, output },
  });
  return { model, weights };
}

/** An input or output of the file. @param names those of sizes that are open; others that follow from them are left out */
function valueInfo(
  name: string,
  { shape }: TracedTensor,
  names: ReadonlyMap<OpenSize, string>,
): Parts<ValueInfoProto> {
  const dim = shape.map((n) => (typeof n === "number" ? { dimValue: n } : names.has(n) ? { dimParam: names.get(n)! } : {})); // biome-ignore format: one choice
  return { name, type: { tensorType: { elemType: 1, shape: { dim } } } };
}

/** Moves the numbers of the larger arrays into one file, each at a multiple of 64 bytes. */
function moveOut(initializers: Parts<TensorProto>[], file: string): Uint8Array<ArrayBuffer> {
  const moved = initializers.filter(({ rawData }) => rawData!.byteLength >= external);
  const padded = (bytes: number): number => Math.ceil(bytes / 64) * 64;
  const total = moved.reduce((sum, { rawData }) => sum + padded(rawData!.byteLength), 0);
  const bytes = new Uint8Array(total);
  let offset = 0;
  for (const tensor of moved) {
    const data = tensor.rawData!;
    bytes.set(data, offset);
    const entries = { location: file, offset: String(offset), length: String(data.byteLength) };
    tensor.externalData = Object.entries(entries).map(([key, value]) => ({ key, value }));
    tensor.dataLocation = 1;
    delete tensor.rawData;
    offset += padded(data.byteLength);
  }
  return bytes;
}
