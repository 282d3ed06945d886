/**
 * Trains what a comparison lacks: the runs of a plan as processes, each into its folder, so many at a time.
 *
 * A run that has ended with the same settings is kept, one that was stopped goes on from its checkpoint. Beside each
 * run stands conditions.json: what it was asked for, and what it shared the machine with, which its times depend on.
 */
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { formatSeconds } from "../../report/text/numbers.ts";
import { shorten } from "../../report/text/table.ts";
import { holdsCheckpoint } from "../../runs/checkpoints/unfinishedRun.ts";
import { isLockName } from "../../runs/folder/lock.ts";
import { letGo, type OutputFolder } from "../../runs/folder/outputFolder.ts";
import { loadAverage } from "../../runs/machine.ts";
import { readConditions, readRunFolder } from "../../runs/reader.ts";
import { type Conditions, conditionsName } from "../../runs/schema.ts";
import { rankingScore } from "../../runs/scores.ts";
import { AnygradError } from "../../src/errors.ts";
import { partialName } from "../../src/runtime/wholeFiles.ts";
import { createChildPool } from "../process/childRun.ts";
import { Interrupted } from "../process/failure.ts";
import { version } from "../process/packageRoot.ts";
import { localRuns, type RunPool } from "../process/runPool.ts";
import { createStatusLine } from "../terminal/statusLine.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type PlannedRun, readBy } from "./plan.ts";

export interface TrainingOptions {
  readonly jobs: number;
  /** Threads of each run. */
  readonly threads: number | "auto";
  /** Whether runs go one after another, so that their times compare. */
  readonly fair: boolean;
  /** Arguments that decide nothing of the result: where data is. */
  readonly extra: (dataset: string) => readonly string[];
  /** Where the runs are made; undefined: in processes of this machine. */
  readonly queue?: RunPool | undefined;
  /** Arguments for the logs of a run of this name. */
  readonly logs: (name: string) => readonly string[];
  readonly signal: AbortSignal;
}

/** A run that failed. */
export interface FailedRun {
  readonly model: string;
  readonly dataset: string;
  readonly reason: string;
  /** By no fault of its settings: its process was killed again and again, or the disk is full. Default false. */
  readonly died?: true;
}

/**
 * @returns the runs that failed
 * @throws AnygradError INVALID_ARGUMENT where a folder holds a run of other settings, before anything is trained; Interrupted
 */
export async function trainMissing(
  plan: readonly PlannedRun[],
  folder: OutputFolder,
  terminal: Terminal,
  options: TrainingOptions,
): Promise<FailedRun[]> {
  const missing: PlannedRun[] = [];
  // one after another: of several refused folders the first is told
  for (const run of plan) if (!(await isDone(run, folder.path, options.fair))) missing.push(run);
  const kept = plan.length - missing.length;
  if (kept > 0) terminal.note(`${kept} of ${plan.length} runs are there already and kept`);
  const runs =
    options.queue ??
    localRuns(createChildPool({ jobs: options.jobs, signal: options.signal }), [
      "--threads",
      String(options.threads),
    ]);
  const display = createDisplay(terminal, kept, plan.length);
  const failed: FailedRun[] = [];
  const train = async (run: PlannedRun): Promise<void> => {
    const path = join(folder.path, run.folder);
    const { preset, model, dataset, settings } = run;
    const name = `${model} on ${dataset}`;
    const loose = [...options.extra(run.dataset), ...options.logs(basename(run.folder))];
    const request = {
      name: basename(run.folder).replaceAll(":", "."),
      args: [preset, ...settings, ...loose, "--no-report"],
      out: path,
      reads: readBy(run),
    };
    const end = await runs.run(request, {
      async onStart() {
        display.start(name);
        await folder.write(conditionsOf(run, options));
      },
      onEpoch: ({ epoch, epochs }) => display.epoch(name, `epoch ${epoch} of ${epochs}`),
    });
    if (end.kind !== "stopped") runs.forget?.(request);
    if (end.kind === "done") {
      const { test, seconds } = end.record;
      display.end(name, `${rankingScore(test).toFixed(4)}  ${formatSeconds(seconds)}`);
    } else if (end.kind === "failed" || end.kind === "died") {
      failed.push({ model, dataset, reason: end.reason, ...(end.kind === "died" && { died: true }) });
      display.end(name, `failed: ${end.reason}`);
    }
  };
  try {
    await Promise.all(missing.map(train));
  } finally {
    display.close();
  }
  if (runs.trouble && !options.signal.aborted) throw runs.trouble;
  if (options.signal.aborted) throw new Interrupted("the same command goes on with what is missing");
  return failed;
}

