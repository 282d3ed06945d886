/** The pictures of a sweep: the effect of each option, how much each explains, and the learning curves of all trials. */

import { axisX, axisY, dot, gridY, line, type Markish, ruleY } from "@observablehq/plot";
import { extent } from "../../src/math/statistics.ts";
import { axisLook, axisRoom, headOfAxis, logarithmicTicks } from "../charts/axes.ts";
import { barChart } from "../charts/barChart.ts";
import { colorLegend } from "../charts/legend.ts";
import { colorOf, partColor } from "../charts/palette.ts";
import { type ChartText, drawPlot } from "../charts/svg.ts";
import { formatShare } from "../text/numbers.ts";
import { shorten } from "../text/table.ts";
import type { Coloring } from "./coloring.ts";
import type { Effect, EffectGroup } from "./effects.ts";
import { paddedDomain, type ScoreScale } from "./scale.ts";
import { type SweepMetric, sweepMetrics, type Trial } from "./trial.ts";

/** Room around a chart of scores. */
function frameOf(metric: SweepMetric, domain: readonly number[], above: number): object {
  const marginLeft = axisRoom(domain.map(sweepMetrics[metric].format));
  // insets: signs at the edge shall not meet the numbers of the axis
  return {
    marginTop: 28 + above,
    marginRight: 18,
    marginBottom: 42,
    marginLeft,
    insetTop: 6,
    insetBottom: 6,
  };
}

/** What the charts of trials have in common. */
interface Drawn extends ChartText {
  readonly metric: SweepMetric;
  readonly bestTrial: number | undefined;
  readonly scale: ScoreScale;
  readonly coloring: Coloring;
}

/** Whether values above 0 are so far apart that equal factors should be equal steps. */
export function isWide({ groups, numeric }: Effect): boolean {
  const values = groups.flatMap(({ scores }) => scores.map(({ value }) => value as number));
  return numeric && Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) >= 20;
}

/** A dot a trial, over its value; a bar at each group's mean. */
export function effectChart(effect: Effect, options: Drawn & { logarithmic: boolean }): string {
  const { name, groups, grouped } = effect;
  const { metric, logarithmic, scale, coloring } = options;
  const { name: scoreName, format } = sweepMetrics[metric];
  const legend = colorLegend(coloring.option === name ? [] : coloring.legend, 440, coloring.option);
  const dots = groups.flatMap(({ scores }, group) =>
    scores.map(({ value, score, trial }, i) => ({
      // equal values side by side, so that none hides another
      x: grouped ? (value as number) : group + 0.07 * ((i % 5) - 2),
      y: scale.place(score),
      trial,
      color: coloring.color(trial),
      isBeyond: scale.isBeyond(score),
      title: `trial ${trial}: ${name} ${value}, ${scoreName} ${format(score)}`,
    })),
  );
  // a mean beyond the axis has no bar: at the edge it would look like one there
  const shown = groups.filter(({ mean }) => !scale.isBeyond(mean));
  const bars = shown.map((group) => ({
    ...spanOf(group, groups.indexOf(group), grouped),
    mean: group.mean,
    title: `${group.label}: mean ${format(group.mean)}`,
  }));
  const [least, most] = extent(dots.map(({ x }) => x));
  const domain = logarithmic
    ? [least / 1.3, most * 1.3]
    : grouped
      ? padded(dots.map(({ x }) => x))
      : [-0.6, groups.length - 0.4];
  const marks: Markish[] = [
    gridY({ stroke: colorOf("rule"), strokeOpacity: 1, ticks: 6 }),
    axisY({ label: null, ticks: 6, ...axisLook }),
    headOfAxis(scoreName),
    axisX({
      label: name,
      labelArrow: "none",
      labelAnchor: "center",
      ...axisLook,
      ...(logarithmic && {
        ticks: logarithmicTicks(domain as [number, number]),
        tickFormat: (value: number) => String(Number(value.toPrecision(3))),
      }),
      ...(grouped && !logarithmic && { ticks: 6 }),
      ...(!grouped && {
        ticks: groups.map((_, i) => i),
        tickFormat: (i: number) => shorten(groups[i]?.label ?? "", Math.floor(52 / groups.length)),
      }),
    }),
    ruleY(bars, {
      x1: "x1",
      x2: "x2",
      y: "mean",
      stroke: colorOf("quiet"),
      strokeWidth: 3,
      strokeOpacity: 0.55,
      title: "title",
    }),
    dot(
      dots.filter(({ trial, isBeyond }) => trial !== options.bestTrial && !isBeyond),
      { x: "x", y: "y", r: 4, fill: "color", fillOpacity: 0.85, title: "title" },
    ),
    dot(
      dots.filter(({ isBeyond }) => isBeyond),
      { x: "x", y: "y", r: 4, fill: "color", title: "title", ...edgeSign(metric) },
    ),
    dot(
      dots.filter(({ trial }) => trial === options.bestTrial),
      { x: "x", y: "y", r: 7, fill: "color", stroke: colorOf("ink"), symbol: "star", title: "title" },
    ),
    legend.mark,
  ];
  return drawPlot(
    {
      width: 440,
      height: 250 + legend.height,
      ...frameOf(metric, scale.domain, legend.height),
      x: { domain, type: logarithmic ? "log" : "linear" },
      y: { domain: [...scale.domain] },
      color: { type: "identity" },
      marks,
    },
    options,
  );
}

