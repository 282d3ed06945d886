/**
 * A curve in characters: the values of a run, from left to right, as columns of eighth blocks.
 *
 * Enough to see whether a loss falls, stalls or jumps; for reading off values there is history.csv.
 */
import { log } from "../../src/math/transcendental.ts";
import { formatScore } from "./numbers.ts";
import { plain, type Style } from "./style.ts";

export interface CurveOptions {
  /** Characters of a line, the scale included. Default 38: two curves fit side by side on 80. */
  readonly width?: number;
  /** Height in lines. Default 5. */
  readonly height?: number;
  /** Whether the axis is logarithmic, as suits losses; values must be above 0. Default false. */
  readonly logarithmic?: boolean;
  /** Part of the data set that the values were measured on, which has a colour. Default "training". */
  readonly part?: "training" | "validation" | "test";
  readonly style?: Style;
}

const SCALE = 9; // characters: a value, a blank and the axis
const eighths = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** A title and `height` lines, all equally wide, without the last line break. Values that are not finite are left out. */
export function curve(title: string, values: readonly number[], options: CurveOptions = {}): string {
  const { width = 38, height = 5, logarithmic = false, part = "training", style = plain } = options;
  const columns = width - SCALE;
  const shown = resample(values.filter(Number.isFinite), columns);
  const [least, most] = [Math.min(...shown), Math.max(...shown)];
  const place = logarithmic && least > 0 ? log : (value: number) => value;
  const low = place(least);
  const range = place(most) - low || 1;
  // the lowest value still gets one eighth: a curve has no holes
  const filled = shown.map((value) => 1 + Math.round(((place(value) - low) / range) * (8 * height - 1)));
  const lines = Array.from({ length: height }, (_, line) => {
    const below = 8 * (height - 1 - line);
    const blocks = filled.map((eighth) => eighths[Math.min(8, Math.max(0, eighth - below))]).join("");
    const end = line === 0 ? most : line === height - 1 ? least : undefined;
    const label = end === undefined || shown.length === 0 ? "" : formatScore(end);
    return `${style.quiet(`${label.padStart(SCALE - 2)} │`)}${style[part](blocks.padEnd(columns))}`;
  });
  return [`${" ".repeat(SCALE)}${style.strong(title.padEnd(columns))}`, ...lines].join("\n");
}

// Means of equal spans where there are more values than columns; each value several times where there are fewer.
function resample(values: readonly number[], columns: number): number[] {
  if (values.length === 0) return [];
  return Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * values.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * values.length) / columns));
    const span = values.slice(from, to);
    return span.reduce((sum, value) => sum + value, 0) / span.length;
  });
}
