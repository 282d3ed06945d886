/** What an initializer is: a named, serialisable way to fill a weight. */
import type { Draw } from "../ops/random.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A named way to fill a weight with its first values. */
export interface Initializer {
  /** Its name in `initializers`. */
  readonly type: string;
  /** Its options, as JSON can hold them. */
  readonly config: Readonly<Record<string, number>>;
  /** Fills `target`; random ones take their numbers from `draw` alone. */
  fill(target: Tensor, draw: Draw): void;
}
