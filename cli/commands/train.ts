/** `anygrad train`: from a preset and a data set to a trained network, its mistakes and its files. */
import { Command } from "commander";
import { openOutputFolder } from "../../runs/outputFolder.ts";
import { addFineTuneOptions } from "../options/baseOptions.ts";
import { modelHelp } from "../options/networkOptions.ts";
import { addTrainOptions, type TrainOptions } from "../options/trainOptions.ts";
import { networkSourceOf, oneNetwork } from "../training/network.ts";
import { resumedRun } from "../training/resume.ts";
import { trainPreset } from "../training/trainPreset.ts";

export function trainCommand(signal: AbortSignal): Command {
  const command = new Command("train")
    .description("train a network and show what it learned")
    .argument(
      "[network]",
      "a preset (anygrad presets lists them) or a file as for --model (default: what fits the data, cnn-32-32 for digits)",
    )
    .option("--model <file>", modelHelp);
  return addTrainOptions(addFineTuneOptions(command)).action(
    (name: string | undefined, { report, model, ...options }: TrainOptions & { model?: string }) =>
      train(
        oneNetwork(name, model, options.from),
        { ...options, ...(report === false && { report }) },
        signal,
      ),
  );
}

async function train(name: string | undefined, given: TrainOptions, signal: AbortSignal): Promise<void> {
  const resumed = given.resume === undefined ? undefined : await resumedRun(given.resume, name, given);
  const options = resumed?.options ?? given;
  const argument = options.from === undefined ? (resumed?.preset ?? name) : undefined;
  const preset = argument === undefined ? undefined : networkSourceOf(argument);
  const out = given.resume ?? given.out;
  const folder = out === undefined ? undefined : await openOutputFolder(out);
  try {
    await trainPreset({ preset, options, folder, saved: resumed, signal });
  } finally {
    await folder?.discard();
  }
}
