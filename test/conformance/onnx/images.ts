/** Convolution and pooling of ONNX: channels first, and a border that is said in numbers. */
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { ops } from "./called.ts";
import { type Call, channelsFirst, channelsLast, Refusal, type Value } from "./values.ts";

/** How windows lie along both axes. */
interface Windows {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilation: readonly [number, number];
  /** [top, left, bottom, right] */
  readonly border: readonly number[];
}

const both = (list: readonly number[] | undefined): [number, number] => [list?.[0] ?? 1, list?.[1] ?? 1];

/** @param image [height, width] */
function windows(call: Call, image: readonly number[], size: readonly number[]): Windows {
  if (size.length !== 2) throw new Refusal(`${size.length} axes of space`);
  const strides = both(call.attribute("strides"));
  const dilation = both(call.attribute("dilations"));
  const auto = call.attribute("auto_pad", "NOTSET");
  if (auto === "NOTSET" || auto === "VALID")
    return { size: both(size), strides, dilation, border: call.attribute<number[]>("pads", [0, 0, 0, 0]) };
  const total = image.map((n, i) => {
    const out = Math.ceil(n / strides[i]!);
    return Math.max(0, (out - 1) * strides[i]! + (size[i]! - 1) * dilation[i]! + 1 - n);
  });
  const less = total.map((n) => Math.floor(n / 2));
  const more = total.map((n, i) => n - less[i]!);
  const border = auto === "SAME_UPPER" ? [...less, ...more] : [...more, ...less];
  return { size: both(size), strides, dilation, border };
}

/** Whether this border is that of padding: "same", which gives it without a copy. */
function isSame({ size, strides, dilation, border }: Windows, image: readonly number[]): boolean {
  return image.every((n, i) => {
    const out = Math.ceil(n / strides[i]!);
    const total = Math.max(0, (out - 1) * strides[i]! + (size[i]! - 1) * dilation[i]! + 1 - n);
    const before = Math.floor(total / 2);
    return border[i] === before && border[i + 2] === total - before;
  });
}

