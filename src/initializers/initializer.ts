/** What an initializer is: a named, serialisable way to fill a weight. */
import type { Draw } from "../ops/random.ts";
import type { Tensor } from "../tensor/tensor.ts";

export interface Initializer {
  readonly type: string;
  readonly config: Readonly<Record<string, number>>;
  /** Fills `target`; random ones take their numbers from `draw` alone. */
  fill(target: Tensor, draw: Draw): void;
}
