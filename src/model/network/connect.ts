/** Makes a graph of layers: their shapes, names and weights to come are worked out here, before any memory exists. */
import { AnygradError, quote } from "../../errors.ts";
import type { Layer, WeightSpec } from "../../layers/index.ts";
import { formatShape, type Shape, sameShape } from "../../tensor/shape.ts";
import { fuse } from "./fusing.ts";
import type { Graph, Node, Place } from "./graph.ts";

/** @throws AnygradError INVALID_ARGUMENT for what is not the shape of an example */
export function checkExampleShape(subject: string, shape: Shape): Shape {
  if (Array.isArray(shape) && shape.length > 0 && shape.every((n) => Number.isInteger(n) && n > 0))
    return [...shape];
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject} is ${quote(shape)}; pass the shape of an example, such as [28, 28, 1]`,
  );
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
  return connect(layers.map(place), inputShape);
}

/** @throws AnygradError SHAPE_MISMATCH where a layer does not fit what feeds it, or where it has been before */
export function connect(places: readonly Place[], inputShape: Shape, inputName?: string): Graph {
  const naming = new Naming(places.flatMap(({ layer, first }, i) => (first === i ? [layer] : [])));
  const nodes: Node[] = [];
  places.forEach((place, i) => {
    const { layer, inputs, first } = place;
    const name = first === i ? naming.of(layer) : nodes[first]!.name;
    const shapes = inputs.map((at) => (at < 0 ? inputShape : nodes[at]!.outputShape));
    nodes.push(node(place, name, shapes, nodes[first]?.weights));
  });
  return { inputShape, inputName, nodes, fusing: fuse(nodes) };
}

/** @param shared the weights that it has from its first place */
function node(
  place: Place,
  name: string,
  shapes: readonly Shape[],
  shared: readonly WeightSpec[] | undefined,
): Node {
  const { layer } = place;
  try {
    const outputShape = layer.outputShape(shapes);
    const weights = layer.weights(shapes);
    const other = weights.find(({ shape }, i) => shared && !sameShape(shape, shared[i]!.shape));
    if (other)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${layer.type}: applied again it wants a ${other.name} of ${formatShape(other.shape)}, but it has one of another shape; make another layer`,
      );
    return { ...place, name, outputShape, weights };
  } catch (error) {
    if (!(error instanceof AnygradError)) throw error;
    const where = `layer "${name}", which gets ${shapes.map(formatShape).join(" and ")}`;
    throw new AnygradError(error.code, `${error.message} (${where})`, { cause: error });
  }
}

/** Gives names as Keras does: the type in snake case, numbered from the second on. Names that users gave stay theirs. */
class Naming {
  readonly #counts = new Map<string, number>();
  readonly #given = new Set<string>();

  constructor(layers: readonly Layer[]) {
    for (const { name } of layers) {
      if (name === undefined) continue;
      if (this.#given.has(name))
        throw new AnygradError(
          "INVALID_ARGUMENT",
          `model: two layers are named "${name}"; names must differ, so rename one`,
        );
      this.#given.add(name);
    }
  }

  of({ name, type }: Layer): string {
    if (name !== undefined) return name;
    const snake = type.replace(/[A-Z]+/g, (letters) => `_${letters.toLowerCase()}`);
    for (;;) {
      const count = this.#counts.get(snake) ?? 0;
      this.#counts.set(snake, count + 1);
      const numbered = count === 0 ? snake : `${snake}_${count}`;
      if (!this.#given.has(numbered)) return numbered;
    }
  }
}
