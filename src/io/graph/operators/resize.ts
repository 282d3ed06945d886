/** Importers of images of another size: by our own layers where these read the same pixels, else by a matrix for each axis. */
import { AnygradError, quote } from "../../../errors.ts";
import { type Layer, layers } from "../../../layers/index.ts";
import { Constant, room, shown } from "../constant.ts";
import type { Network } from "../network.ts";
import { channelsLast, imagesOf, over, spatialAxes } from "./images.ts";

/** How a Resize reads an axis. */
interface Sampling {
  readonly mode: string;
  readonly coordinates: string;
  readonly rounding: string;
  /** The parameter of cubic interpolation. */
  readonly cubic: number;
}

/** Where a place of the new axis lies on the old one, in float32 as runtimes compute it; undefined for a rule that is not known. */
function placeOf(
  { coordinates }: Sampling,
  old: number,
  now: number,
  scale: number,
  i: number,
): number | undefined {
  const half = (): number => Math.fround(Math.fround((i + 0.5) / Math.fround(scale)) - 0.5);
  switch (coordinates) {
    case "half_pixel":
      return half();
    case "pytorch_half_pixel":
      return now > 1 ? half() : 0;
    case "align_corners":
      return now > 1 ? Math.fround((i * (old - 1)) / (now - 1)) : 0;
    case "asymmetric":
      return Math.fround(i / Math.fround(scale));
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

/** The shares of the old places in a new one; undefined for a rule that is not known. */
function takenAt(
  sampling: Sampling,
  old: number,
  now: number,
  scale: number,
  i: number,
): ReadonlyMap<number, number> | undefined {
  const x = placeOf(sampling, old, now, scale, i);
  if (x === undefined) return undefined;
  const taken = new Map<number, number>();
  for (const [place, share] of sharesOf(sampling, x, old)) {
    if (Number.isNaN(place)) return undefined;
    const at = Math.min(Math.max(place, 0), old - 1);
    taken.set(at, (taken.get(at) ?? 0) + share);
  }
  return taken;
}

/** Whether two rules read the same of an axis. */
function isSame(a: Sampling, b: Sampling, old: number, now: number, scale: number): boolean {
  for (let i = 0; i < now; i++) {
    const [one, other] = [takenAt(a, old, now, scale, i), takenAt(b, old, now, now / old, i)];
    if (!one || !other) return false;
    for (const place of [...one.keys(), ...other.keys()])
      if (Math.abs((one.get(place) ?? 0) - (other.get(place) ?? 0)) >= 1e-6) return false;
  }
  return true;
}

/** What each new place takes of the old ones, [now, old]. */
function samplingMatrix(sampling: Sampling, old: number, now: number, scale: number): Constant {
  const matrix = room("float32", now * old);
  for (let i = 0; i < now; i++)
    for (const [place, share] of takenAt(sampling, old, now, scale, i)!) matrix[i * old + place] = share;
  return new Constant([now, old], matrix);
}

/** The most pixels along an axis: a file that asks for more is damaged. */
const longest = 2 ** 16;

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
    if (i < 0 || (axis === x.batchAxis && sizes?.[i] === network.fixedBatch)) return 1;
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
  if (!(height <= longest && width <= longest))
    throw new AnygradError("MEMORY_LIMIT", `it makes images of ${height} × ${width} pixels`);
  const isKnown =
    ["nearest", "linear", "cubic"].includes(mode) && takenAt(sampling, h, height, fh, 0) !== undefined;
  const isPlain =
    !attributes.int("antialias", 0) &&
    !attributes.int("exclude_outside", 0) &&
    attributes.text("keep_aspect_ratio_policy", "stretch") === "stretch";
  if (dims !== 2 || others.some((axis) => factor(axis) !== 1) || !isKnown || !isPlain)
    throw new AnygradError(
      "UNSUPPORTED",
      `it resizes by ${quote(mode)}, ${coordinates}, ${rounding} to ${shown([height, width])}`,
    );
  const isOurs = isSame(sampling, ours(mode), h, height, fh) && isSame(sampling, ours(mode), w, width, fw);
  if (mode === "cubic" || !isOurs) {
    if (from.order.length > 4) throw new AnygradError("UNSUPPORTED", "it resizes several images an example");
    const { builder } = network;
    const rows = samplingMatrix(sampling, h, height, fh);
    const columns = samplingMatrix(sampling, w, width, fw);
    const tall = builder.operation("einsum", [from.tensor, rows], { equation: "nhwc,ph->npwc" });
    const y = builder.operation("einsum", [tall, columns], { equation: "npwc,qw->npqc" });
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
