/** The activations that ops apply while they write their output: those whose derivative follows from their output alone. */

import { AnygradError } from "../errors.ts";
import {
  relu_backward_f32,
  relu6_backward_f32,
  sigmoid_backward_f32,
  sum_f32,
  tanh_backward_f32,
} from "../kernels/abi.generated.ts";
import type { Kernels } from "../kernels/kernel.ts";
import type { GradientSink, Tensor, TensorAllocator } from "../tensor/tensor.ts";

/**
 * Activation that an op applies while it writes its output: "linear" (none), "relu" max(x, 0), "sigmoid" 1 / (1 + e^−x),
 * "tanh" or "relu6" min(max(x, 0), 6). Other activations are ops of their own.
 */
export type FusedActivation = "linear" | "relu" | "sigmoid" | "tanh" | "relu6";

/** The numbers by which kernels know the activations; they are defined in assembly/gemm/epilogue.ts. */
export const activationCode: Readonly<Record<FusedActivation, number>> = {
  linear: 0,
  relu: 1,
  sigmoid: 2,
  tanh: 3,
  relu6: 4,
};

/** Their names, as a line of options has them. */
export const fusedNames = "linear|relu|sigmoid|tanh|relu6";

const backwardKernel = {
  relu: relu_backward_f32,
  sigmoid: sigmoid_backward_f32,
  tanh: tanh_backward_f32,
  relu6: relu6_backward_f32,
} as const;

/** Whether ops can apply the activation of this name while they write their output. */
export function isFused(activation: string): activation is FusedActivation {
  return activation in activationCode;
}

/**
 * dz, the gradient of what the activation was applied to, from dy, the gradient of its result y. Where the activation is
 * linear, dz is dy itself; else it is written over dy, or into a new tensor where dy belongs to others, too.
 */
export function activationBackward(
  allocator: TensorAllocator,
  activation: FusedActivation,
  y: Tensor,
  { dy, owned }: Pick<GradientSink, "dy" | "owned">,
): Tensor {
  if (activation === "linear") return dy;
  const dz = owned ? dy : allocator.allocate(y.shape);
  // the derivatives of these follow from y alone: the kernels do not read x
  const { pointer, size: n } = y;
  allocator.kernels.run(backwardKernel[activation], {
    dx: dz.pointer,
    dy: dy.pointer,
    x: pointer,
    y: pointer,
    n,
    alpha: 0,
  });
  return dz;
}

/** Requires one bias per output, if there is a bias. @throws AnygradError SHAPE_MISMATCH */
export function checkBias(name: string, bias: Tensor | undefined, outputs: number): void {
  if (bias && bias.size !== outputs)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${name}: the bias has ${bias.size} numbers but there are ${outputs} outputs; make them equal`,
    );
}

/** Writes dbias = Σ dz over all axes but the last. */
export function biasGradient(kernels: Kernels, dbias: Tensor, dz: Tensor): void {
  const inner = dbias.size;
  kernels.run(sum_f32, { out: dbias.pointer, x: dz.pointer, outer: 1, reduce: dz.size / inner, inner });
}
