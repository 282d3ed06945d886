/** An output of a network and its loss. */
import type { Definition } from "../../definitions/definition.ts";
import { getLoss, type Loss, type LossLike } from "../../losses/index.ts";
import type { Metric, MetricFunction, MetricName } from "../../metrics/index.ts";
import { getMetric } from "../../metrics/named.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { Graph } from "../network/graph.ts";
import type { Scored } from "./scores.ts";

/** A metric as `compile` takes it. */
export type GivenMetric = MetricName | Metric | MetricFunction | Definition<[], Metric>;
/** The metrics of one output. */
export type GivenMetrics = GivenMetric | readonly GivenMetric[];
/** One for each output of a network of several: a list in their order, or a record by their names, which may leave some out. */
export type ByOutput<T> = readonly (T | null)[] | Readonly<Record<string, T>>;

/** An output of the network that has a loss, and what is told of it. */
export interface Head extends Scored {
  /** Its place among the outputs. */
  readonly output: number;
  /** Its name. */
  readonly name: string;
  /** Shape of an example's output, with the classes last where they are labelled on another axis. */
  readonly shape: Shape;
  /** Its loss. */
  readonly loss: Loss;
  /** Factor on it. */
  readonly weight: number;
  /** Its metrics. */
  readonly metrics: readonly Metric[];
  /** The loss takes the logits of the layer, and fuses its activation. */
  readonly fused: boolean;
}

/** An output with its loss. @throws AnygradError INVALID_ARGUMENT */
export async function headOf(
  { nodes, outputs }: Graph,
  output: number,
  given: LossLike,
  metrics: GivenMetrics,
  weight: number,
  weightedMetrics: GivenMetrics = [],
): Promise<Head> {
  const { name, node } = outputs[output]!;
  const { layer, outputShape } = nodes[node]!;
  const loss = nodes.reduce(
    (each, other) => other.layer.traits?.ofLoss?.(each) ?? each,
    await getLoss(given),
  );
  const resolved = (given: GivenMetrics, option?: string): Promise<Metric[]> =>
    Promise.all([given].flat().map((metric) => getMetric(metric as GivenMetric, option)));
  let counted = await resolved(metrics);
  const further = await resolved(weightedMetrics, "weightedMetrics");
  if (further.length > 0) counted = (await import("./outputs/weighted.ts")).withWeighted(counted, further);
  const { classAxis } = loss;
  const shape =
    classAxis === undefined
      ? outputShape
      : (await import("./outputs/classAxis.ts")).classesLast(outputShape, classAxis, counted);
  const isSeen = nodes.some(({ inputs }) => inputs.includes(node)); // its numbers go elsewhere, too
  const fused = !isSeen && loss.config.fromLogits !== true && layer.lastActivation === loss.fuses;
  return { output, name, shape, loss, weight, metrics: counted, fused, prefix: "", logged: counted };
}
