/** A place of a network that is being rewritten, and how its layer is changed. */
import { layerFromConfig } from "../../layers/index.ts";
import type { Layer, SavedLayer } from "../../layers/layer.ts";
import { isBuiltIn } from "../../registry.ts";
import { innermost } from "../network/channels.ts";
import type { Node } from "../network/graph.ts";

/** A place, as it is so far. */
export interface Step {
  readonly node: Node;
  layer: Layer;
  /** The numbers of its weights, by their names in the layer. */
  weights: Readonly<Record<string, Float32Array>>;
  /** Where it is left out: the place, or the input, whose numbers it would give. */
  origin?: number;
}

/** The layers that a batch normalisation goes into, and which kernel makes their outputs. All may have a bias and an activation. */
export const kernels: Readonly<Record<string, string>> = {
  dense: "kernel",
  conv1d: "kernel",
  conv2d: "kernel",
  conv2dTranspose: "kernel",
  depthwiseConv1d: "kernel",
  depthwiseConv2d: "kernel",
  separableConv1d: "pointwise_kernel",
  separableConv2d: "pointwise_kernel",
};

/** Whether it is a layer with a kernel, at this place alone. */
export function hasOwnKernel({ node, layer }: Step, steps: readonly Step[]): boolean {
  return innermost(layer).type in kernels && isOwn({ node, layer }, steps);
}

/** Whether it is a layer of the package that stands at this place alone. */
export function isOwn({ node, layer }: Pick<Step, "node" | "layer">, steps: readonly Step[]): boolean {
  return (
    isBuiltIn(layer.call) &&
    isBuiltIn(innermost(layer).call) &&
    steps.filter((each) => each.node.first === node.first).length === 1
  );
}

/** The same layer with other options, and without those that only training asks for. */
export function changed(layer: Layer, changes: object): Layer {
  const saved = JSON.parse(JSON.stringify(layer)) as SavedLayer;
  const inner = innermost(saved);
  const kept = Object.entries(inner.config).filter(
    ([option]) => !/(Initializer|Regularizer|Constraint)$/.test(option),
  );
  inner.config = { ...Object.fromEntries(kept), ...changes };
  return layerFromConfig(saved);
}
