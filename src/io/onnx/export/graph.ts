/**
 * The graph that is written: nodes, initialisers, and in which order of axes each image lies. ONNX's convolutions take [n, c, h, w] and
 * anygrad's ops [n, h, w, c]: an image keeps the order in which it was made, and is turned once where an op wants the other.
 */

import { AnygradError, quote } from "../../../errors.ts";
import { sizeOf } from "../../../math/shape.ts";
import { bytesOfElements, type Elements } from "../../elements.ts";
import type { NodeProto, Parts, TensorProto } from "../proto.ts";
import { attributesOf, dataTypes, type GivenAttributes } from "../values.ts";
import type { TracedOp, TracedTensor } from "./trace.ts";
import type { WeightWriter } from "./weights.ts";

/** The names of a tensor in either order of its axes. */
interface Names {
  plain?: string;
  channelsFirst?: string;
}

/** A graph that grows. */
export class GraphWriter {
  readonly nodes: Parts<NodeProto>[] = [];
  readonly initializers: Parts<TensorProto>[] = [];
  /** Opset of the file. */
  readonly opset: number;
  /** How weights are written that are not float32. */
  readonly #weights: WeightWriter | undefined;
  readonly #names = new Map<TracedTensor, Names>();
  readonly #constants = new Map<string, string>();
  readonly #used = new Set<string>();
  #layer = "";
  #input = "";

  constructor(opset: number, weights?: WeightWriter) {
    this.opset = opset;
    this.#weights = weights;
  }

  /** Names a tensor that comes from outside. */
  take(tensor: TracedTensor, name: string): string {
    const own = this.unique(name);
    this.#names.set(tensor, { plain: own });
    this.#input ||= own;
    return own;
  }

  /** What nodes are named after from now on. */
  begin(layer: string): void {
    this.#layer = layer;
  }

