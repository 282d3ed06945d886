/**
 * Weights as smaller files hold them: as float16, or as int8 with a scale for each output of a layer, symmetric, value = scale · number
 * (Jacob et al., arXiv:1712.05877; scales per channel as in Krishnamoorthi, arXiv:1806.08342). Imported when such a file is written or
 * read. Biases, and what normalises or scales number by number, stay float32: they are few, and small changes in them matter.
 */
import { AnygradError, quote } from "../../errors.ts";
import type { NamedArray, WrittenArray } from "../../io/arrays.ts";
import { fromFloat16, toFloat16 } from "../../io/elements.ts";
import type { SavedLayer } from "../../layers/layer.ts";
import { unknownName } from "../../math/options.ts";
import { roundedToEven } from "../../math/rounding.ts";
import { sizeOf } from "../../math/shape.ts";
import { outputChannels } from "../network/channels.ts";
import type { SaveOptions } from "./saveOptions.ts";

/** Two strokes, as of the arrays of an optimizer: no weight of a layer is meant. */
const scalePrefix = "scale//";

/** The largest number of an int8 weight; −128 is not used, so that the range is the same on both sides. */
const largest = 127;
/** The largest finite float16. */
const largestHalf = 65504;

/** Weights that files hold in full: their number is that of outputs, or they are no factors of a sum. */
const whole = /(^|_)(bias|gamma|beta|alpha|scale|mean|variance|state_h|state_c)$/;

/** Whether a weight becomes smaller in such a file. @param name within its layer */
export function isShrunk({ length: rank }: readonly number[], name: string): boolean {
  return rank > 1 && !whole.test(name);
}

/**
 * What a file holds of the weights.
 * @param layers as the file describes them, with their names
 * @throws AnygradError INVALID_ARGUMENT for names that no layer has, numbers that float16 has not, and a run that is to go on
 */
export function stored(
  weights: readonly NamedArray[],
  layers: readonly SavedLayer[],
  { weights: type = "float32", keep = [], optimizer }: SaveOptions,
): readonly WrittenArray[] {
  const byName = new Map(layers.map((layer) => [layer.name!, layer]));
  checkKept("save", keep, [...byName.keys()]);
  if (type === "float32") return weights;
  if (optimizer)
    throw refused(
      "save",
      `weights is ${quote(type)}, but a run goes on with its bits from float32 alone; leave one of weights and optimizer out`,
    );
  return weights.flatMap((weight): WrittenArray[] => {
    const { name, shape, data } = weight;
    const at = name.lastIndexOf("/");
    const layer = name.slice(0, at);
    if (keep.includes(layer) || !isShrunk(shape, name.slice(at + 1))) return [weight];
    if (type === "float16") return [{ ...weight, data: halves("save", name, data), dtype: type }];
    const { count, inner, shape: channels } = outputChannels(byName.get(layer)!, name.slice(at + 1), shape);
    const { numbers, scales } = quantized(data, count, inner);
    return [
      { name, shape, data: numbers },
      { name: scalePrefix + name, shape: channels, data: scales },
    ];
  });
}

/** @throws AnygradError INVALID_ARGUMENT for names that no layer has */
export function checkKept(subject: string, keep: readonly string[], names: readonly string[]): void {
  if (!Array.isArray(keep))
    throw refused(subject, `keep is ${quote(keep)}; pass a list of names of layers, such as ["dense"]`);
  for (const name of keep) if (!names.includes(name)) throw unknownName(`${subject}: keep`, name, names);
}

/** The same numbers, where float16 has numbers near them. @throws AnygradError INVALID_ARGUMENT */
export function halves(subject: string, name: string, data: Float32Array): Float32Array {
  const far = data.find((value) => !Number.isFinite(fromFloat16(toFloat16(value))));
  if (far === undefined) return data;
  throw refused(
    subject,
    `weights: "float16" has numbers up to ±${largestHalf}, but ${name} has ${far}; save int8, or name its layer in keep`,
  );
}

/**
 * Numbers from −127 to 127 and a scale for each output, the largest size of its numbers by 127; half-way cases become even. Of an
 * output whose numbers are all 0 the scale is 0.
 */
export function quantized(
  data: Float32Array,
  count: number,
  inner: number,
): { numbers: Int8Array; scales: Float32Array } {
  const scales = new Float32Array(count);
  const channelOf = (i: number): number => Math.floor(i / inner) % count;
  data.forEach((value, i) => {
    const c = channelOf(i);
    scales[c] = Math.max(scales[c]!, Math.abs(value));
  });
  scales.forEach((size, c) => {
    scales[c] = size / largest;
  });
  const numbers = Int8Array.from(data, (value, i) => {
    const scale = scales[channelOf(i)]!;
    return scale === 0 ? 0 : Math.max(-largest, Math.min(largest, roundedToEven(value / scale)));
  });
  return { numbers, scales };
}

/** The weights as float32 numbers, without scales. @throws AnygradError DATA_FORMAT for scales that fit no array */
export function restored(arrays: readonly NamedArray[]): NamedArray[] {
  const scales = new Map(
    arrays.flatMap(({ name, ...scale }) =>
      name.startsWith(scalePrefix) ? [[name.slice(scalePrefix.length), scale] as const] : [],
    ),
  );
  const weights = arrays.flatMap((array): NamedArray[] => {
    if (array.name.startsWith(scalePrefix)) return [];
    const scale = scales.get(array.name);
    scales.delete(array.name);
    return [scale ? { ...array, data: scaled(array, scale) } : array];
  });
  const [lost] = scales.keys();
  if (lost === undefined) return weights;
  throw new AnygradError("DATA_FORMAT", `load: the file has scales of ${quote(lost)} but no such array`);
}

/** The numbers times their scales, whose shape broadcasts over theirs. @throws AnygradError DATA_FORMAT */
function scaled({ name, shape, data }: NamedArray, scale: Pick<NamedArray, "shape" | "data">): Float32Array {
  const { shape: by, data: factors } = scale;
  const axes = by.flatMap((n, axis) => (n === 1 ? [] : [axis]));
  const [first = 0] = axes;
  const end = (axes.at(-1) ?? shape.length - 1) + 1;
  const fits =
    by.length === shape.length &&
    by.every((n, axis) => n === (axis >= first && axis < end ? shape[axis] : 1)) &&
    factors.every(Number.isFinite);
  if (axes.length > 0 && !fits)
    throw new AnygradError(
      "DATA_FORMAT",
      `load: the scales of ${quote(name)} are [${by.join(", ")}], which does not fit its [${shape.join(", ")}]; save the model again`,
    );
  const inner = sizeOf(shape.slice(end));
  const count = factors.length;
  return data.map((value, i) => value * factors[Math.floor(i / inner) % count]!);
}

const refused = (subject: string, fault: string): AnygradError =>
  new AnygradError("INVALID_ARGUMENT", `${subject}: ${fault}`);
