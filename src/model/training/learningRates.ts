/** Factors on the learning rate by the names of layers and weights: imported where an optimizer has some. */
import { AnygradError, quote } from "../../errors.ts";
import { checkNumber } from "../../math/checks.ts";

const subject = "compile: learningRateMultipliers";

/**
 * The factor of each weight: that of its own name, else of its layer's, else 1.
 * @param names of the weights that are trained, as "dense/kernel" @param all names of all weights
 * @throws AnygradError INVALID_ARGUMENT for a name that nothing has, and for what is no factor
 */
export function learningRates(
  multipliers: Readonly<Record<string, number>>,
  names: readonly string[],
  all: readonly string[],
): number[] {
  const layerOf = (name: string): string => name.slice(0, name.lastIndexOf("/"));
  const layers = [...new Set(all.map(layerOf))];
  for (const [name, factor] of Object.entries(multipliers)) {
    checkNumber(`${subject}: ${name}`, factor, { from: 0 });
    if (layers.includes(name) || all.includes(name)) continue;
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: ${quote(name)} is no layer or weight; there are ${layers.join(", ").slice(0, 300)}`,
    );
  }
  return names.map((name) => multipliers[name] ?? multipliers[layerOf(name)] ?? 1);
}
