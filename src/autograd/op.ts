/**
 * What an op is: one object with its name, its shape rule, and its forward and backward pass side by side.
 * `backward` has no default: an op without a gradient gives a text that says why, which is the error of whoever asks for one.
 */

import { AnygradError, quote } from "../errors.ts";
import type { Kernels } from "../kernels/kernel.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Shape } from "../tensor/shape.ts";
import { type GradientSink, type OpInputs, Tensor, type TensorAllocator } from "../tensor/tensor.ts";

/** What the forward and the backward pass of an op are given. */
export interface Pass {
  /** The kernels, to be called by the names of their parameters. */
  readonly kernels: Kernels;
  /** Makes temporaries, which last as long as the step. */
  readonly allocator: TensorAllocator;
  /** The output: of undefined contents in the forward pass, as computed in the backward pass. */
  readonly y: Tensor;
  /** Runs `work` with `bytes` of memory for intermediate values, which is free again when it returns. */
  scratch(bytes: number, work: (offset: number) => void): void;
}

/**
 * An op: `Inputs` are its tensors, `Attributes` its other arguments, `Saved` what the forward pass computes and the backward
 * pass needs.
 */
export interface Op<Inputs extends OpInputs, Attributes, Saved> {
  /** Its name, which errors begin with. */
  readonly name: string;
  /**
   * The shape of the output.
   * @throws AnygradError SHAPE_MISMATCH for inputs that do not fit each other, INVALID_ARGUMENT for a bad attribute
   */
  shape(inputs: Inputs, attributes: Attributes): Shape;
  /** Element type of the output. Default "float32". */
  readonly dtype?: DType;
  /** The element types that each input may have. Default "float32" alone. */
  readonly inputs?: readonly (readonly DType[])[];
  /** How many of the inputs there must be; the others may be undefined. Default: all that are given. */
  readonly required?: number;
  /** Writes y. What it returns is handed to the backward pass; where it changes something else, too, that is `Saved.again`. */
  forward(pass: Pass, inputs: Inputs, attributes: Attributes): Saved;
  /** Writes the gradients that `sink.gradient(i)` gives; a text in its place says why there are none. */
  readonly backward:
    | ((pass: Pass, sink: GradientSink, inputs: Inputs, attributes: Attributes, saved: Saved) => void)
    | string;
}

/**
 * Runs the forward pass of an op, and tells the tape of it where something is differentiated and depends on an input.
 * @returns the output
 * @throws AnygradError INVALID_ARGUMENT for inputs of two engines or of a wrong element type, and what the op itself throws
 */
export function apply<Inputs extends OpInputs, Attributes, Saved>(
  op: Op<Inputs, Attributes, Saved>,
  inputs: Inputs,
  attributes: Attributes,
): Tensor {
  check(op, inputs);
  const { allocator } = inputs[0]!;
  const y = allocator.allocate(op.shape(inputs, attributes), op.dtype);
  const pass: Pass = {
    kernels: allocator.kernels,
    allocator,
    y,
    scratch: (bytes, work) => allocator.scratch(bytes, work),
  };
  const saved = op.forward(pass, inputs, attributes);
  const { recorder } = allocator;
  const { backward } = op;
  if (recorder && inputs.some((x) => x && recorder.tracks(x)))
    recorder.record({
      name: op.name,
      output: y,
      inputs,
      backward:
        typeof backward === "string"
          ? `${op.name}: it has no gradient: ${backward}`
          : (sink) => backward(pass, sink, inputs, attributes, saved),
      forward: (output, given, changed) =>
        op.forward({ ...pass, y: output }, given as Inputs, changed as Attributes),
      reverse: (sink, given, output, changed) =>
        typeof backward === "function" &&
        backward({ ...pass, y: output }, sink, given as Inputs, changed as Attributes, saved),
      attributes,
      saved,
    });
  return y;
}

const floats: readonly DType[] = ["float32"];

/**
 * Requires tensors. `apply` does it; what looks at an input before is to ask here first.
 * @param name the op, which errors begin with
 * @throws AnygradError INVALID_ARGUMENT for anything else, such as a list of numbers or a promise of a tensor
 */
export function checkTensors(name: string, ...inputs: readonly unknown[]): void {
  inputs.forEach((input, i) => {
    checkTensor(name, input, i);
  });
}

function checkTensor(name: string, input: unknown, i: number): void {
  if (!(input instanceof Tensor))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${name}: input ${i} is ${quote(input)} but a tensor is wanted; make one by engine.tensor, or await it`,
    );
}

/** Requires tensors of one engine and of the op's element types. @throws AnygradError INVALID_ARGUMENT */
function check(
  op: { name: string; inputs?: readonly (readonly DType[])[]; required?: number },
  inputs: OpInputs,
): void {
  const { required = inputs.length } = op;
  inputs.forEach((input, i) => {
    if (input === undefined && i >= required) return;
    checkTensor(op.name, input, i);
    if (input!.allocator !== inputs[0]!.allocator)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${op.name}: its inputs belong to two engines; make them with one`,
      );
    const wanted = op.inputs?.[i] ?? floats;
    if (!wanted.includes(input!.dtype))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${op.name}: input ${i} is ${input!.dtype} but ${wanted.join(" or ")} is wanted; convert it (uint8 by ops.rescale)`,
      );
  });
}
