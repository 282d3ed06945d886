/** The activations that a matrix product applies in its epilogue: their slope follows from their output alone. */

import { AnygradError } from "../errors.ts";
import type { Kernels } from "../kernels/abi.generated.ts";
import type { GradientSink, Tensor, TensorAllocator } from "../tensor/tensor.ts";

export type FusedActivation = "linear" | "relu" | "sigmoid" | "tanh";

/** The codes of assembly/gemm/epilogue.ts. */
export const activationCode: Readonly<Record<FusedActivation, number>> = {
  linear: 0,
  relu: 1,
  sigmoid: 2,
  tanh: 3,
};

const backwardKernel: Readonly<Record<Exclude<FusedActivation, "linear">, keyof Kernels>> = {
  relu: "relu_backward_f32",
  sigmoid: "sigmoid_backward_f32",
  tanh: "tanh_backward_f32",
};

export function isFused(activation: string): activation is FusedActivation {
  return activation in activationCode;
}

/** The gradient before the activation: dy itself where it is linear, else in dy's place or, if others hold it, a new one. */
export function activationBackward(
  allocator: TensorAllocator,
  activation: FusedActivation,
  y: Tensor,
  { dy, owned }: Pick<GradientSink, "dy" | "owned">,
): Tensor {
  if (activation === "linear") return dy;
  const dz = owned ? dy : allocator.allocate(y.shape);
  allocator.kernels[backwardKernel[activation] as "relu_backward_f32"](
    dz.pointer,
    dy.pointer,
    y.pointer,
    y.pointer,
    y.size,
    0,
  );
  return dz;
}

/** @throws AnygradError SHAPE_MISMATCH where there is not one bias per output */
export function checkBias(name: string, bias: Tensor | undefined, outputs: number): void {
  if (bias && bias.size !== outputs)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${name}: the bias has ${bias.size} numbers but there are ${outputs} outputs; make them equal`,
    );
}
