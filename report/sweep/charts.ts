/** The pictures of a sweep: the effect of each option, how much each explains, and the learning curves of all trials. */
import {
  axisX,
  axisY,
  barX,
  dot,
  gridX,
  gridY,
  line,
  type Markish,
  ruleX,
  ruleY,
  text,
} from "@observablehq/plot";
import { axisLook, CHARACTER, headOfAxis, logarithmicTicks } from "../charts/axes.ts";
import { colorOf, seriesColor } from "../charts/palette.ts";
import { type ChartText, drawPlot } from "../charts/svg.ts";
import { formatShare } from "../text/numbers.ts";
import { shorten, textWidth } from "../text/table.ts";
import type { Effect, EffectGroup } from "./effects.ts";
import type { SweepMetric, Trial } from "./trial.ts";

const frame = { marginTop: 28, marginRight: 18, marginBottom: 42, marginLeft: 50 };
const best = seriesColor(1);
const other = seriesColor(0);

/** Whether values above 0 are so far apart that equal factors should be equal steps. */
export function isWide({ groups, numeric }: Effect): boolean {
  const values = groups.flatMap(({ scores }) => scores.map(({ value }) => value as number));
  return numeric && Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) >= 20;
}

/** A dot a trial, over its value; a bar at each group's mean, a thin line one deviation up and down. */
export function effectChart(
  effect: Effect,
  options: ChartText & { metric: SweepMetric; logarithmic: boolean; bestTrial: number | undefined },
): string {
  const { name, groups, grouped } = effect;
  const { metric, logarithmic } = options;
  const dots = groups.flatMap(({ scores }, group) =>
    scores.map(({ value, score, trial }, i) => ({
      // equal values side by side, so that none hides another
      x: grouped ? (value as number) : group + 0.07 * ((i % 5) - 2),
      y: score,
      trial,
    })),
  );
  const bars = groups.map((group, i) => ({
    ...spanOf(group, i, grouped),
    mean: group.mean,
    deviation: group.deviation,
  }));
  const ys = dots.map(({ y }) => y);
  const domain = logarithmic
    ? [Math.min(...dots.map(({ x }) => x)) / 1.3, Math.max(...dots.map(({ x }) => x)) * 1.3]
    : grouped
      ? padded(dots.map(({ x }) => x))
      : [-0.6, groups.length - 0.4];
  const marks: Markish[] = [
    gridY({ stroke: colorOf("rule"), strokeOpacity: 1, ticks: 6 }),
    axisY({ label: null, ticks: 6, ...axisLook }),
    headOfAxis(metric),
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
    }),
    ruleX(
      bars.filter(({ deviation }) => !grouped && Number.isFinite(deviation)),
      {
        x: "at",
        y1: (one) => one.mean - one.deviation,
        y2: (one) => one.mean + one.deviation,
        stroke: colorOf("quiet"),
      },
    ),
    dot(
      dots.filter(({ trial }) => trial !== options.bestTrial),
      { x: "x", y: "y", r: 3.5, fill: other, fillOpacity: 0.75 },
    ),
    dot(
      dots.filter(({ trial }) => trial === options.bestTrial),
      { x: "x", y: "y", r: 6, fill: best, symbol: "star" },
    ),
  ];
  return drawPlot(
    {
      width: 440,
      height: 250,
      ...frame,
      x: { domain, type: logarithmic ? "log" : "linear" },
      y: { domain: padded([...ys, ...bars.map(({ mean }) => mean)]) },
      marks,
    },
    options,
  );
}

