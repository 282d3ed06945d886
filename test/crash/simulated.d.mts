import type { Ended } from "../cli/anygrad.ts";
import type { Fault } from "./commands.mjs";

export declare function simulatedMachine(
  folder: string,
): Promise<
  (
    args: readonly string[],
    options?: { fault?: Fault; cwd?: string },
  ) => Promise<Ended & { readonly signal: NodeJS.Signals | null }>
>;
