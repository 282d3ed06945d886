/** Resize of ONNX: by our op where that reads the same pixels, else by a matrix for each axis, of what each new place takes of the old ones. */
import type { Tensor } from "../../../../src/tensor/tensor.ts";
import { ops } from "../called.ts";
import { alongAxis, type Call, channelsFirst, channelsLast, Refusal } from "../values.ts";

/** How an axis is read. */
interface Sampling {
  readonly mode: string;
  readonly coordinates: string;
  readonly rounding: string;
  /** The parameter of cubic interpolation. */
  readonly cubic: number;
  readonly antialias: boolean;
  /** Places beyond the ends take no share, and the others more. */
  readonly excludesOutside: boolean;
}

/** An axis and its new size. */
interface Axis {
  readonly old: number;
  readonly now: number;
  /** now / old before it was rounded. */
  readonly scale: number;
  /** The part that is read, of tf_crop_and_resize: as shares of old − 1. */
  readonly roi: readonly [number, number];
}

/** Where place i of the new axis lies on the old one. */
function placeOf({ coordinates }: Sampling, { old, now, scale, roi: [from, to] }: Axis, i: number): number {
  const size = old * scale;
  switch (coordinates) {
    case "half_pixel":
      return (i + 0.5) / scale - 0.5;
    case "half_pixel_symmetric":
      return (old / 2) * (1 - now / size) + (i + 0.5) / scale - 0.5;
    case "pytorch_half_pixel":
      return size === 1 ? -0.5 : (i + 0.5) / scale - 0.5;
    case "align_corners":
      return size === 1 ? 0 : (i * (old - 1)) / (size - 1);
    case "asymmetric":
      return i / scale;
    case "tf_crop_and_resize":
      return (old - 1) * (size === 1 ? (from + to) / 2 : from + (i * (to - from)) / (size - 1));
    default:
      throw new Refusal(`coordinate_transformation_mode: ${coordinates}`);
  }
}

