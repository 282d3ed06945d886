/** Small graphs of ONNX for tests, written node by node. */
import { encodeModel, type NodeProto, type Parts, type TensorProto } from "../../../src/io/onnx/proto.ts";
import { attributesOf, type GivenAttributes } from "../../../src/io/onnx/values.ts";

/** A node by its operator, what it takes and gives, and its attributes. */
export const node = (
  opType: string,
  input: readonly string[],
  output: readonly string[],
  attributes: GivenAttributes = {},
  more: Parts<NodeProto> = {},
): Parts<NodeProto> => ({
  opType,
  input,
  output,
  name: `${opType}_${output[0]}`,
  attribute: attributesOf(attributes),
  ...more,
});

/** Floats of a file. */
export const floats = (
  name: string,
  dims: readonly number[],
  values: readonly number[],
): Parts<TensorProto> => ({
  name,
  dims,
  dataType: 1,
  floatData: values,
});

/** Whole numbers of a file. */
export const integers = (
  name: string,
  values: readonly number[],
  dims = [values.length],
): Parts<TensorProto> => ({
  name,
  dims,
  dataType: 7,
  int64Data: values,
});

/** A size of an input: a number, or the name of one that is open. */
export type Dim = number | string;

const valueInfo = (name: string, shape: readonly Dim[], elemType = 1) => ({
  name,
  type: {
    tensorType: {
      elemType,
      shape: { dim: shape.map((n) => (typeof n === "number" ? { dimValue: n } : { dimParam: n })) },
    },
  },
});

/** What a graph is made of. */
export interface Given {
  readonly inputs: Readonly<Record<string, readonly Dim[]>>;
  readonly nodes: readonly Parts<NodeProto>[];
  readonly weights?: readonly Parts<TensorProto>[];
  /** Default y. */
  readonly outputs?: readonly string[];
  /** Default 17. */
  readonly opset?: number;
}

/** The bytes of a model with this graph. */
export function graph({
  inputs,
  nodes,
  weights = [],
  outputs = ["y"],
  opset = 17,
}: Given): Uint8Array<ArrayBuffer> {
  return encodeModel({
    irVersion: 8,
    opsetImport: [{ domain: "", version: opset }],
    graph: {
      name: "graph",
      node: nodes,
      initializer: weights,
      input: Object.entries(inputs).map(([name, shape]) => valueInfo(name, shape)),
      output: outputs.map((name) => valueInfo(name, [])),
    },
  });
}
