/** Options that change a preset's network. */
import type { Command } from "commander";
import { properShare } from "../../src/math/checks.ts";
import type { HiddenActivation, KernelInit, NetworkOptions } from "../../src/presets/index.ts";
import { choice, realNumber } from "./arguments.ts";
import { parseSet, type SetOptions } from "./setOptions.ts";

export interface NetworkCliOptions {
  readonly activation?: HiddenActivation;
  readonly init?: KernelInit;
  readonly dropout?: number;
  readonly l1?: number;
  readonly l2?: number;
  /** A module that defines what is of the user's own. */
  readonly custom?: string;
  /** Options of a model file's function. */
  readonly set?: SetOptions;
}

export function addNetworkOptions(command: Command): Command {
  const penalty = (option: string) => realNumber(option, { from: 0 });
  return command
    .optionsGroup("Network:")
    .option(
      "--activation <name>",
      "of hidden layers: relu or sigmoid",
      choice("--activation", ["relu", "sigmoid"]),
    )
    .option(
      "--init <name>",
      "of kernels: gaussian, glorot or he (default: glorot)",
      choice("--init", ["gaussian", "glorot", "he"]),
    )
    .option("--dropout <rate>", "share of activations dropped; 0: none", realNumber("--dropout", properShare))
    .option("--l1 <x>", "penalty on the absolute values of kernels", penalty("--l1"))
    .option("--l2 <x>", "penalty on the squares of kernels", penalty("--l2"))
    .option("--custom <file>", customHelp)
    .option("--set <options>", "NAME=VALUE,…: options that the function of a model file takes", parseSet);
}

/** What `--custom` takes. */
export const customHelp =
  "a module that exports definitions of your own layers and the like, for what a file holds by name";

/** What `--model` takes. */
export const modelHelp = "a network of your own: a .mjs, .js or .ts module, or the .json of net.getConfig()";

/** The parts of the options that change a preset, and nothing else of them. */
export function networkOptions({ activation, init, dropout, l1, l2 }: NetworkCliOptions): NetworkOptions {
  return {
    ...(activation && { activation }),
    ...(init && { init }),
    ...(dropout !== undefined && { dropout }),
    ...(l1 !== undefined && { l1 }),
    ...(l2 !== undefined && { l2 }),
  };
}
