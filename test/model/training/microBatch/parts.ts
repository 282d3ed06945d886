/** Runs whose batches are computed in parts, beside the same runs on whole batches. */
import { createEngine } from "../../../../src/autograd/engine.ts";
import type { EngineOptions } from "../../../../src/backend/backend.ts";
import type { Dataset } from "../../../../src/data/dataset.ts";
import { takeData } from "../../../../src/model/fit.ts";
import type { CompileOptions, Model } from "../../../../src/model/index.ts";
import { inParts } from "../../../../src/model/memory/parts.ts";
import { ready } from "../../../../src/model/state.ts";
import { differentiate, type StepContext } from "../../../../src/model/training/differentiate.ts";
import { train } from "../../../../src/model/training/loop.ts";
import type { FitOptions } from "../../../../src/model/training/options.ts";

/** What a run ended with. */
export interface Ended {
  readonly digest: string;
  readonly history: object;
}

/** Trains, in parts of exactly so many examples, whether that saves memory or not. @param size default: whole batches */
export async function trainedInParts(
  net: Model,
  compile: CompileOptions,
  data: Dataset,
  {
    size,
    threads = 1,
    variant = "simd",
    ...fitting
  }: { size?: number } & Pick<EngineOptions, "threads" | "variant"> & FitOptions,
): Promise<Ended> {
  const engine = await createEngine({ threads, variant });
  try {
    await net.compile({ ...compile, engine });
    const compiled = ready(net.state, "fit");
    const context: StepContext = await takeData(net, net.state, compiled, data, "fit");
    if (size !== undefined)
      context.pass = (...step) => {
        const n = step[3][0]!.shape[0]!;
        return size < n ? inParts(size)(...step) : differentiate(...step);
      };
    const steps = train(context, data, { epochs: 2, ...fitting });
    for (;;) {
      const { done, value } = await steps.next();
      if (!done) continue;
      const { seconds: _, ...history } = value;
      return { digest: await net.digest(), history };
    }
  } finally {
    engine.dispose();
  }
}
