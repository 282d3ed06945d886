/** Layers applied to symbolic tensors, and what is none. */
import { AnygradError } from "../errors.ts";
import { type Layer, SymbolicTensor } from "./layer.ts";

/** What a layer makes of its inputs. @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH */
export function applied(layer: Layer, to: SymbolicTensor | readonly SymbolicTensor[]): SymbolicTensor {
  const inputs = to instanceof SymbolicTensor ? [to] : Array.isArray(to) ? [...to] : [to];
  for (const input of inputs) checkSymbolic(`${layer.type}: apply`, input);
  if (inputs.length !== 1 && !layer.traits?.merges)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${layer.type}: apply got ${inputs.length} tensors but takes one; merge them first, as layers.add or layers.concatenate do`,
    );
  return new SymbolicTensor(layer.outputShape(inputs.map(({ shape }) => shape)), inputs, layer);
}

/** @throws AnygradError INVALID_ARGUMENT for anything else, such as a layer that has not been applied */
export function checkSymbolic(subject: string, value: unknown): asserts value is SymbolicTensor {
  if (value instanceof SymbolicTensor) return;
  const { type } = Object(value) as { type?: unknown };
  const got = type ? `the ${type} layer itself` : Object(value) === value ? "something else" : String(value);
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject} got ${got}; pass a symbolic tensor: what input({ shape }) gives, or a layer's apply(x)`,
  );
}
