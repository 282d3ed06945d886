/**
 * The unfinished run in the folder of `--out`: written after every epoch and when Ctrl-C stops the run at any step,
 * gone when the run is over; `--stop-after` ends a run without that end.
 */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Model } from "../src/model/index.ts";
import type { Callback } from "../src/model/training/callbacks/index.ts";
import { createHost } from "../src/runtime/host.ts";
import { parseJson, type TypeOf } from "./check.ts";
import type { OutputFolder } from "./outputFolder.ts";
import { checkpointJson, checkpointNames } from "./schema.ts";

/** The options that the run began with. */
export type CheckpointSettings = TypeOf<typeof checkpointJson>;

export interface Checkpoint extends CheckpointSettings {
  /** What `net.save({ optimizer: true })` gave. */
  readonly bytes: Uint8Array;
}

/** The checkpoint in a folder; undefined where there is none. @throws AnygradError DATA_FORMAT */
export async function readCheckpoint(folder: string): Promise<Checkpoint | undefined> {
  const host = createHost();
  const file = join(folder, checkpointNames.settings);
  const [bytes, settings] = await Promise.all([
    host.readFile(join(folder, checkpointNames.state)),
    host.readFile(file),
  ]);
  if (!bytes || !settings) return undefined;
  return { ...parseJson(new TextDecoder().decode(settings), file, checkpointJson), bytes };
}

/** Whether the folder holds a run that can be resumed. */
export async function holdsCheckpoint(folder: string): Promise<boolean> {
  const files = Object.values(checkpointNames).map((name) => stat(join(folder, name)).catch(() => undefined));
  return (await Promise.all(files)).every((file) => file !== undefined);
}

/** Keeps a checkpoint of the run in its folder while it trains. */
export interface CheckpointWriter extends Callback {
  write(): Promise<void>;
}

export function createCheckpointWriter(
  folder: OutputFolder,
  net: Model,
  settings: CheckpointSettings,
): CheckpointWriter {
  const file = join(folder.path, checkpointNames.state);
  const told = (): string | undefined => {
    const { epoch = 0, step = 0 } = net.position ?? {};
    return `${file}, after ${step > 0 ? `step ${step} of epoch ${epoch + 1}` : `epoch ${epoch}`}`;
  };
  let savedAt = net.position && told(); // a run that is resumed has one already
  const write = async (): Promise<void> => {
    await folder.write({
      [checkpointNames.settings]: `${JSON.stringify(settings, null, 2)}\n`,
      [checkpointNames.state]: await net.save({ optimizer: true }),
    });
    savedAt = told();
  };
  return {
    write,
    onEpochEnd: write,
    get savedAt() {
      return savedAt;
    },
  };
}

/** Removes the checkpoint: the run is over. */
export async function removeCheckpoint(folder: OutputFolder): Promise<void> {
  await folder.remove(Object.values(checkpointNames));
}