/** [n, h, w, c] with a border of this value. @param border [top, left, bottom, right] */
function padded(
  x: Tensor,
  [top = 0, left = 0, bottom = 0, right = 0]: readonly number[],
  value: number,
): Tensor {
  return ops.pad(
    x,
    [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
    { value },
  );
}

export function convolution(call: Call): Tensor {
  const [x, given] = [call.tensor(0), call.tensor(1)];
  const image = x.shape.slice(2);
  const found = windows(call, image, given.shape.slice(2));
  const kernel = ops.transpose(given, [2, 3, 1, 0]); // [filters, channels, kh, kw] as [kh, kw, channels, filters]
  const same = isSame(found, image);
  const images = channelsLast(x);
  const y = ops.conv2d(
    same ? images : padded(images, found.border, 0),
    kernel,
    call.has(2) ? call.tensor(2) : null,
    {
      strides: found.strides,
      dilationRate: found.dilation,
      groups: call.attribute("group", 1),
      padding: same ? "same" : "valid",
    },
  );
  return channelsFirst(y);
}

/** Indices within images [h, w, c] as ONNX counts them: within the whole of [n, c, h, w]. */
function placesFirst(indices: Tensor, [, h, w, c]: readonly number[]): Value {
  const [n, oh, ow] = indices.shape as [number, number, number];
  const image = h! * w! * c!;
  const values = Array.from({ length: indices.size }, (_, i) => {
    const [example, channel, place] = [
      Math.floor(i / (c! * oh * ow)),
      Math.floor(i / (oh * ow)) % c!,
      i % (oh * ow),
    ];
    const at = indices.data[(example * oh * ow + place) * c! + channel]!;
    return example * image + channel * h! * w! + Math.floor(at / c!);
  });
  return { shape: [n, c!, oh, ow], type: "int64", values };
}

export function pooling(kind: "max" | "average"): (call: Call) => Value[] {
  return (call) => {
    const x = call.tensor(0);
    const image = x.shape.slice(2);
    const found = windows(call, image, call.attribute<number[]>("kernel_shape", []));
    call.only("ceil_mode", 0);
    const same = isSame(found, image);
    const counted = call.attribute("count_include_pad", 0) === 1;
    const bordered = found.border.some((n) => n !== 0);
    if (kind === "average" && bordered && !same && !counted)
      throw new Refusal("a mean over windows that lie partly outside, by a border of its own");
    const images = channelsLast(x);
    const asIs = kind === "average" && counted ? !bordered : same || !bordered;
    const border = kind === "max" ? Number.NEGATIVE_INFINITY : 0;
    const given = asIs ? images : padded(images, found.border, border);
    const options = {
      poolSize: found.size,
      strides: found.strides,
      padding: asIs && same ? "same" : "valid",
    } as const;
    const dilated = { ...options, dilationRate: found.dilation };
    const hasGaps = found.dilation.some((n) => n !== 1);
    const y = hasGaps
      ? ops.dilatedPooling2d(given, { ...dilated, type: kind })
      : ops[kind === "max" ? "maxPooling2d" : "averagePooling2d"](given, options);
    if (kind === "max" && asIs && call.attribute("storage_order", 0) === 0)
      return [channelsFirst(y), placesFirst(ops.maxPoolWithArgmax(given, dilated).indices, images.shape)];
    return [channelsFirst(y)];
  };
}

/** The root of the sum of powers over windows. */
export function powerPooling(call: Call): Tensor {
  const x = call.tensor(0);
  const image = x.shape.slice(2);
  const found = windows(call, image, call.attribute<number[]>("kernel_shape", []));
  call.only("ceil_mode", 0);
  if (found.dilation.some((n) => n !== 1)) throw new Refusal("dilated pooling");
  const p = call.attribute("p", 2);
  const powers = padded(ops.pow(ops.abs(channelsLast(x)), p), found.border, 0);
  const means = ops.averagePooling2d(powers, { poolSize: found.size, strides: found.strides });
  return channelsFirst(ops.pow(ops.multiply(means, found.size[0] * found.size[1]), 1 / p));
}

/** Windows that add up; its border is what is cut from them. */
export function transposedConvolution(call: Call): Tensor {
  const [x, given] = [call.tensor(0), call.tensor(1)];
  const groups = call.attribute("group", 1);
  if (x.shape.length === 3) throw new Refusal("1 axes of space");
  if (x.shape.length !== 4) throw new Refusal(`${x.shape.length - 2} axes of space`);
  const strides = both(call.attribute("strides"));
  const dilation = both(call.attribute("dilations"));
  const image = x.shape.slice(2);
  const windows = image.map((n, i) => (n - 1) * strides[i]! + (given.shape[i + 2]! - 1) * dilation[i]! + 1);
  const auto = call.attribute("auto_pad", "NOTSET");
  const wanted =
    call.attribute<number[]>("output_shape") ??
    (auto.startsWith("SAME") ? image.map((n, i) => n * strides[i]!) : undefined);
  const more = call
    .attribute<number[]>("output_padding", [0, 0])
    .map((n, i) => Math.max(n, wanted ? wanted[i]! - windows[i]! : 0));
  const border = wanted
    ? splitBorder(
        windows.map((n, i) => n + more[i]! - wanted[i]!),
        auto,
      )
    : call.attribute<number[]>("pads", [0, 0, 0, 0]);
  // [channels, filters, kh, kw] as [kh, kw, filters, channels], group by group
  const kernels = ops.split(ops.transpose(given, [2, 3, 1, 0]), groups, { axis: -1 });
  const parts = ops.split(channelsLast(x), groups, { axis: -1 });
  const outputs = parts.map((part, i) =>
    ops.conv2dTranspose(part, kernels[i]!, null, {
      strides,
      dilationRate: dilation,
      outputPadding: both([0, 0]),
    }),
  );
  const whole = ops.concatenate(outputs, { axis: -1 });
  const larger = windows.map((n, i) => n + more[i]! - whole.shape[i + 1]!);
  const extended = padded(whole, [0, 0, Math.max(0, larger[0]!), Math.max(0, larger[1]!)], 0);
  const y = ops.slice(extended, {
    begin: [0, border[0]!, border[1]!, 0],
    end: [null, windows[0]! + more[0]! - border[2]!, windows[1]! + more[1]! - border[3]!],
  });
  return channelsFirst(call.has(2) ? ops.add(y, call.tensor(2)) : y);
}

/** Cut from both ends together. @returns [top, left, bottom, right] */
function splitBorder(total: readonly number[], auto: string): number[] {
  const less = total.map((n) => Math.floor(n / 2));
  const more = total.map((n, i) => n - less[i]!);
  return auto === "SAME_UPPER" ? [...less, ...more] : [...more, ...less];
}

/** By half pixels, to the nearest or between two: what `ops.resize` does. */
export function resized(call: Call): Tensor {
  const x = call.tensor(0);
  if (x.shape.length !== 4) throw new Refusal(`${x.shape.length - 2} axes of space`);
  const upsample = call.count === 2 && call.opset < 10;
  for (const [name, wanted] of [
    ["antialias", 0],
    ["exclude_outside", 0],
    ["keep_aspect_ratio_policy", "stretch"],
  ] as const)
    call.only(name, wanted);
  const mode = call.attribute("mode", "nearest");
  if (mode === "cubic") throw new Refusal("mode: cubic");
  const scales = call.numbers(upsample ? 1 : 2);
  const sizes = call.has(3) ? call.numbers(3) : undefined;
  const axes = call.attribute<number[]>("axes", [0, 1, 2, 3]);
  const size = [...x.shape];
  axes.forEach((axis, i) => {
    size[axis] = sizes ? sizes[i]! : Math.floor(x.shape[axis]! * scales![i]!);
  });
  if (size[0] !== x.shape[0] || size[1] !== x.shape[1]) throw new Refusal("a resize of channels");
  const whole = [2, 3].every((axis) => size[axis]! % x.shape[axis]! === 0);
  const coordinates = call.attribute(
    "coordinate_transformation_mode",
    upsample ? "asymmetric" : "half_pixel",
  );
  const nearest = call.attribute("nearest_mode", upsample ? "floor" : "round_prefer_floor");
  // of whole factors the nearest pixel is the same by the edges as by the middles
  const isOurs =
    mode === "nearest"
      ? whole &&
        ((coordinates === "half_pixel" && nearest.startsWith("round")) ||
          (coordinates === "asymmetric" && nearest === "floor"))
      : coordinates === "half_pixel" &&
        !scales?.some((scale, i) => x.shape[axes[i]!]! * scale !== size[axes[i]!]);
  if (!isOurs) throw new Refusal(`coordinates: ${mode}, ${coordinates}, ${nearest}`);
  const y = ops.resize(channelsLast(x), [size[2]!, size[3]!], {
    interpolation: mode === "linear" ? "bilinear" : "nearest",
  });
  return channelsFirst(y);
}
