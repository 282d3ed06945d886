/**
 * An op is one object: its name, its shape rule, forward and backward side by side.
 * `backward` has no default: an op without a gradient says why in words, which reach whoever asks for one.
 */

import { AnygradError } from "../errors.ts";
import type { Kernels } from "../kernels/abi.generated.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Shape } from "../tensor/shape.ts";
import type { GradientSink, OpInputs, Tensor, TensorAllocator } from "../tensor/tensor.ts";

/** What both passes get: the kernels, the op's output and a way to scratch memory. */
export interface Pass {
  readonly kernels: Kernels;
  readonly allocator: TensorAllocator;
  /** The output. */
  readonly y: Tensor;
  /** Runs `work` with bytes of scratch. */
  scratch(bytes: number, work: (offset: number) => void): void;
}

export interface Op<Inputs extends OpInputs, Attributes, Saved> {
  readonly name: string;
  /** The output's shape. @throws AnygradError SHAPE_MISMATCH or INVALID_ARGUMENT for inputs that do not fit */
  shape(inputs: Inputs, attributes: Attributes): Shape;
  /** The output's element type; float32 where it is not given. */
  readonly dtype?: DType;
  /** The inputs' element types; float32 where they are not given. */
  readonly inputs?: readonly (readonly DType[])[];
  /** Fills y; what it returns is kept for the backward pass. */
  forward(pass: Pass, inputs: Inputs, attributes: Attributes): Saved;
  /** Fills the gradients that `sink.gradient(i)` gives, or says why there are none. */
  readonly backward:
    | ((pass: Pass, sink: GradientSink, inputs: Inputs, attributes: Attributes, saved: Saved) => void)
    | string;
}

/** Runs an op and tells the tape, if one listens and a gradient flows through an input. */
export function apply<Inputs extends OpInputs, Attributes, Saved>(
  op: Op<Inputs, Attributes, Saved>,
  inputs: Inputs,
  attributes: Attributes,
): Tensor {
  const { allocator } = inputs[0]!;
  check(op, inputs);
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
    recorder.record(
      op.name,
      y,
      inputs,
      typeof backward === "string"
        ? `${op.name}: it has no gradient: ${backward}`
        : (sink) => backward(pass, sink, inputs, attributes, saved),
    );
  return y;
}

const floats: readonly DType[] = ["float32"];

/** @throws AnygradError INVALID_ARGUMENT for inputs of two engines or of a wrong element type */
function check(op: { name: string; inputs?: readonly (readonly DType[])[] }, inputs: OpInputs): void {
  inputs.forEach((input, i) => {
    if (!input) return;
    if (input.allocator !== inputs[0]!.allocator)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${op.name}: its inputs belong to two engines; make them with one`,
      );
    const wanted = op.inputs?.[i] ?? floats;
    if (!wanted.includes(input.dtype))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${op.name}: input ${i} is ${input.dtype} but ${wanted.join(" or ")} is wanted; convert it (ops.rescale makes float32 of uint8)`,
      );
  });
}
