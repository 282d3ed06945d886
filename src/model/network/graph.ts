/**
 * A network as a list of nodes, each a layer with its inputs, in an order in which they can run. A layer that is applied
 * twice has two nodes and one set of weights.
 */
import type { Layer, WeightSpec } from "../../layers/index.ts";
import type { FusedActivation } from "../../ops/fusedActivation.ts";
import { type Shape, sizeOf } from "../../tensor/shape.ts";

/** A weight with the full name it has in the model: "conv2d/kernel". */
export interface NodeWeight extends WeightSpec {
  /** Its layer's name and its own: "conv2d/kernel". */
  readonly fullName: string;
  /** Its layer is not frozen, and it is meant to be learned. */
  readonly trainable: boolean;
}

/** A layer at its place in a network to be. */
export interface Place {
  /** The layer. */
  readonly layer: Layer;
  /** Positions of the places that feed it, all before its own; −1 is the model's input. */
  readonly inputs: readonly number[];
  /** The first place of the layer, whose weights it shares; its own position where that is here. */
  readonly first: number;
}

export interface Node extends Place {
  /** The layer's name in the model. */
  readonly name: string;
  /** Shape of an example's output, without the batch axis. */
  readonly outputShape: Shape;
  /** The weights that the layer wants here. */
  readonly weights: readonly WeightSpec[];
}

/** Which layer applies whose activation; fusing.ts decides. */
export interface Fusing {
  /** Nodes that leave their last activation off, because another applies it. */
  readonly off: ReadonlySet<number>;
  /** What a node applies in another's place. */
  readonly takes: ReadonlyMap<number, FusedActivation>;
}

/** A network before it has memory. */
export interface Graph {
  /** Shape of an example, without the batch axis. */
  readonly inputShape: Shape;
  /** Name of the input; undefined for a chain that was given as a list. */
  readonly inputName: string | undefined;
  /** The last one gives the output. */
  readonly nodes: readonly Node[];
  /** Which activations are applied by a neighbour. */
  readonly fusing: Fusing;
}

/** Numbers of parameters. */
export interface ParameterCounts {
  /** All of them. */
  readonly total: number;
  /** Those that training changes. */
  readonly trainable: number;
  /** Those of frozen layers, and moving statistics. */
  readonly nonTrainable: number;
}

/** All weights, each once, in layer order, as the layers are frozen or not at this moment. */
export function weightsOf({ nodes }: Graph): NodeWeight[] {
  return nodes.flatMap(({ layer, name, weights, first }, i) =>
    first < i
      ? []
      : weights.map((spec) => ({
          ...spec,
          fullName: `${name}/${spec.name}`,
          trainable: layer.trainable && (spec.trainable ?? true),
        })),
  );
}

export function countParameters(weights: readonly NodeWeight[]): ParameterCounts {
  const count = (list: readonly NodeWeight[]): number =>
    list.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const total = count(weights);
  const trainable = count(weights.filter((weight) => weight.trainable));
  return { total, trainable, nonTrainable: total - trainable };
}
