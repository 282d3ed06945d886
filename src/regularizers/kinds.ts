/** The kinds of regularizers; Keras's names and defaults. */
import { checkNumber } from "../math/checks.ts";

export interface Regularizer {
  readonly type: "l1l2";
  readonly config: { readonly l1: number; readonly l2: number };
}

/** Defaults of Keras: 0.01 each. */
export function l1l2({ l1 = 0.01, l2 = 0.01 }: { l1?: number; l2?: number } = {}): Regularizer {
  for (const [name, factor] of Object.entries({ l1, l2 }))
    checkNumber(`regularizer: ${name}`, factor, { from: 0 });
  return { type: "l1l2", config: { l1, l2 } };
}

/** Default 0.01. */
export const l1 = ({ l1 = 0.01 }: { l1?: number } = {}): Regularizer => l1l2({ l1, l2: 0 });
/** Default 0.01. */
export const l2 = ({ l2 = 0.01 }: { l2?: number } = {}): Regularizer => l1l2({ l1: 0, l2 });
