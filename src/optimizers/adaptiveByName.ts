/** The optimizers with kernels of a family of their own, by name: imported late, where one of them is named. */
import { adadelta, adagrad, adamax, lion, nadam } from "./adaptive.ts";

/** Not a namespace, which would need the bundler's helper for namespaces. */
export const adaptiveOptimizers: {
  readonly adagrad: typeof adagrad;
  readonly adadelta: typeof adadelta;
  readonly adamax: typeof adamax;
  readonly nadam: typeof nadam;
  readonly lion: typeof lion;
} = { adagrad, adadelta, adamax, nadam, lion };
