/**
 * How a command fails: one line on stderr and an exit code that scripts can rely on.
 *
 * 2: the user can mend it (wrong usage, wrong input, a run that cannot work); 130: stopped by Ctrl-C, as shells have
 * it; 1: anything else, such as a network that is down or a fault of ours.
 */
import { CommanderError } from "commander";
import { AnygradError, type ErrorCode } from "../../src/errors.ts";
import { withFlags } from "./flags.ts";

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
  constructor(failed: readonly { readonly reason: string }[], runs: number) {
    super(`${failed.length} of ${runs} runs failed; the first: ${failed[0]?.reason}`);
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

const notTheUsers: readonly ErrorCode[] = ["DATA_DOWNLOAD", "RELEASED", "NO_GRADIENT"];

/** @param flags of the command line, in whose words the library's errors are told */
export function failureOf(error: unknown, flags: ReadonlySet<string> = new Set()): Failure {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return { exitCode: 0 };
    const message = error.code === "commander.help" ? "a command is missing" : error.message;
    return { exitCode: 2, message: usageMessage(message) };
  }
  if (error instanceof Interrupted) return { exitCode: 130, message: error.message };
  if (error instanceof RunsFailed) return { exitCode: 1, message: oneLine(error.message) };
  if (error instanceof FilesFailed) return { exitCode: 2, message: oneLine(error.message) };
  if (isAbort(error)) return { exitCode: 130, message: "stopped; nothing was written" };
  if (error instanceof AnygradError)
    return {
      exitCode: notTheUsers.includes(error.code) ? 1 : 2,
      message: withFlags(oneLine(withFile(error.message)), flags),
    };
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { exitCode: 1, message: `${oneLine(text)} (a fault of anygrad; please report it)` };
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
  return text.endsWith("?") ? text : `${text.replace(/[.]$/, "")}; anygrad --help lists commands and options`;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ");
}
