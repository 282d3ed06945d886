/** Reports of runs from code. What draws them is loaded when one is asked for. */
import type { ReportOptions } from "../report/code/options.ts";
import type { Dataset } from "../src/data/dataset.ts";
import type { History, Model, Predictions, SeveralSet } from "../src/model/index.ts";

/**
 * Writes the report of a run into a folder: report.html, its figures as SVG and PNG, history.csv, the model, its
 * network and run.json, by which `anygrad evaluate` and `predict` take the folder. Where classes are told apart or one number is
 * predicted, also predictions.csv: `anygrad report` and `compare --runs` then take it, too. Of several outputs each has such a
 * table, predictions-NAME.csv, and its part of the report.
 *
 * @param net the trained model
 * @param history what `net.fit()` gave
 * @param test examples that it was not trained on; of several inputs or outputs also `{ x, y }` by their names
 * @param folder is made where it is missing
 * @returns the names of the files
 * @throws AnygradError OUTPUT where the folder cannot be written; INVALID_ARGUMENT, NOT_READY, SHAPE_MISMATCH, DATA_FORMAT
 */
export async function writeReport(
  net: Model<Predictions>,
  history: History,
  test: Dataset | SeveralSet,
  folder: string,
  options?: ReportOptions,
): Promise<string[]> {
  const { writeReportFiles } = await import("./runFiles.ts");
  return writeReportFiles(net, history, test, folder, options);
}
