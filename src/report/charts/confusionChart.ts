/**
 * A confusion matrix as cells: rows are what an image is, columns what it was taken for. The more of a row a cell holds,
 * the fuller its colour; what is right (the diagonal) and what is wrong have colours of their own.
 */
import { axisX, axisY, cell, text } from "@observablehq/plot";
import { shorten, textWidth } from "../table.ts";
import { axisLook, CHARACTER } from "./axes.ts";
import { colorOf } from "./palette.ts";
import { type ChartText, drawPlot } from "./svg.ts";

export interface ConfusionChart extends ChartText {
  /** `[label][predicted]`. */
  readonly matrix: readonly (readonly number[])[];
  readonly classNames: readonly string[];
  /** What the cells say: images, or percent of their row. Default "counts". */
  readonly values?: "counts" | "rates";
  /** Pixels before scaling. Default 440. */
  readonly width?: number;
}

const LONGEST_NAME = 12; // characters

export function confusionChart(chart: ConfusionChart): string {
  const { matrix, classNames, values = "counts", width = 440 } = chart;
  const classes = classNames.map((_, classId) => classId);
  const names = classNames.map((name) => shorten(name, LONGEST_NAME));
  const longest = CHARACTER * Math.max(...names.map(textWidth));
  const isLong = longest > 3 * CHARACTER;
  const cells = matrix.flatMap((counts, label) => {
    const total = counts.reduce((sum, count) => sum + count, 0) || 1;
    return counts.map((count, predicted) => ({ label, predicted, count, rate: count / total }));
  });
  // names at 40° reach 0.77 of their length to the right of their column, half a column of which is there
  const marginRight = isLong ? Math.max(14, 0.77 * CHARACTER * textWidth(names.at(-1)!) - 6) : 14;
  const [marginTop, marginLeft] = [26 + (isLong ? 0.7 * longest : 10), longest + 30];
  const side = (width - marginLeft - marginRight) / classes.length;
  return drawPlot(
    {
      width,
      height: marginTop + side * classes.length + 8,
      marginTop,
      marginLeft,
      marginRight,
      marginBottom: 8,
      x: { type: "band", domain: classes, padding: 0.04 },
      y: { type: "band", domain: classes, padding: 0.04 },
      marks: [
        axisX({
          anchor: "top",
          label: "taken for",
          labelArrow: "none",
          labelAnchor: "center",
          tickFormat: (classId: number) => names[classId]!,
          ...axisLook,
          ...(isLong && { tickRotate: -40 }),
        }),
        axisY({
          label: "is",
          labelArrow: "none",
          labelAnchor: "top",
          tickFormat: (classId: number) => names[classId]!,
          ...axisLook,
        }),
        cell(cells, { x: "predicted", y: "label", fill: colorOf("raised") }),
        cell(
          cells.filter(({ count }) => count > 0),
          {
            x: "predicted",
            y: "label",
            fill: (one: Cell) => colorOf(one.label === one.predicted ? "right" : "wrong"),
            fillOpacity: ({ rate, label, predicted }: Cell) =>
              // few images are confused: a twentieth of a row is to be seen as well
              label === predicted ? 0.12 + 0.45 * rate : Math.min(0.6, 0.12 + 2 * rate),
          },
        ),
        text(
          cells.filter(({ count }) => count > 0),
          { x: "predicted", y: "label", fill: colorOf("ink"), text: (one: Cell) => written(one, values) },
        ),
      ],
      opacity: { type: "identity" },
      color: { type: "identity" },
    },
    chart,
  );
}

interface Cell {
  readonly label: number;
  readonly predicted: number;
  readonly count: number;
  readonly rate: number;
}

function written({ count, rate }: Cell, values: "counts" | "rates"): string {
  if (values === "counts") return String(count);
  return rate < 0.0995 ? (100 * rate).toFixed(1) : (100 * rate).toFixed(0);
}
