/**
 * Curves over epochs or steps: one line a series, told apart by colour, dash and sign, each named at its end.
 *
 * Where the names are too long or too many for that, they stand in a legend above, with a piece of their line. Values
 * that are not finite are gaps.
 */
import {
  areaY,
  axisX,
  axisY,
  dot,
  gridY,
  lineY,
  type Markish,
  type RenderFunction,
} from "@observablehq/plot";
import { textWidth } from "../text/lines.ts";
import { formatCount, formatQuantity, formatScore } from "../text/numbers.ts";
import { axisLook, CHARACTER, headOfAxis, LINE, logarithmicTicks, signOf } from "./axes.ts";
import { legendRows } from "./legend.ts";
import { colorOf, seriesColor } from "./palette.ts";
import { type ChartText, drawPlot, svgElement } from "./svg.ts";

export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Band drawn pale behind the line: the lowest and highest values that each point is the mean of. */
  readonly band?: readonly (readonly [x: number, low: number, high: number])[];
  /** Whether the line has no dashes, for a line of many ups and downs in which they would be lost. Default false. */
  readonly solid?: boolean;
  /** Number of the colour, dash and sign, from 0. Default: place in the list. */
  readonly look?: number;
}

export interface LineChart extends ChartText {
  readonly series: readonly Series[];
  readonly x: {
    readonly label: string;
    /** Ticks at whole numbers only. Default true. */
    readonly whole?: boolean;
    readonly logarithmic?: boolean;
    /** Where numbers stand. Default: at round ones. */
    readonly ticks?: readonly number[];
  };
  readonly y: {
    readonly label: string;
    /** Whether the axis is logarithmic; values must be above 0. */
    readonly logarithmic?: boolean;
    /** Bounds of the axis. Default: as far as the points go. */
    readonly domain?: readonly [number, number];
  };
  /** Pixels before scaling. Default 440 × 270. */
  readonly width?: number;
  readonly height?: number;
}

const dashes = [undefined, "6 3", "2 3", "9 3 2 3"];

const MOST_WITH_SIGNS = 30; // points of a series
const MOST_NAMED_AT_END = 5;
const BOLD = CHARACTER + 0.6; // pixels of a letter of the names
const LONGEST_AT_END = 18; // characters

/** The chart as SVG text, see `drawPlot`. */
export function lineChart(chart: LineChart): string {
  const { x, y, width = 440, height = 270 } = chart;
  const series = chart.series.map((one, i) => ({
    ...one,
    look: one.look ?? i,
    points: one.points.filter((point) => isShown(point, chart)),
  }));
  const names = series.map(({ name }) => textWidth(name));
  const atEnd =
    series.length > 1 && series.length <= MOST_NAMED_AT_END && Math.max(...names) <= LONGEST_AT_END;
  const legend = series.length > 1 && !atEnd ? legendRows(series, width, 32) : [];
  const xs = series.flatMap(({ points }) => points.map((point) => point[0]));
  const ys = series.flatMap(({ points, band = [] }) => [
    ...points.map((point) => point[1]),
    ...band.flatMap((b) => b.slice(1)),
  ]);
  const xDomain = spanOf(xs, x.whole === false ? 0 : 0.5);
  const yDomain = y.domain ?? spanOf(y.logarithmic ? ys.filter((value) => value > 0) : ys, undefined);
  const yTicks = y.logarithmic ? logarithmicTicks(yDomain) : 6;
  const tickLabels = formatCount(xDomain[1]).length;
  const whole = x.whole !== false && !x.logarithmic;
  const aside = Math.max(16, 4 + (CHARACTER * tickLabels) / 2); // half of a number at the right end
  return drawPlot(
    {
      width,
      height: height + LINE * legend.length,
      marginTop: 28 + LINE * legend.length,
      marginRight: atEnd ? Math.max(aside, 16 + BOLD * Math.max(...names)) : aside,
      marginBottom: 40,
      marginLeft: Math.max(
        50,
        14 + CHARACTER * textWidth(formatCount(ys.reduce((most, y) => Math.max(most, Math.abs(y)), 0))),
      ),
      x: { domain: [...xDomain], type: x.logarithmic ? "log" : "linear" },
      y: {
        domain: [...yDomain],
        type: y.logarithmic ? "log" : "linear",
        nice: y.domain === undefined && !y.logarithmic,
      },
      marks: [
        gridY({ stroke: colorOf("rule"), strokeOpacity: 1, ticks: yTicks }),
        axisY({ label: null, ticks: yTicks, ...axisLook, ...(y.logarithmic && { text: plainNumber }) }),
        headOfAxis(y.label),
        axisX({
          label: x.label,
          labelArrow: "none",
          labelAnchor: "center",
          ...axisLook,
          ...(whole && {
            ticks: wholeTicks(xDomain, Math.max(2, Math.floor(300 / (8 * tickLabels)))),
            tickFormat: formatCount,
          }),
          ...(x.ticks && { ticks: [...x.ticks], text: formatCount }),
        }),
        ...series.flatMap((one) => seriesMarks(one, x.label)),
        ...(atEnd ? [endLabels(series)] : []),
        ...(legend.length > 0 ? [legendMark(legend)] : []),
      ],
    },
    chart,
  );
}

