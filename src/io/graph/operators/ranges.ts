/** What nodes say of shapes and pieces, of known numbers and of tensors alike. */
import { AnygradError } from "../../../errors.ts";
import { sizeOf } from "../../../math/shape.ts";
import { shown } from "../constant.ts";
import type { Network } from "../network.ts";
import { axisOf } from "../value.ts";

/** The shape that a target asks for: 0 is the size that was there, −1 what is left. */
export function resolved(shape: readonly number[], target: readonly number[], allowsZero: boolean): number[] {
  const kept = target.map((n, i) => (n === 0 && !allowsZero ? (shape[i] ?? 1) : n));
  const known = sizeOf(kept.filter((n) => n !== -1));
  const rest = sizeOf(shape) / known;
  const result = kept.map((n) => (n === -1 ? rest : n));
  if (
    kept.filter((n) => n === -1).length <= 1 &&
    sizeOf(result) === sizeOf(shape) &&
    result.every(Number.isInteger)
  )
    return result;
  throw new AnygradError(
    "DATA_FORMAT",
    `a tensor of ${shown(shape)} does not fill the shape ${shown(target)}`,
  );
}

/** A range of an axis by ONNX's rules: its first index, how many and the step. */
export function rangeOf(
  size: number,
  start: number,
  end: number,
  step: number,
): { first: number; count: number; step: number } {
  const clamp = (n: number, low: number, high: number): number =>
    Math.min(Math.max(n < 0 ? n + size : n, low), high);
  const first = step > 0 ? clamp(start, 0, size) : clamp(start, 0, size - 1);
  const last = step > 0 ? clamp(end, 0, size) : clamp(end, -1, size - 1);
  return { first, count: Math.max(0, Math.ceil((last - first) / step)), step };
}

/** The ranges that a Slice takes, by axis. */
export function rangesOf(
  network: Network,
  shape: readonly number[],
): Map<number, ReturnType<typeof rangeOf>> {
  const { attributes } = network;
  const starts = network.constantOr(1)?.list ?? attributes.ints("starts") ?? [];
  const ends = network.constantOr(2)?.list ?? attributes.ints("ends") ?? [];
  const axes = network.constantOr(3)?.list ?? attributes.ints("axes") ?? starts.map((_, i) => i);
  const steps = network.constantOr(4)?.list ?? starts.map(() => 1);
  return new Map(
    axes.map((given, i) => {
      const axis = axisOf(given, shape.length);
      if (!steps[i]) throw new AnygradError("DATA_FORMAT", "a slice has the step 0");
      return [axis, rangeOf(shape[axis]!, starts[i]!, ends[i]!, steps[i]!)];
    }),
  );
}

/** The sizes of the parts that a Split makes. */
export function partsOf(network: Network, size: number): number[] {
  const given = network.constantOr(1)?.list ?? network.attributes.ints("split");
  if (given) return given;
  const count = network.attributes.int("num_outputs", network.node.outputs.length);
  const each = Math.ceil(size / count);
  return Array.from({ length: count }, (_, i) => Math.min(each, size - i * each));
}
