/** `anygrad report DIR`: the report of a finished run, made again of its folder. */
import { Command } from "commander";
import { plural } from "../../report/text/numbers.ts";
import { formerReport } from "../../runs/folder/formerReport.ts";
import { openOutputFolder } from "../../runs/folder/outputFolder.ts";
import { readRunFolder } from "../../runs/reader.ts";
import { readSavedModel } from "../../runs/savedModel.ts";
import { AnygradError } from "../../src/errors.ts";
import { load } from "../../src/model/index.ts";
import { loadSource } from "../dataset/source.ts";
import { customHelp } from "../options/networkOptions.ts";
import { addOutputOptions, engineOf, type OutputOptions } from "../options/sharedOptions.ts";
import { createTerminal } from "../terminal/terminal.ts";
import { type CustomCliOptions, customOf } from "../training/customFile.ts";

interface ReportOptions extends OutputOptions, CustomCliOptions {
  readonly dataset?: string;
  readonly data?: string;
}

export function reportCommand(signal: AbortSignal): Command {
  const command = new Command("report")
    .description("write report.html and the figures of a finished run again")
    .argument("<dir>", "the folder that train --out wrote")
    .option("--custom <file>", customHelp)
    .optionsGroup("Data:")
    .option("--dataset <set>", "where the run's data set is now (default: where it was)")
    .option("--data <dir>", "folder in which mnist and fashion-mnist are looked for first");
  addOutputOptions(command);
  return command.action((folder: string, options: ReportOptions) => report(folder, options, signal));
}

async function report(path: string, options: ReportOptions, signal: AbortSignal): Promise<void> {
  const terminal = createTerminal(options);
  const { settings } = await readRunFolder(path);
  const { bytes } = await readSavedModel(path);
  const net = await load(bytes, {
    engine: await engineOf({ threads: 1 }),
    custom: await customOf(options),
  });
  if ((await net.digest()) !== settings.digest)
    throw new AnygradError(
      "DATA_FORMAT",
      `${path}: model.safetensors has not the weights that run.json names; bring both files of one run together`,
    );
  const { name, limit, validationSplit } = settings.dataset;
  const source = await loadSource({
    ...settings.dataset.table,
    like: net,
    dataset: options.dataset ?? name,
    data: options.data,
    limit: limit ?? undefined,
    validationSplit,
    preparedAs: net.preparation?.image,
    signal,
    terminal,
  });
  const { writeReport } = await import("../training/reportFiles.ts");
  const folder = await openOutputFolder(path, { subject: "report" });
  const files = await writeReport(folder, net, source)
    .then(async (written) => {
      const former = await formerReport(path, "run");
      await folder.remove(former.filter((name) => !written.includes(name))); // figures of the one before that this one lacks
      return written;
    })
    .finally(() => folder.close());
  if (options.json) terminal.result(JSON.stringify({ out: path, files }));
  else terminal.note(`report.html and ${plural(files.length - 1, "file")} of figures written in ${path}`);
}
