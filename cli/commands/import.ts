/** `anygrad import FILE --out model.safetensors`: a model of another library as a model file of anygrad. */

import { Command } from "commander";
import { plural } from "../../report/text/numbers.ts";
import { shownInput, shownOutput } from "../../src/model/network/graph.ts";
import { createHost } from "../../src/runtime/host.ts";
import { checkOutFile } from "../models/file.ts";
import { openModel } from "../models/open.ts";
import { addReadingOptions, type BaseCliOptions, modelArgument } from "../options/baseOptions.ts";
import { customHelp } from "../options/networkOptions.ts";
import { addOutputOptions, engineOf, type OutputOptions } from "../options/sharedOptions.ts";
import { createTerminal } from "../terminal/terminal.ts";
import { type CustomCliOptions, customOf } from "../training/customFile.ts";

interface ImportOptions extends OutputOptions, CustomCliOptions, Omit<BaseCliOptions, "from"> {
  readonly out: string;
}

export function importCommand(): Command {
  const command = new Command("import")
    .description("make a model file of anygrad from one of ONNX, Keras, TensorFlow.js or TFLite")
    .argument("<file>", modelArgument)
    .requiredOption("--out <file>", "the model file, as model.safetensors")
    .option("--custom <file>", customHelp);
  addReadingOptions(command);
  addOutputOptions(command);
  return command.action(importModel);
}

async function importModel(path: string, options: ImportOptions): Promise<void> {
  const terminal = createTerminal(options);
  await checkOutFile(options.out, "model.safetensors");
  const { net, file } = await openModel(path, {
    engine: await engineOf({ threads: 1 }),
    custom: await customOf(options),
    note: terminal.note,
    pixels: options.pixels,
    shapes: options.shapes,
  });
  const bytes = await net.save();
  await createHost().writeFileAtomically(options.out, bytes);
  const { total } = net.parameters;
  if (options.json)
    terminal.result(
      JSON.stringify({
        out: options.out,
        format: file.kind,
        parameters: total,
        inputShape: shownInput(net.graph),
        outputShape: shownOutput(net.graph),
        digest: await net.digest(),
      }),
    );
  else terminal.note(`${options.out}: ${plural(net.layers.length, "layer")}, ${plural(total, "parameter")}`);
}
