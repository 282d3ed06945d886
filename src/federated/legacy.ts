/**
 * Messages of the strategies that Flower had before 1.21 (flwr.server.strategy), which its secure aggregation still takes: the same in records
 * of other names.
 */
import { AnygradError } from "../errors.ts";
import type { ArrayRecord, Records } from "./wire/records.ts";

/** @param name of the record that holds the server's weights */
export function isLegacy(name: string): boolean {
  return name === "fitins.parameters" || name === "evaluateins.parameters";
}

/**
 * An answer in that form.
 * @param trained weights, after a training
 * @param metrics the number of examples and the scores
 * @throws AnygradError INVALID_ARGUMENT for a test without its loss, which that form wants
 */
export function legacyAnswer(
  trained: ArrayRecord | undefined,
  { "num-examples": num_examples = 0n, ...scores }: Readonly<Record<string, number | bigint>>,
): Partial<Records> {
  const name = trained ? "fitres" : "evaluateres";
  const status = { code: 0n, message: "Success" };
  const answer = (told: Readonly<Record<string, number | bigint>>) =>
    ({ [`${name}.metrics`]: told, [`${name}.status`]: status }) as const;
  const counted = { [`${name}.num_examples`]: { num_examples } };
  if (trained)
    return { arrays: { [`${name}.parameters`]: trained }, metrics: counted, configs: answer(scores) };
  const { loss, ...others } = scores;
  if (loss === undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "federated: this strategy takes the loss of a test under its own name; leave it among the scores that are sent",
    );
  return { metrics: { ...counted, [`${name}.loss`]: { loss } }, configs: answer(others) };
}
