/**
 * An op is one object: its name, its shape rule, forward and backward side by side.
 * `backward` has no default: an op without a gradient says why in words, which reach whoever asks for one.
 */
import type { Kernels } from "../engine/kernels/abi.generated.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Home } from "../tensor/home.ts";
import type { GradientSink, OpInputs } from "../tensor/recorder.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What both passes get: the kernels, the op's output and a way to scratch memory. */
export interface Pass {
  readonly kernels: Kernels;
  readonly home: Home;
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
  const { home } = inputs[0]!;
  const y = home.allocate(op.shape(inputs, attributes), op.dtype);
  const pass: Pass = {
    kernels: home.kernels,
    home,
    y,
    scratch: (bytes, work) => home.scratch(bytes, work),
  };
  const saved = op.forward(pass, inputs, attributes);
  const { recorder } = home;
  const { backward } = op;
  if (recorder && inputs.some((x) => x && recorder.tracks(x)))
    recorder.record(
      y,
      inputs,
      typeof backward === "string"
        ? `${op.name}: it has no gradient: ${backward}`
        : (sink) => backward(pass, sink, inputs, attributes, saved),
    );
  return y;
}
