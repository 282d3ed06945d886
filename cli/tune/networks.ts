/** The network of a sweep: chosen by the data where the user names none, and tried before the trials. */
import type { Source } from "../dataset/source.ts";
import type { GivenOptions } from "../options/passedOptions.ts";
import { parseSet } from "../options/setOptions.ts";
import { networkSourceOf } from "../training/network.ts";
import { combinationsOf, type SweepPlan } from "./plan.ts";

/**
 * Makes the network once for every combination of the options of a model file's function: what is wrong with it is told
 * here, and not by every trial.
 *
 * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH, DATA_MISSING
 */
export async function checkNetworks(plan: SweepPlan, source: Source, given: GivenOptions): Promise<void> {
  const network = networkSourceOf(plan.preset);
  const { custom } = given;
  const { train, classes, task } = source;
  const facts = { inputShape: train.shape.slice(1), classes, task, seed: plan.seed };
  const tried = new Set<string>();
  for (const values of combinationsOf(plan)) {
    const own = Object.entries(values).flatMap(([name, value]) =>
      name.startsWith("set.") ? [`${name.slice(4)}=${value}`] : [],
    );
    const set = [...(given.set === undefined ? [] : [given.set]), ...own].join(",");
    if (tried.has(set)) continue;
    tried.add(set);
    await network.network(facts, {
      ...(custom !== undefined && { custom }),
      ...(set !== "" && { set: parseSet(set) }),
    });
  }
}
