/**
 * A network as a list of nodes, each a layer with its inputs, in an order in which they can run.
 * Shapes, names and the weights to come are worked out here, before any memory exists.
 */
import { AnygradError } from "../errors.ts";
import type { Layer, WeightSpec } from "../layers/index.ts";
import { formatShape, type Shape, sizeOf } from "../tensor/shape.ts";
import { type Fusing, fuse } from "./fusing.ts";

/** A weight with the full name it has in the model: "conv2d/kernel". */
export interface NodeWeight extends WeightSpec {
  readonly fullName: string;
  /** Of a layer that is not frozen, and meant to be learned. */
  readonly trainable: boolean;
}

export interface Node {
  readonly layer: Layer;
  readonly name: string;
  /** Positions of the nodes that feed it; −1 is the model's input. */
  readonly inputs: readonly number[];
  /** Of an example, without the batch axis. */
  readonly outputShape: Shape;
  readonly weights: readonly WeightSpec[];
}

export interface Graph {
  readonly inputShape: Shape;
  readonly nodes: readonly Node[];
  readonly fusing: Fusing;
}

/** Numbers of parameters. */
export interface ParameterCounts {
  readonly total: number;
  readonly trainable: number;
  readonly nonTrainable: number;
}

/** A chain of layers. @throws AnygradError SHAPE_MISMATCH where a layer does not fit what comes before */
export function chain(layers: readonly Layer[], inputShape: Shape): Graph {
  if (
    !Array.isArray(inputShape) ||
    inputShape.length === 0 ||
    !inputShape.every((n) => Number.isInteger(n) && n > 0)
  )
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `sequential: inputShape is ${JSON.stringify(inputShape)}; pass the shape of an example, such as [28, 28, 1]`,
    );
  if (layers.length === 0)
    throw new AnygradError("INVALID_ARGUMENT", "sequential: the list of layers is empty; pass at least one");
  const naming = new Naming(layers);
  const nodes: Node[] = [];
  layers.forEach((layer, i) => {
    const shapes = [nodes.at(-1)?.outputShape ?? inputShape];
    nodes.push(node(layer, naming.of(layer), [i - 1], shapes));
  });
  return { inputShape: [...inputShape], nodes, fusing: fuse(nodes) };
}

function node(layer: Layer, name: string, inputs: readonly number[], shapes: readonly Shape[]): Node {
  try {
    const outputShape = layer.outputShape(shapes);
    return { layer, name, inputs, outputShape, weights: layer.weights(shapes) };
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
    const snake = type.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    for (;;) {
      const count = this.#counts.get(snake) ?? 0;
      this.#counts.set(snake, count + 1);
      const numbered = count === 0 ? snake : `${snake}_${count}`;
      if (!this.#given.has(numbered)) return numbered;
    }
  }
}

/** All weights, in layer order, as the layers are frozen or not at this moment. */
export function weightsOf({ nodes }: Graph): NodeWeight[] {
  return nodes.flatMap(({ layer, name, weights }) =>
    weights.map((spec) => ({
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
