/**
 * One sign a model: what it reached against what it cost. Each is named beside its sign and has its own colour and shape;
 * a thin line shows the interval of its value.
 */

import { axisX, axisY, dot, gridY, type RenderFunction, ruleX } from "@observablehq/plot";
import { extent } from "../../src/math/statistics.ts";
import { textWidth } from "../text/lines.ts";
import { formatScore } from "../text/numbers.ts";
import { shortNames } from "../text/table.ts";
import { axisLook, CHARACTER, headOfAxis, LINE, logarithmicTicks, signOf } from "./axes.ts";
import { colorOf, seriesColor } from "./palette.ts";
import { type ChartText, drawPlot, svgElement } from "./svg.ts";

export interface ScatterPoint {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** Interval of the value on the y axis, drawn as a line. */
  readonly interval?: readonly [number, number];
  /** Number of the colour and sign, from 0. Default: place in the list. */
  readonly look?: number;
}

export interface ScatterChart extends ChartText {
  readonly points: readonly ScatterPoint[];
  readonly x: { readonly label: string; readonly logarithmic?: boolean; format(value: number): string };
  readonly y: { readonly label: string };
  /** Pixels before scaling. Default 440 × 270. */
  readonly width?: number;
  readonly height?: number;
}

const LONGEST_NAME = 24; // characters

export function scatterChart(chart: ScatterChart): string {
  const { width = 440, height = 270 } = chart;
  const points = chart.points.map((point, i) => ({ ...point, look: point.look ?? i }));
  const logarithmic = (chart.x.logarithmic ?? false) && points.every(({ x }) => x > 0);
  const xs = points.map(({ x }) => x);
  const ys = points.flatMap(({ y, interval = [y, y] }) => [y, ...interval]);
  const [least, most] = extent(xs);
  // room beside the outermost signs; equal values get a span around them
  const domain = logarithmic
    ? [least / 1.6, most * 1.6]
    : [Math.max(0, least - (most - least) / 8 || 0), most * 1.1 || 1];
  return drawPlot(
    {
      width,
      height,
      marginTop: 28,
      marginRight: 16,
      marginBottom: 40,
      marginLeft: 50,
      x: { domain, type: logarithmic ? "log" : "linear" },
      y: { domain: extent(ys), nice: true },
      marks: [
        gridY({ stroke: colorOf("rule"), strokeOpacity: 1, ticks: 6 }),
        axisY({ label: null, ticks: 6, ...axisLook }),
        headOfAxis(chart.y.label),
        axisX({
          label: chart.x.label,
          labelArrow: "none",
          labelAnchor: "center",
          ticks: logarithmic ? logarithmicTicks([domain[0]!, domain[1]!]) : 5,
          tickFormat: chart.x.format,
          ...axisLook,
        }),
        ...points.flatMap(({ name, look, x, y, interval }) => [
          ...(interval
            ? [
                ruleX([{ x, low: interval[0], high: interval[1] }], {
                  x: "x",
                  y1: "low",
                  y2: "high",
                  stroke: seriesColor(look),
                  strokeOpacity: 0.55,
                }),
              ]
            : []),
          dot([{ x, y }], {
            x: "x",
            y: "y",
            r: 4.5,
            symbol: signOf(look),
            fill: seriesColor(look),
            title: () => `${name}: ${chart.y.label} ${formatScore(y)}, ${chart.x.label} ${chart.x.format(x)}`,
          }),
        ]),
        names(points),
      ],
    },
    chart,
  );
}

type Looked = ScatterPoint & { readonly look: number };

/** Names beside their signs, on the side with more room, moved apart where they would meet. */
function names(points: readonly Looked[]): RenderFunction {
  return (_index, scales, _values, dimensions, { document }) => {
    const group = svgElement(document, "g", { "font-weight": "600" });
    const right = dimensions.width - dimensions.marginRight;
    const placed: { left: number; right: number; top: number }[] = [];
    const short = shortNames(
      points.map(({ name }) => name),
      LONGEST_NAME,
    );
    const bottom = dimensions.height - dimensions.marginBottom - 4;
    for (const { name, look, x, y } of points.toSorted((a, b) => b.y - a.y)) {
      const text = short[points.findIndex((point) => point.name === name)]!;
      const wide = CHARACTER * textWidth(text);
      const sign = scales.x!(x) as number;
      const toRight = sign + 9 + wide <= right || sign - 9 - wide < dimensions.marginLeft;
      const left = toRight ? sign + 9 : sign - 9 - wide;
      let top = Math.min(bottom, scales.y!(y) as number);
      const meets = (): boolean =>
        placed.some(
          (other) => left < other.right && left + wide > other.left && Math.abs(other.top - top) < LINE,
        );
      while (meets() && top + LINE / 3 <= bottom) top += LINE / 3;
      while (meets() && top > 0) top -= LINE / 3;
      placed.push({ left, right: left + wide, top });
      const anchor = toRight ? { x: left, "text-anchor": "start" } : { x: sign - 9, "text-anchor": "end" };
      const place = { ...anchor, y: top, dy: "0.35em", fill: seriesColor(look) };
      group.appendChild(svgElement(document, "text", place, text));
    }
    return group;
  };
}
