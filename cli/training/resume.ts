/**
 * Which run goes on: that of `--resume`, with what may be given anew, or the one that the folder of `--out` holds unfinished,
 * if it is this very run. It ends with the digest of one that was never stopped. A folder that holds another run is refused.
 */
import { type Checkpoint, readCheckpoint } from "../../runs/checkpoints/unfinishedRun.ts";
import { formerReport } from "../../runs/folder/formerReport.ts";
import { refuseStrangers } from "../../runs/folder/strangers.ts";
import { readRunJson } from "../../runs/reader.ts";
import { fileNames, formerCheckpoint, type RunJson } from "../../runs/schema.ts";
import { AnygradError, quote } from "../../src/errors.ts";
import { headerOf } from "../../src/io/safetensors/header.ts";
import type { SavedModel } from "../../src/model/saving/save.ts";
import { type TrainOptions, trainCommandLine } from "../options/trainOptions.ts";
import { dashed } from "../process/flags.ts";
import { version } from "../process/packageRoot.ts";
import { networkSourceOf } from "./network.ts";
import { networkRecord } from "./networkRecord.ts";

export interface ResumedRun extends Checkpoint {
  /** What the run began with, and what was given anew. */
  readonly options: TrainOptions & Checkpoint["options"];
}

/** What bits do not depend on, and where data is. */
const free = [
  "threads",
  "variant",
  "memoryLimit",
  "recompute",
  "microBatch",
  "data",
  "report",
  "checkpoint",
  "keep",
  "keepBest",
  "log",
  "logEvery",
  "logHistograms",
] as const satisfies (keyof TrainOptions)[];

/** Belongs to one call. */
const ofCall = [
  "out",
  "resume",
  "overwrite",
  "stopAfter",
  "json",
  "quiet",
  "cache",
] as const satisfies (keyof TrainOptions)[];

/** May be given anew with --resume: that, and how long the run goes on. */
const changeable: readonly string[] = [
  ...free,
  ...ofCall.filter((name) => name !== "out" && name !== "overwrite"),
  "epochs" satisfies keyof TrainOptions,
];

/** What a checkpoint and run.json keep of the options: not what belongs to one call. */
export function keptOptions(options: TrainOptions): Checkpoint["options"] {
  return without(options, ofCall);
}

/** @throws AnygradError DATA_MISSING, DATA_FORMAT, INVALID_ARGUMENT for options that only a new run takes */
export async function resumedRun(
  folder: string,
  preset: string | undefined,
  given: TrainOptions,
): Promise<ResumedRun> {
  const checkpoint = await readCheckpoint(folder);
  if (!checkpoint)
    throw new AnygradError(
      "DATA_MISSING",
      `--resume: ${folder} holds no unfinished run; anygrad train --out DIR keeps one there until it is over`,
    );
  if (preset !== undefined && preset !== checkpoint.preset)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--resume: the run in ${folder} trains ${checkpoint.preset}, not ${preset}; leave the preset out`,
    );
  const refused = Object.keys(given).find((name) => !changeable.includes(name));
  if (refused !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--resume: the run goes on with the settings it began with; leave --${dashed(refused)} out`,
    );
  return { ...checkpoint, options: { ...checkpoint.options, ...given } };
}

/**
 * The unfinished run that the folder of --out holds, if it has the settings that are given now; undefined: a new one begins.
 *
 * @throws AnygradError INVALID_ARGUMENT for a folder with a run of other settings, DATA_FORMAT for one that cannot be read,
 *   unless it may be overwritten
 */
export async function runInFolder(
  folder: string,
  preset: string | undefined,
  given: TrainOptions,
): Promise<ResumedRun | undefined> {
  try {
    const checkpoint = await readCheckpoint(folder);
    if (checkpoint) {
      const difference = await differenceFrom(checkpoint, preset, given);
      if (difference === undefined) return { ...checkpoint, options: { ...checkpoint.options, ...given } };
      throw refusal(
        folder,
        `an unfinished run of other settings: ${difference}; anygrad train --resume ${folder} goes on with it`,
      );
    }
    const run = await readRunJson(folder);
    const difference = run && (await differenceOfFinished(run, preset, given));
    if (difference !== undefined) throw refusal(folder, `a run of other settings: ${difference}`);
    await refuseStrangers(
      folder,
      "run",
      [...Object.values(fileNames), ...(await formerReport(folder, "run"))],
      [fileNames.run],
      "--overwrite to replace it",
    );
  } catch (error) {
    if (!(error instanceof AnygradError) || !["DATA_FORMAT", "INVALID_ARGUMENT"].includes(error.code))
      throw error;
    if (given.overwrite) return undefined;
    if (error.code === "INVALID_ARGUMENT") throw error;
    throw new AnygradError("DATA_FORMAT", `--out: ${error.message}; --overwrite begins anew`, {
      cause: error,
    });
  }
  return undefined;
}

