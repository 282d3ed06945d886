/** Bars from 0 to the right, one or several a row, each with its value at its end: shares, scores of classes, counts. */
import { axisX, axisY, gridX, rect, text } from "@observablehq/plot";
import { shortNames, textWidth } from "../text/table.ts";
import { axisLook, CHARACTER } from "./axes.ts";
import { colorLegend } from "./legend.ts";
import { colorOf } from "./palette.ts";
import { type ChartText, drawPlot } from "./svg.ts";

export interface BarChart extends ChartText {
  readonly rows: readonly string[];
  readonly series: readonly {
    readonly name: string;
    /** Colour as charts name it, see palette.ts. */
    readonly color: string;
    /** One value a row, 0 or more. */
    readonly values: readonly number[];
  }[];
  readonly x: {
    readonly label: string;
    /** Right end of the axis. Default: the largest value. */
    readonly most?: number;
    /** How a value is written at the end of its bar and at ticks. */
    format(value: number): string;
  };
  /** Pixels before scaling. Default 440. */
  readonly width?: number;
}

const LONGEST_NAME = 22; // characters
const GAP = 9; // pixels between rows

export function barChart({ rows, series, x, width = 440, ...said }: BarChart): string {
  const names = shortNames(rows, LONGEST_NAME);
  const thickness = series.length === 1 ? 14 : 11;
  const step = thickness * series.length + GAP;
  const most = x.most ?? (Math.max(...series.flatMap(({ values }) => values)) || 1);
  const ends = series.flatMap(({ values }) => values.map(x.format));
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
      marginLeft: 16 + CHARACTER * Math.max(...names.map(textWidth)),
      x: { domain: [0, most] },
      y: { type: "linear", domain: [rows.length, 0] },
      marks: [
        gridX({ stroke: colorOf("rule"), strokeOpacity: 1, ticks: 5 }),
        axisX({
          label: x.label,
          labelArrow: "none",
          labelAnchor: "center",
          ticks: 5,
          tickFormat: (value: number) => x.format(value),
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
            const top = row + (GAP / 2 + thickness * place) / step;
            const title = `${rows[row]}${legend ? `, ${name}` : ""}: ${x.format(value)}`;
            return { value, top, bottom: top + (thickness - 1) / step, label: x.format(value), title };
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
