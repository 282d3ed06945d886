/** Functions of one array, element by element: activations and roots, squares, exponentials. */
import { apply, type Op } from "../autograd/op.ts";
import type { Kernels } from "../kernels/abi.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The kernels' families: `NAME_f32(y, x, n, alpha)` and `NAME_backward_f32(dx, dy, x, y, n, alpha)`. */
type Family =
  | "relu"
  | "leaky_relu"
  | "elu"
  | "gelu"
  | "silu"
  | "sigmoid"
  | "tanh"
  | "softplus"
  | "negative"
  | "absolute"
  | "square"
  | "sqrt"
  | "exp"
  | "log";

/** An elementwise op; `alpha` is its one parameter, where it has one. */
function unary(name: string, family: Family): (x: Tensor, alpha?: number) => Tensor {
  const forward: `${Family}_f32` & keyof Kernels = `${family}_f32`;
  const backward: `${Family}_backward_f32` & keyof Kernels = `${family}_backward_f32`;
  const op: Op<[Tensor], number, void> = {
    name,
    shape: ([x]) => x.shape,
    forward({ kernels, y }, [x], alpha) {
      kernels[forward]({ y: y.pointer, x: x.pointer, n: x.size, alpha });
    },
    backward({ kernels, y }, { dy, overwrite }, [x], alpha) {
      const dx = overwrite(0);
      if (dx)
        kernels[backward]({
          dx: dx.pointer,
          dy: dy.pointer,
          x: x.pointer,
          y: y.pointer,
          n: x.size,
          alpha,
        });
    },
  };
  return (x, alpha = 0) => apply(op, [x], alpha);
}

/** max(x, 0) */
export const relu: (x: Tensor) => Tensor = unary("relu", "relu");
/** 1 / (1 + e^−x) */
export const sigmoid: (x: Tensor) => Tensor = unary("sigmoid", "sigmoid");
export const tanh: (x: Tensor) => Tensor = unary("tanh", "tanh");
/** x sigmoid(x), also called swish (Elfwing et al., arXiv:1702.03118) */
export const silu: (x: Tensor) => Tensor = unary("silu", "silu");
/** x Φ(x), the exact form (Hendrycks and Gimpel, arXiv:1606.08415) */
export const gelu: (x: Tensor) => Tensor = unary("gelu", "gelu");
/** ln(1 + e^x) */
export const softplus: (x: Tensor) => Tensor = unary("softplus", "softplus");
export const negative: (x: Tensor) => Tensor = unary("negative", "negative");
/** |x|; its gradient at 0 is 0. */
export const abs: (x: Tensor) => Tensor = unary("abs", "absolute");
export const square: (x: Tensor) => Tensor = unary("square", "square");
export const sqrt: (x: Tensor) => Tensor = unary("sqrt", "sqrt");
export const exp: (x: Tensor) => Tensor = unary("exp", "exp");
/** The natural logarithm; −Infinity at 0, NaN below. */
export const log: (x: Tensor) => Tensor = unary("log", "log");

const leakyReluOp = unary("leakyRelu", "leaky_relu");
const eluOp = unary("elu", "elu");

/** x where positive, else negativeSlope · x. Default slope 0.3. */
export function leakyRelu(x: Tensor, { negativeSlope = 0.3 }: { negativeSlope?: number } = {}): Tensor {
  return leakyReluOp(x, negativeSlope);
}

/** x where positive, else alpha (e^x − 1). Default alpha 1 (Clevert et al., arXiv:1511.07289). */
export function elu(x: Tensor, { alpha = 1 }: { alpha?: number } = {}): Tensor {
  return eluOp(x, alpha);
}
