/**
 * Runs of `anygrad train` in processes of their own, so many at a time: `compare` and `tune` have more to train than
 * one engine can, and a run that crashes or takes too much memory must not take the others along.
 *
 * Children are stopped by closing their IPC channel: each then ends as after Ctrl-C, its checkpoint written. Closing
 * happens by itself when this process dies, whatever the cause; a signal could not promise that.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { packageFile } from "../../node/packageFile.ts";
import { checkedJson } from "../../runs/check.ts";
import { checkTrainRecord, type Scores, type TrainRecord } from "../../runs/schema.ts";
import { reasonOf as causeOf, type ErrorCode } from "../../src/errors.ts";
import { exitCodes } from "./failure.ts";
import { type EpochMessage, type FailureMessage, GRACE_MILLISECONDS, parentVariable } from "./parentLink.ts";
import { placesVariable } from "./places.ts";

export type ChildEnd =
  | { readonly kind: "done"; readonly record: TrainRecord<Scores> }
  /** The run was paused by `--stop-after`. */
  | { readonly kind: "paused"; readonly record: TrainRecord<null> }
  /** The run was stopped by the pool's signal. */
  | { readonly kind: "stopped" }
  /** The run failed by what it was asked for, and would again; `reason` is its own line. */
  | { readonly kind: "failed"; readonly reason: string }
  /** The process ended without a result, again and again: it was killed, or the disk is full. */
  | { readonly kind: "died"; readonly reason: string };

export interface ChildHooks {
  /** Called before the process starts, and before it is started again. */
  onStart?(): unknown;
  onEpoch?(message: EpochMessage): void;
  /** Where files lie that the arguments name, by their paths: see places.ts. */
  readonly places?: Readonly<Record<string, string>>;
}

export interface ChildPool {
  /**
   * Runs `anygrad train ...args --json --quiet` once a place is free; places are given in the order of the calls.
   * One that dies is started again. Never rejects: a run that fails is a result.
   */
  run(args: readonly string[], hooks?: ChildHooks): Promise<ChildEnd>;
}

export interface ChildPoolOptions {
  /** Number of processes at a time. */
  readonly jobs: number;
  /** Stops all runs, those that wait included. */
  readonly signal: AbortSignal;
  /** Path of the command line to run. Default: the one that this module belongs to. */
  readonly script?: string;
  /** How often one that dies is started again. Default 3. */
  readonly restarts?: number;
}

/** Number of processes at a time, and of threads of each. */
export interface Shares {
  readonly jobs: number;
  readonly threads: number;
}

/**
 * Shares the cores out to several runs: together they use no more than there are, unless the user asks for it.
 *
 * @param jobs what the user asks for
 * @param threads what the user asks for: a number, or "auto"
 */
export function sharesOf(runs: number, jobs?: number, threads?: string): Shares {
  const cores = availableParallelism();
  const asked = threads === undefined || threads === "auto" ? undefined : Number(threads);
  const atATime = jobs ?? Math.min(runs, Math.max(1, Math.floor(cores / (asked ?? 1))));
  return { jobs: atATime, threads: asked ?? Math.max(1, Math.floor(cores / atATime)) };
}

/** How often a run that has died is started again, and how long that is waited with: a full disk or memory may have room then. */
const RESTARTS = 3;
const PAUSE_MILLISECONDS = 500;

export function createChildPool({
  jobs,
  signal,
  script = packageFile("dist/cli/main.js"),
  restarts: most = RESTARTS,
}: ChildPoolOptions): ChildPool {
  const waiting: (() => void)[] = [];
  let free = jobs;
  return {
    async run(args, hooks = {}) {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        for (let restarts = 0; ; restarts++) {
          if (signal.aborted) return { kind: "stopped" };
          const end = await runChild(script, args, signal, hooks);
          if (end.kind !== "died" || restarts === most) return end;
          await pause(PAUSE_MILLISECONDS * 2 ** restarts, undefined, { signal }).catch(() => {});
        }
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free++;
      }
    },
  };
}

async function runChild(
  script: string,
  args: readonly string[],
  signal: AbortSignal,
  hooks: ChildHooks,
): Promise<ChildEnd> {
  try {
    await hooks.onStart?.();
  } catch (error) {
    return { kind: "died", reason: causeOf(error) };
  }
  if (signal.aborted) return { kind: "stopped" }; // meanwhile
  const child = fork(script, ["train", ...args, "--json", "--quiet"], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    execArgv: [], // a debugger's port serves one process
    env: {
      ...process.env,
      [parentVariable]: String(process.pid),
      ...(hooks.places && { [placesVariable]: JSON.stringify(hooks.places) }),
    },
  });
  let told: ErrorCode | undefined;
  child.on("message", (message: EpochMessage | FailureMessage) => {
    if ("failed" in message) told = message.failed;
    else hooks.onEpoch?.(message);
  });
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    if (child.connected) child.disconnect();
    timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MILLISECONDS);
  };
  signal.addEventListener("abort", stop, { once: true });
  try {
    // not "close", which Node 20 leaves out after a disconnect from this side
    const [[code, killedBy], stdout, stderr] = await Promise.all([
      once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>,
      text(child.stdout!),
      text(child.stderr!),
    ]);
    const end = code === 0 ? endOf(stdout) : undefined;
    if (end) return end; // also when the signal came too late for it
    if (signal.aborted) return { kind: "stopped" };
    return {
      kind: isItsOwn(code, told) ? "failed" : "died",
      reason: reasonOf(stderr, code, killedBy),
    };
  } catch (error) {
    return { kind: "died", reason: `the process could not be started (${causeOf(error)})` };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

/** Errors that the machine causes, and not what a run was asked for. */
const machines: readonly (ErrorCode | undefined)[] = [
  "OUTPUT",
  "WORKER",
  "DATA_DOWNLOAD",
  "DATA_MISSING",
  "ABORTED",
];

/** Whether a run would fail in the same way again: wrong settings, or a fault of ours. */
function isItsOwn(code: number | null, told: ErrorCode | undefined): boolean {
  return code === exitCodes.fault || (code === exitCodes.users && !machines.includes(told));
}

function endOf(stdout: string): ChildEnd | undefined {
  try {
    const { test, ...record } = checkedJson(stdout, "the run's record", checkTrainRecord);
    return test !== null
      ? { kind: "done", record: { ...record, test } }
      : { kind: "paused", record: { ...record, test } };
  } catch {
    return undefined;
  }
}

// With --quiet a failing command leaves one line; a crash leaves a trace whose last line is seldom the telling one.
function reasonOf(stderr: string, code: number | null, killedBy: NodeJS.Signals | null): string {
  const lines = stderr.split("\n");
  const line =
    lines.findLast((entry) => entry.startsWith("anygrad: ")) ??
    lines.find((entry) => entry.includes("Error: "));
  if (line !== undefined) return line.replace(/^anygrad: /, "").trim();
  if (killedBy === "SIGKILL") return "the process was killed, as systems do that run out of memory";
  return killedBy ? `the process was ended by ${killedBy}` : `the process ended with exit code ${code}`;
}
