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
  const parameters = heads.findIndex((head) => head.startsWith("Param"));
  const rows: string[][] = [];
  for (const line of lines.filter((each) => each.startsWith("│"))) {
    const cells = cellsOf(line, "│");
    const above = rows.at(-1);
    // only the first line of a layer has its parameters: where cells are wrapped, others follow
    if (above && cells[parameters] === "")
      for (const [i, cell] of cells.entries()) above[i] = joined(above[i]!, cell);
    else rows.push(cells);
  }
  return {
    columns: heads.map((head) => ({ head, kind: head.startsWith("Param") ? "number" : "text" })),
    rows,
  };
}

/** Words stand apart, the parts of a long name that was broken do not: words begin with a bracket, or follow a comma. */
function joined(line: string, next: string): string {
  return next.startsWith("(") || line.endsWith(",") ? `${line} ${next}` : line + next;
}
