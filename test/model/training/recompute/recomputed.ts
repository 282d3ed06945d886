/** Runs whose steps compute a part of their results twice, beside the same runs that do not. */
import { createEngine } from "../../../../src/autograd/engine.ts";
import type { Observation } from "../../../../src/autograd/observingTape.ts";
import { planOf } from "../../../../src/autograd/recomputePlan.ts";
import type { RecomputePlan } from "../../../../src/autograd/recomputingTape.ts";
import type { EngineOptions } from "../../../../src/backend/backend.ts";
import type { Dataset } from "../../../../src/data/dataset.ts";
import { takeData } from "../../../../src/model/fit.ts";
import type { CompileOptions, Model } from "../../../../src/model/index.ts";
import { recomputing } from "../../../../src/model/memory/recompute.ts";
import { ready } from "../../../../src/model/state.ts";
import type { StepContext } from "../../../../src/model/training/differentiate.ts";
import { train } from "../../../../src/model/training/loop.ts";

/** What a run ended with, and how many ops each of its steps ran again at most. */
export interface Ended {
  readonly digest: string;
  readonly history: object;
  readonly again: number;
  readonly peakBytes: number;
}

/** Cuts behind every third op, whether it saves memory or not, from this one on. */
export const everyThird =
  (first: number): ((observation: Observation) => RecomputePlan[]) =>
  (observation) => [
    planOf(
      observation,
      Array.from(
        { length: Math.max(0, Math.floor((observation.most - first) / 3) + 1) },
        (_, i) => first + 3 * i,
      ),
    ),
  ];

/** Trains. @param plansOf which results are computed twice. Default: none */
export async function trained(
  net: Model,
  compile: CompileOptions,
  data: Dataset,
  {
    batchSize = 32,
    plansOf,
    ...engineOptions
  }: { batchSize?: number; plansOf?: (observation: Observation) => RecomputePlan[] } & EngineOptions,
): Promise<Ended> {
  const engine = await createEngine(engineOptions);
  try {
    await net.compile({ ...compile, engine });
    const compiled = ready(net.state, "fit");
    const context: StepContext = await takeData(net, net.state, compiled, data, "fit");
    let again = 0;
    if (plansOf)
      context.pass = recomputing(compiled, (observation) => {
        const plans = plansOf(observation);
        for (const plan of plans)
          again = Math.max(
            again,
            plan.reduce((sum, stretch) => sum + stretch.again.length, 0),
          );
        return plans;
      });
    const { seconds: _, ...history } = await (async () => {
      const steps = train(context, data, { epochs: 2, batchSize });
      for (;;) {
        const { done, value } = await steps.next();
        if (done) return value;
      }
    })();
    return { digest: await net.digest(), history, again, peakBytes: engine.info.peakBytes };
  } finally {
    engine.dispose();
  }
}
