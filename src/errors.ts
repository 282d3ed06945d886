/**
 * The one error type users meet. Its message says what was got, what was wanted and what to do;
 * its code is stable and meant for programs.
 */

export type ErrorCode =
  /** An option or argument has a value that makes no sense. */
  | "INVALID_ARGUMENT"
  /** Shapes that do not fit each other. */
  | "SHAPE_MISMATCH"
  /** A file or buffer is not what its format demands. */
  | "DATA_FORMAT"
  /** A file, folder or named data set is not there. */
  | "DATA_MISSING"
  /** A download failed, stalled or arrived altered. */
  | "DATA_DOWNLOAD"
  /** A model was used before `compile`, or an engine after `dispose`. */
  | "NOT_READY"
  /** A loss or weight became NaN or infinite. */
  | "NOT_FINITE"
  /** More memory is needed than the limit or the runtime allows. */
  | "MEMORY_LIMIT"
  /** A tensor was used after the step that owned it. */
  | "RELEASED"
  /** A gradient was asked for that is not defined. */
  | "NO_GRADIENT"
  /** The runtime cannot do what was asked. */
  | "UNSUPPORTED"
  /** An output could not be written. */
  | "OUTPUT"
  /** The caller's AbortSignal ended the run. */
  | "ABORTED"
  /** A worker thread has died. */
  | "WORKER";

/** The error that this library throws: `code` is for programs, `message` for people. */
export class AnygradError extends Error {
  /** "AnygradError", as in the stack. */
  override readonly name = "AnygradError";
  /** What went wrong, stable over versions. */
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** What a caught value says: an Error's message, anything else as text. */
export function reasonOf(caught: unknown): string {
  return caught instanceof Error ? caught.message : String(caught);
}
