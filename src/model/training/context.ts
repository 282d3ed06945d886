/** What training works on: a network and what `compile` adds to it, an engine with the weights in it, an optimizer, a loss and metrics. */
import type { Engine } from "../../autograd/engine.ts";
import type { Normalization } from "../../data/dataset.ts";
import type { TargetColumn } from "../../data/preparation.ts";
import type { Definition } from "../../definitions/definition.ts";
import { sharedEngine } from "../../engine/createEngine.ts";
import { AnygradError, quote } from "../../errors.ts";
import { loadActivations } from "../../layers/activation.ts";
import type { LossLike } from "../../losses/index.ts";
import { checkNumber } from "../../math/checks.ts";
import { getOptimizer, type Optimizer } from "../../optimizers/index.ts";
import { OptimizerState } from "../../optimizers/optimizerState.ts";
import type { Shape } from "../../tensor/shape.ts";
import { type Graph, rowShape, weightsOf } from "../network/graph.ts";
import { engineOf } from "../network/owned.ts";
import { type Awaited, Parameters } from "../network/parameters.ts";
import { targetShape } from "./batches.ts";
import type { TrainingRun } from "./callbacks/callback.ts";
import { type ByOutput, type GivenMetrics, type Head, headOf } from "./head.ts";
import type { RunState } from "./run/state.ts";

/** Options of `net.compile`. */
export interface CompileOptions {
  /** A name or an optimizer. Default "rmsprop", as in Keras. */
  optimizer?: string | Optimizer | Definition<[], Optimizer>;
  /**
   * A name, a loss with options, or a function (yTrue, yPred) of tensors that gives the loss of each example, [n]. Of several
   * outputs one for all of them, or `{ price: "mse", kind: "sparseCategoricalCrossentropy" }`, or a list in their order; an output
   * without one is not trained.
   */
  loss: LossLike | ByOutput<LossLike>;
  /** Factors on the losses of several outputs, whose sum is minimised, as `loss`; a number where there is one output. Default 1. */
  lossWeights?: number | ByOutput<number>;
  /**
   * One or several: names, metrics with options, or functions (yTrue, yPred) of tensors. Of several outputs one name for all, a
   * record of one or several each by their names, or a list with an item for each output. Default none.
   */
  metrics?: GivenMetrics | ByOutput<GivenMetrics>;
  /**
   * As `metrics`, but each counts examples by their `sampleWeight` and `classWeight`. What `metrics` has too is logged with "weighted_"
   * before its name. Default none.
   */
  weightedMetrics?: GivenMetrics | ByOutput<GivenMetrics>;
  /** Default: one with default options, which all models share that are given none. */
  engine?: Engine;
}

/** Their types. */
export const compileNames = "optimizer loss lossWeights metrics weightedMetrics engine";

/** What `compile` adds to a network. */
export interface Compiled {
  /** The engine that holds the weights. */
  readonly engine: Engine;
  /** The weights. */
  readonly parameters: Parameters;
  /** The optimizer and its slots. */
  readonly updater: OptimizerState;
  /** Puts the weights within their bounds after an update, where any has some. */
  readonly constrain: (() => void) | undefined;
  /** The outputs that have a loss. */
  readonly heads: readonly Head[];
  /** What the targets of an example are: class indices or numbers, and their shape; of several outputs the numbers of all in a row. */
  readonly aim: { readonly kind: "labels" | "dense"; readonly shape: Shape };
  /** The outputs, by place, whose losses take logits. */
  readonly fused: ReadonlySet<number>;
  /** How the network's numbers become those of the user, in which metrics are told; undefined: they are the same. */
  target?: TargetColumn | undefined;
  /** The last training run, which `resume` goes on with. */
  run?: RunState | undefined;
  /** What `RunState.next` of the last run is, also where that cannot be resumed. */
  next?: RunState["next"];
  /** Bytes of steps by what they follow from: short runs do not find them again. */
  readonly stepBytes: Map<string, number>;
}

/** What training needs of a model. */
export interface TrainingContext {
  readonly graph: Graph;
  readonly compiled: Compiled;
  readonly normalization: Normalization | undefined;
  readonly classNames: readonly string[] | undefined;
  /** What callbacks read and write weights by. */
  readonly model: TrainingRun["model"];
}

