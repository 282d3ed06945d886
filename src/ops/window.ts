/** Windows that slide over images: how often they fit and where the first one begins, by the rule of TensorFlow and Keras. */
import { AnygradError, quote } from "../errors.ts";
import { formatBytes } from "../math/bytes.ts";

/**
 * What windows do at the edges of an image. "valid": they stay inside it. "same": they may reach over its edges, so that the
 * output has ⌈size / stride⌉ pixels; of an odd number of pixels the one more is at the bottom and on the right.
 */
export type Padding = "valid" | "same";
/** A whole number from 1 for height and width alike, or one for each: [height, width]. */
export type Pair = number | readonly [number, number];

/**
 * Both numbers of a pair, height first.
 * @throws AnygradError INVALID_ARGUMENT for what is no whole number from 1, or two of them
 */
export function pair(value: Pair, name: string): readonly [number, number] {
  const both = typeof value === "number" ? ([value, value] as const) : value;
  if (!Array.isArray(both) || both.length !== 2 || !both.every((n) => Number.isInteger(n) && n >= 1))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${name} is ${quote(value)}; pass a whole number from 1 or a pair of them, height first`,
    );
  return both;
}

/**
 * How a window slides along one axis. Where numbers beyond some bound change nothing, they are brought down to it, a stride that leaves
 * one position and elements that lie so far apart that one at most meets the input: kernels count in 32 bits.
 */
export interface Slide {
  /** How many positions it takes: the size of the output. */
  readonly out: number;
  /** Pixels by which the first position begins before the input; the last one may end one pixel more behind it. */
  readonly before: number;
  /** Pixels from one position to the next. */
  readonly stride: number;
  /** Pixels from one element to the next. */
  readonly dilation: number;
}

/**
 * What means the same for windows over an axis of `size` pixels with zeros around it, as a dilation or as the elements of a dense pooling
 * window: of more than 4 · size it matters only whether they are even, since a window stands with its middle within 2 · size of the input.
 */
export const bounded = (value: number, size: number): number => Math.min(value, 4 * size + (value % 2));

/**
 * How a window slides along one axis of `size` pixels.
 * @param window elements of the window, `dilation` pixels apart
 * @param subject what errors begin with
 * @throws AnygradError SHAPE_MISMATCH where the window is larger than the input, INVALID_ARGUMENT for a padding of another
 *   name
 */
export function slide(
  size: number,
  window: number,
  stride: number,
  dilation: number,
  padding: Padding,
  subject: string,
): Slide {
  const step = Math.min(stride, size);
  if (padding === "same") {
    const out = Math.ceil(size / step);
    const gap = bounded(dilation, size);
    const extent = (window - 1) * gap + 1;
    const before = Math.floor(Math.max(0, (out - 1) * step + extent - size) / 2);
    return { out, before, stride: step, dilation: gap };
  }
  checkPadding(subject, padding);
  const extent = (window - 1) * dilation + 1;
  if (extent > size)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: the window spans ${extent} pixels but the input has only ${size}; use a smaller one, padding: "same" or fewer layers before it`,
    );
  return { out: Math.floor((size - extent) / step) + 1, before: 0, stride: step, dilation };
}

/**
 * The padding that was given, "valid" by default.
 * @throws AnygradError INVALID_ARGUMENT for what is neither "valid" nor "same"
 */
export function checkPadding(subject: string, padding: Padding = "valid"): Padding {
  if (padding === "valid" || padding === "same") return padding;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: padding is ${quote(padding)}; pass "valid" or "same"`,
  );
}

/**
 * Whether a kernel can count the bytes that it needs: images with zeros around them, all of a batch. Memory would not hold more.
 * @throws AnygradError MEMORY_LIMIT
 */
export function checkBorders(subject: string, numbers: number): void {
  if (4 * numbers < 2 ** 31) return;
  throw new AnygradError(
    "MEMORY_LIMIT",
    `${subject}: with zeros around them, the images of a batch take ${formatBytes(4 * numbers)}, and 2048 MiB are the most; use a smaller batchSize, kernel or dilationRate`,
  );
}
