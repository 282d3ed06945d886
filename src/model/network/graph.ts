/**
 * A network as a list of nodes, each a layer with its inputs, in an order in which they can run. A layer that is applied
 * twice has two nodes and one set of weights.
 */
import { AnygradError } from "../../errors.ts";
import type { Layer, WeightSpec } from "../../layers/index.ts";
import type { FusedActivation } from "../../ops/fusedActivation.ts";
import { type ExampleShape, openShape, type Shape, sizeOf } from "../../tensor/shape.ts";

/** A weight with the full name it has in the model: "conv2d/kernel". */
export interface NodeWeight extends WeightSpec {
  /** The type of its layer. */
  readonly type: string;
  /** What it belongs to: its layer. */
  readonly owner: object;
  /** Its layer's name and its own: "conv2d/kernel". */
  readonly fullName: string;
  /** Its layer is not frozen, and it is meant to be learned. */
  readonly trainable: boolean;
}

/** A layer at its place in a network to be. */
export interface Place {
  /** The layer. */
  readonly layer: Layer;
  /** Positions of the places that feed it, all before its own; −1 is the model's first input, −2 its second. */
  readonly inputs: readonly number[];
  /** The first place of the layer, whose weights it shares; its own position where that is here. */
  readonly first: number;
  /** The name of the model that it came with, where it is a layer of a model inside. */
  readonly within?: string | undefined;
}

export interface Node extends Place {
  /** What its weights belong to: the layer, or, where a chain has one layer twice, this place of it. */
  readonly owner: object;
  /** The layer's name in the model. */
  readonly name: string;
  /** Shape of an example's output, without the batch axis; where a length is open, for the one to try. */
  readonly outputShape: Shape;
  /** The same at the other length; undefined where nothing is open. */
  readonly others?: Shape | undefined;
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

/** Where numbers enter a network. */
export interface NetworkInput {
  /** Its name; undefined for that of a chain that was given as a list. */
  readonly name: string | undefined;
  /** Shape of an example, without the batch axis; where a length is open, one to try. */
  readonly shape: Shape;
  /** The same at another length; undefined where nothing is open. */
  readonly others?: Shape | undefined;
}

/** Where numbers leave a network. */
export interface NetworkOutput {
  /** Its name, in logs and in what `predict` gives. */
  readonly name: string;
  /** Position of the node that gives it. */
  readonly node: number;
}

/** How inputs or outputs were given, and so how data go in and come out. */
export type Form = "one" | "list" | "record";

/** A network before it has memory. */
export interface Graph {
  /** In their order. */
  readonly inputs: readonly NetworkInput[];
  /** In their order. */
  readonly outputs: readonly NetworkOutput[];
  /** How both were given. */
  readonly forms: {
    /** One input, a list of them, or a record by their names. */
    readonly inputs: Form;
    /** One output, a list of them, or a record by their names. */
    readonly outputs: Form;
  };
  /** Shape of an example as a data set holds it: the input's, or one row of the numbers of all inputs. */
  readonly inputShape: Shape;
  /** Shape of an example's output: the output's, or one row of the numbers of all outputs. */
  readonly outputShape: Shape;
  /** In an order in which they can run. */
  readonly nodes: readonly Node[];
  /** Which activations are applied by a neighbour. */
  readonly fusing: Fusing;
  /** The place whose output is given in place of inputs: it and those before do not run. Default: none. */
  readonly begin?: number;
}

/** The shape of what feeds a place: an input's, or what a node gives. */
export function shapeAt(graph: Pick<Graph, "inputs" | "nodes">, at: number): Shape {
  return at < 0 ? graph.inputs[-1 - at]!.shape : graph.nodes[at]!.outputShape;
}

/** Whether it takes examples of any length: it runs as the network that it is at theirs (lengths.ts). */
export function isOpen({ inputs }: Pick<Graph, "inputs">): boolean {
  return inputs.some(({ others }) => others);
}

/** Shape of an example as a data set holds it; null where a length is open, of a row of several where one is. */
export function shownInput({ inputs, inputShape }: Graph): ExampleShape {
  const [first] = inputs;
  if (inputs.length === 1) return openShape(first!.shape, first!.others);
  return isOpen({ inputs }) ? [null] : inputShape;
}

/** Shape of an example's output; null where it depends on the length. */
export function shownOutput({ outputs, nodes, outputShape }: Graph): ExampleShape {
  const ends = outputs.map(({ node }) => nodes[node]!);
  const [first] = ends;
  if (ends.length === 1) return openShape(first!.outputShape, first!.others);
  return ends.some((end) => openShape(end.outputShape, end.others).includes(null)) ? [null] : outputShape;
}

/** A shape without open sizes. @param side the property of a model whose tensors have those @throws AnygradError UNSUPPORTED */
export function fixedShape(subject: string, side: string, shape: ExampleShape): Shape {
  if (!shape.includes(null)) return shape as Shape;
  throw new AnygradError(
    "UNSUPPORTED",
    `${subject}: the model takes examples of any length, so that none is fixed; read net.${side}[0].shape, or pass a fixed length to input`,
  );
}

/** The one shape, or a row of the numbers of all. */
export function rowShape(shapes: readonly Shape[]): Shape {
  return shapes.length === 1 ? shapes[0]! : [shapes.reduce((sum, shape) => sum + sizeOf(shape), 0)];
}

/** Whether data go in or come out by the names of inputs and outputs, or as lists. */
export function isNamed({ forms }: Graph): boolean {
  return forms.inputs !== "one" || forms.outputs !== "one";
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
  return nodes.flatMap(({ layer, owner, name, weights, first }, i) =>
    first < i
      ? []
      : weights.map((spec) => ({
          ...spec,
          type: layer.type,
          owner,
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