/** A share by the distance, of the linear and the cubic rule. */
function shareAt({ mode, cubic: a }: Sampling, given: number): number {
  const d = Math.abs(given);
  if (mode === "linear") return Math.max(0, 1 - d);
  if (d <= 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
}

/** What a new place takes of the old ones, as (place, share); places may be beyond the ends, where the outermost ones stand. */
function sharesAt(sampling: Sampling, axis: Axis, x: number): (readonly [place: number, share: number])[] {
  const { mode, rounding } = sampling;
  if (mode === "nearest") {
    const rounded: Readonly<Record<string, number>> = {
      floor: Math.floor(x),
      ceil: Math.ceil(x),
      round_prefer_ceil: Math.floor(x + 0.5),
      round_prefer_floor: Math.ceil(x - 0.5),
    };
    return [[rounded[rounding]!, 1]];
  }
  const narrow = sampling.antialias ? Math.min(1, axis.scale) : 1; // shrinking takes more places together
  const reach = Math.ceil((mode === "linear" ? 1 : 2) / narrow);
  const first = Math.floor(x) - reach;
  const shares = Array.from({ length: 2 * reach + 2 }, (_, i): [number, number] => [
    first + i,
    shareAt(sampling, (first + i - x) * narrow),
  ]);
  if (!sampling.antialias && !sampling.excludesOutside) return shares;
  const counted = sampling.excludesOutside ? shares.filter(([at]) => at >= 0 && at < axis.old) : shares;
  const total = counted.reduce((sum, [, share]) => sum + share, 0);
  return counted.map(([at, share]) => [at, share / total]);
}

/** What each new place takes of the old ones, [now, old]. */
function matrixOf(sampling: Sampling, axis: Axis): Float32Array {
  const { old, now } = axis;
  const matrix = new Float32Array(now * old);
  for (let i = 0; i < now; i++)
    for (const [place, share] of sharesAt(sampling, axis, placeOf(sampling, axis, i)))
      matrix[i * old + Math.min(Math.max(place, 0), old - 1)]! += share;
  return matrix;
}

/** The sizes of all axes, as ONNX finds them from scales or sizes of some. */
function axesOf(call: Call, { shape }: Tensor, upsample: boolean): Axis[] {
  const named = call.attribute<number[]>(
    "axes",
    shape.map((_, i) => i),
  );
  const [scales, sizes] = [call.numbers(upsample ? 1 : 2), call.has(3) ? call.numbers(3) : undefined];
  const policy = call.attribute("keep_aspect_ratio_policy", "stretch");
  const factors = sizes?.map((n, i) => n / shape[named[i]!]!);
  const one = factors && (policy === "not_larger" ? Math.min(...factors) : Math.max(...factors));
  const roi = call.has(1) && !upsample ? call.numbers(1)! : [];
  return shape.map((old, axis): Axis => {
    const i = named.indexOf(axis);
    if (i < 0) return { old, now: old, scale: 1, roi: [0, 1] };
    const region = [roi[i] ?? 0, roi[i + named.length] ?? 1] as const;
    if (!factors) return { old, now: Math.floor(old * scales![i]!), scale: scales![i]!, roi: region };
    if (policy === "stretch") return { old, now: sizes![i]!, scale: factors[i]!, roi: region };
    return { old, now: Math.floor(one! * old + 0.5), scale: one!, roi: region };
  });
}

export function resized(call: Call): Tensor {
  const x = call.tensor(0);
  const upsample = call.count === 2 && call.opset < 10;
  const sampling: Sampling = {
    mode: call.attribute("mode", "nearest"),
    coordinates: call.attribute("coordinate_transformation_mode", upsample ? "asymmetric" : "half_pixel"),
    rounding: call.attribute("nearest_mode", upsample ? "floor" : "round_prefer_floor"),
    cubic: call.attribute("cubic_coeff_a", -0.75),
    antialias: call.attribute("antialias", 0) === 1,
    excludesOutside: call.attribute("exclude_outside", 0) === 1,
  };
  const axes = axesOf(call, x, upsample);
  const changed = axes.flatMap((axis, i) =>
    axis.now !== axis.old || sampling.coordinates === "tf_crop_and_resize" ? [i] : [],
  );
  if (x.shape.length === 4 && changed.every((i) => i > 1) && isOurs(sampling, axes))
    return channelsFirst(
      ops.resize(channelsLast(x), [axes[2]!.now, axes[3]!.now], {
        interpolation: sampling.mode === "linear" ? "bilinear" : "nearest",
      }),
    );
  const y = changed.reduce((given, i) => {
    const { now, old } = axes[i]!;
    const matrix = call.engine.tensor(matrixOf(sampling, axes[i]!), [now, old]);
    return alongAxis(given, i, (rows) => ops.matmul(rows, matrix, { transposeB: true }));
  }, x);
  return sampling.coordinates === "tf_crop_and_resize" ? cropped(call, y, sampling, axes) : y;
}

/** Whether ops.resize reads the same pixels: by their middles, from the nearest or the two around. */
function isOurs({ mode, coordinates, rounding, antialias }: Sampling, axes: readonly Axis[]): boolean {
  const isExact = axes.every(({ old, now, scale }) => old * scale === now);
  const isWhole = axes.every(({ old, now }) => now % old === 0);
  if (antialias || !isExact) return false;
  if (mode === "linear") return coordinates === "half_pixel";
  // of whole factors the nearest pixel is the same by the edges as by the middles
  return (
    mode === "nearest" &&
    isWhole &&
    ((coordinates === "half_pixel" && rounding.startsWith("round")) ||
      (coordinates === "asymmetric" && rounding === "floor"))
  );
}

/** The result with a fixed number where a place lies beyond the ends of its axis. */
function cropped(call: Call, y: Tensor, sampling: Sampling, axes: readonly Axis[]): Tensor {
  const value = call.attribute("extrapolation_value", 0);
  return axes.reduce((given, axis, i) => {
    const inside = Float32Array.from({ length: axis.now }, (_, at) => {
      const place = placeOf(sampling, axis, at);
      return place >= 0 && place <= axis.old - 1 ? 1 : 0;
    });
    const shape = axes.map((_, at) => (at === i ? axis.now : 1));
    return ops.where(call.engine.tensor(inside, shape), given, value);
  }, y);
}
