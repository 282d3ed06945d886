/** `anygrad export MODEL --format onnx --out FILE`: a model as other libraries read it. */
import { Command, Option } from "commander";
import { AnygradError } from "../../src/errors.ts";
import { formatBytes } from "../../src/math/bytes.ts";
import type { Model } from "../../src/model/index.ts";
import { createHost } from "../../src/runtime/host.ts";
import { type ExportFormat, exported, exportFormats } from "../models/export.ts";
import { checkOutFile } from "../models/file.ts";
import { openModel } from "../models/open.ts";
import { choice, wholeNumber } from "../options/arguments.ts";
import { addReadingOptions, type BaseCliOptions, modelArgument } from "../options/baseOptions.ts";
import { customHelp } from "../options/networkOptions.ts";
import { addOutputOptions, engineOf, type OutputOptions } from "../options/sharedOptions.ts";
import { createTerminal } from "../terminal/terminal.ts";
import { type CustomCliOptions, customOf } from "../training/customFile.ts";

interface ExportOptions extends OutputOptions, CustomCliOptions, Omit<BaseCliOptions, "from"> {
  readonly format: ExportFormat;
  readonly out: string;
  readonly opset?: number;
}

export function exportCommand(): Command {
  const command = new Command("export")
    .description("write a model as ONNX, Keras and TensorFlow.js read it, or its weights by their names")
    .argument("<model>", modelArgument)
    .addOption(
      new Option("--format <name>", `what is written: ${exportFormats.join(", ")}`)
        .argParser(choice("--format", exportFormats))
        .makeOptionMandatory(),
    )
    .requiredOption("--out <file>", "where to; of tfjs a folder, or the model.json in it")
    .option(
      "--opset <n>",
      "version of ONNX's operators, 17 to 21 (default: 17)",
      wholeNumber("--opset", 17, 21),
    )
    .option("--custom <file>", customHelp);
  addReadingOptions(command);
  addOutputOptions(command);
  return command.action(exportModel);
}

async function exportModel(path: string, options: ExportOptions): Promise<void> {
  const { format, out, opset } = options;
  const terminal = createTerminal(options);
  if (opset !== undefined && format !== "onnx")
    throw new AnygradError("INVALID_ARGUMENT", `--opset is for --format onnx; leave it out of ${format}`);
  if (format !== "tfjs") await checkOutFile(out, `model.${format}`);
  const { net } = await openModel(path, {
    engine: await engineOf({ threads: 1 }),
    custom: await customOf(options),
    note: terminal.note,
    pixels: options.pixels,
    shapes: options.shapes,
  });
  const files = await exported(net, format, out, opset);
  for (const { path: file, bytes } of files) await createHost().writeFileAtomically(file, bytes);
  if (options.json)
    return terminal.result(
      JSON.stringify({
        format,
        files: files.map(({ path: file, bytes }) => ({ file, bytes: bytes.length })),
        digest: await net.digest(),
      }),
    );
  for (const { path: file, bytes } of files) terminal.note(`${file}: ${formatBytes(bytes.length)}`);
  const left = format === "safetensors" ? [] : leftBehind(net);
  if (left.length > 0) terminal.note(`not in ${format}: ${left.join("; ")}`);
}

/** What a model file of anygrad says, and those of others have no place for. */
function leftBehind({ normalization, classNames, preparation }: Model): string[] {
  return [
    ...(classNames ? [`the names of its ${classNames.length} classes`] : []),
    ...(normalization
      ? [`how bytes become numbers: times ${normalization.scale} plus ${normalization.shift}`]
      : []),
    ...(preparation ? ["what is made of pictures or columns before"] : []),
  ];
}