  /** A name that nothing has yet. */
  unique(name: string): string {
    let free = name;
    for (let i = 1; this.#used.has(free); i++) free = `${name}_${i}`;
    this.#used.add(free);
    return free;
  }

  /** Adds a node of one output. @returns its name */
  node(opType: string, inputs: readonly string[], attributes: GivenAttributes = {}): string {
    return this.nodeOf(opType, inputs, 1, attributes)[0]!;
  }

  /** Adds a node. @returns the names of its outputs */
  nodeOf(
    opType: string,
    inputs: readonly string[],
    count: number,
    attributes: GivenAttributes = {},
  ): string[] {
    const name = this.unique(`${this.#layer}/${opType}`);
    const output = Array.from({ length: count }, (_, i) => (i === 0 ? `${name}:0` : `${name}:${i}`));
    this.nodes.push({ input: [...inputs], output, name, opType, attribute: attributesOf(attributes) });
    return output;
  }

  /** An array of the file. */
  constant(data: Elements, shape: readonly number[], name: string): string {
    const own = this.unique(name);
    const dtype = data instanceof BigInt64Array ? "int64" : data instanceof Int32Array ? "int32" : "float32";
    this.initializers.push({
      name: own,
      dims: [...shape],
      dataType: dataTypes[dtype],
      rawData: bytesOfElements(data, dtype),
    });
    return own;
  }

  /**
   * A weight of the model, in fewer bits where that is asked.
   * @param weight its name in the model; undefined for other constants
   * @param axis that of the outputs of its layer
   */
  weight(
    data: Float32Array,
    shape: readonly number[],
    weight: string | undefined,
    own: string,
    axis: number,
  ): string {
    const written = weight === undefined ? undefined : this.#weights?.(weight, data, shape, axis);
    if (!written) return this.constant(data, shape, weight ?? own);
    const name = this.unique(weight!);
    this.initializers.push({ ...written.numbers, name, dims: [...shape] });
    if (!written.scales) return this.node("Cast", [name], { to: dataTypes.float32 });
    const scales = this.constant(written.scales, [written.scales.length], `${weight}/scale`);
    return this.node("DequantizeLinear", [name, scales], { axis });
  }

  /** Floats, each list once. */
  floats(values: readonly number[], shape: readonly number[] = []): string {
    const key = `f${shape}:${values.map(String)}`;
    const found = this.#constants.get(key) ?? this.constant(Float32Array.from(values), shape, "constant");
    this.#constants.set(key, found);
    return found;
  }

  /** Whole numbers as the sizes and axes that nodes take, each list once. */
  integers(values: readonly number[]): string {
    const key = `i${values}`;
    const found =
      this.#constants.get(key) ??
      this.constant(BigInt64Array.from(values, BigInt), [values.length], "integers");
    this.#constants.set(key, found);
    return found;
  }

  /** A shape that has the batch in it, as a node computes it. */
  shape(shape: readonly number[]): string {
    if (shape.every((n) => n >= 0)) return this.integers(shape);
    const batch = this.node("Shape", [this.#input], { start: 0, end: 1 });
    const parts = shape.map((n) =>
      n >= 0 ? this.integers([n]) : n === -1 ? batch : this.node("Mul", [batch, this.integers([-n])]),
    );
    return this.node("Concat", parts, { axis: 0 });
  }

  /** x in another shape; one size may be a multiple of the batch, which is what is left. */
  reshape(x: string, shape: readonly number[]): string {
    const open = shape.filter((n) => n < 0).length;
    if (open > 1) return this.node("Reshape", [x, this.shape(shape)]);
    return this.node("Reshape", [x, this.integers(shape.map((n) => (n < 0 ? -1 : n)))]);
  }

  /** The name of a tensor with its axes as ops have them. */
  plain(tensor: TracedTensor): string {
    const names = this.#namesOf(tensor);
    names.plain ??= this.node("Transpose", [names.channelsFirst!], { perm: [0, 2, 3, 1] });
    return names.plain;
  }

  /** The name of images with their channels first. */
  channelsFirst(tensor: TracedTensor): string {
    const names = this.#namesOf(tensor);
    names.channelsFirst ??= this.node("Transpose", [names.plain!], { perm: [0, 3, 1, 2] });
    return names.channelsFirst;
  }

  /** Whether images lie with their channels first and in no other order. */
  isChannelsFirst(tensor: TracedTensor): boolean {
    const names = this.#names.get(tensor);
    return names?.channelsFirst !== undefined && names.plain === undefined;
  }

  /** Says what a tensor's name is. */
  set(tensor: TracedTensor, names: Names): void {
    this.#names.set(tensor, names);
  }

  #namesOf(tensor: TracedTensor): Names {
    let names = this.#names.get(tensor);
    if (names) return names;
    names = { plain: this.#constantOf(tensor) };
    this.#names.set(tensor, names);
    return names;
  }

  /** A constant; one with the batch in its shape is an example that is repeated. */
  #constantOf({ data, shape, weight, dtype }: TracedTensor): string {
    if (!data) throw new Error("saveOnnx: a tensor is read before it is made");
    const single = shape.map((n) => (n < 0 ? 1 : n));
    const size = sizeOf(single);
    const numbers = Array.prototype.slice.call(data, 0, size) as number[];
    const own = `${this.#layer}/constant`;
    const name =
      dtype === "int32"
        ? this.constant(Int32Array.from(numbers), single, own)
        : this.weight(Float32Array.from(numbers), single, weight, own, single.length - 1);
    return shape.some((n) => n < 0) ? this.node("Expand", [name, this.shape(shape)]) : name;
  }
}

/** The numbers of a weight that a node takes in another order of axes: a constant. @throws AnygradError UNSUPPORTED for one that is computed from the input */
export function numbersOf(op: TracedOp, i: number): Float32Array {
  const { data } = op.inputs[i] ?? {};
  if (data) return Float32Array.from(data);
  throw unsupported(op, `its ${op.name} has weights that depend on the input`);
}

/** The error for a layer that ONNX has no nodes for. */
export function unsupported(op: TracedOp, what: string): AnygradError {
  return new AnygradError(
    "UNSUPPORTED",
    `saveOnnx: layer ${quote(op.layerName)} (${op.layer.type}) cannot be exported: ${what}; replace it, or export the part of the network before it`,
  );
}
