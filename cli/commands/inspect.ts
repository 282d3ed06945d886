/** `anygrad inspect FILE`: what a model file of any format says of itself. */
import { Command } from "commander";
import { kindNames } from "../models/formats.ts";
import { createTerminal } from "../terminal/terminal.ts";

export function inspectCommand(): Command {
  return new Command("inspect")
    .description(
      "tell what a model file holds, also one that cannot be imported: format, version, producer, inputs, outputs, layers, arrays",
    )
    .argument(
      "<file>",
      ".safetensors, .onnx, .keras, .h5, .tflite, model.json of TensorFlow.js, .npz, .npy, or the folder of a model",
    )
    .option("--json", "one JSON object on stdout, for programs")
    .action(inspect);
}

async function inspect(path: string, options: { readonly json?: boolean }): Promise<void> {
  const terminal = createTerminal();
  const { readModelFile } = await import("../models/file.ts");
  const { inspected } = await import("../models/inspect/inspect.ts");
  const file = await readModelFile(path);
  const { facts, size } = await inspected(file);
  if (options.json) {
    const { kind } = file;
    return terminal.result(
      JSON.stringify({ file: file.path, format: kind, title: kindNames[kind], bytes: size, ...facts }),
    );
  }
  const { factsText } = await import("../models/inspect/text.ts");
  terminal.result(factsText(file.path, file.kind, size, facts, terminal.resultStyle, terminal.resultWidth()));
}
