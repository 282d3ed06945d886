/** Builds a functional model node by node: layers with their weights, and axes where layers want them. */

import type { Engine } from "../../autograd/engine.ts";
import { AnygradError } from "../../errors.ts";
import { type Layer, layers, type SymbolicTensor } from "../../layers/index.ts";
import type { OperationArgument } from "../../layers/operation.ts";
import { sameShape, sizeOf } from "../../math/shape.ts";
import { type Model, model, type Predictions } from "../../model/index.ts";
import { weightsOf } from "../../model/network/graph.ts";
import { withAwaited } from "../../model/saving/awaited.ts";
import { Scratch } from "../elements.ts";
import type { Budget } from "./budget.ts";
import { batch, Constant } from "./constant.ts";
import { Value } from "./value.ts";

/** Arrays by the names that they have in a layer. */
export type Weights = Readonly<Record<string, Constant>>;

/** An argument of an op: a value, a number, or an array that becomes a weight. */
export type Argument = Value | SymbolicTensor | number | Constant;

/** Weights that layers may have beside those of the file, such as shifts of zero. */
const mostUngiven = 2 ** 20;

/** A mask's numbers, infinite ones as the largest that there are: a weight that is infinite is one that training has lost. */
function finite(constant: Constant): Constant {
  const largest = 3.4028234663852886e38;
  if (constant.size > mostUngiven || constant.floats.every(Number.isFinite)) return constant;
  return new Constant(
    constant.shape,
    constant.floats.map((n) => Math.min(Math.max(n, -largest), largest)),
  );
}

/** A graph of layers that grows. */
export class GraphBuilder {
  readonly #weights = new Map<string, Constant>();
  readonly #names = new Set<string>();
  #place = "";
  /** What numbers for the whole batch are made from. */
  #first: SymbolicTensor | undefined;

  /** Says which node of the file the layers to come are for: they are named after it. */
  begin(place: string): void {
    this.#place = place;
  }

  /** Says what the model begins with. */
  take(input: SymbolicTensor): void {
    this.#first ??= input;
  }

