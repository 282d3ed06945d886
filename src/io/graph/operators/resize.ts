/** Importers of images of another size: by our own layers where these read the same pixels, else by a matrix for each axis. */
import { AnygradError, quote } from "../../../errors.ts";
import { type Layer, layers } from "../../../layers/index.ts";
import { Constant } from "../constant.ts";
import type { Network } from "../network.ts";
import { channelsLast, imagesOf, over, spatialAxes } from "./images.ts";
import { shown } from "./ranges.ts";

/** How a Resize reads an axis. */
interface Sampling {
  readonly mode: string;
  readonly coordinates: string;
  readonly rounding: string;
  /** The parameter of cubic interpolation. */
  readonly cubic: number;
}

/** Where a place of the new axis lies on the old one; undefined for a rule that is not known. */
function placeOf(
  { coordinates }: Sampling,
  old: number,
  now: number,
  scale: number,
  i: number,
): number | undefined {
  switch (coordinates) {
    case "half_pixel":
      return (i + 0.5) / scale - 0.5;
    case "pytorch_half_pixel":
      return now > 1 ? (i + 0.5) / scale - 0.5 : 0;
    case "align_corners":
      return now > 1 ? (i * (old - 1)) / (now - 1) : 0;
    case "asymmetric":
      return i / scale;
    default:
      return undefined;
  }
}

/** The shares of the old places in a new one, by their distances, as (place, share). */
function sharesOf(
  { mode, rounding, cubic: a }: Sampling,
  x: number,
  old: number,
): readonly (readonly [number, number])[] {
  if (mode === "nearest") {
    const whole = {
      floor: Math.floor(x),
      ceil: Math.ceil(x),
      round_prefer_ceil: Math.floor(x + 0.5),
      round_prefer_floor: Math.ceil(x - 0.5),
    }[rounding];
    return [[whole ?? Number.NaN, 1]];
  }
  const at = mode === "linear" ? Math.min(Math.max(x, 0), old - 1) : x;
  const first = Math.floor(at);
  const t = at - first;
  if (mode === "linear") return [[first, 1 - t], [first + 1, t]]; // biome-ignore format: a pair
  const near = (d: number): number => ((a + 2) * d - (a + 3)) * d * d + 1;
  const far = (d: number): number => ((a * d - 5 * a) * d + 8 * a) * d - 4 * a;
  return [[first - 1, far(t + 1)], [first, near(t)], [first + 1, near(1 - t)], [first + 2, far(2 - t)]]; // biome-ignore format: four pairs
}

/** What each new place takes of the old ones, [now, old]; undefined for a rule that is not known. */
function samplingMatrix(
  sampling: Sampling,
  old: number,
  now: number,
  scale: number,
): Float32Array | undefined {
  const matrix = new Float32Array(now * old);
  for (let i = 0; i < now; i++) {
    const x = placeOf(sampling, old, now, scale, i);
    if (x === undefined) return undefined;
    for (const [place, share] of sharesOf(sampling, x, old))
      matrix[i * old + Math.min(Math.max(place, 0), old - 1)]! += share;
  }
  return matrix.some(Number.isNaN) ? undefined : matrix;
}

/** The rule of our own layers. */
const ours = (mode: string): Sampling => ({
  mode,
  coordinates: "half_pixel",
  rounding: "round_prefer_ceil",
  cubic: 0,
});

/** Resize, and Upsample of old files. */
export function resize(network: Network): void {
  const { attributes, opset, node } = network;
  const x = network.value(0);
  const isOld = node.op === "Upsample" || opset < 11;
  const scales = isOld
    ? (network.constantOr(1)?.list ?? attributes.floats("scales") ?? [])
    : (network.constantOr(2)?.list ?? []);
  const sizes = isOld ? undefined : network.constantOr(3)?.list;
  const named = attributes.ints("axes") ?? x.shape.map((_, i) => i);
  const factor = (axis: number): number => {
    const i = named.indexOf(axis);
    if (i < 0) return 1;
    return sizes ? sizes[i]! / x.shape[axis]! : (scales[i] ?? 1);
  };
  const from = channelsLast(network, x);
  const { dims } = from;
  const [h, w] = from.shape as [number, number];
  const [rowAxis, columnAxis] = spatialAxes(network, x.rank) as [number, number];
  const others = x.shape.map((_, axis) => axis).filter((axis) => axis !== rowAxis && axis !== columnAxis);
  const [fh, fw] = [factor(rowAxis), dims === 2 ? factor(columnAxis) : 1];
  const now = (old: number, f: number, axis: number): number =>
    sizes?.[named.indexOf(axis)] ?? Math.floor(old * f);
  const [height, width] = [now(h, fh, rowAxis), dims === 2 ? now(w, fw, columnAxis) : 1];
  const mode = attributes.text("mode", "nearest");
  const coordinates = isOld ? "asymmetric" : attributes.text("coordinate_transformation_mode", "half_pixel");
  const rounding = isOld ? "floor" : attributes.text("nearest_mode", "round_prefer_floor");
  const sampling: Sampling = { mode, coordinates, rounding, cubic: attributes.float("cubic_coeff_a", -0.75) };
  const matrices = [samplingMatrix(sampling, h, height, fh), samplingMatrix(sampling, w, width, fw)];
  const isKnown = ["nearest", "linear", "cubic"].includes(mode) && matrices.every(Boolean);
  const isPlain = !attributes.int("antialias", 0) && !attributes.int("exclude_outside", 0);
  if (dims !== 2 || others.some((axis) => factor(axis) !== 1) || !isKnown || !isPlain)
    throw new AnygradError(
      "UNSUPPORTED",
      `it resizes by ${quote(mode)}, ${coordinates}, ${rounding} to ${shown([height, width])}`,
    );
  const own = [
    samplingMatrix(ours(mode), h, height, height / h),
    samplingMatrix(ours(mode), w, width, width / w),
  ];
  const isOurs = matrices.every((matrix, i) =>
    matrix!.every((share, k) => Math.abs(share - own[i]![k]!) < 1e-6),
  );
  if (mode === "cubic" || !isOurs) {
    if (from.order.length > 4) throw new AnygradError("UNSUPPORTED", "it resizes several images an example");
    const { builder } = network;
    const [rows, columns] = matrices as [Float32Array, Float32Array];
    const tall = builder.operation("einsum", [from.tensor, new Constant([height, h], rows)], {
      equation: "nhwc,ph->npwc",
    });
    const y = builder.operation("einsum", [tall, new Constant([width, w], columns)], {
      equation: "npwc,qw->npqc",
    });
    network.set(imagesOf(y, from));
    return;
  }
  const interpolation = mode === "nearest" ? "nearest" : "bilinear";
  const isMultiple = height % h === 0 && width % w === 0;
  const make = (named: { name?: string }): Layer =>
    isMultiple
      ? layers.upSampling2d({ size: [height / h, width / w], interpolation, ...named })
      : layers.resizing({ height, width, interpolation, ...named });
  network.set(imagesOf(over(network, from, make, from.tensor), from));
}
