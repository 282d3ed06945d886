/** The graph of a TFLite file in the form that all graphs have here. */
import { AnygradError, quote } from "../../errors.ts";
import { sizeOf } from "../../math/shape.ts";
import { PlainAttributes } from "../graph/attributes.ts";
import { Constant, room } from "../graph/constant.ts";
import type { Graph, GraphInput } from "../graph/load.ts";
import type { Known, OperatorNode } from "../graph/network.ts";
import { operatorNames, tensorflow } from "../graph/tensorflow/index.ts";
import { constantOf } from "./constants.ts";
import { decodeTflite, elementTypes, type TfliteGraph, type TfliteTensor } from "./file.ts";
import { activations, tensorflowNames, tflite } from "./operators.ts";

const subject = "loadTflite";

/** @throws AnygradError DATA_FORMAT, UNSUPPORTED, MEMORY_LIMIT */
export function graphOf(bytes: Uint8Array): Graph {
  const { graphs } = decodeTflite(subject, bytes);
  const graph = graphs[0]!;
  const names = namesOf(graph.tensors);
  return {
    subject,
    name: graph.name === "main" ? "" : graph.name,
    nodes: nodesOf(graph, names),
    known: constantsOf(graph, names, bytes.length),
    inputs: graph.inputs.map((i) => inputOf(graph.tensors[i]!, names[i]!)),
    outputs: graph.outputs.map((i) => names[i]!),
    bytes: bytes.length,
    opset: 17,
    importers: { ...tensorflow(), ...tflite() },
    isChannelsFirst: false,
  };
}

/** The names of tensors, no two the same. */
function namesOf(tensors: readonly TfliteTensor[]): string[] {
  const seen = new Set<string>();
  return tensors.map(({ name }, i) => {
    const own = name && !seen.has(name) ? name : `${name || "tensor"}#${i}`;
    seen.add(own);
    return own;
  });
}

const inputOf = ({ shape, signature }: TfliteTensor, name: string): GraphInput => ({
  name,
  sizes: (signature ?? shape).map((n) => (n >= 0 ? n : "?")),
});

/** How many times as much as the file constants may take: of four bits each. */
const mostTimes = 16;
/** How many times as many numbers a sparse tensor may have, of which the file holds few. */
const mostSparse = 16;

function constantsOf(
  { tensors, inputs, operators }: TfliteGraph,
  names: readonly string[],
  size: number,
): Map<string, Known> {
  const made = new Set([...inputs, ...operators.flatMap(({ outputs }) => outputs)]);
  const known = new Map<string, Known>();
  let total = 0;
  tensors.forEach((tensor, i) => {
    if (tensor.isVariable) {
      const { shape } = tensor;
      known.set(names[i]!, new Constant(shape, () => room("float32", sizeOf(shape))));
      return;
    }
    // an empty list of numbers has no bytes
    if (!tensor.bytes && (made.has(i) || sizeOf(tensor.shape) > 0)) return;
    try {
      known.set(names[i]!, constantOf(tensor));
    } catch (error) {
      if (!(error instanceof AnygradError)) throw error;
      throw new AnygradError(error.code, `${subject}: the tensor ${quote(names[i])}: ${error.message}`, {
        cause: error,
      });
    }
    total += (tensor.sparsity ? 4 / mostSparse : 4) * sizeOf(tensor.shape);
  });
  if (total > mostTimes * size)
    throw new AnygradError(
      "MEMORY_LIMIT",
      `${subject}: the tensors of ${size} bytes would take ${total}, for they have their numbers in common, or none; the file is damaged`,
    );
  return known;
}

/** Operators that are nodes, those with an activation two. */
function nodesOf({ tensors, operators }: TfliteGraph, names: readonly string[]): OperatorNode[] {
  const ofTensorflow = tensorflowNames();
  const named = operatorNames();
  return operators.flatMap(({ name, isCustom, inputs, outputs, options }, i) => {
    const given = ofTensorflow.get(name);
    const made = outputs.map((output) => (output < 0 ? "" : names[output]!));
    const { activation = 0, ...others } = options;
    const end = activations[Number(activation)] ?? activationOf(name, tensors[outputs[0] ?? -1]);
    const base = { name: made[0] ?? `operator ${i}`, kind: `operator ${i}, ${name}` };
    const first: OperatorNode = {
      ...base,
      domain: isCustom ? "custom" : "",
      op: given ? named(given) : `tflite.${name}`,
      inputs: inputs.map((input) => (input < 0 ? "" : names[input]!)),
      outputs: end ? [`${made[0]}:before`] : made,
      attributes: new PlainAttributes(name === "UNIDIRECTIONAL_SEQUENCE_LSTM" ? options : others),
    };
    if (!end || name === "UNIDIRECTIONAL_SEQUENCE_LSTM") return [{ ...first, outputs: made }];
    const attributes = new PlainAttributes({});
    return [first, { ...base, domain: "", op: end, inputs: first.outputs, outputs: made, attributes }];
  });
}

/** Operators whose results of whole numbers may be cut off at zero where their range begins there. */
const ranging = ["CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "ADD", "SUB", "MUL", "TRANSPOSE_CONV"];

/**
 * The rectifier that converters leave to the range of quantised numbers: where zero is the least of them, less than that
 * becomes zero.
 */
function activationOf(name: string, output: TfliteTensor | undefined): string | undefined {
  const { quantization, type = -1 } = output ?? {};
  const least = { int8: -128, uint8: 0 }[elementTypes[type] as string];
  const isRectified = quantization?.scales.length === 1 && quantization.zeros[0] === least;
  return isRectified && ranging.includes(name) ? "Relu" : undefined;
}
