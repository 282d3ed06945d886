/**
 * Examples in any form, and the outputs of a model for them. Imported when a model predicts: a page that only trains downloads
 * none of it.
 */
import type { ExampleData } from "../../data/dataset.ts";
import type { GivenExamples } from "../../data/given/examples.ts";
import { isPictures, type Pictures } from "../../data/images/image.ts";
import type { Preparation } from "../../data/preparation.ts";
import type { RawRows } from "../../data/table/rows.ts";
import { checkCount } from "../../math/checks.ts";
import { strictOptions } from "../../math/options.ts";
import type { Shape } from "../../tensor/shape.ts";
import { type Graph, isOpen, shapeAt } from "../network/graph.ts";
import { inForm, type ModelState, normalizationFor, notePixels, ready } from "../state.ts";
import { inUnits } from "../training/scores.ts";
import type { GivenShape, SeveralExamples } from "../training/several/forms.ts";
import { outputsFor } from "./inBatches.ts";
import { withPrint } from "./printing.ts";

/** Apart, since a run may have it already; imported once, as this file is. */
let given: typeof import("../../data/given/examples.ts") | undefined;

/** Numbers in a shape. */
export interface Prediction {
  /** [n, ...outputs] */
  shape: number[];
  /** The outputs, row-major. */
  data: Float32Array;
  /** Prints the outputs as nested lists; of a prediction from `predict`. */
  print?(): void;
}

/** What `predict` gives: one prediction, or one for each of several outputs, as a list or by their names. */
export type Predictions = Prediction | readonly Prediction[] | Readonly<Record<string, Prediction>>;

/**
 * Examples to predict: nested arrays [n][…], flat numbers, a tensor, `{ x, shape }`, a data set (its targets are not read), or
 * a picture or list of pictures of any size. The numbers of a single example are an example, in their shape or flat. A model that
 * was trained on a table takes raw rows as objects or lists; typed arrays and data sets are encoded already. Of several inputs a
 * record of such numbers by their names, or a list in their order.
 */
export type PredictInput = Pictures | ExampleData | GivenShape | RawRows | SeveralExamples;

/** The outputs of the model for all examples, in the form of its outputs. @throws AnygradError as `net.predict` does */
export async function predictModel<Given extends Predictions>(
  state: ModelState,
  x: PredictInput,
  options: { batchSize?: number } | undefined,
): Promise<Given> {
  const { batchSize = 32 } = strictOptions("predict", options, "batchSize");
  if (state.compiling) await state.compiling;
  if (!state.network) await (await import("../late.ts")).buildLate(state, x, "predict");
  const compiled = ready(state, "predict");
  const graph = isOpen(state.graph) ? (await import("../lengths/data.ts")).atData("predict", { graph: state.graph, compiled }, x).graph : state.graph; // biome-ignore format: one choice
  checkCount("predict: batchSize", batchSize);
  const { values, n, normalization } = await examplesOf(state, graph, x);
  await notePixels(state, "predict", values, normalization);
  const { target } = state.inputs.preparation ?? {};
  const rows = { x: values, n, normalization, batchSize };
  const results = await outputsFor(compiled, graph, rows, (numbers) => inUnits(numbers, target));
  const predictions = results.map((data, k) =>
    withPrint({ shape: [n, ...shapeAt(graph, graph.outputs[k]!.node)], data }),
  );
  return inForm(graph, predictions) as Given; // the type of a model says which form its outputs have
}

/** The examples as rows of numbers. */
async function examplesOf(
  state: ModelState,
  graph: Graph,
  x: PredictInput,
): Promise<Pick<GivenExamples, "values" | "normalization"> & { readonly n: number }> {
  const { inputs } = state;
  if (graph.forms.inputs !== "one") {
    const { severalInputs } = await import("../training/several/rows.ts"); // late: few models have several inputs
    const { normalizations } = inputs;
    const { rows, n } = severalInputs("predict", x, { graph, normalizations });
    return { values: rows, n, normalization: undefined };
  }
  const { inputShape } = graph;
  given ??= await import("../../data/given/examples.ts");
  const ready = await prepared(x, inputs.preparation, inputShape);
  const examples = given.givenExamples("predict", ready, inputShape);
  const normalization = inputs.normalization ?? normalizationFor(state, examples);
  return { values: examples.values, n: examples.shape[0]!, normalization };
}

/** Pictures and raw rows of a table as the network takes them; all else as it is. */
async function prepared(
  x: unknown,
  preparation: Preparation | undefined,
  inputShape: Shape,
): Promise<unknown> {
  if (isPictures(x))
    return (await import("../../data/images/index.ts")).imageExamples(x, preparation?.image, inputShape); // late: few models see pictures
  if (!preparation?.columns) return x;
  const { encodeRaw, isRaw } = await import("../../data/table/index.ts");
  return isRaw(x) ? encodeRaw(x, preparation, "predict") : x;
}
