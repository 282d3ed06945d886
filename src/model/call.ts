/**
 * Models as functions. Applied to symbolic tensors a model is a part of another one: its layers stand there too, with the same
 * weights. Applied to tensors it computes, in a training loop of one's own.
 */
import { AnygradError, quote } from "../errors.ts";
import { SymbolicTensor } from "../layers/layer.ts";
import { noteOutput, symbolOf } from "../layers/symbolic.ts";
import { unknownName } from "../math/options.ts";
import { formatShape, openShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { fitsInput, graphAt } from "./lengths/network.ts";
import { forward } from "./network/forward.ts";
import { type Graph, isOpen } from "./network/graph.ts";
import type { Prediction, Predictions } from "./predictions/predict.ts";
import { type ModelState, ready, type Symbols } from "./state.ts";

/** Options of `net.apply`, for tensors. */
export interface ApplyOptions {
  /** Whether it is a step of training, in which dropout drops and statistics move. Default false. */
  training?: boolean;
  /** Seed of dropout. Default 0. */
  seed?: number;
  /** Number of the step, by which dropout draws. Default: how often the model has been applied in training. */
  step?: number;
}

/** What a model makes of tensors: one, or several in the form of its predictions. */
export type Applied<Outputs extends Predictions, T> = Outputs extends Prediction
  ? T
  : Outputs extends readonly Prediction[]
    ? readonly T[]
    : { readonly [name in keyof Outputs]: T };

/** The types of these options. */
export const applyNames = "training:boolean seed:number step:number";

/** The network's own symbolic tensors, made when somebody asks for them. */
export function symbolsOf(state: ModelState): Symbols {
  if (state.symbols) return state.symbols;
  const { graph } = state;
  const inputs = graph.inputs.map(
    ({ name = "input_layer", shape, others }) => new SymbolicTensor(shape, [], name, undefined, others),
  );
  const nodes = inlined(graph, inputs);
  for (const node of nodes) noteOutput(node);
  state.symbols = { inputs, nodes };
  return state.symbols;
}

/** What the places of a network give for other inputs. @param within the network's name, as a part of another one */
function inlined(graph: Graph, inputs: readonly SymbolicTensor[], within?: string): SymbolicTensor[] {
  const nodes: SymbolicTensor[] = [];
  for (const { layer, inputs: from, within: inner } of graph.nodes) {
    const taken = from.map((at) => (at < 0 ? inputs[-1 - at]! : nodes[at]!));
    nodes.push(symbolOf(layer, taken, inner ?? within));
  }
  return nodes;
}

/** The outputs for symbolic tensors, or for tensors. @throws AnygradError as `net.apply` does */
export function applyModel(
  state: ModelState,
  name: string,
  given: unknown,
  options: ApplyOptions,
): readonly (SymbolicTensor | Tensor)[] {
  const { graph } = state;
  const inputs = inOrder(graph, given);
  if (inputs.every((each) => each instanceof SymbolicTensor)) {
    for (const [i, each] of inputs.entries()) checkShape(graph, i, each.sizes);
    const nodes = inlined(graph, inputs, name);
    return graph.outputs.map(({ node }) => nodes[node]!);
  }
  const { engine, parameters } = ready(state, "apply");
  const tensors = inputs.map((each, i) => {
    if (!(each instanceof Tensor) || each.allocator !== engine.allocator)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `apply: got ${each instanceof Tensor ? "a tensor of another engine" : quote(each)}; pass a tensor of net.engine, or what input({ shape }) or a layer gives`,
      );
    if (each.dtype !== "float32")
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `apply: got a tensor of ${each.dtype}; pass float32, as net.engine.tensor(values) makes`,
      );
    checkShape(graph, i, each.shape.slice(1));
    return each;
  });
  const { training = false, seed = 0, step = state.applied ?? 0 } = options;
  if (training) state.applied = step + 1;
  const network = isOpen(graph) ? graphAt("apply", graph, tensors.map(({ shape }) => shape.slice(1))) : graph; // biome-ignore format: one call
  return forward(network, parameters, tensors, { training, seed, step, logits: new Set() });
}

/** @throws AnygradError SHAPE_MISMATCH */
function checkShape({ inputs }: Graph, i: number, shape: readonly number[]): void {
  const { shape: wanted, others } = inputs[i]!;
  if (fitsInput(inputs[i]!, shape)) return;
  const which = inputs.length > 1 ? ` for ${quote(inputs[i]!.name)}` : "";
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `apply: got examples of ${formatShape(shape)}${which} but the model takes ${formatShape(openShape(wanted, others))}; pass that shape, a tensor with the batch axis in front`,
  );
}

/** The inputs in their order, as one, a list or a record. @throws AnygradError INVALID_ARGUMENT */
function inOrder({ inputs }: Graph, given: unknown): unknown[] {
  const names = inputs.map(({ name }) => name ?? "input_layer");
  const isOne = given instanceof SymbolicTensor || given instanceof Tensor;
  if (!isOne && Object.prototype.toString.call(given) === "[object Object]") {
    const record = given as Record<string, unknown>;
    for (const name of Object.keys(record))
      if (!names.includes(name)) throw unknownName("apply: input", name, names);
    return names.map((name) => record[name]);
  }
  const list: unknown[] = Array.isArray(given) ? given : [given];
  if (list.length === inputs.length) return list;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `apply: got ${list.length} inputs but the model has ${inputs.length}: ${names.join(", ")}; pass a list in this order, or a record by these names`,
  );
}
