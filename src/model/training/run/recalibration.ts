/**
 * The statistics of batch normalisation, estimated anew for the weights as they are: "precise BN". In training they are
 * moving averages over batches that older weights have made; where activations drift, as a sigmoid's do, they trail.
 *
 * Over the batches b of n_b numbers a channel: mean = Σ n_b μ_b / n, variance = Σ n_b (σ_b² + μ_b²) / n − mean², the population's
 * (Wu and Johnson, "Rethinking 'Batch' in BatchNorm", arXiv:2105.07576, section 3), merged batch by batch so that nothing
 * cancels (Chan, Golub and LeVeque 1983). Each layer sees what batch statistics below it make, as in training.
 *
 * Dropout is off, since it is off in inference, whose activations are to be met: with it the variances come out too
 * large (Li et al., arXiv:1801.05134). So no random numbers are drawn.
 */
import type { Dataset } from "../../../data/dataset.ts";
import { AnygradError } from "../../../errors.ts";
import type { Layer } from "../../../layers/index.ts";
import { yieldWhenDue } from "../../../runtime/yielding.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { forward } from "../../network/forward.ts";
import type { Graph } from "../../network/graph.ts";
import { inputBatch } from "../batches.ts";
import type { Compiled, TrainingContext } from "../context.ts";
import { atLengths } from "../given.ts";
import { checkAbort } from "../options.ts";

/** The moving statistics of a layer, and what they are to become. */
class Statistics {
  readonly #tensors: readonly [mean: Tensor, variance: Tensor];
  #seen = 0;
  readonly #mean: Float64Array;
  readonly #variance: Float64Array;

  constructor(mean: Tensor, variance: Tensor) {
    this.#tensors = [mean, variance];
    this.#mean = new Float64Array(mean.size);
    this.#variance = new Float64Array(mean.size);
  }

  /** Takes in those of a batch of so many numbers. */
  add(size: number): void {
    this.#seen += size;
    const share = size / this.#seen;
    const [means, variances] = this.#tensors.map(({ view }) => view) as [Float32Array, Float32Array];
    for (let c = 0; c < means.length; c++) {
      const difference = means[c]! - this.#mean[c]!;
      this.#mean[c]! += difference * share;
      this.#variance[c]! += (variances[c]! - this.#variance[c]!) * share;
      this.#variance[c]! += difference * difference * share * (1 - share);
    }
  }

  write(): void {
    this.#tensors[0].write(this.#mean);
    this.#tensors[1].write(this.#variance);
  }
}

/** One forward pass a batch. The statistics are in pieces where it fails. @param order of the examples, by place */
export async function recalibrate(
  { graph: whole, compiled, normalization }: TrainingContext,
  data: Dataset,
  order: Int32Array,
  batchSize: number,
  batches: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { engine, parameters, fused: logits } = compiled;
  const { graph } = await atLengths("fit", { graph: whole, compiled }, data);
  const statistics = statisticsOf(graph, compiled);
  const estimate = (layer: Layer, size: number): void => statistics.get(layer)!.add(size);
  const end = Math.min(order.length, batches * batchSize);
  let yielded = performance.now();
  for (let from = 0; from < end; from += batchSize) {
    checkAbort("fit", signal, "while statistics were re-estimated");
    const rows = order.subarray(from, Math.min(from + batchSize, end));
    engine.step(() => {
      const inputs = inputBatch(engine, graph, data.x, rows, normalization);
      forward(graph, parameters, inputs, { training: false, estimate, seed: 0, step: 0, logits });
    });
    yielded = await yieldWhenDue(yielded);
  }
  for (const layer of statistics.values()) layer.write();
}

/** @throws AnygradError INVALID_ARGUMENT where there are no statistics to estimate */
export function checkRecalibration(graph: Graph, compiled: Compiled, batches: number): void {
  if (batches === 0 || statisticsOf(graph, compiled).size > 0) return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `fit: recalibrate is ${batches} but the network has no batch normalisation${
      graph.nodes.some(({ layer }) => layer.traits?.statistics) ? " that is not frozen" : ""
    }; leave recalibrate out, or add layers.batchNormalization()`,
  );
}

/** By layer: one that is applied in several places has one mean and variance for all of them. */
function statisticsOf({ nodes }: Graph, { parameters }: Compiled): Map<Layer, Statistics> {
  const find = (name: string): Tensor => parameters.all.find(({ spec }) => spec.fullName === name)!.value;
  return new Map(
    nodes.flatMap(({ layer, name }, i) => {
      const statistics = layer.traits?.statistics;
      if (!statistics || parameters.frozen.has(i)) return [];
      const { mean, variance } = statistics;
      return [[layer, new Statistics(find(`${name}/${mean}`), find(`${name}/${variance}`))]];
    }),
  );
}
