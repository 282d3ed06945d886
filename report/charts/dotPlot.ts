/**
 * A score of several models in several rows (classes): one sign a model in each row, so that rows where models part are
 * seen at once. Colour and shape tell models apart; the legend stands above.
 */

import { axisX, axisY, type Dot, dot, gridX, gridY, type RenderFunction, ruleY } from "@observablehq/plot";
import { extent } from "../../src/math/statistics.ts";
import { textWidth } from "../text/lines.ts";
import { formatScore } from "../text/numbers.ts";
import { shortNames } from "../text/table.ts";
import { axisLook, CHARACTER, LINE, signOf } from "./axes.ts";
import { legendRows } from "./legend.ts";
import { colorOf, seriesColor } from "./palette.ts";
import { type ChartText, drawPlot, svgElement } from "./svg.ts";

export interface DotPlot extends ChartText {
  readonly rows: readonly string[];
  readonly series: readonly {
    readonly name: string;
    /** One value a row. */
    readonly values: readonly number[];
    /** Number of the colour and sign, from 0. Default: place in the list. */
    readonly look?: number;
  }[];
  readonly x: { readonly label: string };
  /** Pixels before scaling. Default 440. */
  readonly width?: number;
}

const ROW = 24; // pixels
const LONGEST_NAME = 22; // characters of a row's name

export function dotPlot(chart: DotPlot): string {
  const { width = 440 } = chart;
  const series = chart.series.map((one, i) => ({ ...one, look: one.look ?? i }));
  const rows = shortNames(chart.rows, LONGEST_NAME);
  const legend = legendRows(series, width, 14);
  const values = series.flatMap((one) => one.values);
  const [least, most] = extent(values);
  const margin = (most - least) / 20 || 0.05;
  const marginTop = 12 + LINE * legend.length;
  return drawPlot(
    {
      width,
      height: marginTop + ROW * rows.length + 40,
      marginTop,
      marginRight: 16,
      marginBottom: 40,
      marginLeft: 16 + CHARACTER * Math.max(...rows.map(textWidth)),
      x: { domain: [least - margin, most + margin] },
      y: { type: "point", domain: rows.map((_, row) => row), padding: 0.5 },
      marks: [
        gridX({ stroke: colorOf("rule"), strokeOpacity: 1, ticks: 6 }),
        gridY({ stroke: colorOf("rule"), strokeOpacity: 0.5 }),
        axisX({ label: chart.x.label, labelArrow: "none", labelAnchor: "center", ticks: 6, ...axisLook }),
        axisY({ label: null, tickFormat: (row: number) => rows[row]!, ...axisLook }),
        ruleY(spans(series, rows.length), { y: "row", x1: "least", x2: "most", stroke: colorOf("quiet") }),
        // the ground of each sign is wider where it hides an equal one: none is lost, and all stand on their row's line
        ...series.map(({ name, values, look }, place) =>
          dot(
            values.map((value, row) => ({
              value,
              row,
              radius: 4.5 + 2.5 * series.slice(place + 1).filter((one) => one.values[row] === value).length,
            })),
            {
              x: "value",
              y: "row",
              r: { value: "radius", scale: null },
              symbol: signOf(look),
              fill: seriesColor(look),
              stroke: colorOf("paper"),
              strokeWidth: 0.75,
              title: ({ value, row }: { value: number; row: number }) =>
                `${chart.rows[row]}, ${name}: ${formatScore(value)}`,
            },
          ),
        ),
        ...legend.flatMap((entries, line) => entries.map((entry) => legendSign(entry, line))),
        legendNames(legend),
      ],
    },
    chart,
  );
}

/** The least and the most value of each row, which a line joins. */
function spans(series: DotPlot["series"], rows: number): { row: number; least: number; most: number }[] {
  return Array.from({ length: rows }, (_, row) => {
    const values = series.map((one) => one.values[row]!);
    return { row, least: Math.min(...values), most: Math.max(...values) };
  });
}

interface Entry {
  readonly name: string;
  readonly look: number;
  readonly left: number;
}

// In pixels, beside the scales of the rows and values.
function legendSign({ look, left }: Entry, line: number): Dot {
  return dot([0], {
    x: { value: [left + 5], scale: null },
    y: { value: [10 + LINE * line], scale: null },
    r: 4.5,
    symbol: signOf(look),
    fill: seriesColor(look),
  });
}

function legendNames(rows: readonly (readonly Entry[])[]): RenderFunction {
  return (_index, _scales, _values, _dimensions, { document }) => {
    const group = svgElement(document, "g", { "text-anchor": "start", "font-weight": "600" });
    for (const [line, entries] of rows.entries())
      for (const { name, look, left } of entries) {
        const place = { x: left + 14, y: 10 + LINE * line, dy: "0.35em", fill: seriesColor(look) };
        group.appendChild(svgElement(document, "text", place, name));
      }
    return group;
  };
}
