/** What `compile` and `createEngine` take, in a form that can be sent: descriptions in place of functions. */
import type { EngineOptions } from "../backend/backend.ts";
import { listOwn } from "../definitions/definition.ts";
import { ownIn } from "../definitions/ownIn.ts";
import { AnygradError, quote } from "../errors.ts";
import { getLoss, type Loss, type LossLike } from "../losses/index.ts";
import { strictOptions } from "../math/options.ts";
import { checkMetric } from "../metrics/named.ts";
import type { CompileOptions, Model } from "../model/index.ts";
import { compileNames } from "../model/training/context.ts";
import type { GivenMetric } from "../model/training/head.ts";
import { getOptimizer, type SavedOptimizer } from "../optimizers/index.ts";
import { saveOptimizer } from "../optimizers/saved/save.ts";
import { isBuiltIn } from "../registry.ts";
import { eachOf, type Sent } from "./messages/eachOf.ts";

/** The engine is made in the worker: `inWorker(net, { engine: { threads: 2 } })`. */
export type WorkerCompileOptions = Omit<CompileOptions, "engine">;

export interface SentCompileOptions {
  readonly optimizer: string | SavedOptimizer | undefined;
  readonly loss: Sent<SentLoss>;
  readonly lossWeights: CompileOptions["lossWeights"];
  readonly metrics: Sent<SentMetric>;
  readonly weightedMetrics: Sent<SentMetric> | undefined;
}

export interface SentLoss {
  readonly type: string;
  readonly config: Loss["config"];
}

interface SentMetric {
  readonly type: string;
  readonly config: Record<string, unknown>;
}

/** @throws AnygradError INVALID_ARGUMENT, UNSUPPORTED */
export async function sendableCompile(given: WorkerCompileOptions): Promise<SentCompileOptions> {
  const options: CompileOptions = strictOptions("compile", given as CompileOptions, compileNames);
  if (options.engine !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "compile: got an engine, but a model in a worker has one there; leave it out and pass its options as inWorker(net, { engine: { threads: 2 } })",
    );
  if (options.loss === undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      'compile: loss is missing; pass one, such as loss: "sparseCategoricalCrossentropy"',
    );
  const { optimizer, lossWeights, metrics = [], weightedMetrics } = options;
  const saved =
    optimizer && typeof optimizer !== "string" ? saveOptimizer(await getOptimizer(optimizer)) : optimizer;
  if (typeof saved === "object" && saved.custom)
    throw new AnygradError(
      "UNSUPPORTED",
      `compile: the optimizer ${quote(saved.type)}, or its schedule, is one of your own, which cannot be sent to a worker; use one of optimizers and schedules, or train on the page, a step at a time by net.train`,
    );
  return {
    optimizer: saved,
    loss: await eachOf(options.loss, sendableLoss),
    lossWeights,
    metrics: await eachOf(metrics, sendableMetric),
    weightedMetrics: weightedMetrics && (await eachOf(weightedMetrics, sendableMetric)),
  };
}

async function sendableLoss(given: LossLike): Promise<SentLoss> {
  const { type, config, call } = await getLoss(given);
  if (isBuiltIn(call)) return { type, config };
  throw new AnygradError(
    "UNSUPPORTED",
    `compile: the loss ${quote(type)} is ${typeof given === "function" ? "a function" : "one"} of your own, which cannot be sent to a worker; use one of losses, or train on the page, a step at a time by net.train`,
  );
}

/** @throws AnygradError UNSUPPORTED for a network with anything of the user's own */
export function checkSendable(model: Pick<Model, "getConfig">): void {
  const own = ownIn(model.getConfig().layers);
  if (own.length > 0)
    throw new AnygradError(
      "UNSUPPORTED",
      `inWorker: the model has ${listOwn(own)} of your own, whose functions cannot be sent to a worker; train it on the page, a step at a time by net.train, or in a worker of your own that imports the definitions`,
    );
}

function sendableMetric(metric: GivenMetric): SentMetric {
  // the worker knows which names there are
  if (typeof metric === "string") return { type: metric, config: {} };
  const { name, type, config, create } =
    typeof metric === "function"
      ? { name: metric.name, type: undefined, config: {}, create: metric }
      : checkMetric(metric);
  if (type !== undefined && isBuiltIn(create)) return { type, config };
  throw new AnygradError(
    "UNSUPPORTED",
    `compile: the metric "${name}" is a function of your own, which cannot be sent to a worker; leave it out, and compute it from net.predict`,
  );
}

/** Kernels are fetched here: a promise or a response cannot be sent. */
export async function sendableEngine({ kernels, ...options }: EngineOptions): Promise<EngineOptions> {
  if (kernels === undefined) return options;
  const { readKernels } = await import("../kernels/sources.ts");
  return { ...options, kernels: await readKernels(kernels) };
}
