/** The one type of error that users meet, and its codes. */

/** What kind of error an AnygradError is. Codes are stable: programs may compare them. */
export type ErrorCode =
  /** An option or argument has a value that makes no sense. */
  | "INVALID_ARGUMENT"
  /** Shapes do not fit each other. */
  | "SHAPE_MISMATCH"
  /** A file or buffer is not what its format demands. */
  | "DATA_FORMAT"
  /** A file, folder or named data set is not there. */
  | "DATA_MISSING"
  /** A download failed, stalled, or brought other bytes than those published. */
  | "DATA_DOWNLOAD"
  /** A model was used before `compile`, or an engine after `dispose`. */
  | "NOT_READY"
  /** A loss or weight became NaN or infinite. */
  | "NOT_FINITE"
  /** More memory is needed than the limit or the runtime allows. */
  | "MEMORY_LIMIT"
  /** A tensor was used after the end of the step that made it. */
  | "RELEASED"
  /** A gradient was asked for that is not defined, or of a value that depends on no variable. */
  | "NO_GRADIENT"
  /** The runtime cannot do what was asked, such as threads or files where there are none. */
  | "UNSUPPORTED"
  /** An output could not be written. */
  | "OUTPUT"
  /** The caller's AbortSignal ended the run. */
  | "ABORTED"
  /** A worker thread has died. */
  | "WORKER";

/**
 * The error that anygrad throws. Its message is one line that says what was got, what was wanted and what to do; its code
 * tells programs what kind of error it is.
 */
export class AnygradError extends Error {
  /** Always "AnygradError", which tells it apart also where it comes from another copy of the package. */
  override readonly name = "AnygradError";
  /** What kind of error it is, such as "SHAPE_MISMATCH". Stable between versions, unlike the message. */
  readonly code: ErrorCode;

  /**
   * @param message what was got, what was wanted and what to do; at most 500 characters are kept
   * @param options `cause`: the error that led to this one
   */
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    // the last resort: whatever quotes a user's values shortens them itself, by quote
    super(cut(printable(message), 500), options);
    this.code = code;
  }
}

/**
 * A line in which signs that a terminal would obey are text, such as `\\x1b`: names of files, layers and columns come from strangers, and
 * ESC ] or ESC [ in one could retitle a window, hide a line or move the cursor.
 */
export function printable(line: string): string {
  return line.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, (sign) => {
    const code = sign.charCodeAt(0).toString(16);
    return code.length < 3 ? `\\x${code.padStart(2, "0")}` : `\\u${code}`;
  });
}

/** The message of a caught value: that of an Error, anything else as text. */
export function reasonOf(caught: unknown): string {
  return caught instanceof Error ? caught.message : String(caught);
}

/** What the system calls an error, such as "ENOENT"; of others the message. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : reasonOf(error);
}

/**
 * A user's value as a message quotes it, at most 80 characters: `"rleu"`, `[1, "2"]`, `Float32Array(784)`, of an object a few
 * keys. Never data, and never slow, however large the value is.
 */
export function quote(value: unknown): string {
  return cut(described(value), 80);
}

function described(value: unknown, depth = 0): string {
  if (typeof value === "string") return JSON.stringify(cut(value, 60));
  if (typeof value === "function") return `function ${value.name}`.trimEnd();
  if (Object(value) !== value) return String(value);
  const { length } = value as ArrayLike<unknown>;
  if (Array.isArray(value)) {
    const items = depth > 1 ? [] : value.slice(0, 4).map((item) => described(item, depth + 1));
    return `[${items.join(", ")}${length > items.length ? ` … ${length} in all` : ""}]`;
  }
  const tag = Object.prototype.toString.call(value).slice(8, -1); // of any realm
  if (tag !== "Object") return typeof length === "number" ? `${tag}(${length})` : tag;
  const keys = Object.keys(value as object);
  return keys.length ? `{ ${keys.slice(0, 4).join(", ")}${keys.length > 4 ? ", …" : ""} }` : "{}";
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
