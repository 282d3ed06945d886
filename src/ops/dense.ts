/** A fully connected layer as one op: product, bias and activation in one pass over the output. */
import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import {
  activationBackward,
  activationCode,
  biasGradient,
  checkBias,
  type FusedActivation,
} from "./fusedActivation.ts";
import { gemm } from "./matmul.ts";

type Inputs = [x: Tensor, kernel: Tensor, bias?: Tensor];

/** Batch rows, inputs and units. */
function sizes([x, kernel, bias]: Inputs): [n: number, k: number, units: number] {
  const [n, k] = x.shape;
  const [inputs, units] = kernel.shape;
  if (
    n === undefined ||
    k === undefined ||
    inputs === undefined ||
    units === undefined ||
    x.shape.length !== 2
  )
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `dense: the input is ${formatShape(x.shape)} and the kernel ${formatShape(kernel.shape)}; both must be matrices, so put flatten() before it`,
    );
  if (k !== inputs)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `dense: the input has ${k} features but the kernel expects ${inputs}; check the layer before it`,
    );
  checkBias("dense", bias, units);
  return [n, k, units];
}

const plain = { transposeA: false, transposeB: false };

const denseOp: Op<Inputs, FusedActivation, void> = {
  name: "dense",
  shape(inputs) {
    const [n, , units] = sizes(inputs);
    return [n, units];
  },
  forward(pass, inputs, activation) {
    const [x, kernel, bias] = inputs;
    const [n, k, units] = sizes(inputs);
    const fused = { bias: bias?.pointer ?? 0, activation: activationCode[activation] };
    gemm(pass, plain, pass.y, x, kernel, { m: n, n: units, k }, fused);
  },
  backward(pass, sink, inputs, activation) {
    const [x, kernel, bias] = inputs;
    const [n, k, units] = sizes(inputs);
    const dz = activationBackward(pass.allocator, activation, pass.y, sink);
    const dbias = bias && sink.gradient(2);
    if (dbias) biasGradient(pass.kernels, dbias, dz);
    const dkernel = sink.gradient(1);
    if (dkernel)
      gemm(pass, { transposeA: true, transposeB: false }, dkernel, x, dz, { m: k, n: units, k: n });
    const dx = sink.gradient(0);
    if (dx) gemm(pass, { transposeA: false, transposeB: true }, dx, dz, kernel, { m: n, n: k, k: units });
  },
};

/**
 * activation(x kernel + bias).
 * @param x [n, k]
 * @param kernel [k, units]
 * @param bias [units], or null for none
 * @throws AnygradError SHAPE_MISMATCH
 */
export function dense(
  x: Tensor,
  kernel: Tensor,
  bias: Tensor | null = null,
  { activation = "linear" }: { activation?: FusedActivation } = {},
): Tensor {
  return apply(denseOp, bias ? [x, kernel, bias] : [x, kernel], activation);
}
