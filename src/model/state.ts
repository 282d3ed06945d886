/** What a model holds, and what is asked of it by all that it does: training, evaluation, prediction, saving. */
import type { Dataset, Normalization } from "../data/dataset.ts";
import { AnygradError } from "../errors.ts";
import type { Graph } from "./network/graph.ts";
import type { SavedInputs } from "./saving/save.ts";
import type { Compiled } from "./training/context.ts";

export interface ModelState {
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
  /** The note on raw pixels was printed. */
  noted?: boolean;
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
  for (const { absent } of [compiled.loss, ...compiled.metrics]) absent?.(action);
  if (action === "fit") compiled.updater.optimizer.absent?.(action);
  return compiled;
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
