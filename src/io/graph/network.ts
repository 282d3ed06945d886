/**
 * A graph on its way to a model: what each name stands for so far, and what importers of nodes ask. The operators are those of ONNX, by
 * its names and attributes; other formats say theirs in these (`compute`), so that each is translated to layers in one place.
 */
import { AnygradError, quote } from "../../errors.ts";
import type { ActivationName } from "../../layers/activation.ts";
import type { SymbolicTensor } from "../../layers/index.ts";
import { type Attributes, type GivenAttributes, PlainAttributes } from "./attributes.ts";
import type { Budget } from "./budget.ts";
import type { GraphBuilder } from "./builder.ts";
import { broadcastShape, Constant } from "./constant.ts";
import type { GraphNode } from "./nodes.ts";
import { axisOf, Value } from "./value.ts";

/** A node with what it is told. */
export interface OperatorNode extends GraphNode {
  /** Whose the operator is; "" for those that are known here. */
  readonly domain: string;
  readonly attributes: Attributes;
  /** What messages call the operator, where the file has another word for it. */
  readonly kind?: string;
}

/** What a name stands for. */
export type Known = Value | Constant;

/** Makes layers of a node. */
export type Importer = (network: Network) => void;

/** Activations that a layer applies itself. */
const fusable: Readonly<Record<string, ActivationName>> = {
  Relu: "relu",
  Relu6: "relu6",
  Sigmoid: "sigmoid",
  Tanh: "tanh",
};

/** What all graphs of a file have in common. */
export interface Surroundings {
  /** What errors begin with: the function that was called. */
  readonly subject: string;
  readonly builder: GraphBuilder;
  /** The version of ONNX's operators. */
  readonly opset: number;
  /** The batch that the file is made for, where it is for one alone. */
  readonly fixedBatch: number | undefined;
  /** The file leaves lengths open: sizes are those of one of several readings. */
  readonly isOpen: boolean;
  /** Importers by the names of operators. */
  readonly importers: Readonly<Record<string, Importer>>;
  /** Does the work of the node whose turn it is. */
  readonly work: Importer;
  /** How many numbers may be made of the file. */
  readonly budget: Budget;
}

/** The graph while it is read. */
export class Network {
  readonly surroundings: Surroundings;
  readonly #known: Map<string, Known>;
  readonly #uses: ReadonlyMap<string, readonly OperatorNode[]>;
  #node!: OperatorNode;
  #computed = 0;

  constructor(
    surroundings: Surroundings,
    known: Map<string, Known>,
    uses: ReadonlyMap<string, readonly OperatorNode[]>,
  ) {
    this.surroundings = surroundings;
    this.#known = known;
    this.#uses = uses;
  }

  get builder(): GraphBuilder {
    return this.surroundings.builder;
  }

  get opset(): number {
    return this.surroundings.opset;
  }

  get fixedBatch(): number | undefined {
    return this.surroundings.fixedBatch;
  }

  get isOpen(): boolean {
    return this.surroundings.isOpen;
  }

  /** The node whose turn it is. */
  get node(): OperatorNode {
    return this.#node;
  }

  begin(node: OperatorNode): void {
    this.#node = node;
    this.builder.begin(node.name);
  }

  /** The names with what they stand for, for a graph within. */
  get known(): ReadonlyMap<string, Known> {
    return this.#known;
  }

  get attributes(): Attributes {
    return this.#node.attributes;
  }

