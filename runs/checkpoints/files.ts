/** The files of checkpoints in a folder: their names, which tell where the run stands, and which of them is the newest that is whole. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { AnygradError, reasonOf } from "../../src/errors.ts";
import { createHost } from "../../src/runtime/host.ts";

/** Where a run stands: epochs that are done, and steps of the next. */
export interface Place {
  readonly epoch: number;
  readonly step: number;
}

export interface CheckpointFile extends Place {
  readonly name: string;
  readonly path: string;
}

/** `epoch-0003.safetensors`, within an epoch `epoch-0003-step-000120.safetensors`; `prefix` is "epoch-" here. */
export function fileName(prefix: string, { epoch, step }: Place): string {
  const within = step > 0 ? `-step-${String(step).padStart(6, "0")}` : "";
  return `${prefix}${String(epoch).padStart(4, "0")}${within}.safetensors`;
}

/** "after epoch 3", "after step 120 of epoch 4". */
export function placeText({ epoch, step }: Place): string {
  return step > 0 ? `after step ${step} of epoch ${epoch + 1}` : `after epoch ${epoch}`;
}

/** In the order of the run. */
export function byPlace(a: Place, b: Place): number {
  return a.epoch - b.epoch || a.step - b.step;
}

/** Where the run stands in the checkpoint of this name; undefined: it is no checkpoint's. */
export function placeNamed(name: string, prefix: string): Place | undefined {
  const [, epoch, step = "0"] =
    new RegExp(`^${prefix}(\\d+)(?:-step-(\\d+))?[.]safetensors$`).exec(name) ?? [];
  return epoch === undefined ? undefined : { epoch: Number(epoch), step: Number(step) };
}

/** The checkpoints in a folder, the oldest first; none where there is no such folder. */
export async function checkpointsIn(folder: string, prefix: string): Promise<CheckpointFile[]> {
  const names: string[] = await readdir(folder).catch(() => []);
  return names
    .flatMap((name): CheckpointFile[] => {
      const place = placeNamed(name, prefix);
      return place ? [{ name, path: join(folder, name), ...place }] : [];
    })
    .sort(byPlace);
}

/** What was read of the newest checkpoint that is whole, and what is wrong with those after it, the newest first. */
export interface Newest<T> {
  readonly value: T;
  readonly file: CheckpointFile;
  readonly damaged: readonly AnygradError[];
}

/**
 * The newest checkpoint in a folder that can be read; undefined where there is none at all. Another process may be at work there: what
 * it removes meanwhile is not damaged, and newer ones have come.
 *
 * @param read throws DATA_FORMAT for a damaged one
 * @param order which is taken first, last in its list; default: the newest
 * @throws AnygradError DATA_FORMAT where all are damaged
 */
export async function newestWhole<T>(
  folder: string,
  prefix: string,
  read: (bytes: Uint8Array, file: CheckpointFile) => T | Promise<T>,
  order: (files: CheckpointFile[]) => CheckpointFile[] | Promise<CheckpointFile[]> = (files) => files,
): Promise<Newest<T> | undefined> {
  let files = await order(await checkpointsIn(folder, prefix));
  let damaged: AnygradError[] = [];
  while (files.length > 0) {
    const file = files.pop()!;
    try {
      return { value: await read(await bytesOf(file.path), file), file, damaged };
    } catch (error) {
      if (!(error instanceof AnygradError) || error.code !== "DATA_FORMAT") throw error;
      const now = await order(await checkpointsIn(folder, prefix));
      if (now.some(({ name }) => name === file.name)) damaged.push(error);
      else [files, damaged] = [now, []];
    }
  }
  if (damaged.length === 0) return undefined;
  const all = damaged.length > 1 ? `all ${damaged.length} checkpoints are damaged; ` : "";
  throw new AnygradError("DATA_FORMAT", `${all}${damaged[0]!.message}; bring it back, or train anew`, {
    cause: damaged[0],
  });
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    const bytes = await createHost().readFile(path);
    if (bytes) return bytes;
  } catch (error) {
    // also a sector that the disk cannot read any more
    throw new AnygradError("DATA_FORMAT", reasonOf(error), { cause: error });
  }
  throw new AnygradError("DATA_FORMAT", `${path}: it is gone`);
}
