/** A table as SVG, for slides and papers: what a page shows as `<table>`, in plain lines of text. */
import { textWidth } from "../text/lines.ts";
import { CHARACTER } from "./axes.ts";
import { colorOf } from "./palette.ts";
import { type ChartText, svgDocument } from "./svg.ts";

/** A table whose cells are plain text. */
export interface TextTable {
  readonly columns: readonly { readonly head: string; readonly kind: "text" | "number" }[];
  readonly rows: readonly (readonly string[])[];
  /** Whether a line separates the last row. */
  readonly lastIsTotal?: boolean;
}

export interface TableChart extends ChartText, TextTable {}

const ROW = 21;
const GAP = 18; // between columns
const EDGE = 10;

export function tableChart(chart: TableChart): string {
  const { columns, rows, lastIsTotal = false } = chart;
  const widths = columns.map(({ head }, column) =>
    Math.max(...[head, ...rows.map((row) => row[column] ?? "")].map((cell) => CHARACTER * textWidth(cell))),
  );
  const width = widths.reduce((sum, one) => sum + one + GAP, 2 * EDGE - GAP);
  const { element, finish } = svgDocument(width, ROW * (rows.length + 1) + 2 * EDGE);
  const line = (y: number, color: "rule" | "quiet"): void =>
    element("path", { d: `M${EDGE},${y}H${width - EDGE}`, stroke: colorOf(color), "stroke-width": 1 });
  const row = (cells: readonly string[], index: number, weight: number): void => {
    let left = EDGE;
    for (const [column, cell] of cells.entries()) {
      const isText = columns[column]!.kind === "text";
      element(
        "text",
        {
          x: isText ? left : left + widths[column]!,
          y: EDGE + ROW * index + 14,
          "text-anchor": isText ? "start" : "end",
          fill: colorOf("ink"),
          ...(weight !== 400 && { "font-weight": weight }),
        },
        cell,
      );
      left += widths[column]! + GAP;
    }
  };
  row(
    columns.map(({ head }) => head),
    0,
    600,
  );
  line(EDGE + ROW, "quiet");
  for (const [i, cells] of rows.entries()) {
    const isTotal = lastIsTotal && i === rows.length - 1;
    if (i > 0) line(EDGE + ROW * (i + 1), isTotal ? "quiet" : "rule");
    row(cells, i + 1, isTotal ? 600 : 400);
  }
  return finish(chart);
}
