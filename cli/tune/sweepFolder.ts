/**
 * The folder of a sweep: sweep.json is its plan, trials.jsonl a line for each trial that has a result, trials/N the run of
 * one that may still go on, best/ the run of the best one. Whatever the moment, a sweep that was killed goes on from here.
 */
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Trial } from "../../report/sweep/trial.ts";
import { letGo, type OutputFolder } from "../../runs/folder/outputFolder.ts";
import { readRunJson } from "../../runs/reader.ts";
import type { Scores } from "../../runs/schema.ts";
import { syncFolder } from "../../src/runtime/wholeFiles.ts";
import type { SweepPlan } from "./plan.ts";
import { parsed, sweepFiles, textOf } from "./sweepFiles.ts";
import { TrialsFile } from "./trialsFile.ts";

export interface SweepFolder {
  /** Trials that have a result, by number. */
  readonly trials: ReadonlyMap<number, Trial>;
  /** Adds or replaces a trial's result; it is on the disk then. @throws AnygradError OUTPUT */
  record(trial: Trial): Promise<void>;
  /** Where the run of a trial is kept. */
  runOf(trial: number): string;
  /** Removes a trial's run. */
  drop(trial: number): Promise<void>;
  /** Makes a trial's run the best one, unless it is already; gives its path. */
  keepAsBest(trial: number): Promise<string>;
  /** The test figure of a run that is over, if its weights have this digest. */
  testOf(run: string, digest: string | null): Promise<Scores | undefined>;
  /** Puts the results in the order of the trials, and removes all runs but the best. @throws AnygradError OUTPUT */
  finish(): Promise<void>;
}

/** The plan in a folder, or undefined. @throws AnygradError DATA_FORMAT */
export async function savedPlan(folder: string): Promise<SweepPlan | undefined> {
  const path = join(folder, sweepFiles.plan);
  const text = await textOf(path);
  return text === undefined ? undefined : (parsed(text, path) as SweepPlan);
}

/** Begins a sweep, or resumes the one that is there. @throws AnygradError OUTPUT, DATA_FORMAT */
export async function openSweepFolder(folder: OutputFolder, plan: SweepPlan): Promise<SweepFolder> {
  const results = await TrialsFile.read(folder.path);
  // here, not by the runs: one that fails takes away what it made, while another begins
  await mkdir(join(folder.path, "trials"), { recursive: true });
  await folder.write({
    [sweepFiles.plan]: `${JSON.stringify(plan, null, 2)}\n`,
    [sweepFiles.trials]: results.text(),
  });
  const runOf = (trial: number): string => join(folder.path, "trials", String(trial).padStart(4, "0"));
  const best = join(folder.path, sweepFiles.best);
  return {
    trials: results.trials,
    record: (trial) => results.add(trial),
    runOf,
    drop: (trial) => rm(runOf(trial), { recursive: true, force: true }),
    async keepAsBest(trial) {
      if (await isThere(runOf(trial))) {
        await rm(best, { recursive: true, force: true });
        await rename(runOf(trial), best);
        // its new name is on the disk before the other runs are removed
        for (const changed of [folder.path, join(folder.path, "trials")]) await syncFolder({ open }, changed);
      }
      await letGo(best);
      return best;
    },
    async testOf(run, digest) {
      const saved = await readRunJson(run);
      return saved?.digest === digest ? saved.test : undefined;
    },
    async finish() {
      await folder.write({ [sweepFiles.trials]: results.text() });
      await rm(join(folder.path, "trials"), { recursive: true, force: true });
    },
  };
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