interface Drawn extends Series {
  readonly look: number;
}

function isShown([x, y]: readonly [number, number], chart: LineChart): boolean {
  return Number.isFinite(x) && Number.isFinite(y) && !(chart.y.logarithmic && y <= 0);
}

function seriesMarks({ name, points, band, look, solid }: Drawn, xLabel: string): Markish[] {
  const stroke = seriesColor(look);
  const marks: Markish[] = [];
  if (band) marks.push(areaY(band, { x: "0", y1: "1", y2: "2", fill: stroke, fillOpacity: 0.18 }));
  const dash = solid ? undefined : dashes[look % dashes.length];
  marks.push(
    lineY(points, {
      x: "0",
      y: "1",
      stroke,
      strokeWidth: 2,
      title: () => name,
      ...(dash && { strokeDasharray: dash }),
    }),
  );
  if (points.length <= MOST_WITH_SIGNS)
    marks.push(
      dot(points, {
        x: "0",
        y: "1",
        fill: stroke,
        symbol: signOf(look),
        r: 3,
        title: ([at, value]: readonly [number, number]) =>
          `${name}, ${xLabel} ${plainNumber(at)}: ${plainNumber(value)}`,
      }),
    );
  return marks;
}

/** From the least to the most; `around` a lone value. */
function spanOf(values: readonly number[], around: number | undefined): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  if (least > most) return [0, 1];
  if (least < most) return [least, most];
  const margin = around ?? (Math.abs(least) || 1) / 10;
  return [least - margin, most + margin];
}

/** At most `most` whole numbers, 1, 2 or 5 times a power of ten apart. */
export function wholeTicks([from, to]: readonly [number, number], most: number): number[] {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500];
  const factor = 10 ** Math.max(0, Math.floor(String(Math.floor(to - from)).length - 3));
  const step = factor * (steps.find((candidate) => (to - from) / (candidate * factor) <= most) ?? 1000);
  const ticks: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) ticks.push(tick);
  return ticks;
}

function plainNumber(value: number): string {
  if (value >= 1e4 && value < 1e12) return formatQuantity(value);
  return value >= 1e-4 && value < 1e4 ? String(Number(value.toPrecision(3))) : formatScore(value);
}

/** The names at the right ends of the lines, moved apart where they would meet. */
function endLabels(series: readonly Drawn[]): RenderFunction {
  return (_index, scales, _values, dimensions, context) => {
    const { document } = context;
    const group = svgElement(document, "g", { "text-anchor": "start", "font-weight": "600" });
    const labels = series
      .filter(({ points }) => points.length > 0)
      .map(({ name, look, points }) => {
        const [x, y] = points.at(-1)!;
        return { name, look, left: scales.x!(x) as number, top: scales.y!(y) as number };
      })
      .sort((a, b) => a.top - b.top);
    const lowest = dimensions.height - dimensions.marginBottom;
    for (let i = 1; i < labels.length; i++)
      labels[i]!.top = Math.max(labels[i]!.top, labels[i - 1]!.top + LINE);
    for (let i = labels.length - 1, room = lowest; i >= 0; i--, room -= LINE)
      labels[i]!.top = Math.min(labels[i]!.top, room);
    for (const { name, look, left, top } of labels)
      group.appendChild(
        svgElement(document, "text", { x: left + 9, y: top, dy: "0.35em", fill: seriesColor(look) }, name),
      );
    return group;
  };
}

interface Entry extends Drawn {
  readonly left: number;
}

function legendMark(rows: readonly (readonly Entry[])[]): RenderFunction {
  return (_index, _scales, _values, _dimensions, { document }) => {
    const group = svgElement(document, "g", { "text-anchor": "start", "font-weight": "600" });
    for (const [row, entries] of rows.entries())
      for (const { name, look, left, solid } of entries) {
        const [y, color] = [10 + LINE * row, seriesColor(look)];
        const dash = solid ? undefined : dashes[look % dashes.length];
        const line = {
          d: `M${left},${y}h26`,
          stroke: color,
          "stroke-width": 2,
          ...(dash && { "stroke-dasharray": dash }),
        };
        group.appendChild(svgElement(document, "path", line));
        group.appendChild(svgElement(document, "text", { x: left + 32, y, dy: "0.35em", fill: color }, name));
      }
    return group;
  };
}

/** Points that a chart and its table have; of more every second, third … and the last: nobody sees a million, and a page of them opens nowhere. */
const MOST = 1000;

/** The indices of `length` points, or of about `most` of them, equally far apart, and the last. Default 1000. */
export function thinned(length: number, most: number = MOST): number[] {
  const every = Math.max(1, Math.ceil(length / most));
  const shown = Array.from({ length: Math.ceil(length / every) }, (_, i) => i * every);
  return length === 0 || shown.at(-1) === length - 1 ? shown : [...shown, length - 1];
}
