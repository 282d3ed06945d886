/** Windows that slide over images: output sizes and borders, by TensorFlow's rule. */
import { AnygradError } from "../errors.ts";

export type Padding = "valid" | "same";
export type Pair = number | readonly [number, number];

/** A number stands for height and width. */
export function pair(value: Pair, name: string): readonly [number, number] {
  const both = typeof value === "number" ? ([value, value] as const) : value;
  if (!Array.isArray(both) || both.length !== 2 || !both.every((n) => Number.isInteger(n) && n >= 1))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${name} is ${JSON.stringify(value) ?? "undefined"}; pass a whole number from 1 or a pair of them, height first`,
    );
  return both;
}

/** One axis of a window: where it starts and how often it fits. */
export interface Slide {
  /** Output positions. */
  readonly out: number;
  /** Zeros before the first input; may be fewer than behind the last: the odd one goes to the end. */
  readonly before: number;
}

/** @throws AnygradError SHAPE_MISMATCH where the window is larger than the input */
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

/** @throws AnygradError INVALID_ARGUMENT */
export function checkPadding(subject: string, padding: Padding = "valid"): Padding {
  if (padding === "valid" || padding === "same") return padding;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: padding is ${JSON.stringify(padding)}; pass "valid" or "same"`,
  );
}
