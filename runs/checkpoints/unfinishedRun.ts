/**
 * The unfinished run in the folder of `--out`: checkpoints of it and the settings that it began with, gone when the run is over;
 * `--stop-after` ends a run without that end. One that earlier versions left, in two files, is read as well.
 */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { AnygradError } from "../../src/errors.ts";
import { createHost } from "../../src/runtime/host.ts";
import { checkedJson, type TypeOf } from "../check.ts";
import type { OutputFolder } from "../folder/outputFolder.ts";
import { checkpointPrefix, checkpointSettings, formerCheckpoint } from "../schema.ts";
import { byPlace, type CheckpointFile, checkpointsIn, newestWhole, type Place } from "./files.ts";
import { unseal } from "./seal.ts";

/** The options that the run began with. */
export type CheckpointSettings = TypeOf<typeof checkpointSettings>;

export interface Checkpoint extends CheckpointSettings {
  /** What `load` makes the network and its run of. */
  readonly bytes: Uint8Array;
  /** Where the run stands; undefined of the two files of earlier versions, which may be of two runs. */
  readonly place: CheckpointFile | undefined;
  /** What is wrong with newer ones. */
  readonly damaged: readonly AnygradError[];
}

/**
 * The newest checkpoint in a folder that is whole; undefined where there is none.
 * @param before where the run stands in one that is of no use: the newest before that
 * @throws AnygradError DATA_FORMAT
 */
export async function readCheckpoint(folder: string, before?: Place): Promise<Checkpoint | undefined> {
  const unsealed = (
    bytes: Uint8Array,
    { path }: CheckpointFile,
  ): CheckpointSettings & { bytes: Uint8Array } => ({
    ...checkpointSettings(unseal(bytes, path) ?? {}, `${path}: damaged,`),
    bytes,
  });
  const newest = await newestWhole(folder, checkpointPrefix, unsealed, (files) =>
    files.filter((file) => before === undefined || byPlace(file, before) < 0),
  );
  if (newest) return { ...newest.value, place: newest.file, damaged: newest.damaged };
  if (before !== undefined) return undefined;
  const host = createHost();
  const file = join(folder, formerCheckpoint.settings);
  const [bytes, settings] = await Promise.all([
    host.readFile(join(folder, formerCheckpoint.state)),
    host.readFile(file),
  ]);
  if (!bytes || !settings) return undefined;
  const read = checkedJson(new TextDecoder().decode(settings), file, checkpointSettings);
  return { ...read, bytes, place: undefined, damaged: [] };
}

/** Whether the folder holds a run that can be resumed, as far as names tell. */
export async function holdsCheckpoint(folder: string): Promise<boolean> {
  if ((await checkpointsIn(folder, checkpointPrefix)).length > 0) return true;
  const files = Object.values(formerCheckpoint).map((name) =>
    stat(join(folder, name)).catch(() => undefined),
  );
  return (await Promise.all(files)).every((file) => file !== undefined);
}

/** Removes all checkpoints: the run is over, or another begins. @throws AnygradError OUTPUT */
export async function removeCheckpoints(folder: OutputFolder): Promise<void> {
  const names = (await checkpointsIn(folder.path, checkpointPrefix)).map(({ name }) => name);
  // the newest first: what a removal that was cut short leaves is how the run stood before, the best of it included
  await folder.remove([...names.reverse(), ...Object.values(formerCheckpoint)]);
}
