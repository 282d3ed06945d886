/** The files of a run from code: what `anygrad train --out` leaves, as far as a history tells it. */

import { checkRun } from "../report/code/checkRun.ts";
import { type CodeRun, codeRun } from "../report/code/codeRun.ts";
import { reportOf } from "../report/code/draw.ts";
import { type ReportOptions, reportNames } from "../report/code/options.ts";
import type { Outcome } from "../report/code/outcome.ts";
import { type PixelOutcome, pixelScores } from "../report/code/pixels.ts";
import { machine } from "../runs/machine.ts";
import type { OutputFolder } from "../runs/outputFolder.ts";
import { openOutputFolder } from "../runs/outputFolder.ts";
import { columns, fileNames } from "../runs/schema.ts";
import { writeTable } from "../runs/table.ts";
import { historyText, networkText, numbersText, predictionsText } from "../runs/writer.ts";
import type { Dataset } from "../src/data/dataset.ts";
import { strictOptions } from "../src/math/options.ts";
import type { History, Model } from "../src/model/index.ts";
import { checkPath } from "./checkPath.ts";
import { openRasterizer } from "./rasterFiles.ts";

/** What `writeReport` does. */
export async function writeReportFiles(
  net: Model,
  history: History,
  test: Dataset,
  folder: string,
  given?: ReportOptions,
): Promise<string[]> {
  const options = strictOptions("writeReport", given, reportNames);
  checkRun("writeReport", net, history, test);
  checkPath("writeReport", folder, "folder");
  const out = await openOutputFolder(folder, { subject: "writeReport" });
  try {
    return await write(out, net, history, test, options);
  } finally {
    await out.close();
  }
}

async function write(
  out: OutputFolder,
  net: Model,
  history: History,
  test: Dataset,
  options: ReportOptions,
): Promise<string[]> {
  const made = withMachine(await codeRun(net, history, test, options));
  const { html, figures } = reportOf(net, made, test, options, true);
  const rasterize = await openRasterizer("writeReport");
  const files: Record<string, string | Uint8Array> = {
    [fileNames.model]: await net.save(),
    [fileNames.network]: networkText(net),
    [fileNames.history]: historyText(history),
    ...runFiles(made),
  };
  for (const { name, svg } of figures) {
    files[`figures/${name}.svg`] = svg;
    files[`figures/${name}.png`] = rasterize(svg, { zoom: 2 });
  }
  files[fileNames.report] = html;
  await out.write(files);
  return Object.keys(files);
}

function withMachine({ run, ...made }: CodeRun): CodeRun {
  const settings = { ...run.settings, environment: { ...machine() } };
  return { ...made, run: { ...run, settings } };
}

/** What readers of run folders want besides. */
function runFiles({ run, outcome, pixels }: CodeRun): Record<string, string> {
  return {
    [fileNames.steps]: writeTable(columns.steps, []),
    ...(outcome && { [fileNames.predictions]: predictionsOf(outcome) }),
    ...(pixels && { [fileNames.predictions]: pixelsText(pixels) }),
    [fileNames.run]: `${JSON.stringify(run.settings, null, 2)}\n`,
  };
}

function predictionsOf(outcome: Outcome): string {
  if (outcome.kind === "numbers") return numbersText(outcome.labels, outcome.predicted);
  const { labels, predicted, probabilities, classNames } = outcome;
  const prediction = {
    shape: [labels.length, classNames.length],
    data: Float32Array.from(probabilities.flat()),
  };
  return predictionsText(prediction, labels, predicted);
}

/** predictions.csv where every pixel has a class: a line a test example, from 0, with its pixels and the IoU of each class. */
function pixelsText(pixels: PixelOutcome): string {
  const { noun, confusion } = pixels;
  return writeTable(
    ["example", `${noun}s`, "right", ...confusion.classNames.map((_, classId) => `iou${classId}`)],
    pixelScores(pixels).map(({ example, places, right, iou }) => [
      example,
      places,
      right,
      ...iou.map((score) => (Number.isNaN(score) ? undefined : Number(score.toPrecision(4)))),
    ]),
  );
}
