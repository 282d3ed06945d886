/** Trains a preset: its data and its network, the steps as they are watched and kept; what follows is in trainedRun.ts. */

import { nounOf } from "../../report/text/noun.ts";
import { plural } from "../../report/text/numbers.ts";
import { placeText } from "../../runs/checkpoints/files.ts";
import { type CheckpointKeeper, createKeeper } from "../../runs/checkpoints/keeper.ts";
import { type Checkpoint, holdsCheckpoint } from "../../runs/checkpoints/unfinishedRun.ts";
import type { OutputFolder } from "../../runs/folder/outputFolder.ts";
import { createRecorder } from "../../runs/recorder.ts";
import { checkpointPrefix, formerCheckpoint } from "../../runs/schema.ts";
import { exampleCount } from "../../src/data/dataset.ts";
import { AnygradError } from "../../src/errors.ts";
import {
  type Augmentation,
  augmentation,
  type CompileOptions,
  load,
  type Model,
} from "../../src/model/index.ts";
import type { CustomGiven } from "../../src/model/saving/custom.ts";
import type { Callback } from "../../src/model/training/callbacks/index.ts";
import {
  changeRecipe,
  defaultPreset,
  lossOf,
  optimizerOf,
  type Recipe,
  recipeFor,
} from "../../src/presets/index.ts";
import { emptyClassNotes } from "../dataset/emptyClasses.ts";
import { loadSource, type Source } from "../dataset/source.ts";
import { checkFolder } from "../options/folderOptions.ts";
import { logPlaces } from "../options/logOptions.ts";
import type { NetworkCliOptions } from "../options/networkOptions.ts";
import { engineOf } from "../options/sharedOptions.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import { pretrainedSource } from "../pretrained/source.ts";
import { Interrupted } from "../process/failure.ts";
import { version } from "../process/packageRoot.ts";
import { epochMessages } from "../process/parentLink.ts";
import { placeOf } from "../process/places.ts";
import { createTerminal, type Terminal } from "../terminal/terminal.ts";
import { customOf, definitionsOf } from "./customFile.ts";
import { createLiveProgress } from "./liveProgress.ts";
import { type DataFacts, isJson, ownLoss } from "./modelFile.ts";
import { type NetworkSource, networkSourceFor, networkSourceOf } from "./network.ts";
import { checkExampleSize, withTargets } from "./networkData.ts";
import { networkRecord } from "./networkRecord.ts";
import { checkOneRun, keptOptions, newestLoaded } from "./resume.ts";
import { headingOf } from "./runReport.ts";
import { endRun, isSubstituted, judgedBy, recordOf, type TrainedRun } from "./trainedRun.ts";

export interface Training {
  /** What is trained; undefined: the data decide. */
  readonly preset: NetworkSource | undefined;
  readonly options: TrainOptions;
  /** The folder of `--out`, or of the run that is resumed. */
  readonly folder: OutputFolder | undefined;
  /** The state of a run that is resumed. */
  readonly saved: Checkpoint | undefined;
  readonly signal: AbortSignal;
}

