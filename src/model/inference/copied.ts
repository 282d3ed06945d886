/** A model with a network and weights of its own, and all else that another one has: names, loss, metrics, what it knows of data. */
import { AnygradError, quote } from "../../errors.ts";
import type { Model } from "../model.ts";
import type { Predictions } from "../predictions/predict.ts";
import { withAwaited } from "../saving/awaited.ts";
import type { ModelState } from "../state.ts";
import { ready } from "../state.ts";
import type { CompileOptions } from "../training/context.ts";
import type { Rewritten } from "./fold.ts";
import { InferenceModel } from "./inferenceModel.ts";

/** @throws AnygradError INVALID_ARGUMENT for what is no model */
export function checkModel(subject: string, net: Model<Predictions>): void {
  if (typeof net?.truncate === "function") return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: got ${quote(net)}; pass a model, such as await load(bytes) gives`,
  );
}

/** The network as it is, with copies of the numbers of its weights. @throws AnygradError NOT_READY */
export function unchanged(state: ModelState, action: string): Rewritten {
  const weights = ready(state, action)
    .parameters.read()
    .map(({ name, data }) => [name, data] as const);
  return { graph: state.graph, weights: new Map(weights) };
}

/** The model of a network, with its weights, and loss and metrics of another model, in the same engine. */
export async function completed<Outputs extends Predictions>(
  { graph, weights }: Rewritten,
  { name, state: { compiled, inputs, seed } }: Pick<Model<Outputs>, "name" | "state">,
): Promise<Model<Outputs>> {
  const { engine, heads } = compiled!;
  const net = new InferenceModel<Outputs>(graph, { name, seed });
  const { state } = net;
  await withAwaited(
    net,
    () => true,
    () => net.compile({ optimizer: "sgd", engine, ...headsOf(net, heads) }),
  );
  const { parameters } = ready(state, "compile");
  parameters.write(
    parameters.all.map(({ spec: { fullName, shape } }) => ({ shape, data: weights.get(fullName)! })),
  );
  state.inputs = { ...inputs };
  return net;
}

/** What `compile` takes for the same losses and metrics. */
function headsOf(
  { graph }: Pick<Model, "graph">,
  heads: NonNullable<ModelState["compiled"]>["heads"],
): Pick<CompileOptions, "loss" | "lossWeights" | "metrics"> {
  const [one] = heads;
  if (graph.forms.outputs === "one")
    return { loss: one!.loss, lossWeights: one!.weight, metrics: one!.metrics };
  const byName = <T>(of: (head: (typeof heads)[number]) => T): Record<string, T> =>
    Object.fromEntries(heads.map((head) => [head.name, of(head)]));
  return {
    loss: byName(({ loss }) => loss),
    lossWeights: byName(({ weight }) => weight),
    metrics: byName(({ metrics }) => metrics),
  };
}
