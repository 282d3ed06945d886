/**
 * Weights of PyTorch's layers as those of the layers here, which have Keras's names and axes: channels come last, a kernel's outputs
 * too. References: torch.nn, "Variables" of each layer; keras.layers.
 */
import { AnygradError } from "../../errors.ts";
import { type Elements, floatsOf } from "../../io/elements.ts";
import { copyStrided } from "../../io/strided.ts";
import { formatShape, type Shape, sizeOf } from "../../tensor/shape.ts";
import type { Graph, Node } from "../network/graph.ts";

/** An array of the file. */
export interface FileArray {
  readonly name: string;
  readonly shape: Shape;
  readonly data: Elements;
}

/** An array whose axes can be moved. */
class Axes {
  readonly shape: Shape;
  readonly data: Elements;

  constructor(shape: Shape, data: Elements) {
    this.shape = shape;
    this.data = data;
  }

  /** The same numbers, row-major, under another shape. */
  as(...shape: number[]): Axes {
    return new Axes(shape, this.data);
  }

  /** With its axes in this order. */
  transposed(...order: number[]): Axes {
    if (order.length !== this.shape.length)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `loadWeights: an array of shape ${formatShape(this.shape)} should have ${order.length} axes; is the file PyTorch's?`,
      );
    const shape = order.map((axis) => this.shape[axis]!);
    const strides = order.map((axis) => sizeOf(this.shape.slice(axis + 1)));
    const out = copyStrided(this.data.slice() as Float64Array, this.data as Float64Array, shape, strides);
    return new Axes(shape, out);
  }

  plus(other: Axes): Axes {
    const [a, b] = [floatsOf(this.data), floatsOf(other.data)];
    return new Axes(
      this.shape,
      a.map((value, i) => value + b[i]!),
    );
  }

  /** Equal parts of the first axis. */
  parts(count: number): Axes[] {
    const [first = 0, ...rest] = this.shape;
    const size = this.data.length / count;
    return Array.from(
      { length: count },
      (_, i) => new Axes([first / count, ...rest], this.data.slice(i * size, (i + 1) * size)),
    );
  }
}

/** Arrays of a layer of PyTorch by their names. */
type Theirs = ReadonlyMap<string, Axes>;
/** Gives the layer's weights by their names here, of the arrays that are there. */
type Turn = (theirs: Theirs, node: Node, graph: Graph) => Record<string, Axes | undefined>;

const convolution: Turn = (theirs, node) => {
  const kernel = theirs.get("weight");
  const rank = node.weights[0]!.shape.length;
  const spatial = Array.from({ length: rank - 2 }, (_, i) => i + 2);
  return { kernel: kernel?.transposed(...spatial, 1, 0), bias: theirs.get("bias") };
};

const scaled: Turn = (theirs) => ({
  gamma: theirs.get("weight"),
  beta: theirs.get("bias"),
  moving_mean: theirs.get("running_mean"),
  moving_variance: theirs.get("running_var"),
});

/** Both biases are added where the layer has one for both; PyTorch's gates stand in the order that `gates` names. */
function recurrent(gates: number, order: readonly number[], hasTwoBiases: boolean): Turn {
  const inOrder = (array: Axes): Axes => {
    const parts = array.parts(gates);
    const data = new Float32Array(array.data.length);
    order.forEach((gate, i) => {
      data.set(floatsOf(parts[gate]!.data), (i * data.length) / gates);
    });
    return new Axes(array.shape, data);
  };
  return (theirs) => {
    const [ih, hh] = [theirs.get("bias_ih_l0"), theirs.get("bias_hh_l0")].map(
      (bias) => bias && inOrder(bias),
    );
    const kernel = theirs.get("weight_ih_l0");
    const recurrentKernel = theirs.get("weight_hh_l0");
    const two = (): Axes => {
      const data = new Float32Array(2 * ih!.data.length);
      [ih!, hh!].forEach((bias, i) => void data.set(floatsOf(bias.data), i * ih!.data.length));
      return new Axes([2, ih!.data.length], data);
    };
    return {
      kernel: kernel && inOrder(kernel).transposed(1, 0),
      recurrent_kernel: recurrentKernel && inOrder(recurrentKernel).transposed(1, 0),
      bias: hasTwoBiases ? ih && hh && two() : ih && hh && ih.plus(hh),
    };
  };
}

