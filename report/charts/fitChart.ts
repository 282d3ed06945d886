/** Predicted against actual numbers, and how the errors spread: what a regression is judged by at a glance. */
import { axisX, axisY, dot, gridX, gridY, lineY, rectY, ruleX } from "@observablehq/plot";
import { textWidth } from "../text/lines.ts";
import { formatQuantity } from "../text/numbers.ts";
import { axisLook, axisRoom, CHARACTER, headOfAxis, roundTicks, spacedTicks } from "./axes.ts";
import { colorOf, seriesColor } from "./palette.ts";
import { type ChartText, drawPlot } from "./svg.ts";

/** Room for the numbers of both axes, and for half of the last one at the right end. */
function layoutOf(below: readonly [number, number], left: readonly [number, number]) {
  const written = (domain: readonly [number, number]): string[] => roundTicks(domain, 7).map(formatQuantity);
  return {
    width: 440,
    height: 300,
    marginTop: 28,
    marginRight: Math.max(18, 4 + (CHARACTER * Math.max(...written(below).map(textWidth))) / 2),
    marginBottom: 42,
    marginLeft: axisRoom(written(left)),
  };
}

function ticksBelow(
  domain: readonly [number, number],
  { width, marginLeft, marginRight }: ReturnType<typeof layoutOf>,
): number[] {
  return spacedTicks(domain, width - marginLeft - marginRight, formatQuantity);
}

/** A dot an example, and the diagonal on which predictions are right. */
export function fitChart({
  actual,
  predicted,
  unit,
  range = rangeOf([...actual, ...predicted]),
  look = 0,
  ...text
}: ChartText & {
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  /** Stands behind the axes' names. */
  readonly unit?: string | undefined;
  /** What both axes hold. Default: all points. */
  readonly range?: readonly [least: number, most: number];
  /** Number of the colour, from 0. */
  readonly look?: number;
}): string {
  const [least, most] = range;
  const margin = (most - least) / 25 || 1;
  const domain = [least - margin, most + margin] as const;
  const behind = unit === undefined ? "" : `, ${unit}`;
  const layout = layoutOf(domain, domain);
  const ticks = ticksBelow(domain, layout);
  const points = actual.map((x, i) => ({ x, y: predicted[i]! }));
  return drawPlot(
    {
      ...layout,
      x: { domain },
      y: { domain },
      marks: [
        gridX({ stroke: colorOf("rule"), strokeOpacity: 1, ticks }),
        gridY({ stroke: colorOf("rule"), strokeOpacity: 1, ticks: 6 }),
        axisY({ label: null, ticks: 6, tickFormat: formatQuantity, ...axisLook }),
        headOfAxis(`predicted${behind}`),
        axisX({
          label: `actual${behind}`,
          labelArrow: "none",
          labelAnchor: "center",
          ticks,
          tickFormat: formatQuantity,
          ...axisLook,
        }),
        lineY(
          domain.map((value) => ({ x: value, y: value })),
          { x: "x", y: "y", stroke: colorOf("quiet"), strokeDasharray: "4 3" },
        ),
        dot(points, {
          x: "x",
          y: "y",
          r: points.length > 300 ? 2 : 3.2,
          fill: seriesColor(look),
          fillOpacity: 0.6,
        }),
      ],
    },
    text,
  );
}

/** The least and the most, of however many values. */
function rangeOf(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** Bars of counts over the errors, with a line where predictions are right. */
export function errorChart({
  bins,
  unit,
  most = Math.max(...bins.map(({ count }) => count)),
  look = 0,
  ...text
}: ChartText & {
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[];
  readonly unit?: string | undefined;
  /** What the axis of counts holds. Default: the highest bar. */
  readonly most?: number;
  /** Number of the colour, from 0. */
  readonly look?: number;
}): string {
  const domain = [bins[0]!.from, bins.at(-1)!.to] as const;
  const layout = layoutOf(domain, [0, most]);
  return drawPlot(
    {
      ...layout,
      x: { domain },
      y: { domain: [0, most], nice: true },
      marks: [
        gridY({ stroke: colorOf("rule"), strokeOpacity: 1, ticks: 5 }),
        axisY({ label: null, ticks: 5, ...axisLook }),
        headOfAxis("test rows"),
        axisX({
          label: `predicted − actual${unit === undefined ? "" : `, ${unit}`}`,
          labelArrow: "none",
          labelAnchor: "center",
          ticks: ticksBelow(domain, layout),
          tickFormat: formatQuantity,
          ...axisLook,
        }),
        rectY(bins, { x1: "from", x2: "to", y: "count", fill: seriesColor(look), inset: 0.5 }),
        ruleX([0], { stroke: colorOf("quiet"), strokeDasharray: "4 3" }),
      ],
    },
    text,
  );
}
