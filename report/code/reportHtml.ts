/** The report of a run from code: what its network tells apart decides which page it gets. */
import type { Dataset } from "../../src/data/dataset.ts";
import { strictOptions } from "../../src/math/options.ts";
import type { History, Model } from "../../src/model/index.ts";
import type { RunReport } from "../run/runReport.ts";
import { runReport } from "../run/runReport.ts";
import { type CodeRun, codeRun } from "./codeRun.ts";
import { type ReportOptions, reportNames } from "./options.ts";
import { scoreReport } from "./scoreReport.ts";

/**
 * The report of a run as one HTML page, which asks for nothing else and runs no script: learning curves by epoch, the
 * network and its settings; for a classification the confusion matrix, the scores of each class and the worst mistakes,
 * with pictures where the examples are pictures.
 *
 * @param net the trained model
 * @param history what `net.fit()` gave
 * @param test examples that it was not trained on
 * @throws AnygradError INVALID_ARGUMENT, NOT_READY, SHAPE_MISMATCH, DATA_FORMAT
 */
export async function reportHtml(
  net: Model,
  history: History,
  test: Dataset,
  given?: ReportOptions,
): Promise<string> {
  const options = strictOptions("reportHtml", given, reportNames);
  return reportOf(net, await codeRun(net, history, test, options), test, options, false).html;
}

/** @param withFiles whether the figures stand beside the page as files @internal */
export function reportOf(
  net: Model,
  { run, outcome, scores }: CodeRun,
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
  if (!outcome) return scoreReport({ ...shared, scores });
  const labelled = { ...test, y: Int32Array.from(outcome.labels) };
  return runReport({ ...shared, train, test: labelled });
}
