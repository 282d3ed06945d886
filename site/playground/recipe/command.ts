/** The command line that makes the same run, bit for bit. */
import { augmentText } from "../../../src/augmentation/text.ts";
import type { Experiment, RateChange } from "./experiment.ts";

/** The file that the command reads the network from, where it is no preset. */
export const networkFile = "network.json";

/**
 * Undefined where the command line cannot say it: data of the page alone, a rate that was changed by hand.
 * @param preset the name of the network, where it has one there
 */
export function commandOf(
  { data, recipe }: Experiment,
  rates: readonly RateChange[],
  preset: string | undefined,
): string | undefined {
  if (data.kind !== "digits" || rates.length > 0) return undefined;
  const { optimizer, learningRate, schedule, weightDecay, batchSize, epochs, seed, augment } = recipe;
  const parts = [
    `npx anygrad train ${preset ?? networkFile}`,
    `--dataset digits --limit ${data.train} --normalize simple`,
    `--optimizer ${optimizer} --learning-rate ${learningRate} --schedule ${schedule}`,
    weightDecay !== undefined && `--weight-decay ${weightDecay}`,
    `--batch-size ${batchSize} --epochs ${epochs} --seed ${seed}`,
    `--augment ${Object.keys(augment).length > 0 ? augmentText(augment) : "none"}`,
  ];
  return parts.filter(Boolean).join(" \\\n  ");
}
