/** Files of others in a folder that is to be written into: none is written over that nobody has said may go. */
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { AnygradError } from "../../src/errors.ts";

/**
 * Refuses a folder that holds what would be written, and nothing that shows that the like was written there before.
 *
 * @param what is to be written: a run, a comparison, a sweep @param names its files @param proofs what its folder holds from the beginning
 * @param advice behind "pass another folder, or "
 * @throws AnygradError INVALID_ARGUMENT
 */
export async function refuseStrangers(
  folder: string,
  what: string,
  names: readonly string[],
  proofs: readonly string[],
  advice: string,
): Promise<void> {
  const there = async (name: string): Promise<boolean> =>
    (await lstat(join(folder, name)).catch(() => undefined)) !== undefined;
  for (const proof of proofs) if (await there(proof)) return;
  for (const name of names) {
    if (!(await there(name))) continue;
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--out: ${folder} holds ${name}, which is of no ${what} there and would be written over; pass another folder, or ${advice}`,
    );
  }
}
