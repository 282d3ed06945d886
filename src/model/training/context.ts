/** What training works on: a network and what `compile` adds to it, an engine with the weights in it, an optimizer, a loss and metrics. */
import type { Engine } from "../../autograd/engine.ts";
import type { Normalization } from "../../data/dataset.ts";
import type { TargetColumn } from "../../data/preparation.ts";
import type { Definition } from "../../definitions/definition.ts";
import { createEngine } from "../../engine/createEngine.ts";
import { AnygradError, quote } from "../../errors.ts";
import { loadActivations } from "../../layers/activation.ts";
import { getLoss, type Loss, type LossLike } from "../../losses/index.ts";
import type { Metric, MetricFunction, MetricName } from "../../metrics/index.ts";
import { getMetric } from "../../metrics/named.ts";
import { getOptimizer, type Optimizer } from "../../optimizers/index.ts";
import { OptimizerState } from "../../optimizers/optimizerState.ts";
import { type Graph, weightsOf } from "../network/graph.ts";
import { Parameters } from "../network/parameters.ts";
import type { TrainingRun } from "./callbacks/callback.ts";
import type { RunState } from "./run/state.ts";

/** A metric as `compile` takes it. */
export type GivenMetric = MetricName | Metric | MetricFunction | Definition<[], Metric>;

/** Options of `net.compile`. */
export interface CompileOptions {
  /** A name or an optimizer. Default "rmsprop", as in Keras. */
  optimizer?: string | Optimizer | Definition<[], Optimizer>;
  /** A name, a loss with options, or a function (yTrue, yPred) of tensors that gives the loss of each example, [n]. */
  loss: LossLike;
  /** One or several: names, metrics with options, or functions (yTrue, yPred) of tensors. Default none. */
  metrics?: GivenMetric | readonly GivenMetric[];
  /** Default: a new one with default options. */
  engine?: Engine;
}

/** Their types. */
export const compileNames = "optimizer loss metrics engine";

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
  /** The loss. */
  readonly loss: Loss;
  /** The metrics. */
  readonly metrics: readonly Metric[];
  /** The loss takes the last layer's logits and fuses its activation. */
  readonly fused: boolean;
  /** How the network's numbers become those of the user, in which metrics are told; undefined: they are the same. */
  target?: TargetColumn | undefined;
  /** The last training run, which `resume` goes on with. */
  run?: RunState | undefined;
  /** What `RunState.next` of the last run is, also where that cannot be resumed. */
  next?: RunState["next"];
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

/** @throws AnygradError INVALID_ARGUMENT, MEMORY_LIMIT, UNSUPPORTED */
export async function compile(graph: Graph, seed: number, options: CompileOptions): Promise<Compiled> {
  if (options.loss === undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      'compile: loss is missing; pass one, such as loss: "sparseCategoricalCrossentropy"',
    );
  const given = await getLoss(options.loss);
  const loss = graph.nodes.reduce((each, { layer }) => layer.traits?.ofLoss?.(each) ?? each, given);
  const optimizer = await getOptimizer(options.optimizer ?? "rmsprop");
  const metrics = await Promise.all([options.metrics ?? []].flat().map(getMetric));
  await loadActivations(graph.nodes.map(({ layer }) => layer.lastActivation));
  checkEngine("compile", options.engine);
  const engine = options.engine ?? (await createEngine());
  await Promise.all(weightsOf(graph).map(({ initializer }) => initializer.prepare?.()));
  const parameters = new Parameters(engine, graph, seed);
  const updater = new OptimizerState(
    optimizer,
    parameters.trainable.map(({ value }) => value),
    await ratesOf(optimizer, parameters),
  );
  const last = graph.nodes.at(-1)!;
  const fused = loss.config.fromLogits !== true && last.layer.lastActivation === loss.fuses;
  return { engine, parameters, updater, constrain: await constrainerOf(parameters), loss, metrics, fused };
}
