/** `anygrad summary PRESET`: its layers, shapes and parameter counts, as Keras prints them. */
import { Command } from "commander";
import { addNetworkOptions, type NetworkCliOptions } from "../options/networkOptions.ts";
import { createTerminal } from "../terminal/terminal.ts";
import { networkOf, presetOf } from "../training/network.ts";

export function summaryCommand(): Command {
  const command = new Command("summary")
    .description("print the layers, shapes and parameter counts of a preset")
    .argument("<preset>", "its name; anygrad presets lists them");
  return addNetworkOptions(command).action((name: string, options: NetworkCliOptions) => {
    createTerminal().result(networkOf(presetOf(name), options).summary().trimEnd());
  });
}
