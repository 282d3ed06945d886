/** Models whose weights are read from a file. */
import type { Model } from "../model.ts";
import type { Awaited } from "../network/parameters.ts";
import type { Predictions } from "../predictions/predict.ts";

/** Builds or compiles a model by `work` without drawing the weights that are awaited: whoever calls it writes them next. */
export async function withAwaited<Outputs extends Predictions>(
  { state }: Model<Outputs>,
  awaited: Awaited,
  work: () => Promise<void>,
): Promise<void> {
  state.awaited = awaited;
  await work().finally(() => {
    state.awaited = undefined;
  });
}
