/** `anygrad evaluate MODEL`: how a saved network does on the test part of a data set. */
import { Command } from "commander";
import { nounOf } from "../../report/text/noun.ts";
import { formatQuantity, formatScore, plural } from "../../report/text/numbers.ts";
import { rankingName, rankingScore } from "../../runs/scores.ts";
import { exampleCount } from "../../src/data/dataset.ts";
import { AnygradError } from "../../src/errors.ts";
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
import { mistakes, testModel, testSource, trainingSet } from "../training/testResult.ts";

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
  const source = await testSource(net, run, { ...options, dataset, signal, terminal });
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
      `loss ${formatScore(scores.loss)}${result.kind === "numbers" ? `, rmse ${formatQuantity(scores.rmse!)}, mae ${formatQuantity(scores.mae!)}` : ""}\n\n${mistakes(result, resultStyle, terminal.resultWidth())}`,
  );
}
