/** `anygrad evaluate MODEL`: how a saved network does on the test part of a data set. */
import { Command } from "commander";
import { formatCount, formatQuantity, formatScore } from "../../report/text/numbers.ts";
import { readSavedModel } from "../../runs/savedModel.ts";
import { rankingName, rankingScore } from "../../runs/schema.ts";
import { exampleCount } from "../../src/data/dataset.ts";
import { load } from "../../src/model/index.ts";
import { loadSource } from "../dataset/source.ts";
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
import { checkExampleSize } from "../training/networkData.ts";
import { mistakes, testModel } from "../training/testResult.ts";

type EvaluateOptions = DataOptions & TableCliOptions & EngineCliOptions & OutputOptions;

export function evaluateCommand(signal: AbortSignal): Command {
  const command = new Command("evaluate")
    .description("test a saved model: accuracy, confusion matrix, most confused pairs")
    .argument("<model>", "a .safetensors file, or the folder that train --out wrote");
  addDataOptions(command, "that of the training");
  addTableOptions(command);
  addEngineOptions(command);
  addOutputOptions(command);
  return command.action((model: string, options: EvaluateOptions) => evaluate(model, options, signal));
}

async function evaluate(path: string, options: EvaluateOptions, signal: AbortSignal): Promise<void> {
  const terminal = createTerminal(options);
  const engine = await engineOf(options);
  const { bytes, run } = await readSavedModel(path);
  const net = await load(bytes, { engine });
  const dataset = options.dataset ?? run?.dataset.name ?? "digits";
  const source = await loadSource({
    ...run?.dataset.table,
    ...options,
    dataset,
    like: net,
    preparedAs: net.preparation?.image,
    signal,
    terminal,
  });
  checkExampleSize(net, source, "pass a set of that size, or train a model on this one");
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
    `${resultStyle.strong(`${rankingName(scores)} ${rankingScore(scores).toFixed(4)}`)} on ${formatCount(examples)} test ${result.kind === "numbers" ? "rows" : "images"} of ${dataset}, ` +
      `loss ${formatScore(scores.loss)}${result.kind === "numbers" ? `, rmse ${formatQuantity(scores.rmse!)}, mae ${formatQuantity(scores.mae!)}` : ""}\n\n${mistakes(result, resultStyle, terminal.width())}`,
  );
}
