import type { Ended } from "../cli/anygrad.ts";

/** What goes wrong in the processes of a command; preload.cjs says what the fields mean. */
export interface Fault {
  readonly folder: string;
  readonly mode: "die" | "half" | "full";
  readonly at: number | string;
  readonly who: "parent" | "child" | "any";
  readonly flag?: string;
}
export declare function copyPackage(folder: string): void;
export declare function anygrad(
  args: readonly string[],
  options?: { fault?: Fault; killAfter?: number; cwd?: string },
): Promise<Ended & { readonly signal: NodeJS.Signals | null }>;
export declare function leftovers(folder: string): string[];
