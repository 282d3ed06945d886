/** Where the test examples of a table came from, as columns of predictions.csv: "line", or of windows "first_line" and "last_line". */
import type { Places } from "../src/data/table/places.ts";
import type { Columns } from "./table.ts";

export type { Places };

const nouns = ["line", "row"] as const;

/** Names of the columns and the cells of each example; none where nothing is known. */
export function placeColumns(places: Places | undefined): {
  names: string[];
  cells(example: number): number[];
} {
  if (!places) return { names: [], cells: () => [] };
  const { noun, first, last } = places;
  return isWindowed(places)
    ? { names: [`first_${noun}`, `last_${noun}`], cells: (example) => [first[example]!, last[example]!] }
    : { names: [noun], cells: (example) => [first[example]!] };
}

/** The places that a table of predictions names; undefined where it names none. */
export function placesIn(columns: Columns): Places | undefined {
  for (const noun of nouns) {
    const first = columns[`first_${noun}`] ?? columns[noun];
    const last = columns[`last_${noun}`] ?? columns[noun];
    if (first && last && first.every(Number.isFinite) && last.every(Number.isFinite))
      return { noun, first, last };
  }
  return undefined;
}

/** Whether examples are made of several rows. */
function isWindowed({ first, last }: Places): boolean {
  return first.some((row, example) => row !== last[example]);
}

/** Where an example was: "57", or "901 to 950". Without places its number in the set, from 0. */
export function placeText(places: Places | undefined, example: number): string {
  if (!places) return String(example);
  const [first, last] = [places.first[example]!, places.last[example]!];
  return first === last ? String(first) : `${first} to ${last}`;
}

/** What `placeText` tells, as the head of a column: "line", "lines" of windows, "example" where no places are known. */
export function placeHead(places: Places | undefined): string {
  if (!places) return "example";
  return isWindowed(places) ? `${places.noun}s` : places.noun;
}

/** The same in a sentence: "by their lines in the file", "counted from 0". */
export function placeWords(places: Places | undefined): string {
  if (!places) return "counted from 0";
  return places.noun === "line" ? "by their lines in the file" : "by their rows in the file, from 1";
}
