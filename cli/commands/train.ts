/** `anygrad train`: from a preset and a data set to a trained network, its mistakes and its files. */
import { Command } from "commander";
import { type Checkpoint, createCheckpointWriter, readCheckpoint } from "../../runs/checkpoint.ts";
import { type OutputFolder, openOutputFolder } from "../../runs/outputFolder.ts";
import { historyCsv, type PausedRecord, type RunRecord, runJson } from "../../runs/record.ts";
import { createRecorder } from "../../runs/recorder.ts";
import { fileNames } from "../../runs/savedModel.ts";
import { predictionsCsv, stepsCsv } from "../../runs/tables.ts";
import { exampleCount } from "../../src/data/dataset.ts";
import { AnygradError } from "../../src/errors.ts";
import { properShare } from "../../src/math/checks.ts";
import { augmentation, type History, load } from "../../src/model/index.ts";
import {
  changeRecipe,
  defaultPreset,
  lossOf,
  optimizerNames,
  optimizerOf,
  type Preset,
  type Recipe,
  type RecipeChanges,
  scheduleNames,
} from "../../src/presets/index.ts";
import { downloadNote } from "../dataset/downloadNote.ts";
import { loadSource } from "../dataset/source.ts";
import { choice, realNumber, wholeNumber, wordOrCount } from "../options/arguments.ts";
import { parseAugment } from "../options/augment.ts";
import {
  addDataOptions,
  addEngineOptions,
  addOutputOptions,
  type DataOptions,
  type EngineCliOptions,
  engineOf,
  type OutputOptions,
} from "../options/sharedOptions.ts";
import { Interrupted } from "../process/failure.ts";
import { epochMessages } from "../process/parentLink.ts";
import { createTerminal } from "../terminal/terminal.ts";
import { checkSize } from "../training/exampleSize.ts";
import { createLiveProgress } from "../training/liveProgress.ts";
import { addNetworkOptions, type NetworkCliOptions, networkOf, presetOf } from "../training/network.ts";
import { headingOf, reportOf } from "../training/runReport.ts";
import { withTargets } from "../training/targets.ts";
import { testModel } from "../training/testResult.ts";

/** What the user asked for; absent: the preset's. */
export interface TrainOptions
  extends DataOptions,
    NetworkCliOptions,
    RecipeChanges,
    EngineCliOptions,
    OutputOptions {
  readonly validationSplit?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly resume?: string;
  readonly stopAfter?: number;
  /** False: no report.html, no figures. */
  readonly report?: boolean;
}

