/**
 * Examples in any form, and the outputs of a model for them. Imported when a model predicts: a page that only trains downloads
 * none of it.
 */
import type { ExampleData } from "../data/dataset.ts";
import { isPictures, type Pictures } from "../data/images/image.ts";
import type { Preparation } from "../data/preparation.ts";
import type { RawRows } from "../data/table/rows.ts";
import { checkCount } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { yieldWhenDue } from "../runtime/yielding.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";
import { forward } from "./network/forward.ts";
import { type ModelState, normalizationFor, notePixels, ready } from "./state.ts";
import { inputBatch, range } from "./training/batches.ts";
import { inference } from "./training/evaluate.ts";
import type { GivenShape } from "./training/given.ts";
import { inUnits } from "./training/scores.ts";

/** Apart, since a run may have it already; imported once, as this file is. */
let given: typeof import("../data/given/examples.ts") | undefined;

/** Numbers in a shape. */
export interface Prediction {
  /** [n, ...outputs] */
  shape: number[];
  /** The outputs, row-major. */
  data: Float32Array;
  /** Prints the outputs as nested lists; of a prediction from `predict`, not of one that a worker sent. */
  print?(): void;
}

/**
 * Examples to predict: nested arrays [n][…], flat numbers, a tensor, `{ x, shape }`, a data set (its targets are not read), or
 * a picture or list of pictures of any size. The numbers of a single example are an example, in their shape or flat. A model that
 * was trained on a table takes raw rows as objects or lists; typed arrays and data sets are encoded already.
 */
export type PredictInput = Pictures | ExampleData | GivenShape | RawRows;

/** The outputs of the model for all examples. @throws AnygradError as `net.predict` does */
export async function predictModel(
  state: ModelState,
  x: PredictInput,
  options: { batchSize?: number } | undefined,
): Promise<Prediction> {
  const { batchSize = 32 } = strictOptions("predict", options, "batchSize");
  if (state.compiling) await state.compiling;
  const { engine, parameters } = ready(state, "predict");
  const { graph, inputs } = state;
  const { inputShape } = graph;
  const { outputShape } = graph.nodes.at(-1)!;
  given ??= await import("../data/given/examples.ts");
  const examples = given.givenExamples(
    "predict",
    await prepared(x, inputs.preparation, inputShape),
    inputShape,
  );
  const { values } = examples;
  const [n = 0] = examples.shape;
  const normalization = inputs.normalization ?? normalizationFor(state, examples);
  await notePixels(state, "predict", values, normalization);
  checkCount("predict: batchSize", batchSize);
  const size = sizeOf(outputShape);
  const data = new Float32Array(n * size);
  let yielded = performance.now();
  for (let from = 0; from < n; from += batchSize) {
    engine.step(() => {
      const rows = range(from, Math.min(n, from + batchSize));
      const batch = inputBatch(engine, values, rows, inputShape, normalization);
      const output = forward(graph, parameters, batch, inference(false)).view as Float32Array;
      data.set(inUnits(output, inputs.preparation?.target), from * size);
    });
    yielded = await yieldWhenDue(yielded);
  }
  return withPrint({ shape: [n, ...outputShape], data });
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

/** Printed as TensorFlow.js prints, nested; not enumerable, so that what is compared or sent is shape and data. */
function withPrint(prediction: Prediction): Prediction {
  const nested = ([size, ...rest]: readonly number[], data: Float32Array): unknown =>
    size === undefined
      ? data[0]
      : Array.from({ length: size }, (_, i) =>
          nested(rest, data.subarray((i * data.length) / size, ((i + 1) * data.length) / size)),
        );
  const print = (): void => console.log(nested(prediction.shape, prediction.data));
  return Object.defineProperty(prediction, "print", { value: print });
}
