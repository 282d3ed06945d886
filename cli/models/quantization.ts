/** What weights in fewer bits cost, as text. */
import { formatCount, formatScore, formatShare } from "../../report/text/numbers.ts";
import type { Style } from "../../report/text/style.ts";
import { shorten, table } from "../../report/text/table.ts";
import { formatBytes } from "../../src/math/bytes.ts";
import type { QuantizationReport } from "../../src/model/index.ts";

/** The scores and sizes before and after, and the layers, the most sensitive first; without the last line break. */
export function quantizationText(report: QuantizationReport, style: Style): string {
  const { weights, metric, before, after, drop, layers } = report;
  const share = formatShare(after.bytes / before.bytes);
  const rows = [
    ["", "float32", weights],
    [metric, formatScore(before.scores[metric]!), `${formatScore(after.scores[metric]!)}  ${change(drop)}`],
    ...(metric === "loss" ? [] : [["loss", formatScore(before.scores.loss), formatScore(after.scores.loss)]]),
    ["size", formatBytes(before.bytes), `${formatBytes(after.bytes)}  ${share}`],
  ];
  const head = ["layer", "weights", metric, "drop", "largest change"];
  const lines = layers.map(({ name, parameters, scores, drop: own, error }) => [
    shorten(name, 30),
    formatCount(parameters),
    formatScore(scores[metric]!),
    own === 0 ? "0" : formatScore(own),
    formatShare(error),
  ]);
  const align = ["left", "right", "right", "right", "right"] as const;
  return [
    table(rows, { indent: 0 }),
    ...(layers.length > 0
      ? [
          `\n${style.strong("Each layer alone")}  ${style.quiet("the most sensitive first; --keep NAME leaves one in float32")}`,
          table([head, ...lines], { align, indent: 0 }),
        ]
      : []),
  ].join("\n");
}

function change(drop: number): string {
  if (drop === 0) return "the same";
  return `${formatScore(Math.abs(drop))} ${drop > 0 ? "worse" : "better"}`;
}
