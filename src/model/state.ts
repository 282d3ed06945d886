/** What a model holds, and what is asked of it by all that it does: training, evaluation, prediction, saving. */
import type { Dataset, Normalization } from "../data/dataset.ts";
import { AnygradError } from "../errors.ts";
import type { SymbolicTensor } from "../layers/index.ts";
import type { ExampleShape } from "../tensor/shape.ts";
import type { Graph } from "./network/graph.ts";
import type { Awaited } from "./network/parameters.ts";
import type { SavedInputs } from "./saving/config.ts";
import type { Compiled, CompileOptions } from "./training/context.ts";

/** A network as symbolic tensors: what goes into it, and what each of its places gives. */
export interface Symbols {
  readonly inputs: readonly SymbolicTensor[];
  readonly nodes: readonly SymbolicTensor[];
}

export interface ModelState {
  /** The network; undefined while the shape of an example is not known. */
  network: Graph | undefined;
  /** The network. @throws AnygradError NOT_READY while the shape of an example is not known */
  readonly graph: Graph;
  /** Seed of the first weights. */
  readonly seed: number;
  /** The weights and what trains them; undefined before `compile`. */
  compiled?: Compiled | undefined;
  /** A `compile` that is under way, which whatever needs weights waits for: TensorFlow.js's programs do not. */
  compiling?: Promise<void> | undefined;
  /** What was learnt of the training data besides the weights. */
  inputs: SavedInputs;
  /** A run is under way. */
  training?: boolean;
  /** Makes the network, of a chain that does not know the shape of an example yet. */
  begin?: (shape: ExampleShape) => void;
  /** What it is to be compiled with when that is known. */
  waiting?: CompileOptions;
  /** The network as symbolic tensors, where somebody has asked for them, or it was made of them. */
  symbols?: Symbols;
  /** Weights that will be read before anybody sees them: these are not drawn. */
  awaited?: Awaited | undefined;
  /** How often it was applied in training. */
  applied?: number;
  /** The note on raw pixels was printed. */
  noted?: boolean;
}

/** What a model begins with. */
export function stateOf(
  network: Graph | undefined,
  seed: number,
  others: Pick<ModelState, "symbols" | "begin">,
): ModelState {
  return {
    network,
    get graph(): Graph {
      if (this.network) return this.network;
      throw new AnygradError(
        "NOT_READY",
        "model: there are no layers yet, or the shape of an example is not known; pass inputShape to sequential, begin the list with input({ shape }), or call await net.build({ inputShape })",
      );
    },
    seed,
    inputs: {},
    ...others,
  };
}

/** @throws AnygradError NOT_READY where it has no weights */
export function ready({ compiled, compiling }: ModelState, action: string): Compiled {
  if (compiled) return compiled;
  throw new AnygradError(
    "NOT_READY",
    `${action}: the model is ${compiling ? "being compiled; await net.compile({ … })" : "not compiled; call await net.compile({ optimizer, loss })"} first`,
  );
}

/** With loss and metrics: a model may have been loaded without those of one's own. @throws AnygradError NOT_READY */
export function trainable(state: ModelState, action: string): Compiled {
  const compiled = ready(state, action);
  for (const { absent } of compiled.heads.flatMap(({ loss, metrics }) => [loss, ...metrics]))
    absent?.(action);
  if (action === "fit") compiled.updater.optimizer.absent?.(action);
  return compiled;
}

/** The names of several outputs; none where there is one. */
export function outputNames({ graph: { outputs, forms } }: ModelState): string[] {
  return forms.outputs === "one" ? [] : outputs.map(({ name }) => name);
}

/** One, a list, or a record by the names of the outputs, as these were given. */
export function inForm<T>(
  { forms, outputs }: Pick<Graph, "forms" | "outputs">,
  all: readonly T[],
): T | readonly T[] | Record<string, T> {
  if (forms.outputs === "one") return all[0]!;
  return forms.outputs === "list" ? all : Object.fromEntries(outputs.map(({ name }, k) => [name, all[k]!]));
}

/** How these bytes become floats; undefined for a model that rescales by itself. */
export function normalizationFor(
  { graph }: ModelState,
  { normalization }: Pick<Dataset, "normalization">,
): Normalization | undefined {
  const rescales = graph.nodes.every(({ inputs, layer }) => !inputs.includes(-1) || layer.traits?.rescales);
  return rescales ? undefined : normalization;
}

/** Says once that values look like pixels from 0 to 255 that nothing brings to 0 … 1. */
export async function notePixels(
  state: ModelState,
  subject: string,
  x: Dataset["x"],
  normalization: Normalization | undefined,
): Promise<void> {
  const { inputShape, nodes } = state.graph;
  const others = x instanceof Uint8Array ? normalization : inputShape.length !== 3 || x.some((v) => v % 1);
  if (state.noted || others) return;
  if (nodes.some(({ layer: { traits } }) => traits?.rescales || traits?.statistics)) return;
  state.noted = (await import("../data/given/pixels.ts")).notePixels(subject, x, normalization);
}
