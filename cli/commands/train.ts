/** `anygrad train`: from a preset and a data set to a trained network, its mistakes and its files. */
import { Command } from "commander";
import { openOutputFolder } from "../../runs/outputFolder.ts";
import { defaultPreset } from "../../src/presets/index.ts";
import { addTrainOptions, type TrainOptions } from "../options/trainOptions.ts";
import { presetOf } from "../training/network.ts";
import { resumedRun } from "../training/resume.ts";
import { trainPreset } from "../training/trainPreset.ts";

export function trainCommand(signal: AbortSignal): Command {
  const command = new Command("train")
    .description("train a preset and show what it learned")
    .argument("[preset]", `anygrad presets lists them (default: ${defaultPreset})`);
  return addTrainOptions(command).action((name: string, { report, ...options }: TrainOptions) =>
    train(name, { ...options, ...(report === false && { report }) }, signal),
  );
}

async function train(name: string | undefined, given: TrainOptions, signal: AbortSignal): Promise<void> {
  const resumed = given.resume === undefined ? undefined : await resumedRun(given.resume, name, given);
  const options = resumed?.options ?? given;
  const preset = presetOf(resumed?.preset ?? name ?? defaultPreset);
  const out = given.resume ?? given.out;
  const folder = out === undefined ? undefined : await openOutputFolder(out);
  try {
    await trainPreset({ preset, options, folder, saved: resumed?.bytes, signal });
  } finally {
    await folder?.discard();
  }
}