// When its turn has come, and before anything of the run is there: the load is that of the moment.
function conditionsOf(
  run: PlannedRun,
  { jobs, threads, fair, queue }: TrainingOptions,
): Readonly<Record<string, string>> {
  const started: Conditions = {
    anygrad: version(),
    settings: run.settings,
    ...(run.sha256 !== undefined && { sha256: run.sha256 }),
    jobs,
    fair,
    threads,
    loadAverage: loadAverage() ?? null,
    ...(queue && { queue: true }),
  };
  return { [join(run.folder, conditionsName)]: `${JSON.stringify(started, null, 2)}\n` };
}

/** Whether the run of a plan has ended here. @throws AnygradError INVALID_ARGUMENT where the folder holds another one */
async function isDone(run: PlannedRun, out: string, fair: boolean): Promise<boolean> {
  const path = join(out, run.folder);
  const files = (await readdir(path).catch((): string[] => [])).filter((name) => !isLeftover(name));
  if (files.length === 0) return false;
  const refusal = (what: string, advice: string): AnygradError =>
    new AnygradError("INVALID_ARGUMENT", `compare: ${path} holds ${what}; ${advice}`);
  if (!files.includes(conditionsName)) throw refusal("files of another command", "pass another --out");
  const started = await orDamaged(readConditions(path));
  if (!started) return false; // half of a file is there: nobody knows what the rest belongs to
  const had = [run.preset, ...started.settings].join(" ");
  if (had !== [run.preset, ...run.settings].join(" "))
    throw refusal(`a run of "${had}"`, "compare with the same settings, or pass another --out");
  if (started.sha256 !== run.sha256)
    throw refusal(
      `a run of ${run.preset} as it was before it was changed`,
      "pass another --out, or remove that folder",
    );
  if (started.anygrad !== version())
    throw refusal(`a run of anygrad ${started.anygrad}, this is ${version()}`, "pass another --out");
  const ended = (await orDamaged(readRunFolder(path))) !== undefined;
  if (fair && !started.fair && (ended || (await holdsCheckpoint(path))))
    throw refusal(
      "a run that was not trained with --fair, whose time does not compare",
      "pass another --out, or leave --fair out",
    );
  if (ended) await letGo(path);
  return ended;
}

/** What a death has left half-written, or a lock. */
function isLeftover(name: string): boolean {
  return isLockName(name) || partialName.test(name);
}

/** What was read; undefined for what is missing or damaged, which is trained again. */
async function orDamaged<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof AnygradError && ["DATA_FORMAT", "DATA_MISSING"].includes(error.code))
      return undefined;
    throw error;
  }
}

interface Display {
  start(name: string): void;
  epoch(name: string, text: string): void;
  end(name: string, text: string): void;
  close(): void;
}

// A line for each run that is over; on terminals, one more that tells what is at work.
function createDisplay(terminal: Terminal, kept: number, total: number): Display {
  let done = kept;
  const atWork = new Map<string, string>();
  const status = createStatusLine(terminal);
  const show = (): void => {
    if (atWork.size === 0) return;
    const parts = Array.from(atWork, ([name, text]) => (text ? `${name}, ${text}` : name));
    status.show(`  ${done} of ${total} done; at work: ${parts.join("; ")}`);
  };
  const digits = String(total).length;
  return {
    start(name) {
      atWork.set(name, "");
      show();
    },
    epoch(name, text) {
      atWork.set(name, text);
      show();
    },
    end(name, text) {
      atWork.delete(name);
      done++;
      status.clear();
      terminal.note(`  ${String(done).padStart(digits)}/${total}  ${shorten(name, 44).padEnd(44)}  ${text}`);
      show();
    },
    close: status.clear,
  };
}
