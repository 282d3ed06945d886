/** Pooling of ONNX along one, two or three axes. */
import { sizeOf } from "../../../../src/tensor/shape.ts";
import type { Tensor } from "../../../../src/tensor/tensor.ts";
import { ops } from "../called.ts";
import { type Call, channelsFirst, channelsLast, Refusal, type Value } from "../values.ts";
import { bordered, isSame, type Windows, windowsOf } from "./windows.ts";

type Kind = "max" | "average";

function windowsOfPooling(call: Call): { x: Tensor; image: readonly number[]; found: Windows } {
  const x = call.tensor(0);
  const image = x.shape.slice(2);
  return { x, image, found: windowsOf(call, image, call.attribute<number[]>("kernel_shape", [])) };
}

/** The largest number or the mean of windows that lie within [n, c, ...space]: along an axis after the other. */
function alongEach(x: Tensor, { size, strides, dilation }: Windows, type: Kind): Tensor {
  return size.reduce((given, window, i) => {
    const axis = i + 2;
    const [before, behind] = [given.shape.slice(0, axis), given.shape.slice(axis + 1)];
    const rows = ops.reshape(given, [sizeOf(before), given.shape[axis]!, 1, sizeOf(behind)]);
    const y = ops.dilatedPooling2d(rows, {
      poolSize: [window, 1],
      strides: [strides[i]!, 1],
      dilationRate: [dilation[i]!, 1],
      type,
    });
    return ops.reshape(y, [...before, y.shape[1]!, ...behind]);
  }, x);
}

/** The border with what is behind it. */
const extended = ({ border, extension }: Windows): number[] => [
  ...border.slice(0, extension.length),
  ...extension.map((n, i) => n + border[extension.length + i]!),
];

/** The mean of what counts of each window: sums by the number of places, which ones in a border of zeros tell. */
function means(x: Tensor, found: Windows, counted: boolean, call: Call): Tensor {
  const sums = alongEach(bordered(x, extended(found), 0), found, "average");
  const { border, extension } = found;
  const outside = counted ? [...extension.map(() => 0), ...extension] : extended(found);
  if (outside.every((n) => n === 0)) return sums;
  const inside = x.shape
    .slice(2)
    .map((n, i) => (counted ? n + border[i]! + border[i + extension.length]! : n));
  const ones = call.engine.tensor(new Float32Array(sizeOf(inside)).fill(1), [1, 1, ...inside]);
  return ops.divide(sums, alongEach(bordered(ones, outside, 0), found, "average"));
}

/** Indices within images [h, w, c] as ONNX counts them: within the whole of [n, c, h, w], by columns where that is asked. */
function placesFirst(indices: Tensor, [, h, w, c]: readonly number[], byColumns: boolean): Value {
  const [n, oh, ow] = indices.shape as [number, number, number];
  const image = h! * w! * c!;
  const values = Array.from({ length: indices.size }, (_, i) => {
    const [example, channel, place] = [
      Math.floor(i / (c! * oh * ow)),
      Math.floor(i / (oh * ow)) % c!,
      i % (oh * ow),
    ];
    const at = Math.floor(indices.data[(example * oh * ow + place) * c! + channel]! / c!);
    const inImage = byColumns ? (at % w!) * h! + Math.floor(at / w!) : at;
    return example * image + channel * h! * w! + inImage;
  });
  return { shape: [n, c!, oh, ow], type: "int64", values };
}

export function pooling(kind: Kind): (call: Call) => Value[] {
  return (call) => {
    const { x, image, found } = windowsOfPooling(call);
    const isExtended = found.extension.some((n) => n !== 0);
    const same = isSame(found, image);
    const isPlain = found.border.every((n) => n === 0);
    const counted = call.attribute("count_include_pad", 0) === 1;
    const asIs = image.length === 2 && !isExtended && (isPlain || (same && !(kind === "average" && counted)));
    if (!asIs)
      return [
        kind === "max"
          ? alongEach(bordered(x, extended(found), Number.NEGATIVE_INFINITY), found, "max")
          : means(x, found, counted, call),
      ];
    const options = {
      poolSize: found.size as [number, number],
      strides: found.strides as [number, number],
      padding: same ? "same" : "valid",
    } as const;
    const dilated = { ...options, dilationRate: found.dilation as [number, number] };
    const images = channelsLast(x);
    const hasGaps = found.dilation.some((n) => n !== 1);
    const y = hasGaps
      ? ops.dilatedPooling2d(images, { ...dilated, type: kind })
      : ops[kind === "max" ? "maxPooling2d" : "averagePooling2d"](images, options);
    if (kind === "average") return [channelsFirst(y)];
    const byColumns = call.attribute("storage_order", 0) === 1;
    const { indices } = ops.maxPoolWithArgmax(images, dilated);
    return [channelsFirst(y), placesFirst(indices, images.shape, byColumns)];
  };
}

/** The root of the sum of powers over windows. */
export function powerPooling(call: Call): Tensor {
  const { x, found } = windowsOfPooling(call);
  const p = call.attribute("p", 2);
  const powers = bordered(ops.pow(ops.abs(x), p), extended(found), 0);
  return ops.pow(ops.multiply(alongEach(powers, found, "average"), sizeOf(found.size)), 1 / p);
}

/** Numbers put back to where a max pooling has found them; indices count in the image that it would have without a border. */
export function unpooled(call: Call): Tensor {
  const x = call.tensor(0);
  const size = call.attribute<number[]>("kernel_shape", []);
  const strides = call.attribute<number[]>(
    "strides",
    size.map(() => 1),
  );
  const pads = call.attribute<number[]>(
    "pads",
    [...size, ...size].map(() => 0),
  );
  const image = size.map(
    (n, i) => (x.shape[i + 2]! - 1) * strides[i]! + n - pads[i]! - pads[i + size.length]!,
  );
  const shape = [...x.shape.slice(0, 2), ...image];
  const flat = call.engine.tensor(new Float32Array(sizeOf(shape)), [sizeOf(shape)]);
  const places = Int32Array.from(call.numbers(1)!);
  if (new Set(places).size < places.length) throw new Refusal("two numbers for one place");
  const indices = call.engine.tensor(places, [places.length], "int32");
  const y = ops.reshape(ops.scatterAdd(flat, indices, ops.reshape(x, [x.size])), shape);
  const wanted = call.numbers(2);
  if (!wanted) return y;
  return bordered(y, [...image.map(() => 0), ...image.map((n, i) => wanted[i + 2]! - n)], 0);
}
