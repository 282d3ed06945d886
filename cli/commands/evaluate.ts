/** `anygrad evaluate MODEL`: how a saved network does on the test part of a data set. */
import { Command } from "commander";
import { nounOf } from "../../report/text/noun.ts";
import { formatQuantity, formatScore, plural } from "../../report/text/numbers.ts";
import type { RunJson } from "../../runs/schema.ts";
import { rankingName, rankingScore } from "../../runs/scores.ts";
import { exampleCount } from "../../src/data/dataset.ts";
import { preparationFor } from "../../src/data/images/preparation.ts";
import { AnygradError } from "../../src/errors.ts";
import { datasetNames, loadSource } from "../dataset/source.ts";
import { openModel } from "../models/open.ts";
import { addBaseOptions, type BaseCliOptions, modelArgument, oneModel } from "../options/baseOptions.ts";
import { addCacheOption, type ImageCliOptions } from "../options/imageOptions.ts";
import { customHelp } from "../options/networkOptions.ts";
import {
  addDataOptions,
  addEngineOptions,
  addOutputOptions,
  type DataOptions,
  type EngineCliOptions,
  engineOf,
  type OutputOptions,
} from "../options/sharedOptions.ts";
import { addTableOptions, type TableCliOptions } from "../options/tableOptions.ts";
import { createTerminal } from "../terminal/terminal.ts";
import { type CustomCliOptions, customOf } from "../training/customFile.ts";
import { scoringLoss } from "../training/modelFile.ts";
import { checkExampleSize, withModelClasses } from "../training/networkData.ts";
import { mistakes, testModel } from "../training/testResult.ts";

type EvaluateOptions = BaseCliOptions &
  CustomCliOptions &
  DataOptions &
  Pick<ImageCliOptions, "cache"> &
  TableCliOptions &
  EngineCliOptions &
  OutputOptions;

export function evaluateCommand(signal: AbortSignal): Command {
  const command = new Command("evaluate")
    .description("test a saved model: accuracy, confusion matrix, most confused pairs")
    .argument("[model]", modelArgument)
    .option("--custom <file>", customHelp);
  addBaseOptions(command);
  addDataOptions(command, "that of the training");
  addCacheOption(command);
  addTableOptions(command);
  addEngineOptions(command);
  addOutputOptions(command);
  return command.action((model: string | undefined, options: EvaluateOptions) =>
    evaluate(oneModel("evaluate", model, options.from), options, signal),
  );
}

/** The set that run.json tells of. What a run from code calls its data is a title, and may be no set that is known here. */
function trainingSet(run: RunJson | undefined): string | undefined {
  if (run?.command === "" && !datasetNames.includes(run.dataset.name)) return undefined;
  return run?.dataset.name;
}

async function evaluate(path: string, options: EvaluateOptions, signal: AbortSignal): Promise<void> {
  const terminal = createTerminal(options);
  const engine = await engineOf(options);
  const { net, run } = await openModel(path, {
    engine,
    custom: await customOf(options),
    note: terminal.note,
    pixels: options.pixels,
    shapes: options.shapes,
  });
  const dataset = options.dataset ?? trainingSet(run);
  if (dataset === undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `evaluate: ${path} does not say which data it was trained on; name the set with --dataset`,
    );
  const found = await loadSource({
    ...run?.dataset.table,
    ...options,
    dataset,
    like: net,
    whole: dataset !== trainingSet(run), // of the set that it was trained on, the part that it has not seen
    preparedAs: net.preparation?.image ?? preparationFor(net.inputShape),
    classNames: net.classNames,
    signal,
    terminal,
  });
  // files of other libraries need not say a loss
  if (net.setup.loss === "none") await net.compile({ optimizer: "sgd", loss: scoringLoss(net, found.task) });
  checkExampleSize(net, found, "pass a set of that size, or train a model on this one");
  const source = withModelClasses(found, net);
  const result = await testModel(net, source, signal);
  const scores = result.test;
  const examples = exampleCount(source.test);
  if (options.json) {
    const { matrix, perClass } = result.kind === "classes" ? result.confusion : {};
    const digest = await net.digest();
    terminal.result(
      JSON.stringify({
        model: path,
        dataset,
        examples,
        test: scores,
        matrix,
        perClass,
        digest,
      }),
    );
    return;
  }
  const { resultStyle } = terminal;
  terminal.result(
    `${resultStyle.strong(`${rankingName(scores)} ${rankingScore(scores).toFixed(4)}`)} on ${plural(examples, `${source.isWhole ? "" : "test "}${nounOf(source.test)}`)} of ${dataset}, ` +
      `loss ${formatScore(scores.loss)}${result.kind === "numbers" ? `, rmse ${formatQuantity(scores.rmse!)}, mae ${formatQuantity(scores.mae!)}` : ""}\n\n${mistakes(result, resultStyle, terminal.width())}`,
  );
}
