/**
 * The colours of charts and pages, by name: on paper and on a dark screen.
 *
 * Charts name them as CSS variables (`var(--series-1)`), so that one drawing serves both; `standalone` in svg.ts writes
 * those of paper in for files of their own. Series keep apart for colour-blind eyes (blue, orange, green, purple, after
 * Okabe and Ito), and as each is also the colour of its label, all have a contrast of 4.5 and more to the ground.
 */

/** The colours of one ground, each as `#rrggbb`. */
export interface Palette {
  readonly paper: string;
  /** Ground of boxes and table heads, a shade off the paper. */
  readonly raised: string;
  readonly ink: string;
  readonly quiet: string;
  /** Colour of grid lines and borders. */
  readonly rule: string;
  readonly link: string;
  /** Colour of cells and marks that are right (`wrong`: that are wrong); more of it is drawn as less transparent. */
  readonly right: string;
  readonly wrong: string;
  readonly "series-1": string;
  readonly "series-2": string;
  readonly "series-3": string;
  readonly "series-4": string;
  readonly "series-5": string;
  readonly "series-6": string;
  readonly "series-7": string;
  readonly "series-8": string;
  /** Steps from little to much, for values that have an order. */
  readonly "step-1": string;
  readonly "step-2": string;
  readonly "step-3": string;
  readonly "step-4": string;
  readonly "step-5": string;
}

export const light: Palette = {
  paper: "#ffffff",
  raised: "#f4f6f8",
  ink: "#16191d",
  quiet: "#57606a",
  rule: "#d3d9df",
  link: "#0a58a8",
  right: "#0a6cc8",
  wrong: "#d9560b",
  "series-1": "#0a62b4",
  "series-2": "#b9480a",
  "series-3": "#06755a",
  "series-4": "#8b3f96",
  "series-5": "#7d5d00",
  "series-6": "#a92359",
  "series-7": "#0b7285",
  "series-8": "#555b62",
  "step-1": "#c07a00",
  "step-2": "#c2472c",
  "step-3": "#9c2f68",
  "step-4": "#63308f",
  "step-5": "#25307d",
};

export const dark: Palette = {
  paper: "#14171b",
  raised: "#1e2329",
  ink: "#e8ebee",
  quiet: "#a3acb6",
  rule: "#3a424b",
  link: "#7dbbff",
  right: "#5aaefc",
  wrong: "#ff8f4d",
  "series-1": "#74b6ff",
  "series-2": "#ff9d64",
  "series-3": "#4fcfa6",
  "series-4": "#d9a2e2",
  "series-5": "#e0bf53",
  "series-6": "#ff8fb6",
  "series-7": "#5fcfe0",
  "series-8": "#b4bbc3",
  "step-1": "#ffe08a",
  "step-2": "#ffb36b",
  "step-3": "#ff8a8f",
  "step-4": "#cf8cff",
  "step-5": "#86a4ff",
};

/** A part of a data set, as every report and sheet tells them apart. */
export type DataPart = "training" | "validation" | "test";

/** Number of the series whose colour (and in charts dash and sign) a part has, wherever it is drawn. */
export const lookOfPart: Readonly<Record<DataPart, number>> = { test: 0, training: 1, validation: 2 };

/** The same colours in terminals: of xterm's 256, those that are seen on black and on white. */
export const terminalColors: Readonly<Record<DataPart, number>> = { test: 32, training: 172, validation: 36 };

/** Colour of a part of a data set. */
export function partColor(part: DataPart): string {
  return seriesColor(lookOfPart[part]);
}

/** Number of series before colours repeat. */
const SERIES = 8;

/** A colour as charts and pages name it. */
export function colorOf(name: keyof Palette): string {
  return `var(--${name})`;
}

/** Colour of a series, counted from 0; the ninth has the colour of the first. */
export function seriesColor(index: number): string {
  return `var(--series-${(index % SERIES) + 1})`;
}

const STEPS = 5;

/** Colour of place `index` of `count` in an order, from 0: the first and the last are the furthest apart. */
export function stepColor(index: number, count: number): string {
  return `var(--step-${1 + Math.round((index * (STEPS - 1)) / Math.max(1, count - 1))})`;
}

/** How opaque a cell is for a share of 0 to 1: up to 0.55 ink stays readable on `right` and on `wrong`, on paper and in the dark. */
export function strengthOf(share: number): number {
  return share === 0 ? 0 : 0.08 + 0.47 * share;
}

/** The variables of a page: `prefers-color-scheme` chooses, print is on paper. */
export function paletteCss(): string {
  const variables = (palette: Palette): string =>
    Object.entries(palette)
      .map(([name, value]) => `--${name}:${value}`)
      .join(";");
  return (
    `:root{color-scheme:light dark;${variables(light)}}\n` +
    `@media screen and (prefers-color-scheme:dark){:root{${variables(dark)}}}`
  );
}
