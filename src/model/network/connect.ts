/** Makes a graph of layers: their shapes, names and weights to come are worked out here, before any memory exists. */
import { AnygradError, quote } from "../../errors.ts";
import type { Layer, WeightSpec } from "../../layers/index.ts";
import { type ExampleShape, formatShape, type Shape, sameShape } from "../../tensor/shape.ts";
import { fuse } from "./fusing.ts";
import { type Graph, isOpen, type Node, type Place, rowShape, shapeAt } from "./graph.ts";

/** @throws AnygradError INVALID_ARGUMENT for what is not the shape of an example */
export function checkExampleShape(subject: string, shape: Shape): Shape {
  if (Array.isArray(shape) && shape.length > 0 && shape.every((n) => Number.isInteger(n) && n > 0))
    return [...shape];
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject} is ${quote(shape)}; pass the shape of an example, such as [28, 28, 1]`,
  );
}

/** Two lengths at which a network is connected where it takes any: what differs between them depends on the length. Many strides divide both. */
const tried = [1680, 2520] as const;

/** The sizes to connect a network by, of a shape in which null stands for any length. @throws AnygradError INVALID_ARGUMENT */
export function lengthsToTry(
  subject: string,
  shape: ExampleShape,
): { sizes: Shape; others: Shape | undefined } {
  const at = (length: number): number[] => shape.map((n) => n ?? length);
  const open = Array.isArray(shape) && shape.includes(null);
  const isFixed = !open || shape.every((n) => n === null || (Number.isInteger(n) && n > 0));
  const sizes = checkExampleShape(subject, open && isFixed ? at(tried[0]) : (shape as Shape));
  return { sizes, others: open ? at(tried[1]) : undefined };
}

/** The ends of a chain, whose input has no name. */
export function chainEnds(subject: string, shape: ExampleShape): Ends {
  const { sizes, others } = lengthsToTry(subject, shape);
  return {
    inputs: [{ name: undefined, shape: sizes, others }],
    forms: { inputs: "one", outputs: "one" },
  };
}

/** A chain of layers. @throws AnygradError SHAPE_MISMATCH where a layer does not fit what comes before */
export function chain(layers: readonly Layer[], inputShape: ExampleShape): Graph {
  const ends = chainEnds("sequential: inputShape", inputShape);
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
      `sequential: item ${i} of the list is no layer; pass layers as layers.relu() makes them`,
    );
  };
  return connect(layers.map(place), ends);
}

/** What leads into and out of the places of a network. */
export type Ends = Pick<Graph, "inputs" | "forms"> & {
  /** Sequences of another length than the layers were made for. Default false. */
  readonly anySteps?: boolean;
  /** Where numbers leave, and their names where they have some; default the last place. */
  readonly outputs?: readonly { readonly name: string | undefined; readonly node: number }[] | undefined;
};

/**
 * @throws AnygradError SHAPE_MISMATCH where a layer does not fit what feeds it, or where it has been before; where a length is open
 *   that layers need to be fixed, too
 */
export function connect(places: readonly Place[], ends: Ends): Graph {
  const graph = connectAt(places, ends);
  if (!isOpen(graph)) return graph;
  const inputs = ends.inputs.map(({ name, shape, others = shape }) => ({ name, shape: others }));
  const other = connectAt(places, { ...ends, inputs, anySteps: true });
  checkSameWeights(
    graph,
    other,
    (what) =>
    `model: ${what}, which depends on the length that its input leaves open; pool over the steps in place of flattening, or pass a fixed length`, // biome-ignore format: one text
  );
  const nodes = graph.nodes.map((each, i) => ({ ...each, others: other.nodes[i]!.outputShape }));
  return { ...graph, nodes };
}

/** @throws AnygradError SHAPE_MISMATCH where a layer wants weights of other shapes than before */
export function checkSameWeights(before: Graph, after: Graph, fault: (what: string) => string): void {
  after.nodes.forEach(({ name, weights }, i) => {
    const other = weights.find((spec, w) => !sameShape(spec.shape, before.nodes[i]!.weights[w]!.shape));
    if (other) throw new AnygradError("SHAPE_MISMATCH", fault(`the layer "${name}" has a ${other.name}`));
  });
}

/** A network for inputs of these shapes. */
function connectAt(places: readonly Place[], { inputs, outputs, forms, anySteps }: Ends): Graph {
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
    const isSame = (n: number | null, i: number): boolean => n === null || n === shapes[0]![i];
    if (inputShape && !anySteps && !(inputShape.length === shapes[0]!.length && inputShape.every(isSame)))
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