export function trainCommand(signal: AbortSignal): Command {
  const command = new Command("train")
    .description("train a preset and show what it learned")
    .argument("[preset]", `anygrad presets lists them (default: ${defaultPreset})`);
  addDataOptions(command, "digits")
    .option(
      "--normalize <method>",
      "simple (÷ 255) or standard (mean and deviation of the training set)",
      choice("--normalize", ["simple", "standard"]),
    )
    .option(
      "--validation-split <x>",
      "share of each class of the training set to judge epochs on (default: they are judged on the test set)",
      realNumber("--validation-split", { above: 0, below: 1 }),
    );
  addNetworkOptions(command);
  command
    .optionsGroup("Training (default: the preset's recipe):")
    .option("--epochs <n>", "passes over the training set", wholeNumber("--epochs", 1))
    .option("--batch-size <n>", "examples a step, or all", wordOrCount("--batch-size", "all"))
    .option("--optimizer <name>", optimizerNames.join(", "), choice("--optimizer", optimizerNames))
    .option(
      "--learning-rate <x>",
      "of the first step; the highest of a one-cycle schedule",
      realNumber("--learning-rate", { above: 0 }, ", such as 0.001"),
    )
    .option(
      "--schedule <name>",
      "of the learning rate: constant, cosine (down to 0), one-cycle (up, then down)",
      choice("--schedule", scheduleNames),
    )
    .option("--decay <x>", "divide the rate by 1 + x · step", realNumber("--decay", { from: 0 }))
    .option(
      "--weight-decay <x>",
      "pull of all weights towards 0, times the learning rate",
      realNumber("--weight-decay", { from: 0 }),
    )
    .option(
      "--label-smoothing <x>",
      "share of every target that is spread over the classes",
      realNumber("--label-smoothing", properShare),
    )
    .option(
      "--ema <x>",
      "test and keep the moving average of the weights, with this momentum",
      realNumber("--ema", properShare, ", such as 0.999"),
    )
    .option(
      "--recalibrate <n>",
      "batches to re-estimate batch normalisation's statistics over before each test",
      wholeNumber("--recalibrate", 0),
    )
    .option(
      "--augment <kinds>",
      "shift, rotation, zoom, shear, flip, cutout, brightness, elastic, mixup: shift=2,rotation=10,flip",
      parseAugment,
    )
    .option(
      "--seed <n>",
      "of weights, order, dropout and augmentation (default: 1)",
      wholeNumber("--seed", 0),
    )
    .option("--resume <dir>", "go on with the unfinished run in the folder of its --out")
    .option(
      "--stop-after <n>",
      "pause after epoch n of --epochs; --resume goes on",
      wholeNumber("--stop-after", 1),
    );
  addEngineOptions(command);
  addOutputOptions(command).option("--out <dir>", "folder for the model, its history and its settings");
  command.option("--no-report", "leave report.html and the figures out of --out");
  return command.action((name: string, { report, ...options }: TrainOptions) =>
    train(name, { ...options, ...(report === false && { report }) }, signal),
  );
}

async function train(name: string | undefined, given: TrainOptions, signal: AbortSignal): Promise<void> {
  const checkpoint = given.resume === undefined ? undefined : await readCheckpoint(given.resume, name, given);
  const options = checkpoint?.options ?? given;
  const preset = presetOf(checkpoint?.preset ?? name ?? defaultPreset);
  const out = given.resume ?? given.out;
  const folder = out === undefined ? undefined : await openOutputFolder(out);
  try {
    await trainInto(folder, preset, options, signal, checkpoint);
  } finally {
    await folder?.discard();
  }
}

