/** Layers applied to symbolic tensors, and what is none. */
import { AnygradError, quote } from "../errors.ts";
import { type Layer, SymbolicTensor } from "./layer.ts";

/** What `apply` takes: one tensor, or a list of them. */
type Inputs = SymbolicTensor | readonly SymbolicTensor[];

/**
 * What a layer makes of its inputs.
 * @param to what `apply` was given, all of it: an argument that is left out of sight would be missed by nobody
 * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH
 */
export function applied(layer: Layer, to: readonly Inputs[]): SymbolicTensor {
  const inputs = to.flat() as SymbolicTensor[];
  for (const input of inputs) checkSymbolic(`${layer.type}: apply`, input);
  if (inputs.length !== 1 && !layer.traits?.merges)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${layer.type}: apply got ${inputs.length} tensors but takes one; merge them first, as layers.add or layers.concatenate do`,
    );
  const output = symbolOf(layer, inputs);
  noteOutput(output);
  return output;
}

/** What a layer makes of inputs; of those whose length is open, at both lengths that are tried. @throws AnygradError SHAPE_MISMATCH */
export function symbolOf(layer: Layer, inputs: readonly SymbolicTensor[], within?: string): SymbolicTensor {
  const isOpen = inputs.some(({ others }) => others);
  const others = isOpen
    ? layer.outputShape(inputs.map(({ sizes, others: other = sizes }) => other))
    : undefined;
  const sizes = layer.outputShape(inputs.map((each) => each.sizes));
  return new SymbolicTensor(sizes, inputs, layer, within, others);
}

const noted = new WeakMap<Layer, SymbolicTensor[]>();

/** Has the layer tell what it gave, as `layer.output`. */
export function noteOutput(output: SymbolicTensor): void {
  const layer = output.source as Layer;
  const known = noted.get(layer);
  if (known) {
    known.push(output);
    return;
  }
  const outputs = [output];
  noted.set(layer, outputs);
  // not enumerable: a changed copy of the layer has outputs of its own
  Object.defineProperty(layer, "output", { get: () => onlyOne(layer, outputs), configurable: true });
}

/** @throws AnygradError INVALID_ARGUMENT where it was applied several times */
function onlyOne({ type }: Layer, outputs: readonly SymbolicTensor[]): SymbolicTensor {
  if (outputs.length === 1) return outputs[0]!;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${type}: output: it was applied ${outputs.length} times, and has as many; keep what its apply gives`,
  );
}

/** @throws AnygradError INVALID_ARGUMENT for anything else, such as a layer that has not been applied */
export function checkSymbolic(subject: string, value: unknown): asserts value is SymbolicTensor {
  if (value instanceof SymbolicTensor) return;
  const { type } = Object(value) as { type?: unknown };
  const got = type ? `the ${type} layer itself` : quote(value);
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject} got ${got}; pass a symbolic tensor: what input({ shape }) gives, or a layer's apply(x)`,
  );
}
