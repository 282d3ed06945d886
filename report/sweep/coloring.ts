/**
 * The colours of trials: the same in every chart of a sweep, by the option that explains the most of the differences, so
 * that what it does is seen in the learning curves and beside the other options, too.
 */
import { extent } from "../../src/math/statistics.ts";
import { partColor, seriesColor, stepColor } from "../charts/palette.ts";
import { type Effect, LEAST_SHARE } from "./effects.ts";

export interface Coloring {
  /** The option; undefined where none explains anything, and all trials have one colour. */
  readonly option: string | undefined;
  /** Its values, or spans of them, with their colours. */
  readonly legend: readonly { readonly name: string; readonly color: string }[];
  color(trial: number): string;
}

export function coloringOf(effects: readonly Effect[]): Coloring {
  const [strongest] = effects
    .filter(({ share = 0, groups }) => share >= LEAST_SHARE && groups.length > 1)
    .toSorted((a, b) => b.share! - a.share!);
  if (!strongest) return { option: undefined, legend: [], color: () => partColor("validation") };
  const { name, groups, numeric, grouped } = strongest;
  const legend = groups.map(({ label, scores }, i) => ({
    name: grouped ? spanText(scores.map(({ value }) => value as number)) : label,
    color: numeric ? stepColor(i, groups.length) : seriesColor(i),
  }));
  const colors = new Map(
    groups.flatMap(({ scores }, i) => scores.map(({ trial }) => [trial, legend[i]!.color] as const)),
  );
  return { option: name, legend, color: (trial) => colors.get(trial) ?? "var(--quiet)" };
}

/** "0.0012 to 0.0071" */
function spanText(values: readonly number[]): string {
  const [least, most] = extent(values).map((value) => String(Number(value.toPrecision(2))));
  return least === most ? least! : `${least} to ${most}`;
}
