/** `--resume`: the run that a folder holds goes on, with what may be given anew; it ends with the digest of one that was never stopped. */
import { type Checkpoint, readCheckpoint } from "../../runs/checkpoint.ts";
import { AnygradError } from "../../src/errors.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import { dashed } from "../process/flags.ts";

export interface ResumedRun extends Checkpoint {
  /** What the run began with, and what was given anew. */
  readonly options: TrainOptions & Checkpoint["options"];
}

/** May be given anew: what bits do not depend on, where data is, and how long it goes on. */
const changeable: readonly string[] = [
  "epochs",
  "stopAfter",
  "threads",
  "variant",
  "memoryLimit",
  "data",
  "json",
  "quiet",
  "report",
  "cache",
  "resume",
] satisfies (keyof TrainOptions)[];

/** What a checkpoint keeps of the options: not what belongs to one call. */
export function keptOptions({
  out: _,
  resume: __,
  stopAfter: ___,
  json: ____,
  quiet: _____,
  cache: ______,
  ...options
}: TrainOptions): Checkpoint["options"] {
  return options;
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
