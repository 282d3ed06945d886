/** Derivatives of what multiplies: matrices, dense layers, convolutions; and of pooling. */

import {
  type Conv2dGeometry,
  depthwise_conv2d_f32,
  depthwise_conv2d_input_gradient_f32,
  depthwise_conv2d_kernel_gradient_f32,
} from "../kernels/abi.generated.ts";
import { multiply, subtract } from "../ops/arithmetic.ts";
import { greater } from "../ops/comparison.ts";
import { kernelGradient, kernelsOf } from "../ops/conv2d.ts";
import { conv2dAlgorithm } from "../ops/conv2dAlgorithm.ts";
import type { FusedActivation } from "../ops/fusedActivation.ts";
import { matmul } from "../ops/matmul.ts";
import { sum } from "../ops/reduce.ts";
import { rescale } from "../ops/rescale.ts";
import { reshape } from "../ops/reshape.ts";
import { square } from "../ops/unary.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Derivative, linear, type Reached, unrepeated } from "./derivative.ts";
import { type Form, type Part, partOf, partsOf } from "./form.ts";

/** Slopes of the fused activations, which follow from their output. */
const slopes: Readonly<Record<Exclude<FusedActivation, "linear">, (y: Tensor) => Tensor>> = {
  relu: (y) => greater(y, 0),
  sigmoid: (y) => subtract(y, square(y)),
  tanh: (y) => rescale(square(y), { scale: -1, shift: 1 }),
};

/** dz, the gradient of what a fused activation was applied to. */
export function beforeActivation(dy: Tensor, y: Tensor, activation: FusedActivation = "linear"): Tensor {
  return activation === "linear" ? dy : multiply(dy, slopes[activation](y));
}

/** dbias: the sum over all axes but the last. */
function ofBias(dz: Tensor, bias: Tensor | undefined): Tensor {
  return reshape(sum(dz, { axis: dz.shape.slice(1).map((_, axis) => axis) }), bias!.shape);
}

/** The products of a convolution's three passes. */
function convolution(geometry: Conv2dGeometry, isDepthwise: boolean): Form {
  const { n, h, w, c, kh, kw, oh, ow, o, groups } = geometry;
  const kernels = isDepthwise
    ? { forward: depthwise_conv2d_f32, inputGradient: depthwise_conv2d_input_gradient_f32 }
    : {
        forward: kernelsOf[conv2dAlgorithm(geometry, "forward")].forward,
        inputGradient: kernelsOf[conv2dAlgorithm(geometry, "inputGradient")].inputGradient,
      };
  return {
    shapes: [[n, h, w, c], isDepthwise ? [kh, kw, c, o / c] : [kh, kw, c / groups, o], [n, oh, ow, o]],
    write: [
      (dx, kernel, dy) => {
        const values = { dx: dx.pointer, dy: dy!.pointer, kernel: kernel!.pointer, geometry };
        dx.allocator.kernels.run(kernels.inputGradient, values);
      },
      (dkernel, x, dy) => {
        const { allocator, pointer } = dkernel;
        const values = { dkernel: pointer, x: x!.pointer, dy: dy!.pointer, geometry };
        if (isDepthwise) allocator.kernels.run(depthwise_conv2d_kernel_gradient_f32, values);
        else kernelGradient(allocator, dkernel, x!, dy!, geometry);
      },
      (y, x, kernel) => {
        const values = {
          y: y.pointer,
          x: x!.pointer,
          kernel: kernel!.pointer,
          bias: 0,
          geometry,
          activation: 0,
        };
        y.allocator.kernels.run(kernels.forward, values);
      },
    ],
  };
}

function convolved(isDepthwise: boolean): Derivative {
  return {
    gradients({
      dy,
      y,
      inputs,
      attributes,
      saved,
    }: Reached<{ activation?: FusedActivation }, Conv2dGeometry>) {
      const [x, kernel, bias] = inputs as [Tensor, Tensor, Tensor?];
      const form = convolution(saved, isDepthwise);
      const dz = beforeActivation(dy, y, attributes.activation);
      return [() => partOf(form, 0, kernel, dz), () => partOf(form, 1, x, dz), () => ofBias(dz, bias)];
    },
  };
}

interface Flags {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Derivatives by the names of the ops. */
export const products: Readonly<Record<string, Derivative>> = {
  matmul: {
    gradients({ dy, inputs, attributes: { transposeA, transposeB } }: Reached<Flags>) {
      const [a, b] = inputs as [Tensor, Tensor];
      return [
        () =>
          unrepeated(
            transposeA
              ? matmul(b, dy, { transposeA: transposeB, transposeB: true })
              : matmul(dy, b, { transposeB: !transposeB }),
            a.shape,
          ),
        () =>
          unrepeated(
            transposeB
              ? matmul(dy, a, { transposeA: true, transposeB: transposeA })
              : matmul(a, dy, { transposeA: !transposeA }),
            b.shape,
          ),
      ];
    },
  },
  dense: {
    gradients({ dy, y, inputs, attributes: activation }: Reached<FusedActivation>) {
      const [x, kernel, bias] = inputs as [Tensor, Tensor, Tensor?];
      const dz = beforeActivation(dy, y, activation);
      const rows = (t: Tensor): Tensor => reshape(t, [-1, t.shape.at(-1)!]);
      return [
        () => reshape(matmul(rows(dz), kernel, { transposeB: true }), x.shape),
        () => matmul(rows(x), rows(dz), { transposeA: true }),
        () => ofBias(dz, bias),
      ];
    },
  },
  conv2d: convolved(false),
  depthwiseConv2d: convolved(true),
  // the form of the convolution whose input gradient it is
  conv2dTranspose: {
    gradients({ dy, inputs, saved }: Reached<unknown, Conv2dGeometry>) {
      const [x, kernel] = inputs as [Tensor, Tensor];
      const form = convolution(saved, false);
      return [() => partOf(form, 2, dy, kernel), () => partOf(form, 1, dy, x)];
    },
  },
  averagePooling2d: linear(),
  form: { gradients: ({ dy, inputs, attributes }: Reached<Part>) => partsOf(attributes, inputs, dy) },
};
