/** Commands in whose processes a file operation fails or kills: the script of `npm run test:crash`, preloaded. */
import { fileURLToPath } from "node:url";
import { anygrad, type Ended } from "./anygrad.ts";

/** What goes wrong: test/crash/preload.cjs has the fields. */
export interface Fault {
  readonly folder: string;
  readonly mode: "die" | "half" | "full";
  /** The number of the operation, or what its path holds. */
  readonly at: number | string;
  readonly who: "parent" | "child" | "any";
  /** A file that is made at the first death, which is the only one then. */
  readonly flag?: string;
}

const preload = fileURLToPath(new URL("../crash/preload.cjs", import.meta.url));

export function crashing(args: readonly string[], fault: Fault): Promise<Ended> {
  return anygrad(args, {
    env: { ANYGRAD_CRASH: JSON.stringify(fault), NODE_OPTIONS: `--require ${preload}` },
  });
}
