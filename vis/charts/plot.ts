/** Charts by uPlot, in the colours of the page: the axes, the legend and the figures under the pointer are alike in all of them. */
import uPlot from "uplot";
import { type ColorName, colorIn } from "../style.ts";
import type { Drawing, Voice } from "../view.ts";

/** A line or a cloud of points. */
export interface Line {
  readonly name: string;
  readonly color: ColorName;
  readonly dash?: readonly number[];
  /** How it is drawn between the points; default: a line. */
  readonly paths?: uPlot.Series.PathBuilder;
  readonly points?: boolean;
  /** Whether it is filled down to zero. */
  readonly filled?: boolean;
}

type Range = uPlot.Range.MinMax | uPlot.Range.Function;

/** What a chart shows: a row of numbers along x, and one for each line; null where a line has none. */
export interface Chart {
  readonly xName: string;
  readonly x: readonly number[];
  readonly lines: readonly Line[];
  readonly y: readonly (readonly (number | null)[])[];
  readonly height: number;
  readonly isLogarithmic?: boolean;
  /** From where to where, or how that follows from the numbers; default: as they are, at the left with some room. */
  readonly range?: { readonly x?: Range; readonly y?: Range };
  /** What stands below the axis instead of numbers. */
  readonly names?: readonly string[];
  /** Whether the legend has each line's last number while the pointer is elsewhere. */
  readonly isLive?: boolean;
  /** What is said of the chart to those who do not see it. */
  readonly summary: string;
}

/** @param chartOf what the data are as a chart */
export function plotted<Data>(
  name: string,
  chartOf: (data: Data, voice: Voice) => Chart,
  check?: (data: Data) => void,
): Drawing<Data> {
  let plot: uPlot | undefined;
  let form = ""; // all but the numbers: where it changes, the chart is made anew
  const release = (): void => {
    plot?.destroy();
    plot = undefined;
  };
  return {
    name,
    check,
    draw(data, body, width, voice) {
      const chart = chartOf(data, voice);
      const { lines, xName, height, names } = chart;
      const wanted = JSON.stringify([lines, xName, height, names, chart.isLogarithmic]);
      if (wanted !== form) release();
      form = wanted;
      const rows = [chart.x, ...chart.y] as uPlot.AlignedData;
      if (plot) {
        plot.setData(rows);
        if (plot.width !== width) plot.setSize({ width, height });
      } else if (width > 0) plot = new uPlot(optionsOf(chart, body, width, voice), rows, body);
      if (plot && chart.isLive && !((plot.cursor.left ?? -1) >= 0)) tellLast(plot);
      const canvas = plot?.root.querySelector("canvas");
      canvas?.setAttribute("role", "img");
      canvas?.setAttribute("aria-label", chart.summary);
    },
    forget: release,
    release,
  };
}

/** Whether a line has one number, such as what the first epoch's validation gave: it is seen as a point alone. */
function isAlone({ data }: uPlot, series: number): boolean {
  return Array.from(data[series] ?? []).filter((value) => value !== null).length === 1;
}

function optionsOf(chart: Chart, body: HTMLElement, width: number, { word, number }: Voice): uPlot.Options {
  const { lines, xName, height, isLogarithmic, range = {}, names } = chart;
  const told = (value: number | null): string => (typeof value === "number" ? number(value) : "");
  const ink = colorIn(body, "quiet");
  const rule = colorIn(body, "rule");
  const axis: uPlot.Axis = {
    stroke: ink,
    font: "12px system-ui,sans-serif",
    grid: { stroke: rule, width: 1 },
    ticks: { stroke: rule, width: 1, size: 4 },
    gap: 4,
    values: (_, splits) => splits.map(told),
  };
  const below: uPlot.Axis = {
    ...axis,
    size: 30,
    grid: { show: false },
    ...(chart.x.every(Number.isInteger) && { incrs: whole }),
    ...(names && {
      splits: () => names.map((_, index) => index),
      values: () => [...names],
    }),
  };
  return {
    width,
    height,
    padding: [8, 20, 0, 0], // half of the last number below
    scales: {
      x: { time: false, ...(range.x && { range: range.x }) },
      y: { ...(isLogarithmic && { distr: 3 }), ...(range.y && { range: range.y }) },
    },
    axes: [below, { ...axis, size: 52 }],
    series: [
      { label: word(xName), value: (_, value) => names?.[value] ?? told(value) },
      ...lines.map(({ name, color, dash, paths, points = false, filled }): uPlot.Series => {
        const stroke = colorIn(body, color);
        return {
          label: word(name),
          stroke,
          width: 1.75,
          spanGaps: true,
          value: (_, value) => told(value),
          points: { show: points || isAlone, size: 6, fill: stroke, stroke },
          ...(dash && { dash: [...dash] }),
          ...(paths && { paths }),
          ...(filled && { fill: stroke.replace("rgb(", "rgba(").replace(")", ",0.35)") }),
        };
      }),
    ],
    cursor: { drag: { x: false, y: false } },
    hooks: {
      setCursor: [
        (plot) => {
          if (chart.isLive && !((plot.cursor.left ?? -1) >= 0)) tellLast(plot);
        },
      ],
    },
  };
}

/** Distances of the marks below an axis of steps or epochs. */
const whole = Array.from({ length: 30 }, (_, i) => [1, 2, 5][i % 3]! * 10 ** Math.floor(i / 3));

function tellLast(plot: uPlot): void {
  const idxs = plot.data.map((row) => Array.from(row).findLastIndex((value) => value !== null));
  plot.setLegend({ idxs }, false);
}
