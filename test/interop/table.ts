/** The tables of docs/formats.md, one a format: model × tool × direction × largest difference. */
import { written } from "../../bench/docsTable.mjs";

/** A line of a table. */
export type Line = readonly [model: string, tool: string, direction: string, difference: string];

/** A difference as the tables have it. */
export const shown = (difference: number): string => (difference === 0 ? "0" : difference.toExponential(1));

/** Writes the table of a format where the run was a whole one; else it stays as it is: it would hide what failed or was left out. */
export function writtenTable(folder: string, format: string, lines: readonly Line[], isWhole: boolean): void {
  if (isWhole)
    written(
      `${folder}/../../../docs/formats.md`,
      format,
      ["model", "tool", "direction", "largest difference"],
      lines,
    );
  else
    console.log(
      `${format}: docs/formats.md stays as it is: something failed, was skipped, or was not asked for`,
    );
}