  /** Whether the node has this input. */
  has(i: number): boolean {
    return Boolean(this.#node.inputs[i]);
  }

  /** Whether anything reads this output of the node. */
  isUsed(i: number): boolean {
    const name = this.#node.outputs[i];
    return Boolean(name && (this.#uses.get(name)?.length ?? 0) > 0);
  }

  input(i: number): Known {
    const known = this.#known.get(this.#node.inputs[i] ?? "");
    if (known) return known;
    throw new AnygradError("DATA_FORMAT", `its input ${i} is missing`);
  }

  /** An input that depends on the model's; a constant is what each example has. */
  value(i: number): Value {
    const known = this.input(i);
    if (known instanceof Value) return known;
    throw new AnygradError(
      "UNSUPPORTED",
      `its input ${i} does not depend on the model's input, which it must`,
    );
  }

  /** An input that is known beforehand. @throws AnygradError UNSUPPORTED */
  constant(i: number): Constant {
    const known = this.input(i);
    if (known instanceof Constant) return known;
    throw new AnygradError(
      "UNSUPPORTED",
      `its input ${i}, ${quote(this.#node.inputs[i])}, depends on the model's input, but only fixed numbers can stand there`,
    );
  }

  /** An input that is a constant where it is there. */
  constantOr(i: number): Constant | undefined {
    return this.has(i) ? this.constant(i) : undefined;
  }

  /** Says what an output of the node is. */
  set(known: Known, i = 0): void {
    const name = this.#node.outputs[i];
    if (name) this.setNamed(name, known);
  }

  /** Says what a name stands for. */
  setNamed(name: string, known: Known): void {
    if (known instanceof Constant) this.surroundings.budget.count(known);
    this.#known.set(name, known);
  }

  /** What another operator gives for these inputs, undefined for one that is left out. @param count how many outputs it has */
  computeAll(
    op: string,
    inputs: readonly (Known | undefined)[],
    attributes: GivenAttributes = {},
    count: number = 1,
  ): Known[] {
    const outputs = Array.from({ length: count }, () => `:${this.#computed++}`); // names that no file's node has
    this.#workAs(op, inputs, attributes, outputs);
    return outputs.map((name) => {
      const made = this.#known.get(name)!;
      this.#known.delete(name);
      return made;
    });
  }

  /** What another operator of one output gives for these inputs. */
  compute(op: string, inputs: readonly (Known | undefined)[], attributes?: GivenAttributes): Known {
    return this.computeAll(op, inputs, attributes)[0]!;
  }

  /** Makes the node one of another operator and these inputs; its outputs are that one's. */
  become(op: string, inputs: readonly (Known | undefined)[], attributes: GivenAttributes = {}): void {
    this.#workAs(op, inputs, attributes, this.#node.outputs);
  }

  #workAs(
    op: string,
    inputs: readonly (Known | undefined)[],
    attributes: GivenAttributes,
    outputs: readonly string[],
  ): void {
    const outer = this.#node;
    const names = inputs.map((each) => (each ? `:${this.#computed++}` : ""));
    names.forEach((name, i) => {
      if (name) this.#known.set(name, inputs[i]!);
    });
    this.#node = {
      ...outer,
      op,
      domain: "",
      inputs: names,
      outputs,
      attributes: new PlainAttributes(attributes),
    };
    this.surroundings.work(this);
    this.#node = outer;
    for (const name of names) this.#known.delete(name);
  }

  /** The activation that follows the node and nothing else does; the node's output is then the activation's. */
  activation(): ActivationName {
    const next = this.onlyUse(Object.keys(fusable));
    if (!next) return "linear";
    this.skip(next);
    return fusable[next.op]!;
  }

  /** The one node that takes the output of this one, if it is of these. */
  onlyUse(ops: readonly string[]): OperatorNode | undefined {
    const uses = this.#uses.get(this.#node.outputs[0]!) ?? [];
    const [next] = uses;
    return uses.length === 1 && next && ops.includes(next.op) && !next.domain ? next : undefined;
  }

  /**
   * The bias that the next node adds, if one does: a number for each of so many channels.
   * @param behind how many axes follow that of the channels
   */
  biasBehind(channels: number, behind: number): Constant | undefined {
    const next = this.onlyUse(["Add"]);
    const other = next?.inputs.find((name) => !this.#node.outputs.includes(name));
    const known = other === undefined ? undefined : this.#known.get(other);
    if (!next || !(known instanceof Constant) || known.size !== channels) return undefined;
    const { shape } = known;
    if (shape[shape.length - 1 - behind] !== channels || shape.length > behind + 2) return undefined;
    this.skip(next);
    return known.reshaped([channels]);
  }

  /** Does the work of the next node with that of this one. */
  skip(next: OperatorNode): void {
    this.#node = { ...this.#node, outputs: next.outputs };
    this.skipped.add(next.outputs[0]!);
  }

  /** The outputs of nodes whose work was done with that of the node before. */
  readonly skipped: Set<string> = new Set();

  /** The axis of an attribute. */
  axis(byDefault: number, rank: number): number {
    return axisOf(this.attributes.int("axis", byDefault), rank);
  }

  /** An op on a value that leaves all sizes as they are. */
  elementwise(value: Value, op: string, attributes?: Readonly<Record<string, unknown>>): Value {
    return value.like(this.builder.operation(op, [value], attributes));
  }

  /**
   * An op of several operands that broadcast: their axes are brought to the order in which the largest lies.
   * @param work gets them, values among them as tensors
   */
  broadcast(
    operands: readonly Known[],
    work: (operands: readonly (SymbolicTensor | number | Constant)[]) => SymbolicTensor,
  ): Value {
    const values = operands.filter((each) => each instanceof Value);
    const rank = Math.max(...operands.map((each) => each.shape.length));
    operands.map((each) => each.shape).reduce(broadcastShape);
    const lifted = values.map((each) => lift(each, rank));
    const [first] = [...lifted].sort((a, b) => b.axes.length - a.axes.length) as [Value];
    checkParts(lifted);
    // axes of a constant along which the tensors have size 1, too
    const grown = operands.flatMap((each) =>
      each instanceof Value
        ? []
        : each.shape.flatMap((n, i) => (n === 1 ? [] : [i + rank - each.shape.length])),
    );
    const all = new Set([...lifted.flatMap(({ axes }) => axes), ...grown]);
    const missing = [...all].filter((axis) => !first.axes.includes(axis));
    const order = [...first.axes, ...missing];
    const tensors = operands.map((each) => {
      if (each instanceof Value) return this.builder.arranged(lift(each, rank), order);
      return each.scalar !== undefined && Number.isFinite(each.scalar)
        ? each.scalar
        : alongAxes(each, order, rank);
    });
    const isChannelsLast = lifted.some((each) => each.isChannelsLast);
    return new Value(work(tensors), order, rank, undefined, { isChannelsLast, outer: first.outer });
  }
}

/** @throws AnygradError UNSUPPORTED for values whose batches lie in different ways */
export function checkParts(values: readonly Value[]): void {
  const [first] = values;
  if (values.some((each) => each.batchAxis !== first!.batchAxis || each.parts !== first!.parts))
    throw new AnygradError("UNSUPPORTED", "it combines tensors whose examples are in different places");
}

/** A value as one of a higher rank, with axes of size 1 in front. */
export function lift(value: Value, rank: number): Value {
  const more = rank - value.rank;
  return more === 0
    ? value
    : value.relabelled(
        value.axes.map((axis) => axis + more),
        rank,
      );
}

/** A constant with its axes as they lie, so that it broadcasts over the batch. */
export function alongAxes(constant: Constant, order: readonly number[], rank: number): Constant {
  const lead = rank - constant.shape.length;
  const full = constant.reshaped([...new Array<number>(lead).fill(1), ...constant.shape]);
  const [batchAxis, ...others] = order;
  if (full.shape[batchAxis!] !== 1)
    throw new AnygradError("UNSUPPORTED", "a constant has a number for each example of a batch");
  const named = others.filter((axis) => axis !== batchAxis);
  const rest = full.shape
    .map((_, axis) => axis)
    .filter((axis) => axis !== batchAxis && !named.includes(axis));
  const turned = full.transposed([batchAxis!, ...rest, ...named]);
  const sizes = others.map((axis) => (axis === batchAxis ? 1 : full.shape[axis]!)); // 1 for a part of the batch's axis
  if (rest.some((axis) => full.shape[axis] !== 1))
    throw new AnygradError("UNSUPPORTED", "a constant is larger than what it meets");
  const first = sizes.findIndex((n) => n !== 1);
  return turned.reshaped(first < 0 ? [] : sizes.slice(first));
}