/** Bars from 0 to 100 %, the largest above. */
export function sharesChart(effects: readonly Effect[], chartText: ChartText): string {
  const rows = effects.map(({ name, share = 0 }) => ({ name: shorten(name, 20), share }));
  return drawPlot(
    {
      width: 440,
      height: 60 + 30 * rows.length,
      marginTop: 10,
      marginRight: 56,
      marginBottom: 42,
      marginLeft: 16 + CHARACTER * Math.max(...rows.map(({ name }) => textWidth(name))),
      x: { domain: [0, 1] },
      y: { type: "band", domain: rows.map(({ name }) => name), padding: 0.3 },
      marks: [
        gridX({ stroke: colorOf("rule"), strokeOpacity: 1, ticks: 5 }),
        axisX({
          label: "share of the variance",
          labelArrow: "none",
          labelAnchor: "center",
          ticks: 5,
          tickFormat: (value: number) => `${Math.round(100 * value)} %`,
          ...axisLook,
        }),
        axisY({ label: null, ...axisLook, color: colorOf("ink") }),
        barX(rows, { x: "share", y: "name", fill: other }),
        text(rows, {
          x: "share",
          y: "name",
          text: ({ share }: { share: number }) => formatShare(share),
          dx: 5,
          textAnchor: "start",
          fill: colorOf("ink"),
        }),
      ],
    },
    chartText,
  );
}

/** A line a trial: the best strong, those that were stopped early pale. */
export function curvesChart(
  trials: readonly Trial[],
  options: ChartText & { metric: SweepMetric; bestTrial: number | undefined },
): string {
  const { metric } = options;
  const points = trials.flatMap(({ trial, status, history }) =>
    history[metric].flatMap((value, epoch) =>
      value === null ? [] : [{ trial, status, epoch: epoch + 1, value }],
    ),
  );
  const lastEpoch = Math.max(2, ...points.map(({ epoch }) => epoch));
  const curve = (part: typeof points, look: { stroke: string; strokeWidth: number; strokeOpacity: number }) =>
    line(part, { x: "epoch", y: "value", z: "trial", ...look });
  const of = (wanted: (point: (typeof points)[number]) => boolean) => points.filter(wanted);
  const isBest = ({ trial }: { trial: number }): boolean => trial === options.bestTrial;
  const [pale, plain, strong] = [
    of((point) => !isBest(point) && point.status !== "complete"),
    of((point) => !isBest(point) && point.status === "complete"),
    of(isBest),
  ];
  return drawPlot(
    {
      width: 900,
      height: 320,
      ...frame,
      x: { domain: [1, lastEpoch] },
      y: { domain: padded(points.map(({ value }) => value)) },
      marks: [
        gridY({ stroke: colorOf("rule"), strokeOpacity: 1, ticks: 6 }),
        axisY({ label: null, ticks: 6, ...axisLook }),
        headOfAxis(metric),
        axisX({
          label: "epoch",
          labelArrow: "none",
          labelAnchor: "center",
          ticks: Math.min(10, lastEpoch),
          tickFormat: (value: number) => (Number.isInteger(value) ? String(value) : ""),
          ...axisLook,
        }),
        curve(pale, { stroke: colorOf("quiet"), strokeWidth: 1.25, strokeOpacity: 0.45 }),
        curve(plain, { stroke: other, strokeWidth: 1.5, strokeOpacity: 0.6 }),
        curve(strong, { stroke: best, strokeWidth: 3, strokeOpacity: 1 }),
        // a trial of one epoch has no line
        dot(
          points.filter((point) => trials.find(({ trial }) => trial === point.trial)?.epochs === point.epoch),
          {
            x: "epoch",
            y: "value",
            r: 3,
            fill: (point: { trial: number; status: string }) =>
              isBest(point) ? best : point.status === "complete" ? other : colorOf("quiet"),
          },
        ),
      ],
    },
    options,
  );
}

function spanOf(
  { scores }: EffectGroup,
  group: number,
  grouped: boolean,
): { x1: number; x2: number; at: number } {
  const values = scores.map(({ value }) => value as number);
  if (!grouped) return { x1: group - 0.3, x2: group + 0.3, at: group };
  return { x1: Math.min(...values), x2: Math.max(...values), at: values[0]! };
}

function padded(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const margin = (most - least) / 20 || Math.abs(least) / 10 || 0.5;
  return [least - margin, most + margin];
}
