/**
 * Keeps checkpoints of a run in a folder while it trains: at the end of every epoch and once a minute, or as often as was said;
 * the newest few of them and the best by validation. A disk that is full does not end the run: it is told, the checkpoints
 * that are there stay, and it is tried again when the next one is due.
 *
 * What a step leaves is copied at once and written while the next steps are computed, one file at a time.
 */
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { AnygradError, reasonOf } from "../../src/errors.ts";
import type { Model, Predictions } from "../../src/model/index.ts";
import type { Callback, EpochLogs } from "../../src/model/training/callbacks/index.ts";
import { createHost } from "../../src/runtime/host.ts";
import { writeWhole } from "../../src/runtime/wholeFiles.ts";
import { byPlace, checkpointsIn, fileName, type Place, placeText } from "./files.ts";
import { type Interval, usualInterval } from "./interval.ts";
import { type SealedRecord, seal, unseal } from "./seal.ts";

export interface KeeperOptions {
  readonly folder: string;
  /** What the names of the files begin with. */
  readonly prefix: string;
  /** What is sealed with the state of the run. */
  readonly record: SealedRecord;
  /** How many of the newest stay, from 1. */
  readonly keep: number;
  /** How often one is written; undefined: at the end of every epoch, and once a minute within. */
  readonly every: Interval | undefined;
  /** What the best is told by, the higher the better; undefined: nothing of these logs. */
  score(logs: EpochLogs): number | undefined;
  /** Told when one could not be written. @param kept the newest that is there */
  onTrouble(error: AnygradError, kept: string | undefined): void;
  /** Ends the run; what it had done then is written, too. */
  readonly signal: AbortSignal | undefined;
  /** Files of an earlier form, which the first checkpoint takes the place of. */
  readonly former?: readonly string[];
}

export interface CheckpointKeeper extends Callback {
  /** The name of the newest checkpoint of this run that is on the disk. */
  readonly kept: string | undefined;
  /** The name of the best of those that are there. */
  readonly best: string | undefined;
  /** The error of the last attempt; undefined: it went well. */
  readonly trouble: AnygradError | undefined;
}

export function createKeeper(net: Model<Predictions>, options: KeeperOptions): CheckpointKeeper {
  const { folder, prefix, record, keep, every, signal } = options;
  const { unit, count } = every ?? usualInterval;
  const scores = new Map<string, number>();
  let [kept, savedAt]: (string | undefined)[] = [];
  let trouble: AnygradError | undefined;
  let writing: Promise<void> = Promise.resolve();
  let wroteAt = 0; // by the clock
  let last: Place | undefined; // what the last attempt was to hold

  const bestOf = (names: readonly string[]): string | undefined =>
    names
      .filter((name) => scores.has(name))
      .reduce<string | undefined>(
        (best, name) => (best === undefined || scores.get(name)! > scores.get(best)! ? name : best),
        undefined,
      );
  const standsAt = (): Place => {
    const { epoch = 0, step = 0 } = net.position ?? {};
    return { epoch, step };
  };

  // after a good write: what is older than wanted, and what another past has left behind this place
  const prune = async (place: Place): Promise<void> => {
    const files = await checkpointsIn(folder, prefix);
    const past = files.filter((file) => byPlace(file, place) <= 0);
    const stays = new Set(past.slice(-keep).map(({ name }) => name));
    const best = bestOf(past.map(({ name }) => name));
    if (best !== undefined) stays.add(best);
    const gone = files.filter(({ name }) => !stays.has(name)).map(({ name }) => name);
    for (const name of [...gone, ...(options.former ?? [])]) {
      await rm(join(folder, name), { force: true });
      scores.delete(name);
    }
  };
  const store = async (state: Uint8Array, place: Place, score: number | undefined): Promise<void> => {
    const name = fileName(prefix, place);
    try {
      const bytes = seal(state, { ...record, ...(score !== undefined && { score }) });
      await writeWhole({ mkdir, open, rename, rm }, [[join(folder, name), bytes]]);
      if (score === undefined) scores.delete(name);
      else scores.set(name, score);
      kept = name;
      savedAt = `${join(folder, name)}, ${placeText(place)}`;
      await prune(place);
      trouble = undefined;
    } catch (error) {
      trouble =
        error instanceof AnygradError
          ? error
          : new AnygradError("OUTPUT", `${folder}: ${reasonOf(error)}`, { cause: error });
      options.onTrouble(trouble, kept);
    }
  };
  const write = async (score?: number): Promise<void> => {
    const place = standsAt();
    const state = await net.save({ optimizer: true });
    last = place;
    wroteAt = performance.now();
    await writing; // one at a time: a slow disk slows the run down and fills no memory
    writing = store(state, place, score);
  };

  return {
    get savedAt() {
      return savedAt;
    },
    get kept() {
      return kept;
    },
    get best() {
      return bestOf([...scores.keys()]);
    },
    get trouble() {
      return trouble;
    },
    async onTrainBegin() {
      wroteAt = performance.now();
      if (!net.position) return;
      // of a run that goes on: what is there already
      last = standsAt();
      for (const { name, path, ...place } of await checkpointsIn(folder, prefix)) {
        if (byPlace(place, last) > 0) continue;
        kept = name;
        const score = await scoreOf(path);
        if (score !== undefined) scores.set(name, score);
      }
      if (kept !== undefined) savedAt = `${join(folder, kept)}, ${placeText(last)}`;
    },
    onStepEnd({ globalStep }) {
      const isDue = unit === "steps" ? (globalStep + 1) % count === 0 : performance.now() - wroteAt >= count;
      return isDue ? write() : undefined;
    },
    async onEpochEnd(epoch, logs, { epochs }) {
      const score = options.score(logs);
      const best = bestOf([...scores.keys()]);
      const isBest = score !== undefined && (best === undefined || score > scores.get(best)!);
      if (every === undefined || isBest || trouble || epoch + 1 === epochs) await write(score);
    },
    async onTrainEnd() {
      await writing;
      const isNew = net.position !== undefined && (last === undefined || byPlace(standsAt(), last) !== 0);
      if (net.position && (trouble || (signal?.aborted && isNew)))
        await write().catch((error: AnygradError) => {
          if (error.code !== "NOT_FINITE") throw error; // the run's own error tells of it
        });
      await writing;
    },
  };
}

/** The score that a checkpoint was sealed with, the higher the better; undefined: none, or it is damaged. */
export async function scoreOf(path: string): Promise<number | undefined> {
  try {
    const score = unseal((await createHost().readFile(path))!, path)?.score;
    return typeof score === "number" ? score : undefined;
  } catch {
    return undefined; // it is damaged, and no candidate
  }
}
