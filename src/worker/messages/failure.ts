/** Errors across threads: a message cannot hold our class, so its parts travel and the other side makes it again. */
import { AnygradError, type ErrorCode } from "../../errors.ts";

export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  /** The code of an AnygradError. */
  readonly code?: ErrorCode | undefined;
  readonly cause?: Failure | undefined;
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message, stack, cause } = error;
  return {
    name,
    message,
    stack,
    code: error instanceof AnygradError ? error.code : undefined,
    cause: cause instanceof Error ? failureOf(cause) : undefined,
  };
}

export function errorOf({ name, message, stack, code, cause }: Failure): Error {
  const options = cause && { cause: errorOf(cause) };
  const error: Error = code ? new AnygradError(code, message, options) : new Error(message, options);
  if (!code) error.name = name;
  if (stack) error.stack = stack;
  return error;
}
