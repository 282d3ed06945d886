/**
 * The checkpoint of a trial that is paused, on its way to the machine that goes on: the newest that is whole travels by its SHA-256, and takes its
 * place in the folder of the run there.
 */
import { createHash } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { placeNamed } from "../../../runs/checkpoints/files.ts";
import { readCheckpoint } from "../../../runs/checkpoints/unfinishedRun.ts";
import { checkpointPrefix } from "../../../runs/schema.ts";
import { AnygradError, quote } from "../../../src/errors.ts";
import { isObject } from "../../../src/io/json.ts";
import { partialOf, unwritable } from "../../../src/runtime/wholeFiles.ts";
import { hashOfFile } from "./fileHashes.ts";
import { type Content, isHash, isSize } from "./manifest.ts";
import type { ContentSource } from "./source.ts";

/** A checkpoint that a source keeps. */
export interface KeptCheckpoint extends Content {
  /** Its file in the folder of a run, such as "checkpoint-0003.safetensors". */
  readonly name: string;
}

/** What a model may have. */
const MOST_BYTES = 2 ** 31;

/**
 * Brings the newest checkpoint of a run to the source.
 * @returns undefined where the run has none
 * @throws AnygradError DATA_FORMAT where all are damaged, MEMORY_LIMIT where the source has no room, DATA_DOWNLOAD, OUTPUT, ABORTED
 */
export async function keepCheckpoint(
  run: string,
  source: ContentSource,
): Promise<KeptCheckpoint | undefined> {
  const checkpoint = await readCheckpoint(run);
  if (!checkpoint?.place) return undefined;
  const { name, path } = checkpoint.place;
  const kept = {
    name,
    sha256: createHash("sha256").update(checkpoint.bytes).digest("hex"),
    bytes: checkpoint.bytes.length,
  };
  await source.put(kept, path);
  return kept;
}

/**
 * Puts a checkpoint into the folder of a run, which is made if need be. One that is there already with these bytes is not fetched.
 * @throws AnygradError DATA_MISSING where the source has it no more, DATA_DOWNLOAD, OUTPUT, ABORTED
 */
export async function bringCheckpoint(
  kept: KeptCheckpoint,
  source: ContentSource,
  run: string,
): Promise<void> {
  const path = join(run, checkKeptCheckpoint(kept).name);
  if ((await hashOfFile(path).catch(() => undefined)) === kept.sha256) return;
  const partial = partialOf(path);
  try {
    await mkdir(run, { recursive: true });
    await source.get(kept, partial);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw error instanceof AnygradError ? error : unwritable(path, error);
  }
}

/** The checkpoint that a job names. @throws AnygradError DATA_FORMAT for what `keepCheckpoint` does not give */
export function checkKeptCheckpoint(value: unknown): KeptCheckpoint {
  const { name, sha256, bytes } = isObject(value) ? value : {};
  const isName = typeof name === "string" && placeNamed(name, checkpointPrefix) !== undefined;
  if (isName && isHash(sha256) && isSize(bytes) && bytes <= MOST_BYTES) return { name, sha256, bytes };
  throw new AnygradError(
    "DATA_FORMAT",
    `the job's checkpoint is ${quote(value)}; wanted are the name, SHA-256 and size of one; start the sweep again`,
  );
}