export async function trainPreset({
  preset: asked,
  options,
  folder,
  saved: newest,
  signal,
}: Training): Promise<void> {
  const terminal = createTerminal(options);
  const places = logPlaces(options, folder?.path);
  const { dataset = "digits", seed = 1 } = options;
  const onDigits = dataset === "digits";
  if (newest && options.resume === undefined)
    terminal.note(`${folder!.path} holds this run, unfinished: it goes on`);
  const engine = await engineOf(options);
  const trained = await pretrainedSource(options, engine, terminal, newest?.bytes);
  const named = trained ?? asked ?? (onDigits ? networkSourceOf(defaultPreset) : undefined);
  const known = named && changeRecipe(named.recipe, options, onDigits);
  if (known && known.leastSteps === undefined) checkPause(options, known.epochs, folder);
  const normalize = known?.normalize ?? options.normalize ?? "simple"; // as the presets that are chosen by the data
  const preparedAs = trained?.pictures;
  const found = await loadSource({
    ...options,
    ...trained?.tables,
    dataset: placeOf(dataset),
    normalize,
    preparedAs,
    signal,
    terminal,
  });
  trained?.check(found);
  if (options.normalize !== undefined && found.train.preparation?.columns)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--normalize is for pixels, and each column of ${dataset} is scaled by itself, to mean 0 and deviation 1; leave it out`,
    );
  const empty = emptyClassNotes(found);
  for (const note of empty) terminal.note(note);
  const source = { ...found, notes: [...(found.notes ?? []), ...empty] };
  const preset = named ?? networkSourceFor(source);
  if (!named)
    terminal.note(`no network is named: ${preset.name} fits the data; anygrad presets lists the others`);
  const examples = exampleCount(source.train);
  let recipe = recipeFor(known ?? changeRecipe(preset.recipe, options, onDigits), source.task, examples);
  checkPause(options, recipe.epochs, folder);
  const augment = augmentationOf(recipe, source);
  const batchSize = recipe.batchSize === "all" ? examples : recipe.batchSize;
  const facts: DataFacts = {
    inputShape: source.train.shape.slice(1),
    classes: source.classes,
    task: source.task,
    seed,
  };
  const made = async (): Promise<{ value: Model; checkpoint: Checkpoint | undefined }> => {
    if (!newest || trained) return { value: await preset.network(facts, options), checkpoint: newest };
    const custom = await customOfRun(preset, facts, options);
    return newestLoaded(folder!.path, newest, (bytes) => load(bytes, { engine, custom }));
  };
  const { value: net, checkpoint: saved } = await made();
  for (const { message } of saved?.damaged ?? [])
    terminal.warn(`${message}; the run goes on ${placeText(saved!.place!)}`);
  const network = saved?.network ?? (await networkRecord(preset, options));
  if (preset.isFile) recipe = { ...recipe, loss: ownLoss(net, source.task) };
  checkRecalibration(recipe, preset, net);
  const compiling: CompileOptions = {
    optimizer: optimizerOf(recipe, recipe.epochs * Math.ceil(examples / batchSize)),
    loss: lossOf(recipe),
    metrics: source.task === "regression" ? ["mae", "rmse", "r2"] : ["accuracy"],
    engine,
  };
  if (saved) {
    checkExampleSize(net, source, "bring the run's data back, or train anew");
    if (!saved.place && !preset.isFile) {
      const wanted = await preset.network(facts, options);
      await wanted.compile(compiling);
      checkOneRun(saved.bytes, await wanted.save());
    }
  } else await net.compile(compiling);
  terminal.note(
    headingOf(
      { preset, source, recipe, seed, parameters: net.parameters.total, engine: engine.info },
      terminal.style,
      terminal.width(),
    ),
  );

  if (options.keepBest && !source.validation)
    terminal.note(
      "--keep-best chooses the epoch by the test set, whose scores then flatter it; --validation-split 0.1 chooses by what is held out",
    );
  const recorder = createRecorder();
  const judgedOn = source.validation ? "val" : "test";
  const progress = await createLiveProgress(terminal, {
    judgedOn,
    epochs: recipe.epochs,
    raw: isSubstituted(recipe),
    task: source.task,
    noun: nounOf(source.train),
  });
  const messages = epochMessages();
  const logger = await loggerOf(places, options, { network: preset.argument, seed, ...recipe }, recipe.epochs, terminal, folder !== undefined); // biome-ignore format: one call
  const settings = { anygrad: version(), preset: preset.argument, options: keptOptions(options), network };
  const score = judgedBy(source.task);
  const keeper =
    folder &&
    createKeeper(net, {
      folder: folder.path,
      prefix: checkpointPrefix,
      record: settings,
      keep: options.keep ?? 2,
      every: options.checkpoint,
      score: (logs) => logs[score],
      onTrouble: ({ message }, kept) =>
        terminal.warn(
          `${message}; training goes on, ${kept === undefined ? "no checkpoint is there yet" : `${kept} stays`}, and another is tried when it is due`,
        ),
      signal,
      former: saved && !saved.place ? Object.values(formerCheckpoint) : [],
    });
  const history = await net
    .fit(withTargets(source.train, net), {
      epochs: options.stopAfter ?? recipe.epochs,
      batchSize,
      validationData: withTargets(source.validation ?? source.test, net),
      seed,
      ema: recipe.ema,
      recalibrate: recipe.recalibrate,
      recompute: options.recompute,
      microBatch: options.microBatch,
      ...(augment && { augment }),
      // checkpoints last: they hold what the others know
      callbacks: [recorder, progress, messages, logger, keeper].filter((callback) => callback !== undefined),
      signal,
      resume: saved !== undefined,
      cacheFeatures: trained !== undefined && !augment && trained.isCached(net),
    })
    .catch((error) => {
      if (!folder || !keeper || !signal.aborted || !net.position) throw error;
      throw new Interrupted(wayOn(folder, keeper));
    })
    .finally(() => progress.end());

  const run: TrainedRun = {
    preset,
    network,
    dataset,
    seed,
    recipe,
    options,
    source,
    engine,
    net,
    history,
    recorder,
    seconds: recorder.seconds,
    digest: await net.digest(),
    folder,
    best: options.keepBest ? keeper?.best : undefined,
  };
  if (options.stopAfter === undefined)
    return endRun(run, terminal, signal).catch(async (error) => {
      throw folder ? withWayOn(error, folder, signal, await holdsCheckpoint(folder.path)) : error;
    });
  terminal.note(
    `\npaused after epoch ${options.stopAfter} of ${recipe.epochs}; anygrad train --resume ${folder?.path} goes on`,
  );
  if (options.json) terminal.result(JSON.stringify(recordOf(run, null)));
}

/** What `--log` asks for; loaded where it is. */
async function loggerOf(
  places: ReturnType<typeof logPlaces>,
  { logEvery = "epoch", logHistograms = 0 }: TrainOptions,
  settings: object,
  epochs: number,
  terminal: Terminal,
  mustBeWhole: boolean,
): Promise<Callback | undefined> {
  if (Object.keys(places).length === 0) return undefined;
  const [{ createLogger }, { openLogs }] = await Promise.all([
    import("../../runs/logs/logger.ts"),
    import("../../runs/logs/openLogs.ts"),
  ]);
  const steps = logEvery === "epoch" ? undefined : logEvery;
  const hparams = Object.fromEntries(
    Object.entries(settings).filter(([, value]) => ["string", "number", "boolean"].includes(typeof value)),
  );
  return createLogger(await openLogs(places, { steps, histogramFreq: logHistograms, hparams }), {
    steps,
    onTrouble: (message) => terminal.warn(message),
    mustBeWhole,
    epochs,
  });
}

/** What is of the user's own in a run that goes on: what --custom defines, and the layers of its model file. */
async function customOfRun(
  preset: NetworkSource,
  facts: DataFacts,
  options: NetworkCliOptions,
): Promise<readonly CustomGiven[]> {
  const given = await customOf(options);
  if (given.length > 0 || !preset.isFile || isJson(preset.argument)) return given;
  try {
    return definitionsOf(await preset.network(facts, options));
  } catch (error) {
    // without the file the run goes on all the same, unless it has layers that only the file defines: `load` says so
    if (error instanceof AnygradError && error.code === "DATA_MISSING") return given;
    throw error;
  }
}

/** How a run that was stopped goes on: from where it was, or from what could be written last. */
function wayOn({ path }: OutputFolder, { kept, trouble }: CheckpointKeeper): string {
  if (!trouble) return `anygrad train --resume ${path} goes on`;
  if (kept === undefined) return `nothing could be kept: ${trouble.message}`;
  return `${trouble.message}; then anygrad train --resume ${path} goes on from ${kept}`;
}

/** An end that could not be tested or written: --resume makes it, where there is a checkpoint. */
function withWayOn(error: unknown, { path }: OutputFolder, signal: AbortSignal, isKept: boolean): unknown {
  const advice = isKept
    ? `anygrad train --resume ${path} goes on`
    : "train again: nothing of this run could be kept";
  if (signal.aborted && isKept) return new Interrupted(advice);
  if (!(error instanceof AnygradError) || error.code !== "OUTPUT") return error;
  return new AnygradError("OUTPUT", `${error.message}; then ${advice}`, { cause: error });
}

/** A pause is nothing without a checkpoint to go on from. @throws AnygradError INVALID_ARGUMENT */
function checkPause(options: TrainOptions, epochs: number, folder: OutputFolder | undefined): void {
  checkFolder(options, folder);
  const { stopAfter: after } = options;
  if (after === undefined) return;
  if (after > epochs)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--stop-after is ${after} but the run has ${plural(epochs, "epoch")}; pass at most that many, or more --epochs`,
    );
}

function checkRecalibration({ recalibrate = 0 }: Recipe, preset: NetworkSource, net: Model): void {
  if (recalibrate > 0 && !net.layers.some(({ type }) => type === "batchNormalization"))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--recalibrate: ${preset.name} has no batch normalisation; leave it out, or train one that has, such as cnn-bn-sigmoid`,
    );
}

/** What changes the training images, checked against them; undefined: nothing does. */
function augmentationOf({ augment = "none" }: Recipe, { train }: Source): Augmentation | undefined {
  if (augment === "none") return undefined;
  const changes = augmentation(augment);
  changes.check({
    shape: train.shape.slice(1),
    pixels: train.x instanceof Uint8Array ? train.normalization : undefined,
  });
  return changes;
}