/** @throws AnygradError INVALID_ARGUMENT for what is no engine, such as one that was not awaited */
export function checkEngine(subject: string, engine: Engine | undefined): void {
  if (engine === undefined || engine.allocator) return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: engine is ${quote(engine)}; pass what await createEngine() gives`,
  );
}

/** What keeps weights within their bounds, where any has some. @throws AnygradError INVALID_ARGUMENT */
async function constrainerOf({ trainable }: Parameters): Promise<Compiled["constrain"]> {
  const weights = trainable.flatMap(({ spec: { fullName: name, constraint }, value }) =>
    constraint ? { name, value, constraint } : [],
  );
  if (weights.length > 0) return (await import("../../constraints/apply.ts")).constrainer(weights);
}

/** The optimizer's factors on the learning rates of the weights, where it has some. @throws AnygradError INVALID_ARGUMENT */
async function ratesOf({ config }: Optimizer, parameters: Parameters): Promise<number[] | undefined> {
  const multipliers = config.learningRateMultipliers as Readonly<Record<string, number>> | undefined;
  if (!multipliers) return undefined;
  const { learningRates } = await import("./learningRates.ts");
  const names = (list: Parameters["all"]): string[] => list.map(({ spec }) => spec.fullName);
  return learningRates(multipliers, names(parameters.trainable), names(parameters.all));
}

/** What is trained, of a network of one output. @throws AnygradError INVALID_ARGUMENT */
async function headsOf(graph: Graph, options: CompileOptions): Promise<readonly Head[]> {
  const { loss, lossWeights = 1, metrics = [], weightedMetrics } = options;
  if (graph.forms.outputs !== "one") return (await import("./several/heads.ts")).severalHeads(graph, options);
  const weight = checkNumber("compile: lossWeights", lossWeights as number, { from: 0 });
  return [
    await headOf(
      graph,
      0,
      loss as LossLike,
      metrics as GivenMetrics,
      weight,
      weightedMetrics as GivenMetrics,
    ),
  ];
}

/** @param seed of the first weights @param awaited those that are written next @throws AnygradError INVALID_ARGUMENT, MEMORY_LIMIT, UNSUPPORTED */
export async function compile(
  graph: Graph,
  seed: number,
  options: CompileOptions,
  awaited?: Awaited,
): Promise<Compiled> {
  if (options.loss === undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      'compile: loss is missing; pass one, such as loss: "sparseCategoricalCrossentropy"',
    );
  const heads = await headsOf(graph, options);
  const optimizer = await getOptimizer(options.optimizer ?? "rmsprop");
  await loadActivations(graph.nodes.map(({ layer }) => layer));
  checkEngine("compile", options.engine);
  const owners = graph.nodes.map(({ owner }) => owner);
  const convolves = graph.nodes.some(
    ({ layer: { traits } }) => !traits?.isView && traits?.convolves !== false,
  );
  const engine =
    options.engine ?? (engineOf(owners)?.engine as Engine | undefined) ?? (await sharedEngine(convolves));
  if (convolves) await engine.allocator.backend.loadConvolutions();
  const drawn = weightsOf(graph).filter(({ fullName }) => !awaited?.(fullName));
  await Promise.all(drawn.map(({ initializer }) => initializer.prepare?.()));
  const parameters = new Parameters(engine, graph, seed, awaited);
  try {
    const updater = new OptimizerState(
      optimizer,
      parameters.trainable.map(({ value }) => value),
      await ratesOf(optimizer, parameters),
    );
    const constrain = await constrainerOf(parameters);
    const fused = new Set(heads.flatMap((head) => (head.fused ? [head.output] : [])));
    return { engine, parameters, updater, constrain, heads, aim: aimOf(heads), fused, stepBytes: new Map() };
  } catch (error) {
    parameters.release();
    throw error;
  }
}

/** What the targets of an example are. */
export function aimOf(heads: readonly Head[]): Compiled["aim"] {
  const [one, ...others] = heads;
  if (one && others.length === 0) return { kind: one.loss.targets, shape: one.shape };
  return { kind: "dense", shape: rowShape(heads.map(targetShape)) };
}
