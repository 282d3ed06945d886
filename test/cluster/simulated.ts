/** Trials that train nothing: their scores follow from their arguments, and they take a time. What is around them is the real thing. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Build } from "../../cli/cluster/job.ts";
import type { ChildEnd, ChildPool } from "../../cli/process/childRun.ts";
import { localRuns, type RunPool } from "../../cli/process/runPool.ts";
import type { Terminal } from "../../cli/terminal/terminal.ts";
import { createTerminal } from "../../cli/terminal/terminal.ts";
import { type Method, planOf, type SweepPlan } from "../../cli/tune/plan.ts";
import { runTrials } from "../../cli/tune/runTrials.ts";
import { openSweepFolder } from "../../cli/tune/sweepFolder.ts";
import type { Trial } from "../../report/sweep/trial.ts";
import { openOutputFolder } from "../../runs/folder/outputFolder.ts";

/** Machines that agree have this one. */
export const build: Build = { anygrad: "1.2.3", control: "c".repeat(64) };

/** Says nothing but keeps its warnings. */
export function silentTerminal(): Terminal & { readonly warnings: string[] } {
  const warnings: string[] = [];
  return { ...createTerminal({ quiet: true }), warn: (text) => void warnings.push(text), warnings };
}

export interface Simulation {
  readonly jobs: number;
  readonly signal: AbortSignal;
  /** How long a trial takes. */
  readonly milliseconds: (args: readonly string[]) => number;
  /** Whether its process dies instead. */
  readonly dies?: (args: readonly string[]) => boolean;
}

/** A pool of processes, as createChildPool gives one, without the processes. */
export function simulatedPool({ jobs, signal, milliseconds, dies }: Simulation): ChildPool {
  const waiting: (() => void)[] = [];
  let free = jobs;
  return {
    async run(args, hooks = {}) {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        await hooks.onStart?.();
        const stopped = await pause(milliseconds(args), false, { signal }).catch(() => true);
        if (stopped) return { kind: "stopped" };
        if (dies?.(args)) return { kind: "died", reason: "the process was killed" };
        const end = endOf(args);
        if (end.kind === "paused" || end.kind === "done") {
          const epochs = end.record.history.loss!.length;
          const logs = { loss: end.record.history.loss!.at(-1)!, val_accuracy: 0.5 };
          hooks.onEpoch?.({ epoch: epochs, epochs, logs });
        }
        return end;
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free++;
      }
    },
  };
}

/** What the trial of these arguments ends with, wherever it is made. */
function endOf(args: readonly string[]): ChildEnd {
  const after = (flag: string): number => Number(args[args.indexOf(flag) + 1]);
  const [rate, epochs] = [after("--learning-rate"), after("--stop-after")];
  if (rate > 0.9) return { kind: "failed", reason: "fit: the loss became NaN" };
  const chance = (salt: string): number =>
    createHash("sha256").update(`${rate} ${salt}`).digest().readUInt32LE() / 2 ** 32;
  const column = (name: string, least: number): number[] =>
    Array.from(
      { length: epochs },
      (_, i) => least + chance(name) * 0.5 + chance(`${name} ${i}`) * 0.1 + i * 0.001,
    );
  const history = {
    loss: column("loss", 1),
    accuracy: column("accuracy", 0.1),
    val_loss: column("val_loss", 1),
    val_accuracy: column("val_accuracy", 0.1),
    seconds: column("seconds", 1),
    learningRate: column("rate", 0),
  };
  const record = {
    preset: "mlp-64",
    dataset: "digits",
    seed: 1,
    engine: { runtime: "node", variant: "simd", precision: "strict", threads: 1, memoryBytes: 1 },
    params: { total: 1, trainable: 1, nonTrainable: 0 },
    history,
    seconds: 1,
    secondsPerEpoch: 1,
    stepMilliseconds: 1,
    digest: createHash("sha256").update(`${rate} ${epochs}`).digest("hex"),
    out: null,
  };
  return { kind: "paused", record: { ...record, test: null } };
}

export function simulatedPlan(method: Method, trials: number, epochs = 9): SweepPlan {
  const isGrid = method === "grid";
  return planOf({
    preset: "mlp-64",
    dataset: "digits",
    method,
    space: [
      isGrid
        ? {
            kind: "list",
            name: "learning-rate",
            values: Array.from({ length: trials }, (_, i) => (i + 1) / (trials + 1)),
          }
        : { kind: "range", name: "learning-rate", min: 0.001, max: 1, log: false, whole: false },
    ],
    trials: isGrid ? undefined : trials,
    epochs,
    validationSplit: 0.1,
    metric: "val_accuracy",
    seed: 1,
    fixed: [],
  });
}

/** The trials of a sweep, by whoever runs them. @returns its trials by number; undefined: it was stopped */
export async function simulatedSweep(
  plan: SweepPlan,
  path: string,
  runsFor: (folder: Awaited<ReturnType<typeof openOutputFolder>>) => Promise<{
    readonly runs: RunPool;
    readonly beginsAhead: boolean;
    close?(isOver: boolean): Promise<void>;
  }>,
  onResult: () => void = () => {},
): Promise<readonly Trial[] | undefined> {
  const output = await openOutputFolder(path);
  const folder = await openSweepFolder(output, plan);
  try {
    const { runs, beginsAhead, close } = await runsFor(output);
    const whole = await runTrials({
      plan,
      known: [
        {
          name: "learning-rate",
          parse: Number,
          argumentsFor: (value) => ["--learning-rate", String(value)],
        },
      ],
      folder,
      scores: ["val_accuracy", "val_loss"],
      runs,
      local: runs,
      beginsAhead,
      loose: () => [],
      looseHere: () => [],
      watcher: { onStart() {}, onEpoch() {}, onResult, onEnd() {} },
      died: [],
    });
    await close?.(whole);
    if (!whole) return undefined;
    await folder.finish();
    return [...folder.trials.values()].sort((a, b) => a.trial - b.trial);
  } finally {
    await output.close();
  }
}

/** The same sweep on one machine. */
export async function localSweep(plan: SweepPlan, folder: string): Promise<readonly Trial[] | undefined> {
  const pool = simulatedPool({ jobs: 2, signal: new AbortController().signal, milliseconds: () => 0 });
  return simulatedSweep(plan, join(folder, "local"), async () => ({
    runs: localRuns(pool, []),
    beginsAhead: false,
  }));
}
