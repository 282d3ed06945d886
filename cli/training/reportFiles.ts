/**
 * report.html and figures/ of a run's folder, made of what the folder keeps and of the data set.
 *
 * Loaded only where a report is written: charts and PNG take longer to load than the rest of the command line.
 */

import { openRasterizer } from "../../node/rasterFiles.ts";
import { runReport } from "../../report/run/runReport.ts";
import type { OutputFolder } from "../../runs/folder/outputFolder.ts";
import { type FinishedRun, readRunFolder } from "../../runs/reader.ts";
import { fileNames } from "../../runs/schema.ts";
import { exampleCount } from "../../src/data/dataset.ts";
import { AnygradError } from "../../src/errors.ts";
import type { Model } from "../../src/model/index.ts";
import type { Source } from "../dataset/source.ts";

/** PNG pixels for one of the SVG: 880 for a chart; 3 would take twice the time of every `train --out`. */
const ZOOM = 2;

/**
 * Writes the report into the folder, figures first.
 *
 * @returns the names of what was written
 * @throws AnygradError OUTPUT, DATA_MISSING, DATA_FORMAT, SHAPE_MISMATCH for data that is not the run's
 */
export async function writeReport(folder: OutputFolder, net: Model, source: Source): Promise<string[]> {
  const run = await readRunFolder(folder.path);
  checkData(run, source);
  const { html, figures } = runReport({
    run,
    train: source.train,
    test: source.test,
    summary: net.summary(),
    weights: net.getWeights(),
    inputShape: source.train.shape.slice(1),
  });
  const rasterize = await openRasterizer();
  const files: Record<string, string | Uint8Array> = {};
  for (const { name, svg } of figures) {
    files[`figures/${name}.svg`] = svg;
    files[`figures/${name}.png`] = rasterize(svg, { zoom: ZOOM });
  }
  files[fileNames.report] = html;
  await folder.write(files);
  return Object.keys(files);
}

function checkData({ predictions: { labels }, settings }: FinishedRun, { test, name }: Source): void {
  const examples = exampleCount(test);
  const { target } = test.preparation ?? {};
  const actual = (i: number): number =>
    target ? Math.fround(test.y[i]! * target.deviation + target.mean) : test.y[i]!;
  if (examples === labels.length && labels.every((label, i) => label === actual(i))) return;
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `${name}: ${examples === labels.length ? "other test examples than" : `${examples} test examples, not`} the ${labels.length} of predictions.csv; pass the data set of the run (${settings.dataset.name}) by --dataset or --data`,
  );
}
