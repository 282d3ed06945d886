/** Importers of numbers that stand for steps of a scale, counted from a zero: weights become floats, other numbers are rounded as there. */
import { AnygradError, quote } from "../../../errors.ts";
import { roundedToEven } from "../../../math/rounding.ts";
import { sizeOf } from "../../../math/shape.ts";
import { Constant, room } from "../constant.ts";
import type { Importer, Known, Network } from "../network.ts";
import { axisOf, type Value } from "../value.ts";
import { combined } from "./elementwise.ts";

/** The smallest and the largest number of the whole types. */
const limits: Readonly<Record<string, readonly [low: number, high: number]>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65535],
  int16: [-32768, 32767],
};

/** The limits of what QuantizeLinear gives. @throws AnygradError UNSUPPORTED for types of few bits and of floats */
function limitsOf(network: Network): readonly [low: number, high: number] {
  const zero = network.constantOr(2);
  const type = zero?.dtype ?? (network.attributes.has("output_dtype") ? network.attributes.elementType("output_dtype") : "uint8"); // biome-ignore format: one choice
  const found = limits[type];
  if (!found)
    throw new AnygradError(
      "UNSUPPORTED",
      `it rounds to ${type}; those that it can are ${quote(Object.keys(limits))}`,
    );
  return found;
}

/** For each number of a shape, row-major, which of the scales is its own: one for all, one each along an axis, or one for each block of it. */
function ownScale(network: Network, shape: readonly number[], scales: Constant): (i: number) => number {
  if (scales.size === 1) return () => 0;
  const axis = axisOf(network.attributes.int("axis", 1), shape.length);
  const inner = sizeOf(shape.slice(axis + 1));
  const size = shape[axis]!;
  const block = network.attributes.int("block_size", 0);
  const blocks = block > 0 ? Math.ceil(size / block) : size;
  const fits =
    block > 0
      ? String(scales.shape) === String(shape.map((n, i) => (i === axis ? blocks : n)))
      : scales.size === size;
  if (!fits)
    throw new AnygradError(
      "DATA_FORMAT",
      `its scales are ${quote(scales.shape)}, which does not fit ${quote(shape)}`,
    );
  if (block === 0) return (i) => Math.floor(i / inner) % size;
  return (i) => {
    const [outer, at] = [Math.floor(i / (inner * size)), Math.floor(i / inner) % size];
    return (outer * blocks + Math.floor(at / block)) * inner + (i % inner);
  };
}

/** Floats of whole numbers, known beforehand. */
export function dequantizedConstant(network: Network, [x, scale, zero]: readonly Constant[]): Constant {
  const own = ownScale(network, x!.shape, scale!);
  const [given, factors, zeros] = [x!.data, scale!.floats, zero?.data];
  const data = room("float32", x!.size);
  for (let i = 0; i < data.length; i++) {
    const at = own(i);
    data[i] = (given[i]! - (zeros ? zeros[at]! : 0)) * factors[at]!;
  }
  return new Constant(x!.shape, data, "float32", { isWeight: x!.isWeight });
}

/** Whole numbers of floats, known beforehand. */
export function quantizedConstant(network: Network, [x, scale, zero]: readonly Constant[]): Constant {
  const own = ownScale(network, x!.shape, scale!);
  const [low, high] = limitsOf(network);
  const [given, factors, zeros] = [x!.floats, scale!.floats, zero?.data];
  const data = room("int32", x!.size);
  for (let i = 0; i < data.length; i++) {
    const at = own(i);
    const steps = roundedToEven(Math.fround(given[i]! / factors[at]!)) + (zeros ? zeros[at]! : 0);
    data[i] = Math.max(low, Math.min(high, steps));
  }
  return new Constant(x!.shape, data, zero?.dtype ?? "uint8", { isWeight: x!.isWeight });
}

/** Scales or zeros in a shape that broadcasts against x. */
function along(network: Network, x: Value, i: number): Constant {
  const constant = network.constant(i);
  if (constant.size === 1) return constant.reshaped([]);
  if (network.attributes.int("block_size", 0))
    throw new AnygradError(
      "UNSUPPORTED",
      "its scales are of blocks of numbers that depend on the model's input",
    );
  const axis = axisOf(network.attributes.int("axis", 1), x.rank);
  return constant.reshaped(x.shape.map((_, at) => (at === axis ? constant.size : 1)));
}

const isZero = (constant: Constant): boolean => constant.list.every((value) => value === 0);

/** x with its zeros added or taken away, where it has any. */
function moved(network: Network, x: Value, op: "add" | "subtract"): Value {
  const zero = network.has(2) ? along(network, x, 2) : undefined;
  return !zero || isZero(zero) ? x : combined(network, op, [x, zero]);
}

const setAs =
  (work: (network: Network, x: Value) => Known): Importer =>
  (network) =>
    network.set(work(network, network.value(0)));

export const quantization: Readonly<Record<string, Importer>> = {
  QuantizeLinear: setAs((network, x) => {
    const [low, high] = limitsOf(network);
    const steps = network.elementwise(combined(network, "divide", [x, along(network, x, 1)]), "round");
    return network.elementwise(moved(network, steps, "add"), "clip", { low, high });
  }),
  DequantizeLinear: setAs((network, x) =>
    combined(network, "multiply", [moved(network, x, "subtract"), along(network, x, 1)]),
  ),
};
