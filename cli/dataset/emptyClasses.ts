/** Classes of which a set has no example: they cannot be learned, or nothing can be said of how well they are recognised. */
import type { Dataset } from "../../src/data/dataset.ts";
import { classCounts } from "../../src/data/statistics.ts";
import { listed } from "../../src/data/table/names.ts";
import type { Source } from "./source.ts";

/** A sentence for the user about each set that lacks classes. */
export function emptyClassNotes({ train, validation, test, task, classNames }: Source): string[] {
  if (task === "regression") return [];
  const note = (set: Dataset | undefined, kind: string, consequence: string): string[] => {
    if (!set) return [];
    const counts = classCounts(set, classNames.length);
    const empty = classNames.filter((_, classId) => counts[classId] === 0);
    return empty.length === 0 ? [] : [`no ${kind} examples of ${listed(empty)}: ${consequence}`];
  };
  return [
    ...note(train, "training", "the network cannot learn what they look like"),
    ...note(validation, "validation", "epochs are judged without them"),
    ...note(test, "test", "how well they are recognised is not known, and the report has a dash there"),
  ];
}