/** How much each option explains, the most above. */
export function sharesChart(effects: readonly Effect[], chartText: ChartText): string {
  return barChart({
    ...chartText,
    rows: effects.map(({ name }) => name),
    series: [
      { name: "share", color: partColor("validation"), values: effects.map(({ share = 0 }) => share) },
    ],
    x: {
      label: "share of the variance",
      most: 1,
      format: (value) => formatShare(value).replace(".0 ", " "),
    },
  });
}

/** A line a trial: the best strong, those that were stopped early pale. */
export function curvesChart(trials: readonly Trial[], options: Drawn): string {
  const { metric, scale, coloring } = options;
  const legend = colorLegend(coloring.legend, 900, coloring.option);
  const points = trials.flatMap(({ trial, status, history }) =>
    (history[metric] ?? []).flatMap((value, epoch) =>
      value === null
        ? []
        : [
            {
              trial,
              status,
              epoch: epoch + 1,
              value,
              color: coloring.color(trial),
              title: `trial ${trial}, epoch ${epoch + 1}: ${sweepMetrics[metric].format(value)}`,
            },
          ],
    ),
  );
  const lastEpoch = Math.max(2, ...points.map(({ epoch }) => epoch));
  // where no trial ended far off, all that they went through is shown
  const domain =
    scale.beyond === 0
      ? paddedDomain(
          points.map(({ value }) => value),
          metric,
        )
      : [...scale.domain];
  const shown = points.map((point) => ({
    ...point,
    value: Math.min(domain[1]!, Math.max(domain[0]!, point.value)),
  }));
  const curve = (part: typeof shown, look: { strokeWidth: number; strokeOpacity: number }) =>
    line(part, {
      x: "epoch",
      y: "value",
      z: "trial",
      stroke: "color",
      title: ({ trial }: { trial: number }) => `trial ${trial}`,
      ...look,
    });
  const of = (wanted: (point: (typeof shown)[number]) => boolean) => shown.filter(wanted);
  const isBest = ({ trial }: { trial: number }): boolean => trial === options.bestTrial;
  return drawPlot(
    {
      width: 900,
      height: 320 + legend.height,
      ...frameOf(metric, domain, legend.height),
      x: { domain: [1, lastEpoch] },
      y: { domain },
      color: { type: "identity" },
      marks: [
        gridY({ stroke: colorOf("rule"), strokeOpacity: 1, ticks: 6 }),
        axisY({ label: null, ticks: 6, ...axisLook }),
        headOfAxis(sweepMetrics[metric].name),
        axisX({
          label: "epoch",
          labelArrow: "none",
          labelAnchor: "center",
          ticks: Math.min(10, lastEpoch),
          tickFormat: (value: number) => (Number.isInteger(value) ? String(value) : ""),
          ...axisLook,
        }),
        curve(
          of((point) => !isBest(point) && point.status !== "complete"),
          { strokeWidth: 1.25, strokeOpacity: 0.35 },
        ),
        curve(
          of((point) => !isBest(point) && point.status === "complete"),
          { strokeWidth: 1.75, strokeOpacity: 0.75 },
        ),
        curve(of(isBest), { strokeWidth: 4, strokeOpacity: 1 }),
        // a trial of one epoch has no line
        dot(
          shown.filter((point) => trials.find(({ trial }) => trial === point.trial)?.epochs === point.epoch),
          { x: "epoch", y: "value", r: 3.5, fill: "color", title: "title" },
        ),
        legend.mark,
      ],
    },
    options,
  );
}

/** What stands at the edge for a score that is beyond it: a triangle that points there. */
function edgeSign(metric: SweepMetric): { symbol: "triangle"; rotate: number } {
  return { symbol: "triangle", rotate: sweepMetrics[metric].isError ? 0 : 180 };
}

function spanOf({ scores }: EffectGroup, group: number, grouped: boolean): { x1: number; x2: number } {
  const values = scores.map(({ value }) => value as number);
  if (!grouped) return { x1: group - 0.3, x2: group + 0.3 };
  const [x1, x2] = extent(values);
  return { x1, x2 };
}

function padded(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  const [least, most] = extent(values);
  const margin = (most - least) / 20 || Math.abs(least) / 10 || 0.5;
  return [least - margin, most + margin];
}
