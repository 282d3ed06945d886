/** `anygrad presets`: the networks and recipes that `train` knows. */
import { Command } from "commander";
import { formatCount } from "../../report/text/numbers.ts";
import { type Cell, table } from "../../report/text/table.ts";
import { describeRecipe, presets } from "../../src/presets/index.ts";
import { createTerminal } from "../terminal/terminal.ts";
import { networkOf } from "../training/network.ts";

export function presetsCommand(): Command {
  return new Command("presets")
    .description("list the presets: name, parameters, network and recipe")
    .option("--json", "one JSON object on stdout, for programs")
    .action((options: { json?: boolean }) => {
      const { result, resultStyle } = createTerminal();
      const listed = presets.map((preset) => ({ ...preset, params: networkOf(preset).parameters }));
      if (options.json) {
        const entries = listed.map(({ name, description, sizes, params, recipe }) => ({
          name,
          network: description,
          ...(sizes !== undefined && { sizes }),
          params,
          recipe,
        }));
        result(JSON.stringify({ presets: entries }, null, 2));
        return;
      }
      const rows = listed.flatMap(
        ({ name, description, sizes = "", params, recipe }): (string | Cell)[][] => [
          [{ text: name, stress: "strong" }, formatCount(params.total), description],
          ...[...lines(sizes), ...lines(describeRecipe(recipe))]
            .filter(Boolean)
            .map((text): (string | Cell)[] => ["", "", { text, stress: "quiet" }]),
        ],
      );
      result(`${table(rows, { align: ["left", "right", "left"], style: resultStyle })}\n\n${rule}`);
    });
}

const rule = `  Parameters are those for 28×28×1 and 10 classes. Every preset takes any
  number of classes, and pictures of any size and colour (mlp-* and softmax:
  any shape): a convolution without padding gets "same" padding where its kernel
  is larger than what reaches it, and a pooling is left out where fewer than
  2 rows or columns do. Without a preset train takes photos for a folder of less
  than 2,000 pictures; else cnn-32-32 for pictures of 28×28×1, cnn for others,
  table for rows of a table, series for windows over a series.`;

const WIDTH = 50; // characters: what names and parameters leave of 80

/** A list with commas, broken behind some of them. */
function lines(text: string): string[] {
  const all = [""];
  for (const item of text.split(/(?<=, )|(?<=,)(?! )/)) {
    if ((all.at(-1) + item).trimEnd().length > WIDTH) all.push("");
    all[all.length - 1] += item;
  }
  return all.map((line) => line.trimEnd());
}
