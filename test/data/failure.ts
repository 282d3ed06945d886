import { AnygradError } from "../../src/errors.ts";

/** The message of the typed, one-line error that `run` must end in; anything else fails the test. */
export async function failure(run: () => unknown, code: string): Promise<string> {
  let result: unknown;
  try {
    result = await run();
  } catch (error) {
    if (!(error instanceof AnygradError)) throw error;
    if (error.code !== code) throw new Error(`wanted ${code}, got ${error.code}: ${error.message}`);
    if (error.message.includes("\n")) throw new Error(`more than one line: ${error.message}`);
    return error.message;
  }
  throw new Error(`no error, but ${JSON.stringify(result)?.slice(0, 200)}`);
}
