/** Whether a network can be trained on a batch in parts: whether what it makes of an example is the same whatever examples are beside it. */
import { AnygradError } from "../../errors.ts";
import type { Layer } from "../../layers/index.ts";
import { isBuiltIn } from "../../registry.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Graph } from "../network/graph.ts";
import type { differentiate } from "../training/differentiate.ts";

type Trained = Parameters<typeof differentiate>[1];

/** Why layers of these types cannot be. */
const refused: Readonly<Record<string, string>> = {
  batchNormalization: "takes its statistics of the whole batch",
  simpleRNN: "sums its gradients step by step over the whole batch",
  lstm: "sums its gradients step by step over the whole batch",
  gru: "sums its gradients step by step over the whole batch",
  bidirectional: "sums its gradients step by step over the whole batch",
  activityRegularization: "adds a penalty of the whole batch",
  lambda: "is of your own and may look at several examples at once",
  operation: "may look at several examples at once",
};

/** Losses of the package that are of the whole batch; those with an axis leave examples apart. */
const ofBatch: readonly string[] = ["tripletSemiHard", "tripletHard"];
const withoutAxis: readonly string[] = ["dice", "tversky"];

/** @throws AnygradError UNSUPPORTED for layers and losses that look at more than one example */
export function checkParts(
  { nodes }: Pick<Graph, "nodes">,
  { heads, parameters }: Pick<Trained, "heads" | "parameters">,
): void {
  nodes.forEach(({ layer, name }, i) => {
    const why = reasonOf(layer);
    // a frozen batch normalisation keeps to its moving statistics
    const isFixed = layer.type === "batchNormalization" && parameters.frozen.has(i);
    if (why && !isFixed) throw refusal(`layer "${name}" (${layer.type}) ${why}`);
  });
  for (const { loss, shape } of heads) {
    if (!isBuiltIn(loss.call)) throw refusal("a loss of your own may look at several examples at once");
    const { axis } = (loss.config ?? {}) as { axis?: number | readonly number[] };
    const axes = [axis ?? []].flat();
    const isOfBatch =
      ofBatch.includes(loss.type) ||
      (withoutAxis.includes(loss.type) && axes.length === 0) ||
      axes.some((each) => each < -shape.length);
    if (isOfBatch) throw refusal(`the loss ${loss.type} is one of all examples of the batch`);
  }
}

function reasonOf(layer: Layer): string | undefined {
  if (!isBuiltIn(layer.call)) return refused.lambda;
  const { layer: inner } = layer.config as { layer?: Layer };
  return refused[layer.type] ?? (inner?.type ? reasonOf(inner) : undefined);
}

/** @throws AnygradError UNSUPPORTED for penalties and masks that are of the whole batch */
export function checkOutputs(
  heads: Trained["heads"],
  outputs: readonly Tensor[],
  penalties: readonly Tensor[],
): void {
  if (penalties.length > 0) throw refusal("a layer adds a penalty of the whole batch to the loss");
  if (heads.some(({ loss, output }) => loss.mask?.(outputs[output]!)))
    throw refusal("the loss is taken of the steps of the whole batch that are not masked");
}

function refusal(what: string): AnygradError {
  return new AnygradError(
    "UNSUPPORTED",
    `fit: microBatch: ${what}, so that parts of a batch would give other bits; leave microBatch out: recompute: true lowers memory, too`,
  );
}
