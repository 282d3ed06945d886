/** A network as JSON can hold it, without weights. */
import type { Normalization } from "../../data/dataset.ts";
import type { Preparation } from "../../data/preparation.ts";
import type { SavedLayer } from "../../layers/index.ts";
import { type ExampleShape, openShape } from "../../tensor/shape.ts";
import { type Graph, isNamed, shownInput } from "../network/graph.ts";

/** How a model's user puts examples in and reads what comes out; from the training data. */
export interface SavedInputs {
  /** How Uint8 inputs become floats. */
  normalization?: Normalization | undefined;
  /** One name a class. */
  classNames?: readonly string[] | undefined;
  /** What was made of pictures or rows of a table. */
  preparation?: Preparation | undefined;
  /** How the bytes of several inputs become floats, by their names. */
  normalizations?: Readonly<Record<string, Normalization>> | undefined;
}

/** A place in a network that is no list of layers. */
export interface SavedNode {
  /** Position of its layer in `layers`. */
  layer: number;
  /** The places that feed it, all before it; −1 is the input, −2 the second one. */
  inputs: number[];
}

/** Inputs and outputs that data come by, by name or in order. */
export interface SavedEnds {
  /** How both were given. */
  forms: Graph["forms"];
  /** The inputs. */
  inputs: {
    /** Its name. */
    name: string;
    /** Shape of an example; null where a length is open. */
    shape: ExampleShape;
  }[];
  /** The outputs, and the places that give them. */
  outputs: {
    /** Its name. */
    name: string;
    /** The place. */
    node: number;
  }[];
}

/** A network as JSON can hold it, without weights. */
export interface ModelConfig {
  /** Its name. */
  name: string;
  /** Shape of an example, without the batch axis, null where a length is open; of several inputs that of the row of all their numbers. */
  inputShape: ExampleShape;
  /** Seed of the first weights. */
  seed: number;
  /** Each once, in the order of their first places. */
  layers: SavedLayer[];
  /** Name of the input; with `nodes`, for a network that is no list of layers. */
  inputName?: string;
  /** Which layer stands at each place, and the places that feed it; −1 is the input. */
  nodes?: SavedNode[];
  /** Where it has several inputs or outputs. */
  ends?: SavedEnds;
  /** It is what `forInference` gave; `load` makes such a model of it. */
  inference?: boolean;
}

export function configOf(name: string, graph: Graph, seed: number): ModelConfig {
  const { inputs, outputs, forms, nodes } = graph;
  const inputShape = shownInput(graph);
  const distinct = nodes.filter(({ first }, i) => first === i);
  const layers = distinct.map(({ layer, name: layerName }) => ({ ...layer.toJSON(), name: layerName }));
  const chain = { name, inputShape, seed, layers };
  const inputName = inputs[0]!.name;
  if (inputName === undefined) return chain;
  const positions = new Map(distinct.map((node, i) => [node, i]));
  const places = nodes.map((node) => ({
    layer: positions.get(nodes[node.first]!)!,
    inputs: [...node.inputs],
  }));
  if (!isNamed(graph)) return { ...chain, inputName, nodes: places };
  const ends = {
    forms,
    inputs: inputs.map((each) => ({ name: each.name!, shape: openShape(each.shape, each.others) })),
    outputs: [...outputs],
  };
  return { ...chain, nodes: places, ends };
}