/**
 * The network and the run of the newest checkpoint that holds them whole: what is wrong within its seal is told as what is wrong with its
 * bytes, and the one before is taken.
 *
 * @param loaded makes them of the bytes; throws DATA_FORMAT for what is damaged
 * @returns what was made, and the checkpoint that it was made of
 * @throws AnygradError DATA_FORMAT where none is whole
 */
export async function newestLoaded<T>(
  folder: string,
  saved: Checkpoint,
  loaded: (bytes: Uint8Array) => Promise<T>,
): Promise<{ readonly value: T; readonly checkpoint: Checkpoint }> {
  try {
    return { value: await loaded(saved.bytes), checkpoint: saved };
  } catch (error) {
    if (!(error instanceof AnygradError) || error.code !== "DATA_FORMAT" || !saved.place) throw error;
    const told = new AnygradError("DATA_FORMAT", `${saved.place.path}: ${error.message}`, { cause: error });
    const before = await readCheckpoint(folder, saved.place);
    if (!before) throw told;
    const damaged = [...saved.damaged, told, ...before.damaged];
    return newestLoaded(folder, { ...before, damaged }, loaded);
  }
}

/**
 * Whether the two files of earlier versions are of one run: they were written one after the other, and a death in between left those
 * of two. What --epochs may have changed since, the length of a schedule, is not looked at.
 *
 * @param state the bytes that were kept
 * @param wanted those of a network that is made by the settings
 * @throws AnygradError DATA_FORMAT
 */
export function checkOneRun(state: Uint8Array, wanted: Uint8Array): void {
  const told = (bytes: Uint8Array): string => {
    const { layers, nodes, seed, optimizer, loss, metrics } = JSON.parse(
      headerOf(bytes).metadata.model ?? "{}",
    ) as Partial<SavedModel>;
    const timeless = (name: string, value: unknown): unknown => (/steps$/i.test(name) ? undefined : value);
    return JSON.stringify([layers, nodes, seed, optimizer, loss, metrics], timeless);
  };
  if (told(state) === told(wanted)) return;
  throw new AnygradError(
    "DATA_FORMAT",
    `--resume: ${formerCheckpoint.state} is not of the run whose settings ${formerCheckpoint.settings} tells; bring both files of one run together, or train anew`,
  );
}

function refusal(folder: string, what: string): AnygradError {
  return new AnygradError(
    "INVALID_ARGUMENT",
    `--out: ${folder} holds ${what}; pass another folder, or --overwrite to replace it`,
  );
}

/** What tells the run of a checkpoint from the one that is asked for, in words. */
async function differenceFrom(
  saved: Checkpoint,
  preset: string | undefined,
  given: TrainOptions,
): Promise<string | undefined> {
  if (preset !== undefined && preset !== saved.preset) return `it trains ${saved.preset}, not ${preset}`;
  if (saved.anygrad !== undefined && saved.anygrad !== version())
    return `anygrad ${saved.anygrad} began it, this is ${version()}`;
  return (
    differenceOfOptions(saved.options, given) ?? (await differenceOfFile(saved.network, saved.preset, given))
  );
}

async function differenceOfFinished(
  run: RunJson,
  preset: string | undefined,
  given: TrainOptions,
): Promise<string | undefined> {
  if (run.command === "") return "it comes from code";
  const source = preset === undefined ? undefined : networkSourceOf(preset);
  if (source && run.preset !== source.name) return `it trained ${run.preset}, not ${source.name}`;
  if (run.options)
    return (
      differenceOfOptions(run.options, given) ??
      (await differenceOfFile(run.network, preset ?? run.preset, given))
    );
  // earlier versions told of their options by the command alone
  const { dataset = "digits", seed = 1 } = given;
  const command = trainCommandLine(preset ?? run.preset, { ...given, dataset, seed });
  return run.command === command ? undefined : `it was ${quote(run.command)}`;
}

function differenceOfOptions(saved: object, given: TrainOptions): string | undefined {
  const [was, is] = [saved, given].map((options) => {
    const telling = JSON.parse(JSON.stringify(without(options, [...ofCall, ...free]))) as object;
    return { dataset: "digits", seed: 1, ...telling } as Record<string, unknown>;
  }) as [Record<string, unknown>, Record<string, unknown>];
  const name = Object.keys({ ...was, ...is }).find(
    (each) => JSON.stringify(was[each]) !== JSON.stringify(is[each]),
  );
  if (name === undefined) return undefined;
  const shown = (value: unknown): string => (value === undefined ? "the usual" : quote(value));
  return `its ${dashed(name)} is ${shown(was[name])}, not ${shown(is[name])}`;
}

/** A model file that has changed since makes another run. */
async function differenceOfFile(
  saved: Checkpoint["network"],
  preset: string,
  given: TrainOptions,
): Promise<string | undefined> {
  if (typeof saved?.sha256 !== "string") return undefined;
  const source = networkSourceOf(preset);
  if (!source.isFile) return undefined;
  const { sha256 } = await networkRecord(source, given);
  return sha256 === saved.sha256 ? undefined : `${preset} has changed since`;
}

function without(options: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !names.includes(name)));
}
