/**
 * The case table: every op × shapes × attributes, once. Three uses of one list: agreement of the variants with
 * the float64 twins and with each other, finite differences, and benchmarks. A new op is a row here, or a test fails.
 */
import type { Variant } from "../src/kernels/variants.ts";
import { arrangeCases } from "./cases/arrange.ts";
import { einsumCases } from "./cases/arrays/einsum.ts";
import { moveCases } from "./cases/arrays/moves.ts";
import { orderCases } from "./cases/arrays/order.ts";
import { powerCases } from "./cases/arrays/powers.ts";
import { augmentCases } from "./cases/augment.ts";
import type { Case } from "./cases/case.ts";
import { convCases } from "./cases/conv2d.ts";
import { elementwiseCases } from "./cases/elementwise.ts";
import { matmulCases } from "./cases/matmul.ts";
import { normalizationCases } from "./cases/normalization.ts";
import { pieceCases } from "./cases/pieces.ts";
import { poolCases } from "./cases/pool.ts";
import { reduceCases } from "./cases/reduce.ts";
import { attentionCases } from "./cases/sequences/attention.ts";
import { recurrentCases } from "./cases/sequences/recurrent.ts";
import { softmaxCases } from "./cases/softmax.ts";

export const cases: readonly Case[] = [
  ...matmulCases,
  ...convCases,
  ...poolCases,
  ...elementwiseCases,
  ...softmaxCases,
  ...normalizationCases,
  ...reduceCases,
  ...arrangeCases,
  ...augmentCases,
  ...pieceCases,
  ...recurrentCases,
  ...attentionCases,
  ...moveCases,
  ...orderCases,
  ...powerCases,
  ...einsumCases,
];

export interface Skip {
  /** The row's name, or the op's for all its rows. */
  readonly of: string;
  readonly variant: Variant;
  readonly reason: string;
}

/** The rows a variant does not run. Public, so that nothing is left out in silence. */
export const skips: readonly Skip[] = [];
