/** Models whose weights are read from a file. */
import type { Awaited } from "../network/parameters.ts";

/** Builds or compiles a model by `work` without drawing the weights that are awaited: whoever calls it writes them next. */
export async function withAwaited(
  { state }: { readonly state: { awaited?: Awaited | undefined } },
  awaited: Awaited,
  work: () => Promise<void>,
): Promise<void> {
  state.awaited = awaited;
  await work().finally(() => {
    state.awaited = undefined;
  });
}
