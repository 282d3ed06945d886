/** Convolutions of ONNX: channels first, and a border that is said in numbers. */
import type { Tensor } from "../../../../src/tensor/tensor.ts";
import { ops } from "../called.ts";
import { type Call, channelsFirst, channelsLast, Refusal } from "../values.ts";
import { bordered, isSame, splitBorder, windowsOf } from "./windows.ts";

const both = (list: readonly number[]): [number, number] => [list[0] ?? 1, list[1] ?? 1];

export function convolution(call: Call): Tensor {
  return convolved(call, call.tensor(0), call.tensor(1), call.has(2) ? call.tensor(2) : null);
}

/** @param x [n, channels, h, w] @param given [filters, channels, kh, kw] */
export function convolved(call: Call, x: Tensor, given: Tensor, bias: Tensor | null): Tensor {
  const image = x.shape.slice(2);
  if (image.length !== 2) throw new Refusal(`${image.length} axes of space`);
  const found = windowsOf(call, image, given.shape.slice(2));
  const same = isSame(found, image);
  const y = ops.conv2d(
    channelsLast(same ? x : bordered(x, found.border, 0)),
    ops.transpose(given, [2, 3, 1, 0]), // [kh, kw, channels, filters]
    bias,
    {
      strides: both(found.strides),
      dilationRate: both(found.dilation),
      groups: call.attribute("group", 1),
      padding: same ? "same" : "valid",
    },
  );
  return channelsFirst(y);
}

/** Windows that add up; its border is what is cut from them. Sequences are images of one row. */
export function transposedConvolution(call: Call): Tensor {
  const [x, kernel] = [call.tensor(0), call.tensor(1)];
  const axes = x.shape.length - 2;
  if (axes > 2) throw new Refusal(`${axes} axes of space`);
  const rowed = ({ shape }: Tensor): number[] =>
    axes === 2 ? [...shape] : [...shape.slice(0, 2), 1, shape[2]!];
  const y = transposed(call, ops.reshape(x, rowed(x)), ops.reshape(kernel, rowed(kernel)));
  return axes === 2 ? y : ops.reshape(y, [...y.shape.slice(0, 2), y.shape[3]!]);
}

/** @param x [n, channels, h, w] @param given [channels, filters, kh, kw] */
function transposed(call: Call, x: Tensor, given: Tensor): Tensor {
  /** A number for each axis of space; what there is for one is of columns. */
  const spatial = (name: string, rows: number): number[] | undefined => {
    const list = call.attribute<number[]>(name);
    return list?.length === 1 ? [rows, list[0]!] : list;
  };
  const image = x.shape.slice(2);
  const groups = call.attribute("group", 1);
  const [strides, dilation] = [both(spatial("strides", 1) ?? []), both(spatial("dilations", 1) ?? [])];
  const windows = image.map((n, i) => (n - 1) * strides[i]! + (given.shape[i + 2]! - 1) * dilation[i]! + 1);
  const auto = call.attribute("auto_pad", "NOTSET");
  const wanted =
    spatial("output_shape", 1) ??
    (auto.startsWith("SAME") ? image.map((n, i) => n * strides[i]!) : undefined);
  const more = (spatial("output_padding", 0) ?? [0, 0]).map((n, i) =>
    Math.max(n, wanted ? wanted[i]! - windows[i]! : 0),
  );
  const pads = call.attribute<number[]>("pads", [0, 0, 0, 0]);
  const border = wanted
    ? splitBorder(
        windows.map((n, i) => n + more[i]! - wanted[i]!),
        auto,
      )
    : pads.length === 2
      ? [0, pads[0]!, 0, pads[1]!]
      : pads;
  // [kh, kw, filters, channels], group by group
  const kernels = ops.split(ops.transpose(given, [2, 3, 1, 0]), groups, { axis: -1 });
  const parts = ops.split(channelsLast(x), groups, { axis: -1 });
  const outputs = parts.map((part, i) =>
    ops.conv2dTranspose(part, kernels[i]!, null, { strides, dilationRate: dilation, outputPadding: [0, 0] }),
  );
  const whole = channelsFirst(ops.concatenate(outputs, { axis: -1 }));
  const missing = windows.map((n, i) => Math.max(0, n + more[i]! - whole.shape[i + 2]!));
  const y = ops.slice(bordered(whole, [0, 0, ...missing], 0), {
    begin: [0, 0, border[0]!, border[1]!],
    end: [null, null, windows[0]! + more[0]! - border[2]!, windows[1]! + more[1]! - border[3]!],
  });
  return call.has(2) ? ops.add(y, call.tensor(2)) : y;
}
