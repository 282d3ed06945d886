/** Windows that slide over images: how often they fit and where the first one begins, by the rule of TensorFlow and Keras. */
import { AnygradError, quote } from "../errors.ts";

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

/** How a window slides along one axis. */
export interface Slide {
  /** How many positions it takes: the size of the output. */
  readonly out: number;
  /** Pixels by which the first position begins before the input; the last one may end one pixel more behind it. */
  readonly before: number;
}

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
  const extent = (window - 1) * dilation + 1;
  if (padding === "same") {
    const out = Math.ceil(size / stride);
    return { out, before: Math.floor(Math.max(0, (out - 1) * stride + extent - size) / 2) };
  }
  checkPadding(subject, padding);
  if (extent > size)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: the window spans ${extent} pixels but the input has only ${size}; use a smaller one, padding: "same" or fewer layers before it`,
    );
  return { out: Math.floor((size - extent) / stride) + 1, before: 0 };
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
