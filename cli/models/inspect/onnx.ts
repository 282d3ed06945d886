/** What an ONNX file says of itself; its operators need not be known. */
import { bytesOfElement, type ElementType } from "../../../src/io/elements.ts";
import {
  decodeModel,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from "../../../src/io/onnx/proto.ts";
import { dataTypes } from "../../../src/io/onnx/values.ts";
import { sizeOf } from "../../../src/math/shape.ts";
import { counted, type End, type FileFacts, type Held } from "./facts.ts";

/** @throws AnygradError DATA_FORMAT, MEMORY_LIMIT */
export function onnxFacts(bytes: Uint8Array): FileFacts {
  const model = decodeModel("inspect", bytes);
  const graph = model.graph!;
  const stored = new Set(graph.initializer.map(({ name }) => name));
  const texts = Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value]));
  const date = Object.entries(texts).find(([key]) => /date|time(stamp)?$/i.test(key));
  const nodes = nodesOf(graph);
  return {
    version: `IR ${model.irVersion}${model.modelVersion > 0 ? `, model ${model.modelVersion}` : ""}`,
    opset: Object.fromEntries(
      model.opsetImport.map(({ domain, version }) => [domain || "ai.onnx", version] as const),
    ),
    producer: [model.producerName, model.producerVersion].filter(Boolean).join(" ") || undefined,
    date: date?.[1],
    inputs: graph.input.filter(({ name }) => !stored.has(name)).map(endOf),
    outputs: graph.output.map(endOf),
    operators: counted(
      nodes.map(({ domain, opType }) =>
        domain === "" || domain === "ai.onnx" ? opType : `${domain}.${opType}`,
      ),
    ),
    arrays: graph.initializer.map(heldOf),
    beside: [...new Set(graph.initializer.flatMap(locationOf))],
    texts: { ...(model.docString && { description: model.docString }), ...texts },
  };
}

/** Nodes, those of graphs within included. */
function nodesOf(graph: GraphProto): NodeProto[] {
  return graph.node.flatMap((node) => [node, ...node.attribute.flatMap(({ g }) => (g ? nodesOf(g) : []))]);
}

/** The file that a tensor's numbers are in, where that is another one. */
const locationOf = ({ dataLocation, externalData }: TensorProto): string[] =>
  dataLocation === 1 ? externalData.flatMap(({ key, value }) => (key === "location" ? [value] : [])) : [];

const typeOf = (number: number): ElementType | undefined =>
  (Object.keys(dataTypes) as ElementType[]).find((type) => dataTypes[type] === number);
const typeName = (number: number): string =>
  typeOf(number) ?? (number === 8 ? "string" : number === 0 ? "no type" : `type ${number}`);

function endOf({ name, type }: ValueInfoProto): End {
  const tensor = type?.tensorType;
  const shape = tensor?.shape?.dim.map(({ dimValue, dimParam }) => dimValue ?? (dimParam || null));
  return { name, dtype: tensor && typeName(tensor.elemType), shape };
}

function heldOf({ name, dims, dataType }: TensorProto): Held {
  const type = typeOf(dataType);
  const bytes = type && bytesOfElement[type] * sizeOf(dims);
  return { name, dtype: typeName(dataType), shape: dims, bytes };
}
