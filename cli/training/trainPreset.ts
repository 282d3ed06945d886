/** Trains a preset: its data and its network, the steps as they are watched and kept; what follows is in trainedRun.ts. */
import { createCheckpointWriter } from "../../runs/checkpoint.ts";
import type { OutputFolder } from "../../runs/outputFolder.ts";
import { createRecorder } from "../../runs/recorder.ts";
import { exampleCount } from "../../src/data/dataset.ts";
import { AnygradError } from "../../src/errors.ts";
import { type Augmentation, augmentation, load, type Model } from "../../src/model/index.ts";
import { changeRecipe, lossOf, optimizerOf, type Preset, type Recipe } from "../../src/presets/index.ts";
import { loadSource, type Source } from "../dataset/source.ts";
import { engineOf } from "../options/sharedOptions.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import { Interrupted } from "../process/failure.ts";
import { epochMessages } from "../process/parentLink.ts";
import { createTerminal } from "../terminal/terminal.ts";
import { createLiveProgress } from "./liveProgress.ts";
import { networkOf } from "./network.ts";
import { checkExampleSize, withTargets } from "./networkData.ts";
import { keptOptions } from "./resume.ts";
import { headingOf } from "./runReport.ts";
import { endRun, isSubstituted, recordOf, type TrainedRun } from "./trainedRun.ts";

export interface Training {
  readonly preset: Preset;
  readonly options: TrainOptions;
  /** The folder of `--out`, or of the run that is resumed. */
  readonly folder: OutputFolder | undefined;
  /** The state of a run that is resumed. */
  readonly saved: Uint8Array | undefined;
  readonly signal: AbortSignal;
}

export async function trainPreset({ preset, options, folder, saved, signal }: Training): Promise<void> {
  const terminal = createTerminal(options);
  const { dataset = "digits", seed = 1 } = options;
  const recipe = changeRecipe(preset.recipe, options, dataset === "digits");
  checkPause(options.stopAfter, recipe.epochs, folder);
  const engine = await engineOf(options);
  const source = await loadSource({ ...options, dataset, normalize: recipe.normalize, signal, terminal });
  const augment = augmentationOf(recipe, source);
  const batchSize = recipe.batchSize === "all" ? exampleCount(source.train) : recipe.batchSize;
  const net = saved
    ? await load(saved, { engine })
    : networkOf(preset, options, {
        inputShape: source.train.shape.slice(1),
        classes: source.classes,
        seed,
      });
  checkRecalibration(recipe, preset, net);
  if (saved) checkExampleSize(net, source, "bring the run's data back, or train anew");
  else
    await net.compile({
      optimizer: optimizerOf(recipe, recipe.epochs * Math.ceil(exampleCount(source.train) / batchSize)),
      loss: lossOf(recipe),
      metrics: ["accuracy"],
      engine,
    });
  terminal.note(
    headingOf(
      { preset, source, recipe, seed, parameters: net.parameters.total, engine: engine.info },
      terminal.style,
      terminal.width(),
    ),
  );

  const recorder = createRecorder();
  const judgedOn = source.validation ? "val" : "test";
  const progress = await createLiveProgress(terminal, judgedOn, isSubstituted(recipe));
  const messages = epochMessages();
  const writer =
    folder && createCheckpointWriter(folder, net, { preset: preset.name, options: keptOptions(options) });
  const history = await net
    .fit(withTargets(source.train, net), {
      epochs: options.stopAfter ?? recipe.epochs,
      batchSize,
      validationData: withTargets(source.validation ?? source.test, net),
      seed,
      ema: recipe.ema,
      recalibrate: recipe.recalibrate,
      ...(augment && { augment }),
      callbacks: [recorder, progress, ...(messages ? [messages] : []), ...(writer ? [writer] : [])],
      signal,
      resume: saved !== undefined,
    })
    .catch(async (error) => {
      if (!folder || !writer || !signal.aborted || !net.position) throw error;
      await writer.write();
      throw new Interrupted(`anygrad train --resume ${folder.path} goes on`);
    })
    .finally(() => progress.end());

  const run: TrainedRun = {
    preset: preset.name,
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
  };
  if (options.stopAfter === undefined) return endRun(run, terminal, signal);
  terminal.note(
    `\npaused after epoch ${options.stopAfter} of ${recipe.epochs}; anygrad train --resume ${folder?.path} goes on`,
  );
  if (options.json) terminal.result(JSON.stringify(recordOf(run, null)));
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

function checkRecalibration({ recalibrate = 0 }: Recipe, preset: Preset, net: Model): void {
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
