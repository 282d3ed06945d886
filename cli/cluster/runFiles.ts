/** The files of a run on their way from the worker that made it: its newest checkpoint where it goes on, all files where it is over. */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileNames } from "../../runs/schema.ts";
import { AnygradError, quote } from "../../src/errors.ts";
import { isObject } from "../../src/io/json.ts";
import { partialOf, unwritable } from "../../src/runtime/wholeFiles.ts";
import {
  bringCheckpoint,
  checkKeptCheckpoint,
  type KeptCheckpoint,
  keepCheckpoint,
} from "./content/checkpoints.ts";
import { type Content, isHash, isSize } from "./content/manifest.ts";
import type { ContentSource } from "./content/source.ts";

/** What is kept of a run. */
export interface KeptRun {
  readonly checkpoint?: KeptCheckpoint | undefined;
  readonly files?: readonly KeptFile[] | undefined;
}

interface KeptFile extends Content {
  readonly name: string;
}

const MOST_BYTES = 2 ** 31;
const names: readonly string[] = Object.values(fileNames);

/** @throws AnygradError DATA_DOWNLOAD, MEMORY_LIMIT where the source does not take them, OUTPUT */
export async function keepRun(run: string, isOver: boolean, source: ContentSource): Promise<KeptRun> {
  if (!isOver) return { checkpoint: await keepCheckpoint(run, source) };
  const files: KeptFile[] = [];
  for (const name of await readdir(run)) {
    if (!names.includes(name)) continue;
    const path = join(run, name);
    const bytes = await readFile(path);
    const file = { name, sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
    await source.put(file, path);
    files.push(file);
  }
  return { files };
}

/** Puts what was kept into the folder of the run, what says that it is over last. @throws AnygradError DATA_MISSING, DATA_DOWNLOAD, OUTPUT */
export async function bringRun(
  { checkpoint, files = [] }: KeptRun,
  source: ContentSource,
  run: string,
): Promise<void> {
  if (checkpoint) await bringCheckpoint(checkpoint, source, run);
  await mkdir(run, { recursive: true });
  for (const file of files.toSorted((a, b) => rank(a) - rank(b))) {
    const path = join(run, file.name);
    const partial = partialOf(path);
    try {
      await source.get(file, partial);
      await rename(partial, path);
    } catch (error) {
      await rm(partial, { force: true }).catch(() => {});
      throw error instanceof AnygradError ? error : unwritable(path, error);
    }
  }
}

function rank({ name }: KeptFile): number {
  return name === fileNames.run ? 1 : 0;
}

export function hashesOf({ checkpoint, files = [] }: KeptRun): string[] {
  return [...(checkpoint ? [checkpoint] : []), ...files].map(({ sha256 }) => sha256);
}

/** What a message says was kept. @throws AnygradError DATA_FORMAT */
export function checkKeptRun(value: unknown): KeptRun {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) return { files: checkFiles(value) };
  const { checkpoint, files } = value;
  return {
    ...(checkpoint !== undefined && { checkpoint: checkKeptCheckpoint(checkpoint) }),
    ...(files !== undefined && { files: checkFiles(files) }),
  };
}

function checkFiles(value: unknown): KeptFile[] {
  const isFile = (file: unknown): file is KeptFile =>
    isObject(file) &&
    names.includes(String(file.name)) &&
    isHash(file.sha256) &&
    isSize(file.bytes) &&
    file.bytes <= MOST_BYTES;
  if (Array.isArray(value) && value.every(isFile)) return value;
  throw new AnygradError(
    "DATA_FORMAT",
    `a result whose files are none: ${quote(JSON.stringify(value) ?? "")}`,
  );
}
