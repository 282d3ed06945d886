/**
 * The graph that is written: nodes, initialisers, and in which order of axes each image lies. ONNX's convolutions take [n, c, h, w] and
 * anygrad's ops [n, h, w, c]: an image keeps the order in which it was made, and is turned once where an op wants the other.
 */

import { AnygradError, quote } from "../../../errors.ts";
import { bytesOfElements, type Elements } from "../../elements.ts";
import type { NodeProto, Parts, TensorProto } from "../proto.ts";
import { attributesOf, dataTypes, type GivenAttributes } from "../values.ts";
import { formulaOf, OpenSize, type Size } from "./sizes.ts";
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
  /** Where open sizes are found: an axis of a tensor. */
  readonly #sizes = new Map<OpenSize, { readonly tensor: TracedTensor; readonly axis: number }>();
  /** The names of nodes that give open sizes. */
  readonly #sizeNames = new Map<OpenSize, string>();
  #layer = "";

  constructor(opset: number, weights?: WeightWriter) {
    this.opset = opset;
    this.#weights = weights;
  }

  /** Names a tensor that comes from outside. */
  take(tensor: TracedTensor, name: string): string {
    const own = this.unique(name);
    this.set(tensor, { plain: own });
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

  /** A shape, or other whole numbers, as nodes compute those that are open. @throws AnygradError UNSUPPORTED */
  shape(shape: readonly Size[]): string {
    if (shape.every((n) => typeof n === "number")) return this.integers(shape);
    const parts = shape.map((n) => (typeof n === "number" ? this.integers([n]) : this.#sizeOf(n)));
    return parts.length === 1 ? parts[0]! : this.node("Concat", parts, { axis: 0 });
  }

  /**
   * x in another shape.
   * @param from the shape of x, whose sizes may be kept; one more that is open is what is left
   */
  reshape(x: string, shape: readonly Size[], from: readonly Size[] = []): string {
    const isOnly = shape.filter((n) => typeof n !== "number").length === 1;
    const sizes = shape.map((n, i) => (typeof n === "number" ? n : !isOnly && n === from[i] ? 0 : -1));
    const isEnough = sizes.filter((n) => n === -1).length <= 1;
    return this.node("Reshape", [x, isEnough ? this.integers(sizes) : this.shape(shape)]);
  }

  /** The name of a list with one open size. @throws AnygradError UNSUPPORTED for one that does not follow from others */
  #sizeOf(size: OpenSize): string {
    const found = this.#sizeNames.get(size);
    if (found !== undefined) return found;
    const name = this.#measured(size) ?? this.#computed(size);
    this.#sizeNames.set(size, name);
    return name;
  }

  /** A size that a tensor has. */
  #measured(size: OpenSize): string | undefined {
    const found = this.#sizes.get(size);
    if (!found) return undefined;
    const { plain, channelsFirst } = this.#names.get(found.tensor)!;
    const start = plain === undefined ? [0, 2, 3, 1][found.axis]! : found.axis;
    return this.node("Shape", [(plain ?? channelsFirst)!], { start, end: start + 1 });
  }

  /** A size that follows from others. */
  #computed(size: OpenSize): string {
    const formula = formulaOf(size, [...this.#sizes.keys()]);
    if (!formula)
      throw new AnygradError(
        "UNSUPPORTED",
        `saveOnnx: layer ${quote(this.#layer)} has a size that nodes cannot compute for all lengths; write the file for one, by { length: 100 }`,
      );
    const scaled = (name: string, opType: "Mul" | "Div" | "Add", by: number, neutral: number): string =>
      by === neutral ? name : this.node(opType, [name, this.integers([by])]);
    if ("over" in formula) return scaled(this.#sizeOf(formula.size), "Div", formula.over, 1);
    if ("plus" in formula)
      return scaled(scaled(this.#sizeOf(formula.size), "Mul", formula.times, 1), "Add", formula.plus, 0);
    const factors = formula.product.map((each) => this.#sizeOf(each));
    const product = factors.reduce((a, b) => this.node("Mul", [a, b]));
    return scaled(product, "Mul", formula.times, 1);
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
    for (const [axis, size] of tensor.shape.entries())
      if (typeof size !== "number" && !this.#sizes.has(size)) this.#sizes.set(size, { tensor, axis });
  }

  /** Says what a mean was divided by, of sums that are multiplied by its inverse later. */
  readonly divided: Map<TracedTensor, readonly Size[]> = new Map();

  #namesOf(tensor: TracedTensor): Names {
    let names = this.#names.get(tensor);
    if (names) return names;
    names = { plain: this.#constantOf(tensor) };
    this.#names.set(tensor, names);
    return names;
  }

  /** What does not depend on the input; along axes of open size it is repeated. */
  #constantOf(tensor: TracedTensor): string {
    const { data, shape, weight, dtype, ofSizes } = tensor;
    if (ofSizes) return this.#numbersOf(ofSizes, shape);
    if (!data) throw new Error("saveOnnx: a tensor is read before it is made");
    const single = shape.map((n) => (typeof n === "number" ? n : 1));
    const own = `${this.#layer}/constant`;
    const name =
      dtype === "int32"
        ? this.constant(Int32Array.from(data), single, own)
        : this.weight(Float32Array.from(data), single, weight, own, single.length - 1);
    return shape.some((n) => typeof n !== "number") ? this.node("Expand", [name, this.shape(shape)]) : name;
  }

  /** 0, 1, 2 … along the one axis of a shape that is not 1. */
  count(shape: readonly Size[]): string {
    const scalar = (n: number): string => this.constant(BigInt64Array.of(BigInt(n)), [], "integer");
    const end = this.node("Squeeze", [this.shape([shape.find((n) => n !== 1)!]), this.integers([0])]);
    const counted = this.node("Range", [scalar(0), end, scalar(1)]);
    return this.reshape(this.node("Cast", [counted], { to: dataTypes.float32 }), shape);
  }

  /** Numbers that follow from sizes: a size or its inverse, or 0, 1, 2 … */
  #numbersOf(numbers: OpenSize | "count", shape: readonly Size[]): string {
    if (numbers === "count") return this.count(shape);
    const isWhole = numbers.values.every(Number.isInteger);
    const size = isWhole ? numbers : new OpenSize(numbers.values.map((n) => Math.round(1 / n)));
    const list = this.node("Cast", [this.#sizeOf(size)], { to: dataTypes.float32 });
    return this.reshape(isWhole ? list : this.node("Reciprocal", [list]), shape);
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
