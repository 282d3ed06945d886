/** Commands as they are typed into a shell. */
import type { AugmentationOptions } from "../../src/augmentation/options.ts";
import { augmentText } from "../../src/augmentation/text.ts";

/** The command line of a call of `anygrad`. */
export function commandLine(args: readonly unknown[]): string {
  return ["anygrad", ...args.map(quoted)].join(" ");
}

/** A value as the shell takes it, in quotes where need be. An object is an augmentation. */
function quoted(value: unknown): string {
  const text = typeof value === "object" ? augmentText(value as AugmentationOptions) : String(value);
  return /^[\w./:,=+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
