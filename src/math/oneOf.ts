/**
 * Values that are one of some words, and what was meant by one that is not. Apart from options.ts, which every page downloads:
 * data and the command line use these.
 */
import { nearest } from "./nearest.ts";
import { unknownName } from "./options.ts";

/** Requires one of the names; undefined passes. @throws AnygradError INVALID_ARGUMENT */
export function checkOneOf(subject: string, name: unknown, names: readonly string[]): void {
  if (name !== undefined && !names.includes(name as string)) throw unknownName(subject, name, names);
}

/** "did you mean age? " where a name is near, else nothing. */
export function didYouMean(name: string, names: readonly string[]): string {
  const meant = nearest(name.slice(0, 60), names);
  return meant && `did you mean ${meant}? `;
}
