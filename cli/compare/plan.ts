/** What `compare` is to train: every model on every data set, each run with its arguments and its folder. */
import { basename, join } from "node:path";
import { AnygradError } from "../../src/errors.ts";
import type { Source } from "../dataset/source.ts";
import { logOptionNames } from "../options/logOptions.ts";
import type { NetworkCliOptions } from "../options/networkOptions.ts";
import { argumentsOf, type GivenOptions, without } from "../options/passedOptions.ts";
import { fileDigest } from "../training/modelFile.ts";
import { networkSourceOf } from "../training/network.ts";
import { type Candidate, labelsOf, type TrainOptionUse } from "./candidate.ts";

export interface PlannedRun {
  /** Tells the model apart from the others. */
  readonly model: string;
  readonly preset: string;
  readonly dataset: string;
  /** Everything that decides what is trained, as arguments of `train`; threads and folders do not. */
  readonly settings: readonly string[];
  /** The options among them. */
  readonly options: GivenOptions;
  /** SHA-256 of the file of a network of the user's own. */
  readonly sha256?: string;
  /** Path below the output folder. */
  readonly folder: string;
}

/** Options of all runs that decide nothing of what is trained. */
export const withoutEffect: readonly string[] = ["data", "checkpoint", "keep", "keep-best"];

/**
 * @param common the options of all runs; a model's own go before them
 * @throws AnygradError INVALID_ARGUMENT for fewer than two models, one named twice, or an option that has no meaning for its preset
 */
export function planRuns(
  candidates: readonly Candidate[],
  datasets: readonly string[],
  common: GivenOptions,
): PlannedRun[] {
  const telling = without(common, ["threads", ...withoutEffect, ...logOptionNames]);
  const models = candidates.map(({ preset, options }) => ({ preset, settings: { ...telling, ...options } }));
  if (models.length < 2)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `compare: ${models.length === 1 ? "one model alone" : "no models"}; name at least two, such as mlp-128-64 cnn-32-32`,
    );
  models.forEach((model, place) => {
    if (models.slice(0, place).some((other) => isSame(other, model)))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `compare: ${written(candidates[place]!)} is named twice with the same settings; name it once, or change an option, as in ${model.preset}:seed=2`,
      );
  });
  const labels = labelsOf(models.map((model) => ({ ...model, group: "" })));
  const folders = new Set<string>();
  return datasets.flatMap((dataset) =>
    candidates.map((candidate, place): PlannedRun => {
      const { preset, settings } = models[place]!;
      return {
        model: labels[place]!,
        preset,
        dataset,
        settings: ["--dataset", dataset, ...argumentsOf(settings)],
        options: settings,
        folder: unusedFolder(folders, `${written(candidate)}-${setName(dataset)}`),
      };
    }),
  );
}

/**
 * Makes every network once for the data of its run: what is wrong with one is told before any is trained.
 *
 * @returns the runs, with what the files of networks hold now
 * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH, DATA_MISSING
 */
export async function checkNetworks(
  plan: readonly PlannedRun[],
  sources: ReadonlyMap<string, Source>,
  known: ReadonlyMap<string, TrainOptionUse>,
): Promise<PlannedRun[]> {
  const checked: PlannedRun[] = [];
  for (const run of plan) {
    const { train, classes, task } = sources.get(run.dataset)!;
    const network = networkSourceOf(run.preset);
    const facts = { inputShape: train.shape.slice(1), classes, task, seed: 0 };
    await network.network(facts, parsed(run.options, known));
    checked.push(network.isFile ? { ...run, sha256: await fileDigest(run.preset) } : run);
  }
  return checked;
}

/** What a run reads, as its arguments name it: its data set, and files of a network of the user's own. */
export function readBy({ dataset, preset, sha256, options }: PlannedRun): string[] {
  return [
    dataset,
    ...(sha256 === undefined ? [] : [networkSourceOf(preset).argument]),
    ...(options.custom === undefined ? [] : [options.custom]),
  ];
}

function isSame(a: { preset: string; settings: GivenOptions }, b: typeof a): boolean {
  return a.preset === b.preset && sorted(a.settings) === sorted(b.settings);
}

function sorted(settings: GivenOptions): string {
  return JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** As the user writes it: `mlp-64:optimizer=momentum`. */
function written({ preset, options }: Candidate): string {
  const own = Object.entries(options).map(([name, value]) => (value === "" ? name : `${name}=${value}`));
  return own.length > 0 ? `${preset}:${own.join(",")}` : preset;
}

function setName(dataset: string): string {
  return basename(dataset).replace(/[.]csv([.]gz)?$/i, "");
}

// Two sets in folders of one name get runs of their own.
function unusedFolder(taken: Set<string>, name: string): string {
  const plain = name.replace(/[^\w.=+-]+/g, "_");
  let folder = plain;
  for (let i = 2; taken.has(folder); i++) folder = `${plain}-${i}`;
  taken.add(folder);
  return join("runs", folder);
}

function parsed(settings: GivenOptions, known: ReadonlyMap<string, TrainOptionUse>): NetworkCliOptions {
  const values = Object.entries(settings).map(([name, value]) => {
    const { option } = known.get(name)!;
    return [option.attributeName(), option.parseArg ? option.parseArg(value, undefined) : value];
  });
  return Object.fromEntries(values) as NetworkCliOptions;
}
