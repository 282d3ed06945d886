/** The files of a run from code: what `anygrad train --out` leaves, as far as a history tells it. */

import { type GivenRun, givenRun } from "../report/code/checkRun.ts";
import { type CodeRun, codeRun } from "../report/code/codeRun.ts";
import { reportOf } from "../report/code/draw.ts";
import { type ReportOptions, reportOptions } from "../report/code/options.ts";
import type { JudgedOutput } from "../report/code/outputs/judgedOutput.ts";
import { type PixelOutcome, pixelScores } from "../report/code/outputs/pixels.ts";
import { prefixesOf } from "../report/code/severalReport.ts";
import type { OutputFolder } from "../runs/folder/outputFolder.ts";
import { openOutputFolder } from "../runs/folder/outputFolder.ts";
import { machine } from "../runs/machine.ts";
import { columns, fileNames } from "../runs/schema.ts";
import { writeTable } from "../runs/table.ts";
import { historyText, networkText, numbersText, predictionsText } from "../runs/writer.ts";
import type { Dataset } from "../src/data/dataset.ts";
import type { History, Model, Predictions, SeveralSet } from "../src/model/index.ts";
import { checkPath } from "./checkPath.ts";
import { openRasterizer } from "./rasterFiles.ts";

/** What `writeReport` does. */
export async function writeReportFiles(
  net: Model<Predictions>,
  history: History,
  test: Dataset | SeveralSet,
  folder: string,
  given?: ReportOptions,
): Promise<string[]> {
  const options = reportOptions("writeReport", given);
  const run = await givenRun("writeReport", net, history, test, options);
  checkPath("writeReport", folder, "folder");
  const out = await openOutputFolder(folder, { subject: "writeReport" });
  try {
    return await write(out, run);
  } finally {
    await out.close();
  }
}

async function write(out: OutputFolder, run: GivenRun): Promise<string[]> {
  const { net, history } = run;
  const made = withMachine(await codeRun(run));
  const { html, figures } = reportOf(run, made, true);
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
function runFiles({ run, outputs }: CodeRun): Record<string, string> {
  const prefixes = prefixesOf(outputs);
  return {
    [fileNames.steps]: writeTable(columns.steps, []),
    ...Object.fromEntries(
      outputs.flatMap((judged, k) => {
        const text = predictionsOf(judged);
        const name =
          outputs.length === 1 ? fileNames.predictions : `predictions-${prefixes[k]!.slice(0, -1)}.csv`;
        return text === undefined ? [] : [[name, text]];
      }),
    ),
    [fileNames.run]: `${JSON.stringify(run.settings, null, 2)}\n`,
  };
}

function predictionsOf({ outcome, pixels }: JudgedOutput): string | undefined {
  if (pixels) return pixelsText(pixels);
  if (!outcome) return undefined;
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
