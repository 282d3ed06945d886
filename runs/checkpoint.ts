/**
 * The unfinished run in the folder of `--out`: written after every epoch and when Ctrl-C stops the run at any step,
 * gone when the run is over; `--stop-after` ends a run without that end. `--resume` reads it; the run then ends with the digest of one that was never stopped.
 */

import { join } from "node:path";
import type { TrainOptions } from "../cli/commands/train.ts";
import { dashed } from "../cli/options/arguments.ts";
import { AnygradError } from "../src/errors.ts";
import type { Model } from "../src/model/index.ts";
import type { Callback } from "../src/model/training/callbacks/index.ts";
import { createHost } from "../src/runtime/host.ts";
import type { OutputFolder } from "./outputFolder.ts";

const fileNames = { state: "checkpoint.safetensors", settings: "checkpoint.json" } as const;

export interface Checkpoint {
  readonly preset: string;
  /** What the run began with. */
  readonly options: TrainOptions;
  /** Of `net.save({ optimizer: true })`. */
  readonly bytes: Uint8Array;
}

/** May be given anew with --resume: what bits do not depend on, where data is, and how long it goes on. */
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
  "resume",
] satisfies (keyof TrainOptions)[];

/** Errors: DATA_MISSING, DATA_FORMAT, INVALID_ARGUMENT for options that only a new run takes. */
export async function readCheckpoint(
  folder: string,
  preset: string | undefined,
  given: TrainOptions,
): Promise<Checkpoint> {
  const host = createHost();
  const [bytes, text] = await Promise.all(
    Object.values(fileNames).map((name) => host.readFile(join(folder, name))),
  );
  if (!bytes || !text)
    throw new AnygradError(
      "DATA_MISSING",
      `--resume: ${folder} holds no unfinished run; anygrad train --out DIR keeps one there until it is over`,
    );
  const saved = parse(folder, text);
  const refused = Object.keys(given).find((name) => !changeable.includes(name));
  if (preset !== undefined && preset !== saved.preset)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--resume: the run in ${folder} trains ${saved.preset}, not ${preset}; leave the preset out`,
    );
  if (refused !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--resume: the run goes on with the settings it began with; leave --${dashed(refused)} out`,
    );
  return { preset: saved.preset, options: { ...saved.options, ...given }, bytes };
}

function parse(folder: string, text: Uint8Array): Pick<Checkpoint, "preset" | "options"> {
  try {
    const saved = JSON.parse(new TextDecoder().decode(text)) as Partial<Checkpoint>;
    if (typeof saved.preset === "string" && typeof saved.options === "object" && saved.options !== null)
      return { preset: saved.preset, options: saved.options };
  } catch {
    // told below
  }
  throw new AnygradError(
    "DATA_FORMAT",
    `--resume: ${join(folder, fileNames.settings)} is damaged; train anew, or bring the file back`,
  );
}

/** Keeps the run in its folder while it is at work. */
export interface CheckpointWriter extends Callback {
  write(): Promise<void>;
  /** Takes it away: the run is over. */
  remove(): Promise<void>;
}

export function createCheckpointWriter(
  folder: OutputFolder,
  net: Model,
  preset: string,
  { out: _, resume: __, stopAfter: ___, json: ____, quiet: _____, ...options }: TrainOptions,
): CheckpointWriter {
  const write = async (): Promise<void> =>
    folder.write({
      [fileNames.settings]: `${JSON.stringify({ preset, options }, null, 2)}\n`,
      [fileNames.state]: await net.save({ optimizer: true }),
    });
  return {
    write,
    onEpochEnd: write,
    remove: () => folder.remove(Object.values(fileNames)),
  };
}
