/** The texts of a finished run, and its report. */
import { runReport } from "../../../report/run/runReport.ts";
import { parseRun, type RunTexts } from "../../../runs/reader.ts";
import { madeUpRun } from "../../report/finishedRun.ts";
import { encoded, joined, parts, text } from "../parts.ts";
import type { Target } from "../target.ts";

const names = ["run", "history", "steps", "predictions"] as const;
const made = madeUpRun({ classNames: ["cat", "dog"], shape: [2, 2, 1], raw: true });
const others = [
  made,
  madeUpRun({ classNames: ["a", "b", "c"], epochs: 1, stepsAnEpoch: 2, shape: [3, 1], window: true }),
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that no document may hold
const noDocument = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;

export const target: Target = {
  async seeds() {
    return others.map(({ texts }) => joined(names.map((name) => encoded(texts[name]))));
  },
  async read(bytes) {
    const given = parts(bytes, names.length).map((part, i) => [names[i]!, text(part)]);
    const run = parseRun(Object.fromEntries(given) as RunTexts, "run");
    // as `report` does, whose data are those of the run
    if (run.predictions.labels.length !== made.test.shape[0]) return;
    const { html } = runReport({ ...made, run });
    if (noDocument.test(html)) throw new Error("a report with control characters");
    if (html.length > 20e6) throw new Error(`a report of ${html.length} characters`);
  },
  words: [
    "1e308",
    "-1e308",
    "NaN",
    "Infinity",
    "null",
    "classNames",
    "accuracy",
    "r2",
    "target",
    "epoch",
    "step",
    "p0",
    "val_loss",
    "first_line",
    "leftOut",
    "notes",
    "__proto__",
  ],
};
