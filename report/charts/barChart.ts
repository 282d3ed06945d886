/** Bars from 0 to the right, one or several a row, each with its value at its end: shares, scores of classes, counts. */
import { axisX, axisY, gridX, rect, text } from "@observablehq/plot";
import { textWidth } from "../text/lines.ts";
import { axisLook, CHARACTER } from "./axes.ts";
import { colorLegend } from "./legend.ts";
import { extentOf, nameLines } from "./names.ts";
import { colorOf } from "./palette.ts";
import { type ChartText, drawPlot } from "./svg.ts";

export interface BarChart extends ChartText {
  readonly rows: readonly string[];
  readonly series: readonly {
    readonly name: string;
    /** Colour as charts name it, see palette.ts. */
    readonly color: string;
    /** One value a row, 0 or more; NaN where there is none, which has no bar. */
    readonly values: readonly number[];
  }[];
  readonly x: {
    readonly label: string;
    /** Right end of the axis. Default: the largest value. */
    readonly most?: number;
    /** How a value is written at the end of its bar. */
    format(value: number): string;
    /** How it is written at ticks. Default: the same. */
    tick?(value: number): string;
  };
  /** Pixels before scaling. Default 440. */
  readonly width?: number;
}

const LONGEST_LINE = 18; // characters of a name
const LINE = 13; // pixels of one
const GAP = 9; // pixels between rows

export function barChart({ rows, series, x, width = 440, ...said }: BarChart): string {
  const names = nameLines(rows, LONGEST_LINE);
  const { longest, lines } = extentOf(names);
  const thickness = series.length === 1 ? 14 : 11;
  const gap = Math.max(GAP, LINE * lines + 4 - thickness * series.length);
  const step = thickness * series.length + gap;
  const most =
    x.most ?? (Math.max(0, ...series.flatMap(({ values }) => values.filter(Number.isFinite))) || 1);
  const written = (value: number): string => (Number.isNaN(value) ? "–" : x.format(value));
  const ends = series.flatMap(({ values }) => values.map(written));
  const legend = series.length > 1;
  const above = colorLegend(legend ? series : [], width);
  const marginTop = 8 + above.height;
  return drawPlot(
    {
      width,
      height: marginTop + step * rows.length + 40,
      marginTop,
      marginRight: 12 + CHARACTER * Math.max(...ends.map(textWidth)),
      marginBottom: 40,
      marginLeft: 16 + CHARACTER * longest,
      x: { domain: [0, most] },
      y: { type: "linear", domain: [rows.length, 0] },
      marks: [
        gridX({ stroke: colorOf("rule"), strokeOpacity: 1, ticks: 5 }),
        axisX({
          label: x.label,
          labelArrow: "none",
          labelAnchor: "center",
          ticks: 5,
          tickFormat: (value: number) => (x.tick ?? x.format)(value),
          ...axisLook,
        }),
        axisY({
          label: null,
          ...axisLook,
          color: colorOf("ink"),
          ticks: rows.map((_, row) => row + 0.5),
          tickFormat: (place: number) => names[place - 0.5] ?? "",
        }),
        ...series.flatMap(({ name, color, values }, place) => {
          const bars = values.map((value, row) => {
            const top = row + (gap / 2 + thickness * place) / step;
            const title = `${rows[row]}${legend ? `, ${name}` : ""}: ${written(value)}`;
            const label = written(value);
            return { value: value || 0, top, bottom: top + (thickness - 1) / step, label, title };
          });
          return [
            rect(bars, { x1: 0, x2: "value", y1: "top", y2: "bottom", fill: color, title: "title" }),
            text(bars, {
              x: "value",
              y: ({ top, bottom }: { top: number; bottom: number }) => (top + bottom) / 2,
              text: "label",
              dx: 4,
              textAnchor: "start",
              fill: colorOf("ink"),
              fontSize: Math.min(12, thickness - 0.5),
            }),
          ];
        }),
        ...(legend ? [above.mark] : []),
      ],
    },
    said,
  );
}
