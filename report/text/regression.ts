/** Where a regression errs, as text: how the errors spread, and the largest. */
import { type Places, placeHead, placeText, placeWords } from "../../runs/places.ts";
import { quantile } from "../../src/math/statistics.ts";
import { columns } from "./columns.ts";
import { formatCount, formatQuantity } from "./numbers.ts";
import { plain, type Style } from "./style.ts";
import { type Cell, table } from "./table.ts";

export interface Errors {
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  readonly target: { readonly name: string; readonly unit?: string | undefined };
  /** Where the examples of a table came from. */
  readonly places?: Places | undefined;
}

const LARGEST = 5;
const BINS = 9;
const WIDTH = 30; // characters of the longest bar

/** Two tables under their headings, side by side where there is room, without the last line break. */
export function errorsText(
  { actual, predicted, target, places }: Errors,
  style: Style = plain,
  width = 80,
): string {
  const errors = actual.map((value, i) => predicted[i]! - value);
  const unit = target.unit === undefined ? "" : `, in ${target.unit}`;
  const order = errors.map((_, i) => i).sort((a, b) => Math.abs(errors[b]!) - Math.abs(errors[a]!) || a - b);
  const heading = [placeHead(places), "actual", "predicted", "error"].map(
    (text): Cell => ({ text, stress: "quiet" }),
  );
  const rows = order
    .slice(0, LARGEST)
    .map((i) => [
      placeText(places, i),
      formatQuantity(actual[i]!),
      formatQuantity(predicted[i]!),
      signed(errors[i]!),
    ]);
  const spread = [
    `${style.strong("Errors")}  ${style.quiet(`predicted less actual ${target.name}${unit}`)}`,
    histogramText(errors, style),
  ];
  const largest = [
    `${style.strong("Largest errors")}  ${style.quiet(`test examples ${placeWords(places)}`)}`,
    table([heading, ...rows], { align: ["right", "right", "right", "right"], style }),
  ];
  return columns([spread.join("\n"), largest.join("\n")], width);
}

/** How far from 0 the 1st and the 99th percentile are. */
export function errorBound(errors: readonly number[]): number {
  const sorted = errors.toSorted((a, b) => a - b);
  return Math.max(Math.abs(quantile(sorted, 0.01)), Math.abs(quantile(sorted, 0.99))) || 1;
}

/** A bar for each of some equal parts within the bound; what lies beyond counts to the outermost. */
export function histogramOf(
  errors: readonly number[],
  bins: number,
  bound: number = errorBound(errors),
): { from: number; to: number; count: number }[] {
  const width = (2 * bound) / bins;
  const parts = Array.from({ length: bins }, (_, i) => ({
    from: -bound + i * width,
    to: -bound + (i + 1) * width,
    count: 0,
  }));
  for (const error of errors)
    parts[Math.max(0, Math.min(bins - 1, Math.floor((error + bound) / width)))]!.count++;
  return parts;
}

function histogramText(errors: readonly number[], style: Style): string {
  const parts = histogramOf(errors, BINS);
  const most = Math.max(...parts.map(({ count }) => count));
  return table(
    parts.map(({ from, to, count }) => [
      { text: signed(middleOf(from, to)), stress: "quiet" },
      style.good("━".repeat(Math.round((WIDTH * count) / most))),
      formatCount(count),
    ]),
    { align: ["right", "left", "right"], style },
  );
}

function signed(value: number): string {
  return value > 0 ? `+${formatQuantity(value)}` : formatQuantity(value);
}

/** The middle; 0 for a part around it, in whose sum a rounding error is left. */
function middleOf(from: number, to: number): number {
  return from < 0 && to > 0 && Math.abs(from + to) < 1e-9 * (to - from) ? 0 : (from + to) / 2;
}
