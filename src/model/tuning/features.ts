/** What a layer within a network gives, for a data set or for examples. Imported when somebody asks for it. */
import type { Dataset } from "../../data/dataset.ts";
import { AnygradError } from "../../errors.ts";
import type { Graph } from "../network/graph.ts";
import type { PredictInput, Prediction } from "../predictions/predict.ts";
import { isDataset } from "../training/given.ts";

/** The network up to that layer. */
interface Front {
  build(): Promise<void>;
  predict(x: PredictInput, options: { batchSize?: number }): Promise<Prediction>;
}

/** A data set of them where one was given, with its targets; else numbers in a shape. */
export async function featuresFor(
  net: { readonly graph: Graph; truncate(at: string): Front },
  x: PredictInput,
  { at, ...options }: { at?: string; batchSize?: number },
): Promise<Prediction | Dataset> {
  const front = net.truncate(at ?? beforeLast("features", net.graph));
  await front.build();
  const { shape, data } = await front.predict(x, options);
  if (!isDataset(x)) return { shape, data };
  const { y, classNames, name } = x;
  return { x: data, shape, y, ...(classNames && { classNames }), ...(name !== undefined && { name }) };
}

/** The name of what feeds the last layer with weights, dropout and the like left aside. @param subject begins the error @throws AnygradError INVALID_ARGUMENT */
export function beforeLast(subject: string, { nodes }: Pick<Graph, "nodes">): string {
  const last = nodes.findLastIndex(({ weights }) => weights.length > 0);
  let at = last < 0 ? -1 : nodes[last]!.inputs[0]!;
  while (at >= 0 && nodes[at]!.layer.traits?.differsInTraining) at = nodes[at]!.inputs[0]!;
  if (at >= 0) return nodes[at]!.name;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: nothing stands before the last layer with weights; say by at: "…" which layer's output is wanted`,
  );
}