async function trainInto(
  folder: OutputFolder | undefined,
  preset: Preset,
  options: TrainOptions,
  signal: AbortSignal,
  checkpoint: Checkpoint | undefined,
): Promise<void> {
  const terminal = createTerminal(options);
  const { dataset = "digits", seed = 1 } = options;
  const recipe = changeRecipe(preset.recipe, options, dataset === "digits");
  checkPause(options.stopAfter, recipe.epochs, folder);
  const engine = await engineOf(options);
  const source = await loadSource({
    ...options,
    dataset,
    normalize: recipe.normalize,
    signal,
    onDownload: downloadNote(terminal),
  });
  const { train, test, validation = test, classes } = source;
  const inputShape = train.shape.slice(1);
  const { augment: kinds = "none" } = recipe;
  const augment = kinds === "none" ? undefined : augmentation(kinds);
  augment?.check({
    shape: inputShape,
    pixels: train.x instanceof Uint8Array ? train.normalization : undefined,
  });
  const batchSize = recipe.batchSize === "all" ? exampleCount(train) : recipe.batchSize;
  const net = checkpoint
    ? await load(checkpoint.bytes, { engine })
    : networkOf(preset, options, { inputShape, classes, seed });
  if ((recipe.recalibrate ?? 0) > 0 && !net.layers.some(({ type }) => type === "batchNormalization"))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--recalibrate: ${preset.name} has no batch normalisation; leave it out, or train one that has, such as cnn-bn-sigmoid`,
    );
  if (checkpoint) checkSize(net, source, "bring the run's data back, or train anew");
  else
    await net.compile({
      optimizer: optimizerOf(recipe, recipe.epochs * Math.ceil(exampleCount(train) / batchSize)),
      loss: lossOf(recipe),
      metrics: ["accuracy"],
      engine,
    });
  terminal.note(
    headingOf(
      { preset, source, recipe, seed, parameters: net.parameters.total, engine: engine.info },
      terminal.style,
    ),
  );

  const recorder = createRecorder();
  const progress = await createLiveProgress(
    terminal,
    source.validation ? "val" : "test",
    isSubstituted(recipe),
  );
  const messages = epochMessages();
  const writer = folder && createCheckpointWriter(folder, net, preset.name, options);
  const history = await net
    .fit(withTargets(train, net), {
      epochs: options.stopAfter ?? recipe.epochs,
      batchSize,
      validationData: withTargets(validation, net),
      seed,
      ema: recipe.ema,
      recalibrate: recipe.recalibrate,
      ...(augment && { augment }),
      callbacks: [recorder, progress, ...(messages ? [messages] : []), ...(writer ? [writer] : [])],
      signal,
      resume: checkpoint !== undefined,
    })
    .catch(async (error) => {
      if (!folder || !writer || !signal.aborted || !net.position) throw error;
      await writer.write();
      throw new Interrupted(`anygrad train --resume ${folder.path} goes on`);
    })
    .finally(() => progress.end());
  const { seconds } = recorder;
  const digest = await net.digest();
  const recordWith = <Test>(test: Test) => ({
    preset: preset.name,
    dataset,
    seed,
    engine: engine.info,
    params: net.parameters,
    history,
    test,
    ...(isSubstituted(recipe) && !source.validation && { raw: rawOf(history) }),
    seconds,
    secondsPerEpoch: meanOf(history.seconds.filter((epoch) => !Number.isNaN(epoch))),
    stepMilliseconds: recorder.medianMilliseconds(),
    digest,
    out: folder?.path ?? null,
  });
  if (options.stopAfter !== undefined) {
    terminal.note(
      `\npaused after epoch ${options.stopAfter} of ${recipe.epochs}; anygrad train --resume ${folder?.path} goes on`,
    );
    if (options.json) terminal.result(JSON.stringify(recordWith(null) satisfies PausedRecord));
    return;
  }
  const testResult = await testModel(net, source, signal);
  const record: RunRecord = recordWith(testResult.test);
  const files = {
    [fileNames.model]: await net.save(),
    [fileNames.history]: historyCsv(history),
    [fileNames.steps]: stepsCsv(recorder),
    [fileNames.predictions]: predictionsCsv(testResult.predictions, test.y, testResult.predicted),
    [fileNames.run]: runJson(record, { source, recipe, options }),
  };
  await folder?.write(files);
  await writer?.remove();
  const withReport = folder !== undefined && options.report !== false;
  if (withReport) {
    const { writeReport } = await import("../training/reportFiles.ts");
    await writeReport(folder, net, source);
  }
  terminal.note(
    reportOf(terminal, {
      record,
      testResult,
      recorder,
      testExamples: exampleCount(test),
      files: [...Object.keys(files), ...(withReport ? [fileNames.report] : [])],
    }),
  );
  if (options.json) terminal.result(JSON.stringify(record));
}

// A pause is nothing without a checkpoint to go on from.
function checkPause(after: number | undefined, epochs: number, folder: OutputFolder | undefined): void {
  if (after === undefined) return;
  if (!folder)
    throw new AnygradError("INVALID_ARGUMENT", "--stop-after keeps the run in a folder; pass --out DIR too");
  if (after > epochs)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--stop-after is ${after} but the run has ${epochs} epochs; pass at most that many, or more --epochs`,
    );
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Whether others than the run's own weights and statistics are tested and kept. */
function isSubstituted({ ema = 0, recalibrate = 0 }: Recipe): boolean {
  return ema > 0 || recalibrate > 0;
}

/** What the run's own weights and statistics reached in the last epoch. */
function rawOf({ raw_val_loss: losses, raw_val_accuracy: accuracies }: History): RunRecord["raw"] {
  return { loss: losses?.at(-1) ?? Number.NaN, accuracy: accuracies?.at(-1) ?? Number.NaN };
}
