/** A fully connected layer as one op: bias and activation are applied while the product is written. */
import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import {
  activationBackward,
  activationCode,
  biasGradient,
  checkBias,
  type FusedActivation,
  fusedNames,
} from "./fusedActivation.ts";
import { gemm } from "./gemm.ts";

type Inputs = [x: Tensor, kernel: Tensor, bias?: Tensor];

/** The sizes: rows n, which are all axes but the last, features k and units. @throws AnygradError SHAPE_MISMATCH where they do not fit each other */
function sizes([x, kernel, bias]: Inputs): [n: number, k: number, units: number] {
  const k = x.shape.at(-1);
  const [inputs, units] = kernel.shape;
  if (k === undefined || inputs === undefined || units === undefined || x.shape.length < 2)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `dense: the input is ${formatShape(x.shape)} and the kernel ${formatShape(kernel.shape)}; wanted [..., features] and [features, units]`,
    );
  if (k !== inputs)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `dense: the input has ${k} features but the kernel expects ${inputs}; check the layer before it`,
    );
  checkBias("dense", bias, units);
  return [x.size / k, k, units];
}

const denseOp: Op<Inputs, FusedActivation, void> = {
  name: "dense",
  shape(inputs) {
    const [, , units] = sizes(inputs);
    return [...inputs[0].shape.slice(0, -1), units];
  },
  forward(pass, inputs, activation) {
    const [x, kernel, bias] = inputs;
    const [n, k, units] = sizes(inputs);
    const fused = { bias: bias?.pointer ?? 0, activation: activationCode[activation] };
    gemm(pass, {}, pass.y, x, kernel, { m: n, n: units, k }, fused);
  },
  backward(pass, sink, inputs, activation) {
    const [x, kernel, bias] = inputs;
    const [n, k, units] = sizes(inputs);
    const dz = activationBackward(pass.allocator, activation, pass.y, sink);
    const dbias = bias && sink.gradient(2);
    if (dbias) biasGradient(pass.kernels, dbias, dz);
    const dkernel = sink.gradient(1);
    if (dkernel) gemm(pass, { transposeA: true }, dkernel, x, dz, { m: k, n: units, k: n });
    const dx = sink.gradient(0);
    if (dx) gemm(pass, { transposeB: true }, dx, dz, kernel, { m: n, n: k, k: units });
  },
};

/**
 * A fully connected layer: y = activation(x · kernel + bias), the product being one of matrices.
 * @param x [..., features]
 * @param kernel [features, units]
 * @param bias [units], or null (default) for none
 * @returns [..., units]
 * @throws AnygradError SHAPE_MISMATCH where x and kernel do not fit, or the bias has not one number per unit
 */
export function dense(
  x: Tensor,
  kernel: Tensor,
  bias: Tensor | null = null,
  options?: {
    /** Activation that is applied to the result in the same op. Default "linear", which is none. */
    activation?: FusedActivation;
  },
): Tensor {
  const { activation = "linear" } = strictOptions("dense", options, `activation:${fusedNames}`);
  return apply(denseOp, bias === null ? [x, kernel] : [x, kernel, bias], activation);
}
