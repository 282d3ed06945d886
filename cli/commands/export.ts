/** `anygrad export MODEL --format onnx --out FILE`: a model as other libraries read it. */
import { Command, Option } from "commander";
import { AnygradError } from "../../src/errors.ts";
import { headerOf } from "../../src/io/safetensors/header.ts";
import { formatBytes } from "../../src/math/bytes.ts";
import { forInference, type Model, quantizationReport, type SaveOptions } from "../../src/model/index.ts";
import { createHost } from "../../src/runtime/host.ts";
import { type ExportFormat, exported, exportFormats } from "../models/export.ts";
import { checkOutFile, type ModelFile } from "../models/file.ts";
import { openModel } from "../models/open.ts";
import { quantizationText } from "../models/quantization.ts";
import { choice, wholeNumber } from "../options/arguments.ts";
import { addReadingOptions, type BaseCliOptions, modelArgument } from "../options/baseOptions.ts";
import { addCacheOption, type ImageCliOptions } from "../options/imageOptions.ts";
import { customHelp } from "../options/networkOptions.ts";
import {
  addDataOptions,
  addOutputOptions,
  type DataOptions,
  dataFlagsIn,
  engineOf,
  type OutputOptions,
} from "../options/sharedOptions.ts";
import { addTableOptions, type TableCliOptions } from "../options/tableOptions.ts";
import { createTerminal, type Terminal } from "../terminal/terminal.ts";
import { type CustomCliOptions, customOf } from "../training/customFile.ts";
import { withTargets } from "../training/networkData.ts";
import { testSource } from "../training/testResult.ts";

interface ExportOptions
  extends OutputOptions,
    CustomCliOptions,
    Omit<BaseCliOptions, "from">,
    DataOptions,
    Pick<ImageCliOptions, "cache">,
    TableCliOptions {
  readonly format: ExportFormat;
  readonly out: string;
  readonly opset?: number;
  readonly inference?: boolean;
  readonly weights?: NonNullable<SaveOptions["weights"]>;
  /** Names with commas between them. */
  readonly keep?: string;
}

export function exportCommand(signal: AbortSignal): Command {
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
    .option(
      "--inference",
      "for predictions alone: batch normalisation within the kernels before it, dropout left out",
    )
    .option(
      "--weights <type>",
      "of safetensors and ONNX: float32; float16, half the size; or int8, a quarter (default: float32)",
      choice("--weights", ["float32", "float16", "int8"]),
    )
    .option("--keep <layers>", "whose weights stay float32; names with commas between them")
    .option("--custom <file>", customHelp);
  addReadingOptions(command);
  addDataOptions(command, "none; with --weights its test part tells what fewer bits cost, layer by layer");
  addCacheOption(command);
  addTableOptions(command);
  addOutputOptions(command);
  return command.action((model: string, options: ExportOptions) => exportModel(model, options, signal));
}

async function exportModel(path: string, options: ExportOptions, signal: AbortSignal): Promise<void> {
  const { format, out, opset, weights = "float32", dataset } = options;
  const terminal = createTerminal(options);
  checkTogether(options);
  if (format !== "tfjs") await checkOutFile(out, `model.${format}`);
  const opened = await openModel(path, {
    engine: await engineOf(dataset === undefined ? { threads: 1 } : {}),
    custom: await customOf(options),
    note: terminal.note,
    pixels: options.pixels,
    shapes: options.shapes,
  });
  const net = options.inference ? await forInference(opened.net) : opened.net;
  if (weights !== "float32" && isInt8(opened.file))
    terminal.warn(`${path}: its weights are int8 already; what that cost cannot be told of them`);
  const keep = options.keep?.split(",").map((name) => name.trim());
  const stored = { ...(weights !== "float32" && { weights }), ...(keep && { keep }) };
  const quantization =
    dataset === undefined || weights === "float32"
      ? undefined
      : await quantizationReport(
          net,
          withTargets(
            (await testSource(net, opened.run, { ...options, dataset, signal, terminal })).test,
            net,
          ),
          { ...stored, weights, signal, onProgress: progressOn(terminal) },
        );
  const files = await exported(net, format, out, opset, stored);
  for (const { path: file, bytes } of files) await createHost().writeFileAtomically(file, bytes);
  if (options.json)
    return terminal.result(
      JSON.stringify({
        format,
        files: files.map(({ path: file, bytes }) => ({ file, bytes: bytes.length })),
        digest: await net.digest(),
        ...(quantization && { quantization }),
      }),
    );
  if (quantization) terminal.result(quantizationText(quantization, terminal.resultStyle));
  for (const { path: file, bytes } of files) terminal.note(`${file}: ${formatBytes(bytes.length)}`);
  const left = format === "safetensors" ? [] : leftBehind(net);
  if (left.length > 0) terminal.note(`not in ${format}: ${left.join("; ")}`);
}

/** @throws AnygradError INVALID_ARGUMENT for options of which one says nothing without another */
function checkTogether(options: ExportOptions): void {
  const { format, opset, weights = "float32", keep, dataset } = options;
  const refuse = (fault: string): never => {
    throw new AnygradError("INVALID_ARGUMENT", fault);
  };
  if (opset !== undefined && format !== "onnx")
    refuse(`--opset is for --format onnx; leave it out of ${format}`);
  if (weights !== "float32" && format !== "safetensors" && format !== "onnx")
    refuse(`--weights ${weights} is for --format safetensors or onnx; leave it out of ${format}`);
  const [alone] = dataset === undefined ? dataFlagsIn(options) : [];
  if (alone !== undefined)
    refuse(`--${alone} is for the data of --dataset, which tells what fewer bits cost; leave it out`);
  if (weights !== "float32") return;
  if (keep !== undefined) refuse("--keep names layers that --weights leaves alone; pass --weights int8, too");
  if (dataset !== undefined)
    refuse("--dataset is for telling what fewer bits cost; pass --weights int8 or float16, too");
}

/** Whether the weights of a file have scales. */
function isInt8({ kind, bytes }: ModelFile): boolean {
  return kind === "safetensors" && headerOf(bytes).entries.some(({ dtype }) => dtype === "int8");
}

/** Tells how far the passes over the data are, where there are many. */
function progressOn({ note, isInteractive }: Terminal): (done: number, total: number) => void {
  return (done, total) => {
    if (isInteractive && total > 4) note(`pass ${done} of ${total} over the data`);
  };
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
