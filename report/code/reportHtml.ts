/** The page of a run from code. What draws it is loaded when one is asked for: importing anygrad/report does nothing. */
import type { Dataset } from "../../src/data/dataset.ts";
import { strictOptions } from "../../src/math/options.ts";
import type { History, Model } from "../../src/model/index.ts";
import { checkRun } from "./checkRun.ts";
import { type ReportOptions, reportNames } from "./options.ts";

/**
 * The report of a run as one HTML page, which asks for nothing else and runs no script: learning curves by epoch, the
 * network and its settings; for a classification the confusion matrix, the scores of each class and the worst mistakes,
 * with pictures where the examples are pictures; for a regression what was predicted against what was, and the errors.
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
  options?: ReportOptions,
): Promise<string> {
  const given = strictOptions("reportHtml", options, reportNames);
  checkRun("reportHtml", net, history, test);
  const [{ codeRun }, { reportOf }] = await Promise.all([import("./codeRun.ts"), import("./draw.ts")]);
  return reportOf(net, await codeRun(net, history, test, given), test, given, false).html;
}
