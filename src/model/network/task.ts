/**
 * Whether loss, metrics, last layer and data speak of the same task. Imported where a run is not the commonest one, whose loss
 * takes the logits of its last layer: a page that trains such a one downloads none of this.
 */
import type { Dataset } from "../../data/dataset.ts";
import { refusalOfFit } from "../../data/given/misfit.ts";
import { AnygradError } from "../../errors.ts";
import { activationNames, type KnownActivation } from "../../layers/activation.ts";
import type { Layer } from "../../layers/layer.ts";
import type { Loss } from "../../losses/index.ts";
import type { Metric } from "../../metrics/index.ts";
import { isBuiltIn } from "../../registry.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { Graph, Node } from "./graph.ts";

/** What of a compiled network is looked at. */
interface Compiled {
  readonly heads: readonly {
    readonly output: number;
    readonly shape: Shape;
    readonly loss: Loss;
    readonly metrics: readonly Metric[];
  }[];
  readonly parameters: { readonly trainable: readonly unknown[] };
}

const regressions: readonly string[] = [
  "meanSquaredError",
  "meanAbsoluteError",
  "huber",
  "logCosh",
  "meanAbsolutePercentageError",
  "meanSquaredLogarithmicError",
  "poisson",
];
/** The activations that give probabilities. */
const probabilities: readonly string[] = ["softmax", "sigmoid", "hardSigmoid"];
/** The losses of probabilities that take no logits in place of an activation, and how a network for them mostly ends. */
const ofProbabilities: Readonly<Record<string, NonNullable<Loss["fuses"]>>> = {
  klDivergence: "softmax",
  categoricalFocalCrossentropy: "softmax",
  binaryFocalCrossentropy: "sigmoid",
  dice: "sigmoid",
  tversky: "sigmoid",
};
/** The types of the metrics that count classes. */
const ofClasses =
  /^(acc$|f1|topK|sparseTopK|precision|recall|specificity|sensitivity|confusionMatrix)|(Accuracy|auc|iou)$/i;

/**
 * @param stepsPerEpoch that was given without a stream
 * @throws AnygradError INVALID_ARGUMENT
 */
export function checkRun(
  graph: Graph,
  { heads, parameters }: Compiled,
  data: Dataset,
  stepsPerEpoch: number | undefined,
): void {
  if (stepsPerEpoch !== undefined || parameters.trainable.length === 0) throw refusalOfFit(stepsPerEpoch);
  for (const { output, shape, loss, metrics } of heads) {
    if (!isBuiltIn(loss.call)) continue; // what one of the user's own wants is not known
    const ending = endingOf(graph, graph.outputs[output]!.node);
    const end = loss.fuses ?? ofProbabilities[loss.type];
    if (end) checkProbabilities(loss, end, ending);
    // of several outputs a row of targets has the numbers of all
    else if (heads.length === 1 && regressions.includes(loss.type) && !probabilities.includes(ending ?? ""))
      checkNumbers(loss, metrics, data, shape);
  }
}

/** The activation of what the network gives; undefined where it is not known, as of a sum. */
function endingOf({ nodes }: Graph, at: number): string | undefined {
  let node: Node | undefined = nodes[at];
  // a view has the numbers of what it looks at
  while (node?.layer.lastActivation === "linear" && node.layer.traits?.isView)
    node = nodes[node.inputs[0] ?? -1];
  if (!node) return undefined;
  const layer = wrapped(node.layer);
  if (layer.custom) return undefined;
  const { lastActivation, config } = layer;
  // a recurrent layer ends with none, but gives what its activation gives
  const { activation = lastActivation } = config as { activation?: string };
  if (!activationNames.includes(activation as KnownActivation)) return undefined; // one of the user's own
  return activation !== "linear" || node.weights.length > 0 ? activation : undefined;
}

/** The layer within wrappers: each step, or both directions, give what it gives. */
function wrapped(layer: Layer): Layer {
  const { layer: inner } = layer.config as { layer?: Layer };
  return inner ? wrapped(inner) : layer;
}

function checkProbabilities({ type, config }: Loss, end: string, ending: string | undefined): void {
  if (ending === undefined) return;
  const ends = probabilities.includes(ending);
  if (config.fromLogits === true && ends)
    refuse(
      `${type} has fromLogits: true, but the last layer gives probabilities (${ending}); leave fromLogits out, or the activation`,
    );
  if (config.fromLogits !== true && !ends)
    refuse(
      `${type} takes probabilities, but the last layer gives any numbers (${ending}); end with activation: "${end}"${"fromLogits" in config ? `, or pass losses.${type}({ fromLogits: true })` : ""}`,
    );
}

function checkNumbers(
  { type }: Loss,
  metrics: readonly Metric[],
  { y, classNames }: Dataset,
  outputShape: readonly number[],
): void {
  const isSingle = outputShape.every((length) => length === 1);
  if (isSingle && classNames && classNames.length > 2)
    refuse(
      `y has ${classNames.length} classes, of which ${type} on one output would learn the numbers; end with dense({ units: ${classNames.length}, activation: "softmax" }) and loss: "sparseCategoricalCrossentropy"`,
    );
  const counting = metrics.find((metric) => ofClasses.test(metric.type ?? ""));
  if (!counting) return;
  const other = y.findIndex((value) => value !== y[0]);
  const third = y.findIndex((value) => value !== y[0] && value !== y[other]);
  if (third < 0) return; // two values may be a yes and a no
  const seen = [0, other, third].map((i) => Number(y[i]!.toPrecision(4))).join(", ");
  refuse(
    `metrics has ${counting.name}, which counts classes, but ${type} predicts numbers and y has ${seen} …; pass metrics: ["r2", "mae"], or for classes activation: "softmax" and a crossentropy`,
  );
}

function refuse(what: string): never {
  throw new AnygradError("INVALID_ARGUMENT", `fit: ${what}`);
}
