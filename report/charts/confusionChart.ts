/**
 * A confusion matrix in colours: what is right in one, what is wrong in another, stronger where it is more.
 *
 * The diagonal is as strong as the share of its class that was recognised; a mistake as strong as its count is beside
 * the most frequent mistake, which would not show beside nine tenths on the diagonal. Figures stand in the cells as long
 * as there is room, and ink on every cell keeps its contrast. A cell says its pair, count and share to the pointer.
 */
import { axisX, axisY, cell, text } from "@observablehq/plot";
import { formatCount, formatShare } from "../text/numbers.ts";
import { shortNames } from "../text/table.ts";
import { CHARACTER } from "./axes.ts";
import { extentOf, nameLines } from "./names.ts";
import { colorOf, strengthOf } from "./palette.ts";
import { type ChartText, drawPlot } from "./svg.ts";

export interface ConfusionChart extends ChartText {
  /** `matrix[label][predicted]`, counts. */
  readonly matrix: readonly (readonly number[])[];
  readonly classNames: readonly string[];
}

const LEAST_WIDTH = 440; // pixels, up to MOST_SMALL classes
const LEAST_CELL = 32; // pixels of one, up to MOST_SMALL classes
export const MOST_SMALL = 12;
const CELL = 27; // pixels of one beyond
const MOST_WITH_FIGURES = 30; // classes
const LONGEST_LINE = 18; // characters of a name in two lines, as there is room for up to MOST_SMALL classes
const LONGEST_NAME = 28; // characters of one in a line
const HEADING = 22; // pixels for "actual" and "predicted", beside the names
const PADDING = 10; // pixels between a name and the cells

/** The chart as SVG text, see `drawPlot`. */
export function confusionChart(chart: ConfusionChart): string {
  const { matrix, classNames } = chart;
  const classes = classNames.length;
  const names =
    classes <= MOST_SMALL ? nameLines(classNames, LONGEST_LINE) : shortNames(classNames, LONGEST_NAME);
  const { longest } = extentOf(names);
  const left = HEADING + PADDING + CHARACTER * longest;
  const upright = longest <= 3;
  const top = HEADING + PADDING + (upright ? 16 : CHARACTER * longest);
  const cellSide = classes <= MOST_SMALL ? LEAST_CELL : classes <= MOST_WITH_FIGURES ? CELL : 12;
  const needed = left + 8 + classes * cellSide;
  const width = classes <= MOST_SMALL ? Math.max(LEAST_WIDTH, needed) : needed;
  const side = (width - left - 8) / classes;
  const mostWrong = Math.max(
    1,
    ...matrix.map((counts, label) => Math.max(0, ...counts.filter((_, predicted) => predicted !== label))),
  );
  const cells = matrix.flatMap((counts, label) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count, predicted) => ({
      label,
      predicted,
      text: count === 0 ? "" : formatCount(count),
      title: `actual ${classNames[label]}, predicted ${classNames[predicted]}: ${formatCount(count)} (${formatShare(count / (total || 1))})`,
      strength: strengthOf(label === predicted ? count / (total || 1) : count / mostWrong),
    }));
  });
  const widest = Math.max(1, ...cells.map((one) => one.text.length));
  const fontSize = Math.min(11.5, (side - 3) / (0.56 * widest), 0.6 * side);
  const place = { x: "predicted", y: "label" };
  const axis = {
    tickFormat: (index: number) => names[index]!,
    tickSize: 0,
    tickPadding: PADDING - 3,
    color: colorOf("ink"),
  };
  const domain = classNames.map((_, index) => index);
  const headings = [
    { words: "actual", x: 8, y: top + (side * classes) / 2, turn: -90 },
    { words: "predicted", x: left + (side * classes) / 2, y: 11, turn: 0 },
  ];
  return drawPlot(
    {
      width,
      height: top + side * classes + 8,
      marginTop: top,
      marginLeft: left,
      marginRight: 8,
      marginBottom: 8,
      x: { domain, type: "band", padding: 0 },
      y: { domain, type: "band", padding: 0 },
      marks: [
        cell(cells, { ...place, fill: colorOf("paper"), stroke: colorOf("rule"), strokeWidth: 0.5 }),
        cell(
          cells.filter(({ strength, label, predicted }) => strength > 0 && label === predicted),
          { ...place, fill: colorOf("right"), fillOpacity: "strength", inset: 0.5, title: "title" },
        ),
        cell(
          cells.filter(({ strength, label, predicted }) => strength > 0 && label !== predicted),
          { ...place, fill: colorOf("wrong"), fillOpacity: "strength", inset: 0.5, title: "title" },
        ),
        ...(classes <= MOST_WITH_FIGURES
          ? [
              text(cells, {
                ...place,
                text: "text",
                fill: colorOf("ink"),
                fontSize,
                filter: "text",
                pointerEvents: "none",
              }),
            ]
          : []),
        axisY({ label: null, ...axis, fontSize: Math.min(12, side) }),
        axisX({
          anchor: "top",
          label: null,
          ...axis,
          fontSize: Math.min(12, side),
          ...(!upright && { tickRotate: -90 }),
        }),
        ...headings.map(({ words, x, y, turn }) =>
          text([words], {
            frameAnchor: "top-left",
            dx: x - left,
            dy: y - top,
            rotate: turn,
            fill: colorOf("quiet"),
            textAnchor: "middle",
          }),
        ),
      ],
      opacity: { type: "identity" },
    },
    chart,
  );
}
