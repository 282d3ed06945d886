/**
 * What the page describes, made again in the worker. The worker's program begins with the kinds that most networks have;
 * what makes the others is imported where one of them is asked for.
 */
import { conv2d } from "../layers/conv2d.ts";
import { dense } from "../layers/dense.ts";
import { dropout } from "../layers/dropout.ts";
import type { Layer, SavedLayer } from "../layers/layer.ts";
import { maxPooling2d } from "../layers/pooling.ts";
import { flatten } from "../layers/reshape.ts";
import type { LossLike } from "../losses/index.ts";
import { sparseCategoricalCrossentropy } from "../losses/sparseCrossentropy.ts";
import type { Model, ModelConfig } from "../model/index.ts";
import { sequential } from "../model/sequential.ts";
import { adam } from "../optimizers/adam.ts";
import type { Optimizer, SavedOptimizer } from "../optimizers/index.ts";
import type { SentLoss } from "./compileOptions.ts";

const common = { conv2d, dense, dropout, flatten, maxPooling2d };

/** The network of a description. @throws AnygradError as `modelFromConfig` does */
export async function networkFrom(config: ModelConfig): Promise<Model> {
  const { name, inputShape, seed, nodes, layers } = config;
  if (nodes || !layers.every(({ type }) => Object.hasOwn(common, type)))
    return (await import("../model/load.ts")).modelFromConfig(config);
  return sequential(layers.map(commonLayer), { inputShape, name, seed });
}

function commonLayer({ type, name, trainable, config }: SavedLayer): Layer {
  const make = common[type as keyof typeof common] as (options: object) => Layer;
  return make({ ...config, name, trainable });
}

/** The optimizer of a description; another name than adam's stays one. @throws AnygradError INVALID_ARGUMENT */
export async function optimizerFrom(
  saved: SavedOptimizer | string | undefined,
): Promise<Optimizer | string | undefined> {
  if (saved === "adam") return adam();
  if (typeof saved !== "object") return saved;
  const { type, config, schedule } = saved;
  if (type === "adam" && schedule.type === "constant")
    return adam({ ...config, learningRate: schedule.config.learningRate as number });
  return (await import("../optimizers/saved/restore.ts")).optimizerFromConfig(saved);
}

/** The loss of a description; what is no common one stays as it is, and `compile` imports it. @throws AnygradError INVALID_ARGUMENT */
export function lossFrom(sent: SentLoss): LossLike {
  const { type, config } = sent;
  return type === "sparseCategoricalCrossentropy" ? sparseCategoricalCrossentropy(config) : sent;
}
