/**
 * Models as the bytes of a file: the weights as tensors, everything else as JSON in the metadata. Imported when a model is saved: a page
 * that saves none downloads none of it.
 */
import { AnygradError } from "../../errors.ts";
import type { WrittenFile } from "../../io/arrays.ts";
import { defaultFormat } from "../../io/formats.ts";
import { packSnapshot } from "../../io/packedSnapshot.ts";
import type { Loss } from "../../losses/index.ts";
import type { Metric } from "../../metrics/index.ts";
import type { SavedOptimizer } from "../../optimizers/index.ts";
import { saveOptimizer } from "../../optimizers/saved/save.ts";
import { isBuiltIn, type SavedKind } from "../../registry.ts";
import type { Compiled } from "../training/context.ts";
import type { ModelConfig, SavedInputs } from "./config.ts";
import type { ModelCopy } from "./copy.ts";
import type { SaveOptions } from "./saveOptions.ts";

/** Counts changes of the form below that older versions cannot read: 1 knows chains only, 2 one input and output, 3 float weights. */
export const version = 4;

/** A loss in a file. */
export type SavedLoss = SavedKind<Loss["config"]> & {
  /** It is none of the package's: the file holds its name alone. */
  readonly custom?: true;
};

/** A metric in a file: of one of the user's own its name, and the options of its definition where it has one. */
export type SavedMetric = (SavedKind | { readonly custom: string; readonly config?: object }) & {
  /** It counts examples by their weights, under this name. */
  readonly weighted?: string;
};

/** An output and its loss in a file. */
export interface SavedHead {
  /** The output's name. */
  readonly name: string;
  /** Its loss. */
  readonly loss: SavedLoss;
  /** The factor on it. */
  readonly weight: number;
  /** Its metrics. */
  readonly metrics: readonly SavedMetric[];
}

/** What a file holds of a model besides its arrays. */
export interface SavedModel extends ModelConfig, SavedInputs {
  /** The form of this description. */
  version: number;
  /** The optimizer it was compiled with. */
  optimizer: SavedOptimizer;
  /** The loss it was compiled with; of one of one's own the name, by which `load` asks for it. */
  loss?: SavedLoss;
  /** The metrics it was compiled with; of those of one's own the names, by which `load` asks for them. */
  metrics?: SavedMetric[];
  /** In place of both, of several outputs those that have a loss. */
  heads?: SavedHead[];
  /** Optimizer steps done; with it the optimizer's slots are in the file. */
  step?: number;
}

/** Two strokes, so that no weight of a layer named "optimizer" is meant. */
export const slotPrefix = "optimizer//";
export const runPrefix = "run//";

/**
 * The model as bytes.
 *
 * @throws AnygradError NOT_FINITE for weights that are NaN or infinite: they would take the place of good ones
 */
export async function saveModel(copy: ModelCopy, how: SaveOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { config, layers, inputs, optimizer, heads, weights, slots, run, step, nonFinite } = copy;
  if (nonFinite !== undefined)
    throw new AnygradError(
      "NOT_FINITE",
      `save: the weights ${nonFinite} are NaN or infinite, from which no run goes on; load an earlier file, or train anew with a lower learning rate`,
    );
  const model: SavedModel = {
    version:
      how.weights === "int8" ? version : config.ends || heads[0]!.weight !== 1 ? 3 : config.nodes ? 2 : 1,
    ...config,
    ...inputs,
    optimizer: saveOptimizer(optimizer),
    ...savedHeads(heads, config),
    ...(step !== undefined && { step }),
  };
  const state = run === undefined ? undefined : packSnapshot(run);
  const arrays = (state?.arrays ?? []).map((data, i) => ({
    name: runPrefix + i,
    shape: [data.length],
    data,
  }));
  const named = slots.map((data, i) => ({
    name: slotPrefix + optimizer.slots[i]!,
    shape: [data.length],
    data,
  }));
  const isWhole = (how.weights ?? "float32") === "float32" && !how.keep;
  const written = isWhole ? weights : (await import("./stored.ts")).stored(weights, config.layers, how);
  const file: WrittenFile = {
    tensors: [...written, ...named, ...arrays],
    metadata: { format: "anygrad", model: JSON.stringify(model), ...(state && { run: state.json }) },
  };
  if (file.metadata.model!.includes('"custom":"')) (await import("./distinct.ts")).checkDistinct(layers);
  return (await defaultFormat()).write(file);
}

/** Loss and metrics, or those of each output. */
function savedHeads(
  heads: Compiled["heads"],
  { ends }: ModelConfig,
): Pick<SavedModel, "loss" | "metrics" | "heads"> {
  const saved = heads.map(({ name, loss, weight, metrics }) => ({
    name,
    loss: savedLoss(loss),
    weight,
    metrics: metrics.map(savedMetric),
  }));
  const [{ loss, metrics, weight }] = saved as [SavedHead & { metrics: SavedMetric[] }];
  return ends || weight !== 1 ? { heads: saved } : { loss, metrics };
}

function savedMetric({ name, type, config, create, definition, plainName }: Metric): SavedMetric {
  const weighted = plainName !== undefined && { weighted: name };
  if (type !== undefined && isBuiltIn(create)) return { type, config, ...weighted };
  return definition ? { custom: type!, config, ...weighted } : { custom: plainName ?? name, ...weighted };
}

function savedLoss({ type, config, call }: Loss): SavedLoss {
  return isBuiltIn(call) ? { type, config } : { type: type || "loss", config: config ?? {}, custom: true };
}
