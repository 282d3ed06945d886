/** `--log` and what goes with it: where a run is taken down for programs that watch it. */
import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import type { LogPlace } from "../../runs/logs/openLogs.ts";
import { AnygradError } from "../../src/errors.ts";
import { oneOf, wholeNumber, wordOrCount } from "./arguments.ts";
import { argumentsOf, type GivenOptions, only } from "./passedOptions.ts";

export interface LogCliOptions {
  /** As they were written: `csv`, `tensorboard:logs/a`. */
  readonly log?: readonly string[];
  /** Entries of steps: every so many. Default "epoch": of epochs alone. */
  readonly logEvery?: number | "epoch";
  /** TensorBoard's histograms of the weights after every so many epochs. Default: none. */
  readonly logHistograms?: number;
}

/** The options, as they are written on the command line. */
export const logOptionNames: readonly string[] = ["log", "log-every", "log-histograms"];

/** Where each kind is kept in the folder of `--out`, unless told. */
const ofOne = { tensorboard: "tensorboard", csv: "log.csv", jsonl: "log.jsonl" } as const;
/** The same of several runs: a folder, in which each has a folder or a file of its name. */
const ofSeveral = { tensorboard: "tensorboard", csv: "logs", jsonl: "logs" } as const;
const kinds = Object.keys(ofOne) as LogPlace["kind"][];

export function addLogOptions(command: Command): Command {
  return command
    .optionsGroup("Output:")
    .option(
      "--log <kind>",
      "for programs that watch: tensorboard[:DIR], csv[:FILE], jsonl[:FILE], - for stdout (default: in --out); repeatable",
      parseLogs,
    )
    .option(
      "--log-every <n>",
      "steps between entries of --log (default: epoch)",
      wordOrCount("--log-every", "epoch"),
    )
    .option(
      "--log-histograms <n>",
      "in tensorboard, the weights after every n epochs",
      wholeNumber("--log-histograms", 1),
    );
}

/** @param before what an earlier `--log` of the command gave @throws AnygradError INVALID_ARGUMENT */
export function parseLogs(text: string, before: readonly string[] = []): readonly string[] {
  const logs = [...before];
  // a path may hold commas: only those before another kind part them
  for (const log of text.split(new RegExp(`,(?=(?:${kinds.join("|")})(?:[:,]|$))`))) {
    const { kind, path } = partsOf(log);
    if (path === "" || (path === "-" && kind !== "jsonl"))
      throw refusal(
        `${kind}:${path} names no ${kind === "tensorboard" ? "folder" : "file"}; ${path === "-" ? "jsonl:- alone writes to stdout" : `pass ${kind}, or a path behind the colon`}`,
      );
    if (logs.includes(log)) throw refusal(`${log} is given twice; give it once`);
    logs.push(log);
  }
  return logs;
}

/** "csv:a/b.csv" → csv at a/b.csv. @throws AnygradError INVALID_ARGUMENT */
function partsOf(log: string): { kind: LogPlace["kind"]; path: string | undefined } {
  const [, kind = "", path] = /^([^:]*)(?::(.*))?$/s.exec(log) ?? [];
  return { kind: oneOf("--log", kind, kinds), path };
}

/**
 * Where the logs of a run are kept, by what was written of each.
 *
 * @param out the run's folder, if it has one
 * @throws AnygradError INVALID_ARGUMENT for a log without a place, or options without a log that they concern
 */
export function logPlaces(
  { log = [], logEvery, logHistograms, json }: LogCliOptions & { readonly json?: boolean },
  out: string | undefined,
): Readonly<Record<string, LogPlace>> {
  checkLogged(log, { "log-every": logEvery, "log-histograms": logHistograms });
  return Object.fromEntries(
    log.map((each) => {
      const { kind, path = usualPath(each, ofOne[kind], out) } = partsOf(each);
      if (path === "-" && json)
        throw refusal("jsonl:- and --json both write to stdout; pass jsonl:FILE, or leave --json out");
      return [each, { kind, path }];
    }),
  );
}

/**
 * The arguments of `train` for the logs of one of several runs: a folder of its own each, beside theirs.
 *
 * @param given what `compare` or `tune` was given
 * @param out the folder of all runs; undefined: it does not outlive the command
 * @throws AnygradError INVALID_ARGUMENT
 */
export function logArguments(given: GivenOptions, out: string | undefined, run: string): string[] {
  const logs = given.log === undefined ? [] : parseLogs(given.log);
  const options = only(given, ["log-every", "log-histograms"]);
  checkLogged(logs, options);
  return [
    ...logs.flatMap((each) => {
      const { kind, path = usualPath(each, ofSeveral[kind], out) } = partsOf(each);
      if (path === "-") throw refusal("jsonl:- is for one run; of several pass jsonl:DIR, a file a run");
      return ["--log", `${kind}:${join(path, kind === "tensorboard" ? run : `${run}.${kind}`)}`];
    }),
    ...argumentsOf(options),
  ];
}

/** @throws AnygradError INVALID_ARGUMENT without a folder; OUTPUT for a link, which leads out of it */
function usualPath(log: string, name: string, out: string | undefined): string {
  if (out === undefined)
    throw refusal(`${log} is kept in the folder of --out; pass --out DIR, or a place as in ${log}:${name}`);
  const path = join(out, name);
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new AnygradError(
      "OUTPUT",
      `${path} is a link, which is not followed; remove it, or name where it leads as in --log ${log}:PATH`,
    );
  return path;
}

function checkLogged(log: readonly string[], options: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const wanted = name === "log-histograms" ? "--log tensorboard" : "--log";
    if (
      name === "log-histograms" ? !log.some((each) => partsOf(each).kind === "tensorboard") : log.length === 0
    )
      throw new AnygradError("INVALID_ARGUMENT", `--${name} has no meaning without ${wanted}; pass it, too`);
  }
}

function refusal(what: string): AnygradError {
  return new AnygradError("INVALID_ARGUMENT", `--log ${what}`);
}
