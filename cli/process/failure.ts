/**
 * How a command fails: one line on stderr and an exit code that scripts can rely on, `exitCodes`.
 */
import { CommanderError } from "commander";
import { AnygradError, type ErrorCode } from "../../src/errors.ts";
import { isDiskTrouble } from "../../src/runtime/wholeFiles.ts";
import { printable } from "../terminal/printable.ts";
import { withFlags } from "./flags.ts";
import { reportAddress, version } from "./packageRoot.ts";

/** What a command ends with. */
export const exitCodes = {
  /** The machine: a network that is down, a disk that is full, runs that have failed or died. */
  machine: 1,
  /** The user can mend it: wrong usage, wrong input, a run that cannot work. */
  users: 2,
  /** A fault of ours (EX_SOFTWARE of sysexits.h). */
  fault: 70,
  /** Stopped by Ctrl-C, as shells have it. */
  stopped: 130,
} as const;

export interface Failure {
  readonly exitCode: number;
  /** The line for stderr; undefined where there is nothing to say, as after --help. */
  readonly message?: string;
}

/** The error of work that Ctrl-C has stopped and that can be resumed. */
export class Interrupted extends Error {
  /** @param hint how to go on */
  constructor(hint: string) {
    super(`stopped; ${hint}`);
  }
}

/** The error of a command some of whose runs failed; the others were reported. */
export class RunsFailed extends Error {
  /** @param hint how to go on, where that helps */
  constructor(failed: readonly { readonly reason: string }[], runs: number, hint?: string) {
    const advice = hint === undefined ? "" : `; ${hint}`;
    super(`${failed.length} of ${runs} runs failed; the first: ${failed[0]?.reason}${advice}`);
  }
}

/** The error of a sweep some of whose trials have died again and again, by no fault of their settings. */
export class RunsDied extends Error {
  /** @param hint how to go on */
  constructor(
    died: readonly { readonly trial: number; readonly reason: string }[],
    runs: number,
    hint: string,
  ) {
    const [first] = died;
    super(
      `${died.length} of ${runs} trials died, each four times; the first, trial ${first?.trial}: ${first?.reason}; ${hint}`,
    );
  }
}

/** The error of a sweep whose queue does not do what it must: it is not there, it is full, or somebody has cancelled the sweep. */
export class QueueTrouble extends Error {
  constructor(what: string) {
    super(`--queue: ${what}`);
  }
}

/** A file that could not be read, and why. */
export interface Failed {
  readonly file: string;
  readonly reason: string;
}

/** The error of a command some of whose files could not be read; of the others it has told. */
export class FilesFailed extends Error {
  constructor(failed: readonly Failed[], files: number) {
    const named = failed.slice(0, 5).map(({ file, reason }) => `${file} (${reason})`);
    const more = failed.length > named.length ? ` and ${failed.length - named.length} more` : "";
    super(`${failed.length} of ${files} files could not be read: ${named.join(", ")}${more}`);
  }
}

const notTheUsers: readonly ErrorCode[] = ["DATA_DOWNLOAD", "RELEASED", "NO_GRADIENT", "WORKER"];

/** @param flags of the command line, in whose words the library's errors are told */
export function failureOf(error: unknown, flags: ReadonlySet<string> = new Set()): Failure {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return { exitCode: 0 };
    const message = error.code === "commander.help" ? "a command is missing" : error.message;
    return { exitCode: exitCodes.users, message: usageMessage(message) };
  }
  if (error instanceof Interrupted) return { exitCode: exitCodes.stopped, message: oneLine(error.message) };
  if (error instanceof RunsFailed || error instanceof RunsDied || error instanceof QueueTrouble)
    return { exitCode: exitCodes.machine, message: oneLine(error.message) };
  if (error instanceof FilesFailed) return { exitCode: exitCodes.users, message: oneLine(error.message) };
  if (isAbort(error)) return { exitCode: exitCodes.stopped, message: "stopped; nothing was written" };
  if (error instanceof AnygradError) {
    const isMachines = notTheUsers.includes(error.code) || (error.code === "OUTPUT" && isDiskTrouble(error));
    return {
      exitCode: isMachines ? exitCodes.machine : exitCodes.users,
      message: withFlags(oneLine(withFile(error.message)), flags),
    };
  }
  return { exitCode: exitCodes.fault, message: oneLine(faultMessage(error)) };
}

/** What is told of an error that nobody has foreseen: enough to report it. */
function faultMessage(error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: "thrown", message: String(error) };
  const code = error instanceof Error && "code" in error ? String(error.code) : name;
  const [, place] =
    /^ +at .*?([^/\\(]+[.][cm]?[jt]s:\d+:\d+)[)]?$/m.exec((error as Error)?.stack ?? "") ?? [];
  const told = quoteLine(`${name}: ${message}`, 300);
  return `${told} (FAULT ${code}${place === undefined ? "" : ` at ${place}`}; a fault of anygrad ${version()} on ${process.platform}, Node ${process.versions.node}; please report this line as an issue of ${reportAddress()})`;
}

/** Where code is told to pass a definition, the command line takes the module that has it. */
function withFile(message: string): string {
  return message.replace(
    /pass (?:what define.* gave,|it|the definition) as load\(bytes, .*$/,
    "pass the module that exports its definition, such as the one of --model: --custom FILE",
  );
}

// Ours, or the DOMException of an AbortSignal.
function isAbort(error: unknown): boolean {
  if (error instanceof AnygradError) return error.code === "ABORTED";
  return error instanceof Error && error.name === "AbortError";
}

// "error: too many arguments" → "too many arguments; anygrad --help lists commands and options"
function usageMessage(message: string): string {
  const text = oneLine(message).replace(/^error: /, "");
  return text.endsWith("?")
    ? text
    : `${quoteLine(text.replace(/[.]$/, ""), 450)}; anygrad --help lists commands and options`;
}

function quoteLine(text: string, length: number): string {
  const line = oneLine(text);
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** One line of 500 characters at most, without what a terminal would obey: a file may be named by anybody. */
function oneLine(text: string): string {
  const line = printable(text.trim().replace(/\s*\n\s*/g, " "));
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

const LONGEST = 500;
