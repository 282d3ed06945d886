/**
 * What a file is made of, copied at once: training may go on while the rest of `save` is imported and the bytes are written. Apart from
 * save.ts, since a page that saves nothing needs no more than this.
 */
import { copyOf, type Snapshot } from "../../io/snapshot.ts";
import type { Layer } from "../../layers/index.ts";
import type { NamedWeight } from "../network/parameters.ts";
import type { Compiled } from "../training/context.ts";
import type { ModelConfig } from "./config.ts";
import type { SavedInputs } from "./save.ts";

/** Options of `net.save`. */
export interface SaveOptions {
  /**
   * Also save what a run needs to go on bit for bit (`resume: true`): the optimizer's slots and step, and where the
   * last run stands, its seed, history, running scores and callbacks included. Default false.
   */
  optimizer?: boolean;
}

/** A model as it was when `save` was called. */
export interface ModelCopy extends Pick<Compiled, "heads"> {
  /** The network. */
  readonly config: ModelConfig;
  /** What the config is of. */
  readonly layers: readonly Layer[];
  /** How examples are put in. */
  readonly inputs: SavedInputs;
  /** The optimizer it was compiled with. */
  readonly optimizer: Compiled["updater"]["optimizer"];
  /** Its weights. */
  readonly weights: readonly NamedWeight[];
  /** The name of the first weights that are NaN or infinite. */
  readonly nonFinite: string | undefined;
  /** Optimizer steps done, where they are asked for. */
  readonly step: number | undefined;
  /** The optimizer's slots, where they are asked for. */
  readonly slots: readonly Float32Array[];
  /** The run it is in, where that is asked for. */
  readonly run: Snapshot | undefined;
}

/** Copies what a file is made of. @throws AnygradError NOT_READY where callbacks have not seen the step yet */
export function copyModel(
  net: { getConfig(): ModelConfig; readonly layers: readonly Layer[] },
  inputs: SavedInputs,
  { parameters, updater, heads, run }: Compiled,
  { optimizer = false }: SaveOptions,
): ModelCopy {
  return {
    config: net.getConfig(),
    layers: net.layers,
    inputs,
    heads,
    optimizer: updater.optimizer,
    weights: parameters.read(),
    nonFinite: parameters.nonFinite(),
    step: optimizer ? updater.step : undefined,
    slots: optimizer ? updater.slots.map(({ view }) => Float32Array.from(view)) : [],
    run: optimizer && run ? copyOf(run.save()) : undefined,
  };
}
