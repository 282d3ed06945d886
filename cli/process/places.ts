/**
 * Where files lie on this machine that a run names by their paths on another: a worker keeps data sets and model files by content, and
 * the run is told by the names that its user gave, so that its settings, checkpoints and reports are those of any machine.
 */
import { hasParent } from "./parentLink.ts";

/** Set for children of a worker: paths by paths, as JSON. */
export const placesVariable = "ANYGRAD_PLACES";

/** Where a file or folder lies here; what was not brought lies where it says. */
export function placeOf(path: string): string {
  const text = process.env[placesVariable];
  if (text === undefined || !hasParent()) return path;
  const places = JSON.parse(text) as Readonly<Record<string, string>>;
  return Object.hasOwn(places, path) ? places[path]! : path;
}