const turns: Readonly<Record<string, Turn>> = {
  dense(theirs, node, graph) {
    const weight = theirs.get("weight");
    return {
      kernel: weight && behindFlatten(weight, node, graph).transposed(1, 0),
      bias: theirs.get("bias"),
    };
  },
  conv1d: convolution,
  conv2d: convolution,
  // its kernel's inputs come first there, and its outputs second to last here
  conv2dTranspose: convolution,
  depthwiseConv2d(theirs, node) {
    const [h, w, c, multiplier] = node.weights[0]!.shape as [number, number, number, number];
    return {
      kernel: theirs.get("weight")?.as(c, multiplier, h, w).transposed(2, 3, 0, 1),
      bias: theirs.get("bias"),
    };
  },
  depthwiseConv1d(theirs, node) {
    const [length, c, multiplier] = node.weights[0]!.shape as [number, number, number];
    return {
      kernel: theirs.get("weight")?.as(c, multiplier, length).transposed(2, 0, 1),
      bias: theirs.get("bias"),
    };
  },
  batchNormalization: scaled,
  layerNormalization: scaled,
  groupNormalization: scaled,
  rmsNormalization: (theirs) => ({ scale: theirs.get("weight") }),
  embedding: (theirs) => ({ embeddings: theirs.get("weight") }),
  prelu(theirs, node) {
    const weight = theirs.get("weight");
    const { shape } = node.weights[0]!;
    return { alpha: weight && weight.data.length === sizeOf(shape) ? weight.as(...shape) : weight };
  },
  lstm: recurrent(4, [0, 1, 2, 3], false),
  // reset, update, new there; update, reset, new here
  gru: recurrent(3, [1, 0, 2], true),
  simpleRNN: recurrent(1, [0], false),
  multiHeadAttention(theirs, node) {
    const [dim, heads, size] = node.weights[0]!.shape as [number, number, number];
    const [kernels, biases] = [theirs.get("in_proj_weight")?.parts(3), theirs.get("in_proj_bias")?.parts(3)];
    const found: Record<string, Axes | undefined> = {};
    ["query", "key", "value"].forEach((name, i) => {
      found[`${name}_kernel`] = kernels?.[i]?.transposed(1, 0).as(dim, heads, size);
      found[`${name}_bias`] = biases?.[i]?.as(heads, size);
    });
    found.attention_output_kernel = theirs.get("out_proj.weight")?.transposed(1, 0).as(heads, size, dim);
    found.attention_output_bias = theirs.get("out_proj.bias");
    return found;
  },
};

/** Counts batches, which nothing here needs. */
const ignored = "num_batches_tracked";

/** The arrays of the layers that are known, under the names and in the axes that they have here; others as they are. */
export function fromPytorch(graph: Graph, arrays: readonly FileArray[]): readonly FileArray[] {
  const byNode = new Map<Node, Map<string, Axes>>();
  const others: FileArray[] = [];
  for (const array of arrays) {
    const node = graph.nodes.find(
      ({ name }) => array.name.startsWith(name) && "/.".includes(array.name[name.length] ?? ""),
    );
    if (!node || !Object.hasOwn(turns, node.layer.type)) {
      if (!array.name.endsWith(ignored)) others.push(array);
      continue;
    }
    const theirs = byNode.get(node) ?? new Map<string, Axes>();
    byNode.set(node, theirs.set(array.name.slice(node.name.length + 1), new Axes(array.shape, array.data)));
  }
  for (const [node, theirs] of byNode) {
    const used = new Set<string>([ignored]);
    const taking = {
      get(name: string) {
        used.add(name);
        return theirs.get(name);
      },
    } as Theirs;
    for (const [name, axes] of Object.entries(turns[node.layer.type]!(taking, node, graph)))
      if (axes) others.push({ name: `${node.name}/${name}`, shape: axes.shape, data: axes.data });
    for (const [name, { shape, data }] of theirs)
      if (!used.has(name)) others.push({ name: `${node.name}/${name}`, shape, data });
  }
  return others;
}

/**
 * Behind a flattened image the inputs of a dense layer stand channel by channel in PyTorch, and pixel by pixel here.
 * @param weight [outputs, inputs]
 */
function behindFlatten(weight: Axes, node: Node, { nodes, inputShape }: Graph): Axes {
  let at = node.inputs[0]!;
  // what keeps every number in its place, such as dropout and activations, may stand between
  while (at >= 0 && nodes[at]!.outputShape.length === 1 && nodes[at]!.layer.type !== "flatten") {
    const { weights, inputs } = nodes[at]!;
    if (weights.length > 0 || inputs.length !== 1) return weight;
    at = inputs[0]!;
  }
  if (at < 0 || nodes[at]!.layer.type !== "flatten") return weight;
  const before = nodes[at]!.inputs[0]!;
  const image = before < 0 ? inputShape : nodes[before]!.outputShape;
  const [outputs = 0, inputs] = weight.shape;
  if (image.length < 2 || weight.shape.length !== 2 || inputs !== sizeOf(image)) return weight;
  const [channels, sizes] = [image.at(-1)!, image.slice(0, -1)];
  const axes = sizes.map((_, i) => i + 2);
  return weight
    .as(outputs, channels, ...sizes)
    .transposed(0, ...axes, 1)
    .as(outputs, inputs);
}
