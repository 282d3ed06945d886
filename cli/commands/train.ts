/** `anygrad train`: from a preset and a data set to a trained network, its mistakes and its files. */
import { Command } from "commander";
import { holdsCheckpoint, removeCheckpoints } from "../../runs/checkpoints/unfinishedRun.ts";
import { checkFolderName, type OpenOptions, openOutputFolder } from "../../runs/folder/outputFolder.ts";
import { addFineTuneOptions } from "../options/baseOptions.ts";
import { modelHelp } from "../options/networkOptions.ts";
import { addTrainOptions, type TrainOptions } from "../options/trainOptions.ts";
import { GRACE_MILLISECONDS, hasParent } from "../process/parentLink.ts";
import { networkSourceOf, oneNetwork } from "../training/network.ts";
import { resumedRun, runInFolder } from "../training/resume.ts";
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
  const { resume, out = resume } = given;
  // what holds no run is refused before it is touched; else it must be ours: another process may be at work on that run
  if (resume !== undefined) {
    checkFolderName(resume, "--resume");
    if (!(await holdsCheckpoint(resume))) await resumedRun(resume, name, given);
  }
  const folder = out === undefined ? undefined : await openOutputFolder(out, waitingFor(resume));
  try {
    const saved =
      resume !== undefined
        ? await resumedRun(resume, name, given)
        : folder && (await runInFolder(folder.path, name, given));
    if (folder && !saved) await removeCheckpoints(folder); // what is killed from here on leaves no older run to resume
    const { from } = saved?.options ?? given;
    const argument = from === undefined ? (saved?.preset ?? name) : undefined;
    const preset = argument === undefined ? undefined : networkSourceOf(argument);
    await trainPreset({ preset, options: saved?.options ?? given, folder, saved, signal });
  } finally {
    await folder?.close();
  }
}

/** A run that another process started may find the one before it still at its end. */
function waitingFor(resume: string | undefined): OpenOptions {
  return {
    subject: resume === undefined ? "--out" : "--resume",
    waitMilliseconds: hasParent() ? GRACE_MILLISECONDS : 0,
  };
}
