/** The report of a run from code: what its network tells apart decides which page it gets. */

import type { Dataset } from "../../src/data/dataset.ts";
import { exampleCount } from "../../src/data/dataset.ts";
import { isOpen } from "../../src/model/network/graph.ts";
import type { RunReport } from "../run/runReport.ts";
import { runReport } from "../run/runReport.ts";
import type { GivenRun } from "./checkRun.ts";
import type { CodeRun } from "./codeRun.ts";
import { inputsPart, picturesOf } from "./inputs.ts";
import { numbersPart } from "./outputs/numbersReport.ts";
import { labelsOf } from "./outputs/outcome.ts";
import { pixelPart } from "./outputs/pixelReport.ts";
import { scoreReport } from "./scoreReport.ts";
import { severalPart } from "./severalReport.ts";

/** @param withFiles whether the figures stand beside the page as files @internal */
export function reportOf({ net, test, options }: GivenRun, made: CodeRun, withFiles: boolean): RunReport {
  const { run, outputs, scores } = made;
  const shared = {
    run,
    summary: net.summary(),
    weights: net.getWeights(),
    inputShape: isOpen(net.graph) ? test.shape.slice(1) : net.inputShape,
    withFiles,
  };
  if (outputs.length > 1)
    return scoreReport({
      ...shared,
      run: withWholeLoss(run),
      scores: { loss: scores.loss },
      own: severalPart(made, test, options, withFiles),
    });
  const { outcome, pixels, numbers } = outputs[0]!;
  if (!outcome) {
    const own = pixels ? pixelPart(pixels, picturesOf(test)) : numbers && numbersPart(numbers);
    return scoreReport({ ...shared, scores, own });
  }
  const inputs = inputsPart(test);
  const train =
    outcome.kind === "classes"
      ? options.train && labelled(options.train, outcome.classNames.length)
      : options.train;
  const shown = outcome.kind === "classes" ? { ...test, y: Int32Array.from(outcome.labels) } : test;
  return runReport({
    ...shared,
    train: train && picturesOf(train),
    test: picturesOf(shown),
    ...(inputs && { inputs }),
  });
}

/** A set with a class index an example, also where it has one-hot rows. */
function labelled(set: Dataset, classes: number): Dataset | undefined {
  const labels = labelsOf(set.y, exampleCount(set), classes);
  return labels && { ...set, y: Int32Array.from(labels) };
}

/** The run with the loss that was minimised alone: the outputs' logs stand with them. */
function withWholeLoss({ history, ...run }: CodeRun["run"]): CodeRun["run"] {
  const whole = ["epoch", "loss", "val_loss", "raw_val_loss", "seconds", "learningRate"];
  const kept = Object.entries(history).filter(([name]) => whole.includes(name));
  return { ...run, history: Object.fromEntries(kept) };
}
