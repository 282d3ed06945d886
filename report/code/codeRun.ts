/** A run that was made from code, as reports and run folders know runs: what `fit` leaves is put where `train --out` puts it. */

import type { FinishedRun } from "../../runs/reader.ts";
import { type RunJson, streamedBatches } from "../../runs/schema.ts";
import type { Evaluation, Model, Predictions } from "../../src/model/index.ts";
import { isOpen } from "../../src/model/network/graph.ts";
import type { GivenRun } from "./checkRun.ts";
import type { ReportOptions } from "./options.ts";
import { type JudgedOutput, judgedOutput } from "./outputs/judgedOutput.ts";
import { testedOutputs } from "./outputs/testedOutput.ts";
import { version } from "./version.ts";

/** A run from code, and what its network makes of the test set. */
export interface CodeRun {
  readonly run: FinishedRun;
  /** Those that have a loss, in their order. */
  readonly outputs: readonly JudgedOutput[];
  readonly scores: Evaluation;
}

/** @throws AnygradError INVALID_ARGUMENT, NOT_READY, SHAPE_MISMATCH, DATA_FORMAT */
export async function codeRun({
  net,
  history,
  test,
  options: { train, name = givenName(net), dataset = test.name ?? "test data", target, outputs: told = {} },
}: GivenRun): Promise<CodeRun> {
  const scores = await net.evaluate(test);
  const classNames = Object.fromEntries(
    Object.entries(told).flatMap(([output, { classNames: names }]) => (names ? [[output, names]] : [])),
  );
  const tested = await testedOutputs(net, test, classNames);
  const outputs = tested.map((output) => judgedOutput(output, test.preparation?.target));
  const { outcome, pixels } = outputs.length === 1 ? outputs[0]! : {};
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
    ...(outputs.length > 1 && { outputs: outputScores(outputs, scores) }),
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
      train:
        train?.shape ??
        (plan?.examples === undefined
          ? []
          : [plan.examples, ...(isOpen(net.graph) ? test.shape.slice(1) : net.inputShape)]),
      ...(streamed && { stream: { ...(stepsPerEpoch > 0 && { stepsPerEpoch }) } }),
      test: test.shape,
      ...(test.parts?.x && {
        inputs: test.parts.x.map((input) => ({ name: input.name, shape: [...input.shape] })),
      }),
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
    outputs,
    scores,
  };
}

/** The scores of each of several outputs. */
function outputScores(
  outputs: readonly JudgedOutput[],
  scores: Evaluation,
): Record<string, Readonly<Record<string, number>>> {
  return Object.fromEntries(
    outputs.map(({ output: { name, prefix, logs }, outcome }) => [
      name,
      {
        ...Object.fromEntries(logs.map((log) => [log, scores[prefix + log] ?? Number.NaN])),
        ...(outcome?.kind === "classes" && { accuracy: outcome.accuracy }),
        ...(outcome?.kind === "numbers" && outcome.errors),
      },
    ]),
  );
}

/** Its name, unless that is the one that every model has which was not given one. */
function givenName({ name }: Model<Predictions>): string {
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
