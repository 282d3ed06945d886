/** `anygrad evaluate MODEL`: how a saved network does on the test part of a data set. */
import { Command } from "commander";
import { formatCount, formatScore } from "../../report/text/numbers.ts";
import { readSavedModel } from "../../runs/savedModel.ts";
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
import { createTerminal } from "../terminal/terminal.ts";
import { checkExampleSize } from "../training/networkData.ts";
import { mistakes, testModel } from "../training/testResult.ts";

type EvaluateOptions = DataOptions & EngineCliOptions & OutputOptions;

export function evaluateCommand(signal: AbortSignal): Command {
  const command = new Command("evaluate")
    .description("test a saved model: accuracy, confusion matrix, most confused pairs")
    .argument("<model>", "a .safetensors file, or the folder that train --out wrote");
  addDataOptions(command, "that of the training");
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
    ...options,
    dataset,
    preparedAs: net.preparation?.image,
    signal,
    terminal,
  });
  checkExampleSize(net, source, "pass a set of that size, or train a model on this one");
  const { test: scores, confusion } = await testModel(net, source, signal);
  const examples = exampleCount(source.test);
  if (options.json) {
    const { matrix, perClass } = confusion;
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
    `${resultStyle.strong(`accuracy ${scores.accuracy.toFixed(4)}`)} on ${formatCount(examples)} test images of ${dataset}, ` +
      `loss ${formatScore(scores.loss)}\n\n${mistakes(confusion, resultStyle, terminal.width())}`,
  );
}
