/** A run that was made from code, as reports and run folders know runs: what `fit` leaves is put where `train --out` puts it. */
import type { FinishedRun } from "../../runs/reader.ts";
import { type RunJson, streamedBatches } from "../../runs/schema.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import type { Evaluation, History, Model } from "../../src/model/index.ts";
import { numbersOutcome, type OutputNumbers } from "./numbers.ts";
import type { ReportOptions } from "./options.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { type PixelOutcome, pixelOutcome } from "./pixels.ts";
import { version } from "./version.ts";

/** A run from code, and what its network makes of the test set. */
export interface CodeRun {
  readonly run: FinishedRun;
  /** Undefined where neither classes are told apart nor one number is predicted. */
  readonly outcome: Outcome | undefined;
  /** Undefined where no classes are told apart in several places of an example. */
  readonly pixels: PixelOutcome | undefined;
  /** Undefined where no table of numbers is predicted. */
  readonly numbers: readonly OutputNumbers[] | undefined;
  readonly scores: Evaluation;
}

/** @throws AnygradError INVALID_ARGUMENT, NOT_READY, SHAPE_MISMATCH, DATA_FORMAT */
export async function codeRun(
  net: Model,
  history: History,
  test: Dataset,
  { train, name = givenName(net), dataset = test.name ?? "test data", target }: ReportOptions,
): Promise<CodeRun> {
  const scores = await net.evaluate(test);
  const outcome = await outcomeOf(net, test);
  const pixels = outcome ? undefined : await pixelOutcome(net, test);
  const numbers = outcome || pixels ? undefined : await numbersOutcome(net, test);
  const { optimizer, loss, plan, stepsPerEpoch = 0 } = net.setup;
  const { seed } = net.getConfig();
  const streamed = train === undefined && plan !== undefined && plan.examples === undefined;
  const measured = history.seconds.filter(Number.isFinite);
  const seconds = measured.reduce((sum, epoch) => sum + epoch, 0);
  const { normalization } = net;
  const method = normalization === undefined ? "none" : normalization.shift === 0 ? "simple" : "standard";
  const settings: RunJson = {
    anygrad: version,
    command: "",
    preset: name,
    seed,
    ...(plan && plan.seed !== seed && { trainingSeed: plan.seed }),
    engine: { ...net.engine.info },
    params: net.parameters,
    seconds,
    secondsPerEpoch: measured.length > 0 ? seconds / measured.length : null,
    stepMilliseconds:
      measured.length > 0 && stepsPerEpoch > 0 ? (1000 * seconds) / measured.length / stepsPerEpoch : 0,
    digest: await net.digest(),
    ...(history.stopped !== undefined && { stopped: history.stopped }),
    test: {
      loss: scores.loss,
      ...(outcome?.kind === "classes" && { accuracy: outcome.accuracy }),
      ...(outcome?.kind === "numbers" && outcome.errors),
    },
    network: {},
    recipe: {
      optimizer: optimizer as RunJson["recipe"]["optimizer"],
      learningRate: history.learningRate[0] ?? Number.NaN,
      batchSize: streamed ? (streamedBatches as never) : (plan?.batchSize ?? "all"),
      epochs: history.loss.length,
      normalize: method as RunJson["recipe"]["normalize"],
      loss: loss as RunJson["recipe"]["loss"],
      ...(plan && plan.ema > 0 && { ema: plan.ema }),
      ...(plan && plan.recalibrate > 0 && { recalibrate: plan.recalibrate }),
      ...(plan?.augment !== undefined && { augment: JSON.parse(plan.augment) as object }),
    },
    dataset: {
      name: dataset,
      where: "given from code",
      train: train?.shape ?? (plan?.examples === undefined ? [] : [plan.examples, ...net.inputShape]),
      ...(streamed && { stream: { ...(stepsPerEpoch > 0 && { stepsPerEpoch }) } }),
      test: test.shape,
      limit: null,
      classNames:
        outcome?.kind === "classes"
          ? outcome.classNames
          : (pixels?.confusion.classNames ?? net.classNames ?? []),
      normalize: method,
      ...(normalization && { normalization }),
      ...(net.preparation && { preparation: net.preparation }),
      ...(outcome?.kind === "numbers" && { target: targetOf(target, net.preparation?.target) }),
    },
  };
  const logs = Object.fromEntries(Object.entries(history).map(([log, values]) => [log, [...values]]));
  return {
    run: {
      path: "",
      settings,
      history: { epoch: history.loss.map((_, epoch) => epoch + 1), ...logs },
      steps: {},
      predictions: outcome ?? { labels: [], predicted: [], probabilities: [] },
    },
    outcome,
    pixels,
    numbers,
    scores,
  };
}

/** Its name, unless that is the one that every model has which was not given one. */
function givenName({ name }: Model): string {
  return name === "sequential" || name === "model" ? "network" : name;
}

/** What is predicted, as far as the user or the data say. */
function targetOf(
  given: ReportOptions["target"],
  known: { readonly name: string; readonly unit?: string | undefined } | undefined,
): { name: string; unit?: string } {
  const { name = "the label", unit } = { ...known, ...given };
  return { name, ...(unit !== undefined && { unit }) };
}
