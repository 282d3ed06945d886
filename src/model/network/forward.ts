/** Runs a graph on a batch. */
import type { Layer } from "../../layers/index.ts";
import { streamOf } from "../../math/streams.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Graph } from "./graph.ts";
import type { Parameters } from "./parameters.ts";

export interface ForwardOptions {
  readonly training: boolean;
  /**
   * Batch normalisation alone as in training, its moving statistics those of this batch alone: told of each time that such
   * a layer has run, with how many numbers it got. Default: all layers as `training` says.
   */
  readonly estimate?: ((layer: Layer, size: number) => void) | undefined;
  /** The run's seed; dropout draws by it and the step. */
  readonly seed: number;
  readonly step: number | Tensor;
  /** The outputs, by position, whose last activation is left off. */
  readonly logits: ReadonlySet<number>;
  /** Where layers put what they add to the loss. */
  readonly penalties?: Tensor[];
}

/** The outputs of a network for a batch, in their order. @param given a tensor for each of its inputs */
export function forward(
  { nodes, fusing, outputs: ends, begin = -1 }: Graph,
  parameters: Pick<Parameters, "all" | "frozen">,
  given: readonly Tensor[],
  { training, estimate, seed, step, logits, penalties }: ForwardOptions,
): Tensor[] {
  const bare = new Set(ends.flatMap(({ node }, k) => (logits.has(k) ? [node] : [])));
  const outputs: Tensor[] = [];
  const values: Readonly<Record<string, Tensor>>[] = [];
  let next = 0;
  nodes.forEach(({ layer, inputs, weights, first }, i) => {
    values[i] =
      values[first] ?? Object.fromEntries(weights.map((spec) => [spec.name, parameters.all[next++]!.value]));
    if (i <= begin) {
      outputs.push(given[0]!);
      return;
    }
    const [one, ...others] = inputs.map((at) => (at < 0 ? given[-1 - at]! : outputs[at]!));
    const estimated =
      estimate !== undefined && layer.traits?.statistics !== undefined && !parameters.frozen.has(i);
    const output = layer.call([one!, ...others], {
      weights: values[i],
      // a frozen batch normalisation keeps to its moving statistics; dropout has nothing to freeze
      training: estimated || (training && !parameters.frozen.has(i)),
      momentum: estimated ? 0 : undefined,
      draw: { seed, stream: streamOf("dropout", i), step },
      logits: fusing.off.has(i) || bare.has(i),
      penalize: penalties && ((penalty) => penalties.push(penalty)),
      activation: fusing.takes.get(i) ?? "linear",
      place: { nodes, outputs, given, i },
    });
    outputs.push(output);
    if (estimated) estimate(layer, output.size);
  });
  return ends.map(({ node }) => outputs[node]!);
}
