/**
 * Examples in any form, and the outputs of a model for them. Imported when a model predicts: a page that only trains downloads
 * none of it.
 */
import type { Normalization } from "../data/dataset.ts";
import type { GivenExamples } from "../data/given/examples.ts";
import { isPictures } from "../data/images/image.ts";
import type { Preparation, TargetColumn } from "../data/preparation.ts";
import { checkCount } from "../math/checks.ts";
import { yieldWhenDue } from "../runtime/yielding.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";
import { forward } from "./network/forward.ts";
import type { Graph } from "./network/graph.ts";
import { inputBatch, range } from "./training/batches.ts";
import type { Compiled } from "./training/context.ts";
import { inference } from "./training/evaluate.ts";
import { inUnits } from "./training/scores.ts";

/** What `predict` was given as examples that the network takes. @throws AnygradError as `net.predict` does */
export async function examplesOf(
  x: unknown,
  preparation: Preparation | undefined,
  inputShape: Shape,
): Promise<GivenExamples> {
  const { givenExamples } = await import("../data/given/examples.ts"); // apart: a run may have it already
  return givenExamples("predict", await prepared(x, preparation, inputShape), inputShape);
}

/** Pictures and raw rows of a table as the network takes them; all else as it is. */
async function prepared(
  x: unknown,
  preparation: Preparation | undefined,
  inputShape: Shape,
): Promise<unknown> {
  if (isPictures(x))
    return (await import("../data/images/index.ts")).imageExamples(x, preparation?.image, inputShape); // late: few models see pictures
  if (!preparation?.columns) return x;
  const { encodeRaw, isRaw } = await import("../data/table/index.ts");
  return isRaw(x) ? encodeRaw(x, preparation, "predict") : x;
}

/** The outputs of the model for all rows of x, row-major. */
export async function predict(
  graph: Graph,
  { engine, parameters }: Compiled,
  { values, shape: [n = 0] }: GivenExamples,
  batchSize: number,
  normalization: Normalization | undefined,
  target?: TargetColumn,
): Promise<{ shape: number[]; data: Float32Array }> {
  const { outputShape } = graph.nodes.at(-1)!;
  const size = sizeOf(outputShape);
  const data = new Float32Array(n * size);
  checkCount("predict: batchSize", batchSize);
  let yielded = performance.now();
  for (let from = 0; from < n; from += batchSize) {
    engine.step(() => {
      const rows = range(from, Math.min(n, from + batchSize));
      const batch = inputBatch(engine, values, rows, graph.inputShape, normalization);
      const output = forward(graph, parameters, batch, inference(false)).view as Float32Array;
      data.set(inUnits(output, target), from * size);
    });
    yielded = await yieldWhenDue(yielded);
  }
  return { shape: [n, ...outputShape], data };
}
