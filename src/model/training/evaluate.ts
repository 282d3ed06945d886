/** Passes over a data set without learning: its scores. Imported where there is one to evaluate. */

import type { Dataset, Normalization } from "../../data/dataset.ts";
import { checkCount } from "../../math/checks.ts";
import { yieldWhenDue } from "../../runtime/yielding.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { AtLengths } from "../lengths/data.ts";
import { forward } from "../network/forward.ts";
import { type Graph, isOpen } from "../network/graph.ts";
import { fillRows, inputBatch, range, storedFactors, storedTargets } from "./batches.ts";
import type { Compiled } from "./context.ts";
import { masksOf, objective, predictionsOf } from "./objective.ts";
import { checkAbort } from "./options.ts";
import { Scores } from "./scores.ts";
import type { WeighedBatch } from "./stream/source.ts";

/**
 * The mean loss over the examples of a data set, or of all batches of a stream as they are, with weights and penalties as in
 * training, and the metrics.
 */
export async function evaluate(
  graph: Graph,
  compiled: Compiled,
  data: Dataset | Iterable<WeighedBatch> | AsyncIterable<WeighedBatch>,
  batchSize: number,
  normalization: Normalization | undefined,
  signal?: AbortSignal,
  weights?: Float32Array,
): Promise<{ loss: number; [metric: string]: number }> {
  const { engine, parameters } = compiled;
  const scores = new Scores(compiled.heads);
  const whole: AtLengths = isOpen(graph) && "x" in data ? (await import("../lengths/data.ts")).atData("evaluate", { graph, compiled }, data) : { graph, compiled }; // biome-ignore format: one choice
  checkCount("evaluate: batchSize", batchSize);
  let [total, examples] = [0, 0];
  let yielded = performance.now();
  // a stream's batches bring their own weights
  for await (const part of "x" in data ? [{ batch: data, weights } as WeighedBatch] : data) {
    const { graph: network, compiled: own } = part.at ?? whole;
    const { heads } = own;
    const n = part.batch.shape[0]!;
    const size = "x" in data ? batchSize : n;
    for (let from = 0; from < n; from += size) {
      checkAbort("evaluate", signal);
      engine.step(() => {
        const rows = range(from, Math.min(n, from + size));
        const x = inputBatch(engine, network, part.batch.x, rows, normalization);
        const targets = storedTargets(engine, rows.length, heads);
        fillRows(targets, part.batch.y, rows);
        const each = part.weights && part.weights.length / n;
        const factors = each ? storedFactors(engine, rows.length, each, heads) : undefined;
        if (factors) fillRows(factors, part.weights!, rows);
        const penalties: Tensor[] = [];
        const outputs = forward(network, parameters, x, { ...inference(own.fused), penalties });
        const wanted = [{ targets, factors }];
        const { total: loss, losses } = objective(own, outputs, wanted, penalties);
        total += loss.item() * rows.length;
        const masks = masksOf(own, outputs);
        scores.update(predictionsOf(own, outputs), targets, compiled.target, { losses, masks, factors });
      });
      yielded = await yieldWhenDue(yielded);
    }
    examples += n;
  }
  return { loss: total / examples, ...scores.results() };
}

/** How the network runs where nothing is learned. @param logits the outputs whose last activation is left off */
export function inference(logits: ReadonlySet<number> = new Set()): Parameters<typeof forward>[3] {
  return { training: false, seed: 0, step: 0, logits };
}
