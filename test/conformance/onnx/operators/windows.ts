/** How the windows of ONNX lie: along any number of axes, with a border that is said in numbers or by a rule. */
import type { Tensor } from "../../../../src/tensor/tensor.ts";
import { ops } from "../called.ts";
import type { Call } from "../values.ts";

/** Windows along each axis of space. */
export interface Windows {
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
  /** Pixels before each axis, and then behind each. */
  readonly border: readonly number[];
  /** Pixels more behind each axis that `ceil_mode` brings: in no mean do they count. */
  readonly extension: readonly number[];
}

/** @param image sizes of the axes of space @param size of a window along each */
export function windowsOf(call: Call, image: readonly number[], size: readonly number[]): Windows {
  const strides = call.attribute<number[]>(
    "strides",
    image.map(() => 1),
  );
  const dilation = call.attribute<number[]>(
    "dilations",
    image.map(() => 1),
  );
  const span = size.map((n, i) => (n - 1) * dilation[i]! + 1);
  const auto = call.attribute("auto_pad", "NOTSET");
  const total = auto.startsWith("SAME")
    ? image.map((n, i) => Math.max(0, (Math.ceil(n / strides[i]!) - 1) * strides[i]! + span[i]! - n))
    : undefined;
  const border = total
    ? splitBorder(total, auto)
    : call.attribute<number[]>(
        "pads",
        [...image, ...image].map(() => 0),
      );
  const extension = image.map((n, i) => {
    const [before, behind] = [border[i]!, border[i + image.length]!];
    const room = n + before + behind - span[i]!;
    if (total || call.attribute("ceil_mode", 0) === 0) return 0;
    let last = Math.ceil(room / strides[i]!);
    if (last * strides[i]! >= n + before) last--; // a window that begins behind the image is left out
    return Math.max(0, last * strides[i]! - room);
  });
  return { size, strides, dilation, border, extension };
}

/** What both ends of axes have together, as what is before each and then behind each. */
export function splitBorder(total: readonly number[], auto: string): number[] {
  const less = total.map((n) => Math.floor(n / 2));
  const more = total.map((n, i) => n - less[i]!);
  return auto === "SAME_UPPER" ? [...less, ...more] : [...more, ...less];
}

/** Whether this border is that of padding: "same", which gives it without a copy. */
export function isSame({ size, strides, dilation, border }: Windows, image: readonly number[]): boolean {
  return image.every((n, i) => {
    const out = Math.ceil(n / strides[i]!);
    const total = Math.max(0, (out - 1) * strides[i]! + (size[i]! - 1) * dilation[i]! + 1 - n);
    const before = Math.floor(total / 2);
    return border[i] === before && border[i + image.length] === total - before;
  });
}

/** [n, c, ...space] with a border of this value. @param border pixels before each axis of space, and then behind each */
export function bordered(x: Tensor, border: readonly number[], value: number): Tensor {
  const count = border.length / 2;
  if (border.every((n) => n === 0)) return x;
  const space = border.slice(0, count).map((before, i): [number, number] => [before, border[count + i]!]);
  return ops.pad(x, [[0, 0], [0, 0], ...space], { value });
}
