/** Parallel coordinates: an axis an option and one for the score, a line a trial through its values. */

import { dot, line, type Markish, ruleX, text } from "@observablehq/plot";
import { extent } from "../../src/math/statistics.ts";
import { log } from "../../src/math/transcendental.ts";
import { roundTicks } from "../charts/axes.ts";
import { colorLegend } from "../charts/legend.ts";
import { colorOf } from "../charts/palette.ts";
import { type ChartText, drawPlot } from "../charts/svg.ts";
import { shorten } from "../text/table.ts";
import type { Coloring } from "./coloring.ts";
import type { ScoreScale } from "./scale.ts";
import { type SweepMetric, sweepMetrics, type Trial, type TrialValue } from "./trial.ts";

/** An option as an axis. */
export interface Dimension {
  readonly name: string;
  /** Whether equal factors are equal steps. */
  readonly logarithmic: boolean;
  /** All values in order, where they are not numbers or are few. */
  readonly values: readonly TrialValue[] | undefined;
}

export interface ParallelChart extends ChartText {
  readonly dimensions: readonly Dimension[];
  readonly trials: readonly { readonly trial: Trial; readonly score: number }[];
  readonly metric: SweepMetric;
  readonly scale: ScoreScale;
  readonly coloring: Coloring;
  readonly bestTrial: number | undefined;
}

interface Axis {
  readonly name: string;
  place(trial: Trial, score: number): number;
  /** What stands beside it, from 0 (below) to 1 (above). */
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

const [WIDTH, HEIGHT, LEFT, RIGHT] = [900, 340, 40, 76];

export function parallelChart(chart: ParallelChart): string {
  const { dimensions, trials, scale, coloring, bestTrial, metric, ...said } = chart;
  const { name: scoreName, format } = sweepMetrics[metric];
  const axes = [...dimensions.map((one) => optionAxis(one, trials)), scoreAxis(metric, scale)];
  const legend = colorLegend(coloring.legend, WIDTH, coloring.option);
  const lines = trials.flatMap(({ trial, score }) => {
    const values = dimensions.map(({ name }) => `${name} ${trial.options[name]}`).join(", ");
    return axes.map((axis, x) => ({
      x,
      y: axis.place(trial, score),
      trial: trial.trial,
      color: coloring.color(trial.trial),
      title: `trial ${trial.trial}: ${scoreName} ${format(score)}; ${values}`,
    }));
  });
  const isBest = ({ trial }: { trial: number }): boolean => trial === bestTrial;
  const curve = (part: typeof lines, look: object): Markish =>
    line(part, { x: "x", y: "y", z: "trial", stroke: "color", title: "title", ...look });
  return drawPlot(
    {
      width: WIDTH,
      height: HEIGHT + legend.height,
      marginTop: 34 + legend.height,
      marginRight: RIGHT,
      marginBottom: 14,
      marginLeft: LEFT,
      x: { domain: [0, axes.length - 1], axis: null },
      y: { domain: [0, 1], axis: null },
      color: { type: "identity" },
      marks: [
        ruleX(
          axes.map((_, x) => x),
          { stroke: colorOf("quiet"), strokeWidth: 1 },
        ),
        curve(
          lines.filter((one) => !isBest(one)),
          { strokeWidth: 1.5, strokeOpacity: 0.65 },
        ),
        curve(lines.filter(isBest), { strokeWidth: 4 }),
        dot(
          lines.filter(({ x }) => x === axes.length - 1),
          { x: "x", y: "y", r: 3, fill: "color", title: "title" },
        ),
        // the outermost names begin and end with the chart: in the middle of their axes they would be cut
        ...axes.map(({ name }, x) =>
          text([shorten(name, Math.floor(110 / axes.length))], {
            x: () => x,
            text: (shown: string) => shown,
            frameAnchor: "top",
            ...(x === 0 && { textAnchor: "start", dx: -LEFT + 4 }),
            ...(x === axes.length - 1 && { textAnchor: "end", dx: RIGHT - 4 }),
            dy: -20,
            fontWeight: 600,
            fill: colorOf("ink"),
          }),
        ),
        ...axes.map(({ ticks }, x) =>
          text(ticks, {
            x: () => x,
            y: "at",
            text: "label",
            dx: 7,
            textAnchor: "start",
            fill: colorOf("ink"),
            stroke: colorOf("paper"),
            strokeWidth: 4,
          }),
        ),
        ...(coloring.option === undefined ? [] : [legend.mark]),
      ],
    },
    said,
  );
}

function optionAxis({ name, logarithmic, values }: Dimension, trials: ParallelChart["trials"]): Axis {
  if (values) {
    const at = (i: number): number => (values.length === 1 ? 0.5 : i / (values.length - 1));
    return {
      name,
      place: ({ options }) => at(values.indexOf(options[name]!)),
      ticks: values.map((value, i) => ({ at: at(i), label: shorten(String(value), 16) })),
    };
  }
  const scaled = (value: number): number => (logarithmic ? log(value) : value);
  const numbers = trials.map(({ trial }) => trial.options[name] as number);
  const [least, most] = extent(numbers);
  const range = scaled(most) - scaled(least);
  const place = (value: number): number => (range === 0 ? 0.5 : (scaled(value) - scaled(least)) / range);
  const middle = logarithmic ? Math.sqrt(least * most) : (least + most) / 2;
  return {
    name,
    place: ({ options }) => place(options[name] as number),
    ticks: (range === 0 ? [least] : [least, middle, most]).map((value) => ({
      at: place(value),
      label: String(Number(value.toPrecision(2))),
    })),
  };
}

function scoreAxis(metric: SweepMetric, { domain, place }: ScoreScale): Axis {
  const [from, to] = domain;
  const { name, format } = sweepMetrics[metric];
  const at = (score: number): number => (place(score) - from) / (to - from);
  return {
    name,
    place: (_, score) => at(score),
    ticks: roundTicks(domain, 5).map((score) => ({ at: at(score), label: format(score) })),
  };
}
