/** TensorFlow's operators of numbers and matrices in those of ONNX. */
import { AnygradError } from "../../../errors.ts";
import { Constant } from "../constant.ts";
import type { Importer, Known, Network } from "../network.ts";
import { scalar } from "./given.ts";

/** Operators one behind the other. */
const chained =
  (...ops: readonly string[]): Importer =>
  (network) => {
    const before = ops.slice(0, -1).reduce<Known[]>((inputs, op) => [network.compute(op, inputs)], [network.input(0), ...(network.has(1) ? [network.input(1)] : [])]); // biome-ignore format: one call
    network.become(ops.at(-1)!, before);
  };

/** The last two axes exchanged. */
function turned(network: Network, x: Known): Known {
  if (x instanceof Constant && x.shape.length === 2) return x.transposed([1, 0]);
  const rank = x.shape.length;
  const perm = Array.from({ length: rank }, (_, axis) => axis);
  return network.compute("Transpose", [x], { perm: [...perm.slice(0, -2), rank - 1, rank - 2] });
}

/** @param a which attribute turns the first @param b and the second */
const matmul =
  (a: string, b: string): Importer =>
  (network) => {
    const [x, y] = [network.input(0), network.input(1)];
    network.become("MatMul", [
      network.attributes.int(a, 0) ? turned(network, x) : x,
      network.attributes.int(b, 0) ? turned(network, y) : y,
    ]);
  };

/** Which of two, where the condition may stand for whole rows. */
function select(network: Network): void {
  const [condition, ...others] = [0, 1, 2].map((i) => network.input(i)) as [Known, Known, Known];
  if (condition.shape.length !== others[0].shape.length && condition.shape.length !== 0)
    throw new AnygradError("UNSUPPORTED", "it chooses whole rows");
  network.become("Where", [condition, ...others]);
}

/** Importers by the names of operators. */
export const arithmetic: Readonly<Record<string, Importer>> = {
  LeakyRelu: (network) =>
    network.become("LeakyRelu", [network.input(0)], { alpha: network.attributes.float("alpha", 0.2) }),
  Rsqrt: chained("Sqrt", "Reciprocal"),
  Square: (network) => network.become("Pow", [network.input(0), scalar(2)]),
  SquaredDifference(network) {
    const difference = network.compute("Sub", [network.input(0), network.input(1)]);
    network.become("Pow", [difference, scalar(2)]);
  },
  FloorDiv(network) {
    // whole numbers, too, are divided as floats: ONNX cuts off what TensorFlow rounds down
    const [a, b] = [0, 1].map((i) => network.compute("Cast", [network.input(i)], { to: "float64" }));
    network.become("Floor", [network.compute("Div", [a, b])]);
  },
  DivNoNan(network) {
    const isZero = network.compute("Equal", [network.input(1), scalar(0)]);
    const quotient = network.compute("Div", [
      network.input(0),
      network.compute("Add", [network.input(1), isZero]),
    ]);
    network.become("Mul", [quotient, network.compute("Not", [isZero])]);
  },
  NotEqual: chained("Equal", "Not"),
  ClipByValue: (network) =>
    network.become(
      "Clip",
      [0, 1, 2].map((i) => network.input(i)),
    ),
  Erfc: (network) => network.become("Sub", [scalar(1), network.compute("Erf", [network.input(0)])]),
  Select: select,
  Softmax: (network) => network.become("Softmax", [network.input(0)], { axis: -1 }),
  LogSoftmax: (network) => network.become("LogSoftmax", [network.input(0)], { axis: -1 }),
  Cast: (network) =>
    network.become("Cast", [network.input(0)], { to: network.attributes.elementType("DstT") }),
  MatMul: matmul("transpose_a", "transpose_b"),
  BatchMatMul: matmul("adj_x", "adj_y"),
  BatchMatMulV2: matmul("adj_x", "adj_y"),
  BatchMatMulV3: matmul("adj_x", "adj_y"),
  Prelu: (network) => network.become("PRelu", [network.input(0), network.input(1)]),
  Gelu: (network) =>
    network.become("Gelu", [network.input(0)], {
      approximate: network.attributes.int("approximate", 0) ? "tanh" : "none",
    }),
};
