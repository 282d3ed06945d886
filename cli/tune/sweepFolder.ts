/**
 * The folder of a sweep: sweep.json is its plan, trials.jsonl a line for each trial that has a result, trials/N the run of
 * one that may still go on, best/ the run of the best one. Every file is whole at any moment, so that a sweep that was
 * killed goes on from here.
 */
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Trial } from "../../report/sweep/trial.ts";
import { letGo, type OutputFolder } from "../../runs/outputFolder.ts";
import { readRunJson } from "../../runs/reader.ts";
import type { Scores } from "../../runs/schema.ts";
import { AnygradError } from "../../src/errors.ts";
import { measuredJson } from "../../src/io/json.ts";
import { createHost } from "../../src/runtime/host.ts";
import { syncFolder } from "../../src/runtime/wholeFiles.ts";
import type { SweepPlan } from "./plan.ts";

export const sweepFiles = {
  plan: "sweep.json",
  trials: "trials.jsonl",
  best: "best",
  report: "report.html",
} as const;

export interface SweepFolder {
  /** Trials that have a result, by number. */
  readonly trials: ReadonlyMap<number, Trial>;
  /** Adds or replaces a trial's line. */
  record(trial: Trial): Promise<void>;
  /** Where the run of a trial is kept. */
  runOf(trial: number): string;
  /** Removes a trial's run. */
  drop(trial: number): Promise<void>;
  /** Makes a trial's run the best one, unless it is already; gives its path. */
  keepAsBest(trial: number): Promise<string>;
  /** The test figure of a run that is over, if its weights have this digest. */
  testOf(run: string, digest: string | null): Promise<Scores | undefined>;
  /** Removes all runs but the best. */
  dropAll(): Promise<void>;
}

/** The plan in a folder, or undefined. @throws AnygradError DATA_FORMAT */
export async function savedPlan(folder: string): Promise<SweepPlan | undefined> {
  const path = join(folder, sweepFiles.plan);
  const text = await textOf(path);
  return text === undefined ? undefined : (parse(text, path) as SweepPlan);
}

/** Begins a sweep, or resumes the one that is there. @throws AnygradError OUTPUT, DATA_FORMAT */
export async function openSweepFolder(folder: OutputFolder, plan: SweepPlan): Promise<SweepFolder> {
  const path = join(folder.path, sweepFiles.trials);
  const lines = ((await textOf(path)) ?? "").split("\n").filter((line) => line !== "");
  const trials = new Map(
    lines.map((line) => {
      const trial = parse(line, path) as Trial;
      return [trial.trial, trial];
    }),
  );
  // here, not by the runs: one that fails takes away what it made, while another begins
  await mkdir(join(folder.path, "trials"), { recursive: true });
  await folder.write({ [sweepFiles.plan]: `${JSON.stringify(plan, null, 2)}\n` });
  const runOf = (trial: number): string => join(folder.path, "trials", String(trial).padStart(4, "0"));
  const best = join(folder.path, sweepFiles.best);
  const texts = new Map([...trials].map(([number, trial]) => [number, JSON.stringify(trial)]));
  const write = (): Promise<void> => {
    const sorted = [...texts].sort(([a], [b]) => a - b);
    return folder.write({ [sweepFiles.trials]: sorted.map(([, line]) => `${line}\n`).join("") });
  };
  let writing = Promise.resolve();
  let next: Promise<void> | undefined;
  return {
    trials,
    record(trial) {
      trials.set(trial.trial, trial);
      texts.set(trial.trial, JSON.stringify(trial));
      // the whole file, once for all that come while it is written
      next ??= writing.then(() => {
        next = undefined;
        writing = write();
        return writing;
      });
      return next;
    },
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
    dropAll: () => rm(join(folder.path, "trials"), { recursive: true, force: true }),
  };
}

function parse(text: string, path: string): unknown {
  return measuredJson(
    text,
    () => new AnygradError("DATA_FORMAT", `--out: ${path} is damaged; bring it back, or pass another folder`),
  );
}

async function textOf(path: string): Promise<string | undefined> {
  const bytes = await createHost().readFile(path);
  return bytes && new TextDecoder().decode(bytes);
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
