/** What an initializer is: a named, serialisable way to fill a weight. */
import type { Definition } from "../definitions/definition.ts";
import { checkCount } from "../math/checks.ts";
import type { Draw } from "../ops/random.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A named way to fill a weight with its first values. */
export interface Initializer {
  /** Its name in `initializers`. */
  readonly type: string;
  /** Its options, as JSON can hold them. */
  readonly config: Readonly<Record<string, unknown>>;
  /** It is of the user's own; the definition makes it again from `config`. @internal */
  readonly custom?: "initializer";
  /** @internal */
  readonly definition?: Definition;
  /** Imports what it needs to fill a weight; waited for when a model is compiled. @internal */
  readonly prepare?: () => Promise<void>;
  /** Fills `target`; random ones take their numbers from `draw` alone. */
  fill(target: Tensor, draw: Draw): void;
}

/** Options of the initializers that draw. */
export interface SeedOption {
  /** Draws the same numbers wherever it is used, whatever the model's seed. Default: other ones for each weight, by the model's. */
  seed?: number | undefined;
}

/** What an initializer with a seed of its own adds to its options. @throws AnygradError INVALID_ARGUMENT */
export function seedConfig(type: string, seed: number | undefined): { seed?: number } {
  return seed === undefined ? {} : { seed: checkCount(`${type}: seed`, seed, 0) };
}

/** Where it draws from. */
export function drawOf(draw: Draw, seed: number | undefined): Draw {
  return seed === undefined ? draw : { seed, stream: 0 };
}
