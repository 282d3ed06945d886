/**
 * What the frozen layers at the beginning of a network give, computed once for each example: a run on these features gives the
 * bits of a run on the examples. Imported where a run asks for it.
 */
import type { Dataset } from "../../data/dataset.ts";
import { AnygradError } from "../../errors.ts";
import { isBuiltIn } from "../../registry.ts";
import { type Shape, sameShape } from "../../tensor/shape.ts";
import type { AtLengths } from "../lengths/data.ts";
import { type Graph, shapeAt } from "../network/graph.ts";
import type { Parameters } from "../network/parameters.ts";
import { outputsFor } from "../predictions/inBatches.ts";
import type { Compiled, TrainingContext } from "../training/context.ts";
import { atLengths } from "../training/given.ts";
import type { FitOptions } from "../training/options.ts";
import { checkAbort } from "../training/options.ts";
import { isBatchSource } from "../training/stream/source.ts";

/**
 * The run on features.
 * @throws AnygradError INVALID_ARGUMENT where no frozen layers stand at the beginning, or examples differ from epoch to epoch; ABORTED
 */
export async function withFeatures(
  context: TrainingContext,
  data: Dataset,
  options: FitOptions,
  isStream: boolean,
): Promise<[context: TrainingContext, data: Dataset, options: FitOptions]> {
  const { validationData } = options;
  if (isStream || isBatchSource(validationData))
    throw refused("a stream brings other examples each time; pass a data set, or leave cacheFeatures out");
  if (options.augment)
    throw refused("augmentation changes the examples in every step; leave one of the two out");
  const { compiled } = context;
  const at = await atLengths("fit", context, data);
  const judged = validationData as Dataset | undefined; // `fit` has made data sets of all other forms
  checkLengths(at, compiled, judged && (await atLengths("fit: validationData", context, judged)));
  const { graph } = at;
  const end = frozenEnd(graph, compiled.parameters);
  const shape = shapeAt(graph, end);
  const of = async (set: Dataset): Promise<Dataset> => ({
    ...set,
    x: await featuresOf({ ...context, graph }, set, end, options),
    shape: [set.shape[0]!, ...shape],
    normalization: undefined,
    parts: { ...set.parts, x: undefined },
  });
  return [
    { ...context, graph: graphBehind(graph, end, shape), normalization: undefined },
    await of(data),
    judged ? { ...options, validationData: await of(judged) } : options,
  ];
}

/** @throws AnygradError INVALID_ARGUMENT for lengths that features of one shape cannot have */
function checkLengths(at: AtLengths, { heads }: Compiled, judged: AtLengths | undefined): void {
  if (judged && judged.graph !== at.graph)
    throw refused("validationData is of another length than the data; make them equal, or leave cacheFeatures out"); // biome-ignore format: one text
  if (at.compiled.heads.some(({ shape }, i) => !sameShape(shape, heads[i]!.shape)))
    throw refused("what the network gives depends on the length that its input leaves open; pass a fixed length to input, or leave cacheFeatures out"); // biome-ignore format: one text
}

/** The network behind a place, whose outputs are its input. */
function graphBehind(graph: Graph, begin: number, shape: Shape): Graph {
  const inputs = [{ name: graph.nodes[begin]!.name, shape }];
  return { ...graph, inputs, inputShape: shape, forms: { ...graph.forms, inputs: "one" }, begin };
}

/**
 * The last place up to which all is frozen and the same in training as otherwise, and of which alone the rest of the network is made.
 * @throws AnygradError INVALID_ARGUMENT where there is none
 */
function frozenEnd({ nodes, outputs }: Graph, { frozen }: Parameters): number {
  /** The last place that each is needed at; of inputs, too. */
  const needed = new Map<number, number>();
  nodes.forEach(({ inputs }, i) => {
    for (const at of inputs) needed.set(at, i);
  });
  for (const { node } of outputs) needed.set(node, nodes.length);
  let [end, open] = [-1, Math.max(...[...needed].map(([at, last]) => (at < 0 ? last : 0)))];
  for (const [i, { layer, weights }] of nodes.entries()) {
    const { differsInTraining, mask, takesStates } = layer.traits ?? {};
    const isFrozen = (weights.length === 0 || frozen.has(i)) && isBuiltIn(layer.call);
    if (!isFrozen || differsInTraining || mask || takesStates) break;
    if (open <= i) end = i;
    open = Math.max(open, needed.get(i) ?? 0);
  }
  if (nodes.slice(0, end + 1).some(({ weights }) => weights.length > 0)) return end;
  throw refused(
    "no frozen layers stand at the beginning of the network; set their trainable to false before compile, or leave cacheFeatures out",
  );
}

/** What a place gives for all examples, as in a run without: batch by batch, with the statistics that frozen layers keep. */
async function featuresOf(
  { graph, compiled, normalization }: TrainingContext,
  { x, shape: [n = 0] }: Dataset,
  end: number,
  { batchSize = 32, signal }: FitOptions,
): Promise<Float32Array> {
  const front = {
    ...graph,
    nodes: graph.nodes.slice(0, end + 1),
    outputs: [{ name: "features", node: end }],
  };
  const onBatch = (): void => checkAbort("fit", signal);
  const [features] = await outputsFor(compiled, front, { x, n, normalization, batchSize, onBatch });
  return features!;
}

function refused(why: string): AnygradError {
  return new AnygradError("INVALID_ARGUMENT", `fit: cacheFeatures: ${why}`);
}
