/**
 * What travels over the queue: a trial as a job, how far it is, and what came of it. Whoever reads one checks it first, as anybody who
 * may write to the Redis may have written it.
 */
import {
  type Check,
  exactRecord,
  exactText,
  flag,
  list,
  number,
  object,
  optional,
  orNull,
  record,
  type TypeOf,
} from "../../runs/check.ts";
import { checkTrainRecord } from "../../runs/schema.ts";
import { AnygradError } from "../../src/errors.ts";
import type { ChildEnd } from "../process/childRun.ts";
import type { EpochMessage } from "../process/parentLink.ts";
import { checkKeptRun, type KeptRun } from "./runFiles.ts";

/** What must be equal where results are to be: the version, and what a control run's weights are. */
const build = {
  anygrad: exactText,
  /** Hex SHA-256 of the weights of the control run. */
  control: exactText,
};

export type Build = TypeOf<Check<{ readonly anygrad: string; readonly control: string }>>;

const job = object({
  ...build,
  /** Id of the sweep or the comparison. */
  sweep: exactText,
  name: exactText,
  /** Arguments of `train`, but for the folder. */
  args: list(exactText),
  /** Whether the kernels may round as the machine likes. */
  fast: optional(flag),
  /** Whether the run is wanted with all its files, and not only to go on. */
  whole: optional(flag),
  /** The SHA-256 of what it reads, in the order of the list of sweeps. */
  inputs: optional(list(exactText)),
  /** Checkpoint from which it goes on. */
  checkpoint: optional(exactRecord),
});

export type TrialJob = TypeOf<typeof job>;

/** A job that is a trial. @throws AnygradError DATA_FORMAT */
export function checkJob(value: unknown): TrialJob {
  return told(() => job(value, "a job that is no trial,"));
}

const end = object({
  ...build,
  /** The worker that says so. */
  worker: exactText,
  kind: exactText,
  reason: optional(exactText),
  record: optional(record),
  /** What the worker has kept of it where the coordinator finds it. */
  kept: optional(exactRecord),
});

/** What a worker gives back. */
export type TrialEnd = Build & { readonly worker: string; readonly kept?: KeptRun | undefined } & Extract<
    ChildEnd,
    { readonly kind: "done" | "paused" | "failed" }
  >;

export interface CheckedEnd {
  readonly end: Extract<ChildEnd, { readonly kind: "done" | "paused" | "failed" }>;
  readonly kept: KeptRun;
}

/** Why a trial fails whose sweep is on the queue's list no more: no end of the trial, as the same command may go on. */
export const CANCELLED = "the sweep was cancelled";

/** Id of a job: stable, so that a trial is put on the queue once. */
export function jobId(sweep: string, name: string): string {
  return `${sweep}.${name}`;
}

/**
 * A result that a worker gave, if it is one: of this version, of a machine that computes the same bits, its scores numbers.
 * @throws AnygradError DATA_FORMAT, which says what is wrong with it
 */
export function checkEnd(value: unknown, wanted: Build): CheckedEnd {
  const given = told(() => end(value, "a result that is none,"));
  checkBuild(given, wanted, `worker ${given.worker}`);
  if (given.kind === "failed") return { end: { kind: "failed", reason: given.reason ?? "" }, kept: {} };
  const found = told(() => checkTrainRecord(given.record, "a result whose record is none,"));
  const wrong = faultOf(found.digest, found.history);
  if (wrong !== undefined) throw poisoned(`of worker ${given.worker} ${wrong}`);
  const { test, ...rest } = found;
  const kept = checkKeptRun(given.kept);
  if (given.kind === "done" && test !== null)
    return { end: { kind: "done", record: { ...rest, test } }, kept };
  if (given.kind === "paused" && test === null)
    return { end: { kind: "paused", record: { ...rest, test } }, kept };
  throw poisoned(`of worker ${given.worker} is neither an end nor a pause`);
}

/** @throws AnygradError DATA_FORMAT, naming what is different */
export function checkBuild(given: Build, wanted: Build, who: string): void {
  if (given.anygrad !== wanted.anygrad)
    throw new AnygradError(
      "DATA_FORMAT",
      `${who} is of anygrad ${given.anygrad}, this is ${wanted.anygrad}, and bits may differ; install the same version on both`,
    );
  if (given.control !== wanted.control)
    throw new AnygradError(
      "DATA_FORMAT",
      `${who} computes other bits: the control run ends with digest ${given.control.slice(0, 12)} there and ${wanted.control.slice(0, 12)} here; leave one of the two machines out`,
    );
}

/** What is wrong, without the advice that is for files: `a result that is none, kind is 3, wanted a text`. */
function told<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof AnygradError)) throw error;
    const [what = ""] = error.message.split("; bring the file back");
    throw new AnygradError("DATA_FORMAT", what.replace(", ", ": ").replace(": is ", ": "), { cause: error });
  }
}

function faultOf(digest: string, history: Readonly<Record<string, unknown>>): string | undefined {
  if (!/^[0-9a-f]{64}$/.test(digest)) return "has a digest that is none";
  const lengths = new Set<number>();
  for (const [name, column] of Object.entries(history)) {
    if (!Array.isArray(column)) continue;
    if (!column.every((value) => value === null || typeof value === "number"))
      return `has scores in ${name.slice(0, 40)} that are no numbers`;
    lengths.add(column.length);
  }
  return lengths.size === 1 ? undefined : "has scores of another number of epochs than losses";
}

function poisoned(what: string): AnygradError {
  return new AnygradError("DATA_FORMAT", `a result ${what}`);
}

/** How far a trial is: what its process tells after each epoch. */
export const checkProgress: Check<EpochMessage> = (value, place) => {
  const { epoch, epochs, logs } = progress(value, place);
  for (const [name, score] of Object.entries(logs)) orNull(number)(score, `${place}.${name}`);
  return { epoch, epochs, logs: logs as EpochMessage["logs"] };
};

const progress = object({ epoch: number, epochs: number, logs: record });
