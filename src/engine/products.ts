/** Derivatives of what multiplies: matrices, dense layers, convolutions; and of pooling. */

import { multiply } from "../ops/arithmetic.ts";
import type { FusedActivation } from "../ops/fusedActivation.ts";
import { sum } from "../ops/reduce.ts";
import { rescale } from "../ops/rescale.ts";
import { reshape } from "../ops/reshape.ts";
import { reaches } from "../ops/threshold.ts";
import { square } from "../ops/unary.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Derivative, formOf, linear, type Reached } from "./derivative.ts";
import { type Part, partOf, partsOf } from "./form.ts";
import { maxPooling } from "./maxPooling.ts";

function isAboveZero(y: Tensor): Tensor {
  return rescale(reaches(rescale(y, { scale: -1 }), 0), { scale: -1, shift: 1 });
}

/** Slopes of the fused activations, which follow from their output. */
const slopes: Readonly<Record<Exclude<FusedActivation, "linear">, (y: Tensor) => Tensor>> = {
  relu: isAboveZero,
  relu6: (y) => multiply(isAboveZero(y), rescale(reaches(y, 6), { scale: -1, shift: 1 })),
  sigmoid: (y) => multiply(y, rescale(y, { scale: -1, shift: 1 })),
  tanh: (y) => rescale(square(y), { scale: -1, shift: 1 }),
};

/**
 * Those of a product of x and kernel, then bias and activation.
 * @param plain the op's attributes without an activation
 * @param activationOf the activation in them
 */
function layer<Attributes>(
  plain: (attributes: Attributes) => unknown,
  activationOf: (attributes: Attributes) => FusedActivation | undefined,
): Derivative {
  return {
    gradients({ dy, y, inputs, attributes, op }: Reached<Attributes>) {
      const [x, kernel, bias] = inputs as [Tensor, Tensor, Tensor?];
      const activation = activationOf(attributes) ?? "linear";
      const dz = activation === "linear" ? dy : multiply(dy, slopes[activation](y));
      const form = formOf({ ...op, inputs: [x, kernel], attributes: plain(attributes) }, [0, 1]);
      return [
        () => partOf(form, 0, kernel, dz),
        () => partOf(form, 1, x, dz),
        () => reshape(sum(dz, { axis: dz.shape.slice(1).map((_, axis) => axis) }), bias!.shape),
      ];
    },
  };
}

const convolution = layer(
  (attributes: { activation?: FusedActivation }) => ({ ...attributes, activation: "linear" }),
  ({ activation }) => activation,
);

/** Derivatives by the names of the ops. */
export const products: Readonly<Record<string, Derivative>> = {
  matmul: linear([0, 1]),
  conv2dTranspose: linear([0, 1]),
  dense: layer(
    () => "linear",
    (activation: FusedActivation) => activation,
  ),
  conv2d: convolution,
  depthwiseConv2d: convolution,
  averagePooling2d: linear(),
  maxPooling2d: maxPooling,
  form: { gradients: ({ dy, inputs, attributes }: Reached<Part>) => partsOf(attributes, inputs, dy) },
};