  /** A name that no layer has, after a node of the file. */
  name(wanted: string = this.#place): string {
    const plain = wanted.replace(/[/\\:]+/g, "_").replace(/^_+|_+$/g, "") || "layer";
    let free = plain;
    for (let i = 1; this.#names.has(free); i++) free = `${plain}_${i}`;
    this.#names.add(free);
    return free;
  }

  /** Applies a layer. @param make gets the layer's name */
  apply(
    make: (name: string) => Pick<Layer, "apply">,
    inputs: readonly SymbolicTensor[],
    weights: Weights = {},
  ): SymbolicTensor {
    return this.applyAll(make, inputs, weights) as SymbolicTensor;
  }

  /** Applies a layer that may give several tensors. */
  applyAll(
    make: (name: string) => { apply(inputs: SymbolicTensor | readonly SymbolicTensor[]): unknown },
    inputs: readonly SymbolicTensor[],
    weights: Weights = {},
  ): unknown {
    const name = this.name();
    for (const [weight, constant] of Object.entries(weights))
      this.#weights.set(`${name}/${weight}`, constant);
    return make(name).apply(inputs.length === 1 ? inputs[0]! : inputs);
  }

  /** Applies an op to what it takes. @param attributes as the layer `operation` has them */
  operation(
    op: string,
    given: readonly Argument[],
    attributes: Readonly<Record<string, unknown>> = {},
  ): SymbolicTensor {
    const weights: Record<string, Constant> = {};
    const inputs: SymbolicTensor[] = [];
    const list = given.map((each): OperationArgument => {
      if (typeof each === "number") return each;
      if (each instanceof Constant) {
        const count = Object.keys(weights).length;
        const own = op === "add" || op === "where" ? finite(each) : each;
        weights[count === 0 ? "constant" : `constant_${count}`] = own;
        return { shape: own.shape, trainable: own.isWeight };
      }
      inputs.push(each instanceof Value ? each.tensor : each);
      return "input";
    });
    const own = list.every((each) => each === "input") ? {} : { arguments: list };
    return this.apply((name) => layers.operation({ op, ...own, attributes, name }), inputs, weights);
  }

  /** The tensor of a value with its axes in this order of the file's, the batch's first; axes of size 1 that do not lie anywhere are put in. */
  arranged(value: Value, wanted: readonly number[]): SymbolicTensor {
    if (sameShape(value.axes, wanted)) return value.tensor;
    const lying = value.axes.map((axis, i) => ({
      axis,
      place: i,
      size: i === 0 ? batch : value.sizes[i - 1]!,
    }));
    const order = wanted.flatMap((axis) => {
      const found = lying.find((each) => each.axis === axis);
      if (found) lying.splice(lying.indexOf(found), 1);
      return found ? [found] : [];
    });
    if (order[0]?.place !== 0 || lying.some(({ size }) => size !== 1))
      throw new AnygradError(
        "UNSUPPORTED",
        "it wants the examples of a batch in another place than the first",
      );
    const moving = order.filter(({ size, place }) => size !== 1 || place === 0).map(({ place }) => place);
    let { tensor } = value;
    if (moving.some((place, i) => i > 0 && place < moving[i - 1]!)) {
      const all = [...order, ...lying].map(({ place }) => place).slice(1);
      tensor = this.apply((name) => layers.permute({ dims: all, name }), [tensor]);
    }
    const counts = new Map<number, number>();
    const target = wanted.slice(1).map((axis) => {
      const before = counts.get(axis) ?? 0;
      counts.set(axis, before + 1);
      const same = order.slice(1).filter((each) => each.axis === axis);
      return same[before]?.size ?? 1;
    });
    return this.reshaped(tensor, target);
  }

  /** A tensor in another shape, that of an example. */
  reshaped(tensor: SymbolicTensor, shape: readonly number[]): SymbolicTensor {
    if (sameShape(tensor.sizes, shape)) return tensor;
    if (shape.length === 1) return this.apply((name) => layers.flatten({ name }), [tensor]);
    return this.apply((name) => layers.reshape({ targetShape: [...shape], name }), [tensor]);
  }

  /** The axes of a value in the file's order, the batch's first, none left out. */
  inOrder(value: Value): number[] {
    const inner = value.axes.slice(1).filter((axis) => axis === value.batchAxis);
    const others = Array.from({ length: value.rank }, (_, axis) => axis).filter(
      (axis) => axis !== value.batchAxis,
    );
    return [value.batchAxis, ...inner, ...others];
  }

  /** A value whose numbers lie in the file's order, the batch first. */
  plain(value: Value): Value {
    const axes = this.inOrder(value);
    return new Value(() => this.arranged(value, axes), axes, value.rank, undefined, { outer: value.outer });
  }

  /** A constant as what each example of a batch has, where an op takes tensors alone. */
  spread(constant: Constant, rank: number, batchAxis: number): Value {
    const lead = rank - constant.shape.length;
    const full = [...new Array<number>(lead).fill(1), ...constant.shape];
    if (full[batchAxis] !== 1 || !this.#first)
      throw new AnygradError("UNSUPPORTED", "a constant has a number for each example of a batch");
    const axes = full.map((_, axis) => axis).filter((axis) => axis !== batchAxis);
    const own = constant.reshaped(axes.map((axis) => full[axis]!));
    const tensor = this.operation("constant", [this.#first, own]);
    return new Value(tensor, [batchAxis, ...axes], rank, undefined);
  }

  /** The model between these inputs and outputs, without its weights; several go by their names. @throws AnygradError */
  network(
    inputs: Readonly<Record<string, SymbolicTensor>>,
    outputs: readonly { readonly name: string; readonly tensor: SymbolicTensor }[],
    name: string,
  ): Model<Predictions> {
    const [input, ...others] = Object.values(inputs);
    const named = Object.fromEntries(outputs.map((each) => [each.name, each.tensor]));
    return model({
      inputs: others.length === 0 ? input! : inputs,
      outputs: outputs.length === 1 ? outputs[0]!.tensor : named,
      name,
    }) as Model<Predictions>;
  }

  /** The arrays of the file by the names of the weights that they are. */
  get weights(): ReadonlyMap<string, Constant> {
    return this.#weights;
  }

  /** Another array for a weight. */
  replace(weight: string, constant: Constant): void {
    this.#weights.set(weight, constant);
  }

  /** Gives the model that was made here its weights. @throws AnygradError */
  async finish(net: Model<Predictions>, engine: Engine | undefined, budget: Budget): Promise<void> {
    const given = [...this.#weights.values()].reduce((sum, { size }) => sum + size, 0);
    // before anything is allocated: a shape of a damaged file can ask for any number of weights
    if (net.parameters.total > given + mostUngiven)
      throw new AnygradError(
        "DATA_FORMAT",
        `the layers have ${net.parameters.total} weights, but the file holds ${given}; it is damaged`,
      );
    budget.check(net.parameters.total, "weights of");
    const weights = weightsOf(net.graph).map(({ fullName, shape }) => {
      const found = this.#weights.get(fullName);
      if (found && found.size !== sizeOf(shape))
        throw new AnygradError(
          "DATA_FORMAT",
          `${fullName} has ${found.size} numbers, but the layer takes ${sizeOf(shape)}`,
        );
      return found;
    });
    await withAwaited(
      net,
      (weight) => this.#weights.has(weight),
      () => net.build(engine && { engine }),
    );
    const scratch = new Scratch(Math.max(0, ...net.variables.map(({ size }) => 4 * size)));
    for (const [i, variable] of net.variables.entries()) {
      const found = weights[i];
      found?.writeTo(variable.view as Float32Array, scratch);
    }
  }
}
