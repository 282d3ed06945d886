/** Options of commands that take a trained model: which one, what it makes of pixels, and sizes that its file leaves open. */
import type { Command } from "commander";
import { AnygradError } from "../../src/errors.ts";
import { choice } from "./arguments.ts";
import { type OpenShapes, parseShapes } from "./shapes.ts";

/** What models take for pixels: the usual ranges, and torchvision's mean and deviation of each color. */
export const pixelRanges = ["0..1", "-1..1", "0..255", "imagenet"] as const;
export type Pixels = (typeof pixelRanges)[number];

/** What says which model is read, and how. */
export interface BaseCliOptions {
  /** A model of any format, in place of the first argument. */
  readonly from?: string;
  /** What the model was trained on in place of bytes. */
  readonly pixels?: Pixels;
  /** Sizes of inputs that its file leaves open. */
  readonly shapes?: OpenShapes;
}

/** What a trained model is taught by `train --from`. */
export interface FineTuneCliOptions extends BaseCliOptions {
  /** The last layers that learn, besides the new head. */
  readonly unfreeze?: string;
  /** The layer of it whose output the new head takes. */
  readonly at?: string;
}

/** What MODEL may be, in the help of commands. */
export const modelArgument =
  "the folder that train --out wrote, or a model: .safetensors, .onnx, .keras, .h5, .tflite, model.json of TensorFlow.js, or mobilenet of the package nsfwjs";

/** `--from` and what says how a model is read. */
export function addBaseOptions(
  command: Command,
  what = "the model, in place of the first argument",
): Command {
  command.optionsGroup("Trained model:").option("--from <model>", what);
  return addReadingOptions(command);
}

/** `--pixels` and `--shapes`. */
export function addReadingOptions(command: Command): Command {
  return command
    .optionsGroup("Trained model:")
    .option(
      "--pixels <range>",
      `what it takes for pixels: ${pixelRanges.join(", ")} (default: as its file says)`,
      choice("--pixels", pixelRanges),
    )
    .option(
      "--shapes <sizes>",
      "sizes of inputs that its file leaves open, in its order: 224x224x3, or NAME=3x48x320,…",
      parseShapes,
    );
}

/** Those, and how much of the model goes on learning. */
export function addFineTuneOptions(command: Command): Command {
  return addBaseOptions(
    command,
    "a trained model, which learns the classes of the data: its layers, frozen, under a new head",
  )
    .option(
      "--unfreeze <layers>",
      "of it, that go on learning: none, all, how many of the last ones, or the name of the first (default: none)",
    )
    .option(
      "--at <layer>",
      "of it, whose output the new head takes (default: what stands before its last layer with weights)",
    );
}

/** The model of a command, by its place or by --from. @throws AnygradError INVALID_ARGUMENT for both, or none */
export function oneModel(command: string, positional: string | undefined, from: string | undefined): string {
  if (positional !== undefined && from !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${command}: --from ${from} and ${positional} both name a model; leave one of them out`,
    );
  const named = positional ?? from;
  if (named !== undefined) return named;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${command}: no model; name the folder of a run or a model file, such as model.safetensors`,
  );
}
