/** The block that closes a run: what it reached, how fast, with what, its name and where it is kept. */

import { rankingName, rankingScore, type Scores } from "../../runs/scores.ts";
import { formatBytes } from "../../src/math/bytes.ts";
import { formatMilliseconds, formatQuantity, formatScore, formatSeconds, plural } from "./numbers.ts";
import { plain, type Style } from "./style.ts";
import { factLines } from "./table.ts";

export interface RunResult {
  readonly test: Scores;
  /** Test with the raw weights and statistics, where averaged or re-estimated ones were tested. */
  readonly raw?: Scores | undefined;
  readonly testExamples: number;
  /** Why a callback ended the run before its last epoch. */
  readonly stopped?: string | undefined;
  readonly epochs: number;
  readonly steps: number;
  readonly seconds: number;
  readonly stepMilliseconds: number;
  readonly engine: {
    readonly runtime: string;
    readonly variant: string;
    readonly precision: string;
    readonly threads: number;
    readonly memoryBytes: number;
  };
  /** What an example is: "image", "row". */
  readonly noun: string;
  /** Hex SHA-256 of the weights. */
  readonly digest: string;
  /** Folder and names of the files that were written; undefined where there are none. */
  readonly written?: { readonly folder: string; readonly files: readonly string[] } | undefined;
}

/** The block as several lines of at most `width` characters, without the last line break. */
export function resultBlock(
  result: RunResult,
  style: Style = plain,
  width = Number.POSITIVE_INFINITY,
): string {
  const { test, engine, written } = result;
  const threads = plural(engine.threads, "thread");
  const rows: [string, string][] = [
    [
      rankingName(test),
      `${style.strong(rankingScore(test).toFixed(4))} on ${plural(result.testExamples, `test ${result.noun}`)}, loss ${formatScore(test.loss)}`,
    ],
    ...(test.rmse === undefined || test.mae === undefined
      ? []
      : [
          ["errors", `rmse ${formatQuantity(test.rmse)}, mae ${formatQuantity(test.mae)}`] satisfies [
            string,
            string,
          ],
        ]),
    ...(result.raw ? [rawRow(rankingScore(result.raw))] : []),
    [
      "trained",
      `${plural(result.epochs, "epoch")}, ${plural(result.steps, "step")} in ${formatSeconds(result.seconds)}, ` +
        `${formatMilliseconds(result.stepMilliseconds)} ms a step`,
    ],
    ...(result.stopped === undefined ? [] : [["stopped", result.stopped] satisfies [string, string]]),
    [
      "engine",
      `${engine.runtime}, ${engine.variant}, ${engine.precision}, ${threads}, ${formatBytes(engine.memoryBytes)}`,
    ],
    ["digest", result.digest],
    [
      "written",
      written
        ? writtenText(written.files, written.folder)
        : style.quiet("nothing; --out DIR keeps the model, its history and the settings"),
    ],
    ...(written?.files.includes("report.html")
      ? [
          ["report", `${written.folder}/report.html, its figures in ${written.folder}/figures`] satisfies [
            string,
            string,
          ],
        ]
      : []),
  ];
  return factLines(rows, width, style);
}

function rawRow(accuracy: number): [string, string] {
  return ["raw", `${accuracy.toFixed(4)} with the run's own weights and moving statistics`];
}

/** The names, short enough for a line: the tables are counted. */
function writtenText(files: readonly string[], folder: string): string {
  const tables = files.filter((name) => name.endsWith(".csv")).length;
  const others = files.filter((name) => !/[.](csv|html)$/.test(name));
  return `${others.join(", ")} and ${tables === 1 ? "a table" : `${tables} tables`} (.csv) in ${folder}`;
}
