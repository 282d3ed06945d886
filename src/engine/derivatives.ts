/** The derivatives of all ops by their names, and why others have none. */

import { arrays } from "./arrays.ts";
import type { Derivative } from "./derivative.ts";
import { elementwise } from "./elementwise.ts";
import { products } from "./products.ts";
import { rows } from "./rows.ts";

const fused = "it goes through all steps in one kernel; compose it of dense and tanh for that";

/** Derivatives by the names of the ops. */
export const derivatives: Readonly<Record<string, Derivative>> = {
  ...elementwise,
  ...arrays,
  ...products,
  ...rows,
  simpleRNN: fused,
  lstm: fused,
  gru: fused,
  ctc: "its gradient comes out of the forward pass as numbers",
};
