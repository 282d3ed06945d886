/** The table of layers that `model.summary()` prints, as a table of a page. */
import type { TextTable } from "../charts/tableChart.ts";

/** @param summary lines whose columns stand between `┃` in the head and `│` below, whatever the columns are */
export function architectureOf(summary: string): TextTable {
  const cellsOf = (line: string, bar: string): string[] =>
    line
      .split(bar)
      .slice(1, -1)
      .map((cell) => cell.trim());
  const lines = summary.split("\n");
  const heads = cellsOf(lines.find((line) => line.startsWith("┃")) ?? "", "┃");
  return {
    columns: heads.map((head) => ({ head, kind: head.startsWith("Param") ? "number" : "text" })),
    rows: lines.filter((line) => line.startsWith("│")).map((line) => cellsOf(line, "│")),
  };
}
