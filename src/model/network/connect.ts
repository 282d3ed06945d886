/** Makes a graph of layers: their shapes, names and weights to come are worked out here, before any memory exists. */
import { AnygradError, quote } from "../../errors.ts";
import type { Layer, WeightSpec } from "../../layers/index.ts";
import { formatShape, type Shape, sameShape } from "../../tensor/shape.ts";
import { fuse } from "./fusing.ts";
import { type Graph, type Node, type Place, rowShape, shapeAt } from "./graph.ts";

/** @throws AnygradError INVALID_ARGUMENT for what is not the shape of an example */
export function checkExampleShape(subject: string, shape: Shape): Shape {
  if (Array.isArray(shape) && shape.length > 0 && shape.every((n) => Number.isInteger(n) && n > 0))
    return [...shape];
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject} is ${quote(shape)}; pass the shape of an example, such as [28, 28, 1]`,
  );
}

/** The ends of a chain, whose input has no name. */
export function chainEnds(shape: Shape): Ends {
  return { inputs: [{ name: undefined, shape }], forms: { inputs: "one", outputs: "one" } };
}

/** A chain of layers. @throws AnygradError SHAPE_MISMATCH where a layer does not fit what comes before */
export function chain(layers: readonly Layer[], inputShape: Shape): Graph {
  checkExampleShape("sequential: inputShape", inputShape);
  if (!Array.isArray(layers))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `sequential: got ${quote(layers)} where a list of layers is wanted; pass sequential([…], { inputShape: [28, 28, 1] })`,
    );
  if (layers.length === 0)
    throw new AnygradError("INVALID_ARGUMENT", "sequential: the list of layers is empty; pass at least one");
  const place = (layer: Layer, i: number): Place => {
    if (typeof layer?.outputShape === "function") return { layer, inputs: [i - 1], first: i };
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `sequential: item ${i} of the list is no layer; pass layers as layers.relu() makes them, not applied ones`,
    );
  };
  return connect(layers.map(place), chainEnds(inputShape));
}

/** What leads into and out of the places of a network. */
export type Ends = Pick<Graph, "inputs" | "forms"> & {
  /** Sequences of another length than the layers were made for. Default false. */
  readonly anySteps?: boolean;
  /** Where numbers leave, and their names where they have some; default the last place. */
  readonly outputs?: readonly { readonly name: string | undefined; readonly node: number }[] | undefined;
};

/** @throws AnygradError SHAPE_MISMATCH where a layer does not fit what feeds it, or where it has been before */
export function connect(places: readonly Place[], { inputs, outputs, forms, anySteps }: Ends): Graph {
  const naming = new Naming(places.flatMap((place, i) => (place.first === i ? [place] : [])));
  const nodes: Node[] = [];
  const owners = new Set<object>();
  places.forEach((place, i) => {
    const { first, layer } = place;
    const owner = first < i ? nodes[first]!.owner : owners.has(layer) ? {} : layer;
    owners.add(owner);
    const name = first === i ? naming.of(place) : nodes[first]!.name;
    const shapes = place.inputs.map((at) => shapeAt({ inputs, nodes }, at));
    nodes.push(node({ ...place, owner, name }, shapes, nodes[first]?.weights, anySteps));
  });
  const used = new Set<string>();
  const named = (outputs ?? [{ name: undefined, node: nodes.length - 1 }]).map(({ name, node: at }) => ({
    name: distinct(name ?? nodes[at]!.name, used),
    node: at,
  }));
  return {
    inputs,
    outputs: named,
    forms,
    inputShape: rowShape(inputs.map(({ shape }) => shape)),
    outputShape: rowShape(named.map(({ node: at }) => nodes[at]!.outputShape)),
    nodes,
    fusing: fuse(
      nodes,
      named.map(({ node: at }) => at),
    ),
  };
}

/** The name, numbered where it is used already; it is used from now on. */
export function distinct(name: string, used: Set<string>): string {
  let free = name;
  for (let count = 1; used.has(free); count++) free = `${name}_${count}`;
  used.add(free);
  return free;
}

/** @param shared the weights that it has from its first place */
function node(
  place: Omit<Node, "outputShape" | "weights">,
  shapes: readonly Shape[],
  shared: readonly WeightSpec[] | undefined,
  anySteps: boolean | undefined,
): Node {
  const { layer, name } = place;
  try {
    const { inputShape } = layer;
    if (inputShape && !anySteps && String(inputShape) !== String(shapes[0]))
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${layer.type}: inputShape is ${quote(inputShape)} but it gets ${quote(shapes[0])}; make them equal, or leave it out`,
      );
    const outputShape = layer.outputShape(shapes);
    const weights = layer.weights(shapes);
    const other = weights.find(({ shape }, i) => shared && !sameShape(shape, shared[i]!.shape));
    if (other)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${layer.type}: applied again it wants a ${other.name} of ${formatShape(other.shape)}, but it has one of another shape; make another layer`,
      );
    return { ...place, outputShape, weights };
  } catch (error) {
    if (!(error instanceof AnygradError)) throw error;
    const where = `layer "${name}", which gets ${shapes.map(formatShape).join(" and ")}`;
    throw new AnygradError(error.code, `${error.message} (${where})`, { cause: error });
  }
}

/** Gives names as Keras does: the type in snake case, numbered from the second on. Names that users gave stay theirs. */
class Naming {
  readonly #counts = new Map<string, number>();
  readonly #given = new Map<string, Layer>();

  constructor(places: readonly Place[]) {
    for (const { layer, within } of places) {
      const { name } = layer;
      if (name === undefined || (within !== undefined && this.#given.has(name))) continue;
      if (this.#given.has(name))
        throw new AnygradError(
          "INVALID_ARGUMENT",
          `model: two layers are named "${name}"; names must differ, so rename one`,
        );
      this.#given.set(name, layer);
    }
  }

  of({ layer, within }: Place): string {
    const { name, type } = layer;
    if (name !== undefined && this.#given.get(name) === layer) return name;
    // a model inside has names of its own
    if (name !== undefined) return this.#numbered(`${within}_${name}`);
    return this.#numbered(type.replace(/[A-Z]+/g, (letters) => `_${letters.toLowerCase()}`));
  }

  #numbered(name: string): string {
    for (;;) {
      const count = this.#counts.get(name) ?? 0;
      this.#counts.set(name, count + 1);
      const numbered = count === 0 ? name : `${name}_${count}`;
      if (!this.#given.has(numbered)) return numbered;
    }
  }
}
