/** The report of a run from code: what its network tells apart decides which page it gets. */
import type { Dataset } from "../../src/data/dataset.ts";
import type { Model } from "../../src/model/index.ts";
import type { RunReport } from "../run/runReport.ts";
import { runReport } from "../run/runReport.ts";
import type { CodeRun } from "./codeRun.ts";
import { numbersPart } from "./numbersReport.ts";
import type { ReportOptions } from "./options.ts";
import { pixelPart } from "./pixelReport.ts";
import { scoreReport } from "./scoreReport.ts";

/** @param withFiles whether the figures stand beside the page as files @internal */
export function reportOf(
  net: Model,
  { run, outcome, pixels, numbers, scores }: CodeRun,
  test: Dataset,
  { train }: ReportOptions,
  withFiles: boolean,
): RunReport {
  const shared = {
    run,
    summary: net.summary(),
    weights: net.getWeights(),
    inputShape: net.inputShape,
    withFiles,
  };
  if (!outcome) {
    const own = pixels ? pixelPart(pixels, test) : numbers && numbersPart(numbers);
    return scoreReport({ ...shared, scores, own });
  }
  const labelled = outcome.kind === "classes" ? { ...test, y: Int32Array.from(outcome.labels) } : test;
  return runReport({ ...shared, train, test: labelled });
}
