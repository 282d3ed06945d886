/** What holds for whatever a stranger's bytes do: a typed error of one line, or none; in bounded time and memory. */
import { AnygradError } from "../../src/errors.ts";
import type { Target } from "./target.ts";

/** For an input of at most `largestInput` bytes, in code that the fuzzer's counters make a few times slower. */
const limits = { processorSeconds: 5, bytes: 256 * 2 ** 20 } as const;
/** Bytes of an input, at the most. */
export const largestInput: number = 2 ** 16;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that a terminal would obey
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/** Has the target read the bytes. @throws Error for what must not be */
export async function judge(target: Target, bytes: Uint8Array): Promise<void> {
  const [time, memory] = [process.cpuUsage(), process.resourceUsage().maxRSS];
  await passed(() => target.read(bytes));
  const { user, system } = process.cpuUsage(time);
  const seconds = (user + system) / 1e6;
  if (seconds > limits.processorSeconds)
    throw new Error(`${bytes.length} bytes took ${seconds.toFixed(1)} s`);
  const taken = (process.resourceUsage().maxRSS - memory) * 1024;
  if (taken > limits.bytes)
    throw new Error(`${bytes.length} bytes took ${Math.round(taken / 2 ** 20)} MiB of memory`);
}

/** Runs a part of a target whose refusal does not end it. @returns the refusal, judged @throws Error for any other error */
export async function passed(work: () => unknown): Promise<AnygradError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof AnygradError)) throw error;
    checkText(error.message);
    if (!/^[A-Z_]+$/.test(error.code)) throw new Error(`an error without a code: ${error.message}`);
    return error;
  }
}

/** @throws Error for what is no line that a terminal can show */
export function checkText(message: string): void {
  if (message.length > 500) throw new Error(`a message of ${message.length} characters: ${message}`);
  if (message.trim() === "" || control.test(message))
    throw new Error(`a message with control characters: ${JSON.stringify(message)}`);
}

/** @throws Error where what was read, saved and read again is not the same */
export function expectSame(what: string, again: Uint8Array, first: Uint8Array): void {
  if (Buffer.compare(again, first) !== 0)
    throw new Error(`${what} is another one after it was saved and read`);
}
