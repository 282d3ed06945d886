/** `anygrad summary NETWORK`: its layers, shapes and parameter counts, as Keras prints them, and what it takes. */
import { stat } from "node:fs/promises";
import { Command } from "commander";
import { AnygradError } from "../../src/errors.ts";
import { shownInput } from "../../src/model/network/graph.ts";
import { createHost } from "../../src/runtime/host.ts";
import { loadSource } from "../dataset/source.ts";
import { openModel } from "../models/open.ts";
import { wholeNumber } from "../options/arguments.ts";
import { addImageOptions, type ImageCliOptions } from "../options/imageOptions.ts";
import { addNetworkOptions, modelHelp, type NetworkCliOptions } from "../options/networkOptions.ts";
import { addDataOptions, type DataOptions, dataFlagsIn, engineOf } from "../options/sharedOptions.ts";
import { addTableOptions, type TableCliOptions } from "../options/tableOptions.ts";
import { dashed } from "../process/flags.ts";
import { createTerminal } from "../terminal/terminal.ts";
import { customOf } from "../training/customFile.ts";
import { inputText } from "../training/inputText.ts";
import { isJson } from "../training/modelFile.ts";
import { networkSourceOf, oneNetwork } from "../training/network.ts";

interface SummaryOptions extends NetworkCliOptions, DataOptions, ImageCliOptions, TableCliOptions {
  readonly model?: string;
  readonly inputShape?: readonly number[];
  readonly classes?: number;
}

export function summaryCommand(signal: AbortSignal): Command {
  const command = new Command("summary")
    .description("print the layers, shapes and parameter counts of a network, and what a saved one takes")
    .argument(
      "[network]",
      "a preset, a file as for --model, or a saved model: the folder of train --out, .safetensors, .onnx, .keras, .h5, .tflite, model.json of TensorFlow.js",
    )
    .option("--model <file>", modelHelp);
  addNetworkOptions(command)
    .option("--input-shape <shape>", "of an example, as 28x28x1 (default: that, or the data's)", parseShape)
    .option("--classes <n>", "number of classes (default: 10, or the data's)", wholeNumber("--classes", 2));
  addTableOptions(addImageOptions(addDataOptions(command, "none")));
  return command.action((named: string | undefined, options: SummaryOptions) =>
    summary(named, options, signal),
  );
}

async function summary(named: string | undefined, given: SummaryOptions, signal: AbortSignal): Promise<void> {
  const { model, inputShape, classes, cache, ...options } = given;
  const name = oneNetwork(named, model);
  if (name === undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "summary: no network; name a preset (anygrad presets lists them), a model file or the folder of a run",
    );
  const terminal = createTerminal();
  const { result } = terminal;
  if (await isSaved(name)) {
    const { custom: _, ...others } = options;
    const changed = Object.entries({
      ...others,
      inputShape,
      classes,
      noCache: cache === false || undefined,
    }).find(([, value]) => value !== undefined);
    if (changed)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `summary: ${name} is a saved model, which --${dashed(changed[0])} cannot change; leave it out`,
      );
    const { net } = await openModel(name, {
      engine: await engineOf({ threads: 1 }),
      custom: await customOf(options),
      note: terminal.note,
    });
    return result(`${net.summary().trimEnd()}\n\n${inputText(net)}`);
  }
  const network = networkSourceOf(name);
  const { dataset } = options;
  checkDataOptions(given, name);
  const source =
    dataset === undefined ? undefined : await loadSource({ ...options, cache, dataset, signal, terminal });
  const facts = {
    inputShape: inputShape ?? source?.train.shape.slice(1) ?? [28, 28, 1],
    classes: classes ?? source?.classes ?? 10,
    task: source?.task ?? "classification",
    seed: 0,
  } as const;
  const net = await network.network(facts, options);
  const isAssumed =
    !source && inputShape === undefined && String(shownInput(net.graph)) === String(facts.inputShape);
  if (isAssumed)
    terminal.note(
      `for examples of ${facts.inputShape.join("×")} in ${facts.classes} classes; --dataset, or --input-shape and --classes, for others`,
    );
  result(net.summary().trimEnd());
}

/** Data say what an example is; without them it is said. @throws AnygradError INVALID_ARGUMENT for options of both kinds */
function checkDataOptions({ dataset, ...options }: SummaryOptions, name: string): void {
  const refuse = (option: string, advice: string): never => {
    throw new AnygradError("INVALID_ARGUMENT", `summary: --${option} ${advice}`);
  };
  const said = (["inputShape", "classes"] as const).find((option) => options[option] !== undefined);
  if (dataset !== undefined && said !== undefined)
    refuse(dashed(said), `and --dataset ${dataset} both say what ${name} takes; leave one of them out`);
  const alone = dataset === undefined ? dataFlagsIn(options)[0] : undefined;
  if (alone !== undefined) refuse(alone, "is for the data of --dataset; name them, too, or leave it out");
}

/** Whether it is a folder or a file with weights, and not the name of a preset or a file with a network in it. */
async function isSaved(name: string): Promise<boolean> {
  if (/[.]safetensors$/i.test(name)) return true;
  const found = await stat(name).catch(() => undefined);
  if (found?.isDirectory()) return true;
  if (!found || !/[./\\]/.test(name) || /[.][cm]?[jt]s$/i.test(name)) return false;
  if (!isJson(name)) return true;
  const bytes = (await createHost().readFile(name)) ?? new Uint8Array(0);
  return new TextDecoder().decode(bytes).includes('"modelTopology"');
}

function parseShape(text: string): number[] {
  const shape = text.split(/[x×,]/).map((length) => (length.trim() === "" ? Number.NaN : Number(length)));
  if (shape.length <= 4 && shape.every((length) => Number.isInteger(length) && length > 0)) return shape;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `--input-shape is "${text}"; pass the shape of an example, such as 28x28x1 or 4`,
  );
}
