/** The page of a run from code. What draws it is loaded when one is asked for: importing anygrad/report does nothing. */
import type { Dataset } from "../../src/data/dataset.ts";
import type { History, Model, Predictions, SeveralSet } from "../../src/model/index.ts";
import { givenRun } from "./checkRun.ts";
import { type ReportOptions, reportOptions } from "./options.ts";

/**
 * The report of a run as one HTML page, which asks for nothing else and runs no script: learning curves by epoch, the
 * network and its settings; for a classification the confusion matrix, the scores of each class and the worst mistakes,
 * with pictures where the examples are pictures; for a regression what was predicted against what was, and the errors. Each of
 * several outputs has curves, scores and such a part of its own.
 *
 * @param net the trained model
 * @param history what `net.fit()` gave
 * @param test examples that it was not trained on; of several inputs or outputs also `{ x, y }` by their names
 * @throws AnygradError INVALID_ARGUMENT, NOT_READY, SHAPE_MISMATCH, DATA_FORMAT
 */
export async function reportHtml(
  net: Model<Predictions>,
  history: History,
  test: Dataset | SeveralSet,
  options?: ReportOptions,
): Promise<string> {
  const given = reportOptions("reportHtml", options);
  const run = await givenRun("reportHtml", net, history, test, given);
  const [{ codeRun }, { reportOf }] = await Promise.all([import("./codeRun.ts"), import("./draw.ts")]);
  return reportOf(run, await codeRun(run), false).html;
}
