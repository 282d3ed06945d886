/**
 * What runs read, by content: the coordinator names its data set and its files, and says where they are to be had; a worker finds them in
 * its own folders, or fetches them, and tells the run where they lie.
 */
import { exactRecord, exactText, list, object, optional, type TypeOf } from "../../runs/check.ts";
import { AnygradError } from "../../src/errors.ts";
import type { DataCache } from "./content/dataCache.ts";
import {
  checkDataContent,
  type DataContent,
  type DescribedData,
  describeData,
} from "./content/dataContent.ts";
import { dataFiles, fileAlone, type GivenData, type LocalData } from "./content/dataFiles.ts";
import { resolveData } from "./content/resolve.ts";
import type { ContentSource } from "./content/source.ts";

/** What runs read. */
export interface GivenInputs {
  readonly data: readonly GivenData[];
  /** Files by their paths, as the arguments of runs have them: of the model, of --custom. */
  readonly files: readonly string[];
}

export interface DescribedInputs {
  readonly described: readonly DescribedData[];
  /** For the queue's list of sweeps. */
  readonly inputs: readonly Input[];
}

/** @throws AnygradError as the readers of data sets */
export async function describeInputs(
  { data, files }: GivenInputs,
  signal: AbortSignal,
): Promise<DescribedInputs> {
  const described: DescribedData[] = [];
  const inputs: Input[] = [];
  const add = async (path: string, local: LocalData): Promise<void> => {
    const one = await describeData(local, { signal });
    described.push(one);
    inputs.push({ path, content: { ...one.content } });
  };
  for (const given of data) await add(given.dataset, await dataFiles(given, { signal }));
  for (const path of new Set(files)) await add(path, fileAlone(path));
  return { described, inputs };
}

const input = object({
  /** As the arguments have it. */
  path: exactText,
  content: exactRecord,
});

export type Input = TypeOf<typeof input>;

/** What the list says of a sweep that workers need. */
export const sharedInputs = {
  inputs: optional(list(input)),
  /** Where contents are to be had, a secret with it. */
  source: optional(exactText),
};

/** What a run is told of its inputs. */
export interface Placed {
  /** Arguments that take the place of --data. */
  readonly args: readonly string[];
  /** Where files lie, by the paths that the arguments have: see process/places.ts. */
  readonly places: Readonly<Record<string, string>>;
}

/** @throws AnygradError as resolveData; DATA_FORMAT for a list that is none */
export async function bringInputs(
  inputs: readonly Input[],
  options: {
    readonly cache: DataCache;
    readonly folders: readonly string[];
    readonly source: ContentSource | undefined;
    readonly signal: AbortSignal;
  },
): Promise<Placed> {
  const places: Record<string, string> = {};
  const args: string[] = [];
  for (const { path, content } of inputs) {
    const checked: DataContent = checkDataContent(content);
    const [, place, ...data] = (await resolveData(checked, options)).args;
    if (place !== path) places[path] = place!;
    args.push(...data);
  }
  return { args, places };
}

/** Whether a worker cannot have what it needs just now, though the run is sound. */
export function isOutOfReach(error: unknown): boolean {
  return error instanceof AnygradError && ["DATA_DOWNLOAD", "DATA_MISSING"].includes(error.code);
}
