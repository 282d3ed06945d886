/** Operators of ONNX that give tensors other shapes, or put them together. */
import { normalizeAxis, sizeOf, stridesOf } from "../../../../src/tensor/shape.ts";
import type { Tensor } from "../../../../src/tensor/tensor.ts";
import { ops } from "../called.ts";
import { type Call, channelsFirst, channelsLast, plain, Refusal, type Value } from "../values.ts";

export function flattened(call: Call): Tensor {
  const x = call.tensor(0);
  const axis = call.attribute("axis", 1);
  return ops.reshape(x, [sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis))]);
}

export function reshaped(call: Call): Tensor {
  const x = call.tensor(0);
  const asked = call.numbers(1)!;
  const shape = asked.map((n, i) => (n === 0 && !call.attribute("allowzero", 0) ? x.shape[i]! : n));
  return ops.reshape(x, shape);
}

export function squeezed(call: Call): Tensor {
  const x = call.tensor(0);
  const rank = x.shape.length;
  const axes = (call.attribute<number[]>("axes") ?? call.numbers(1))?.map((axis) =>
    axis < 0 ? axis + rank : axis,
  );
  return ops.reshape(
    x,
    x.shape.filter((n, i) => (axes ? !axes.includes(i) : n !== 1)),
  );
}

export function unsqueezed(call: Call): Tensor {
  const x = call.tensor(0);
  const given = call.attribute<number[]>("axes") ?? call.numbers(1)!;
  const rank = x.shape.length + given.length;
  const axes = given.map((axis) => (axis < 0 ? axis + rank : axis));
  const sizes = [...x.shape];
  return ops.reshape(
    x,
    Array.from({ length: rank }, (_, i) => (axes.includes(i) ? 1 : sizes.shift()!)),
  );
}

/** Its options stand in inputs: begin, end, axes, steps; beyond the ends is up to them. */
export function sliced(call: Call): Value {
  const x = call.tensor(0);
  const [begin, end] = [call.numbers(1)!, call.numbers(2)!];
  const axes = call.numbers(3) ?? begin.map((_, i) => i);
  const steps = call.numbers(4) ?? begin.map(() => 1);
  const options = {
    begin: x.shape.map((): number | null => null),
    end: x.shape.map((): number | null => null),
    strides: x.shape.map((): number | null => null),
  };
  let empty = false;
  axes.forEach((given, i) => {
    const axis = given < 0 ? given + x.shape.length : given;
    const n = x.shape[axis]!;
    const step = steps[i]!;
    const wrapped = (index: number): number => (index < 0 ? index + n : index);
    const [lowest, highest] = step > 0 ? [0, n] : [-1, n - 1];
    const held = (index: number): number => Math.max(lowest, Math.min(highest, wrapped(index)));
    const [from, to] = [held(begin[i]!), held(end[i]!)];
    empty ||= step > 0 ? from >= to : from <= to;
    options.begin[axis] = from;
    options.end[axis] = to < 0 ? null : to;
    options.strides[axis] = step;
  });
  if (empty && x.shape.length > 1) throw new Refusal("an empty tensor");
  return empty ? plain([], [0]) : ops.slice(x, options); // a shape of no axes
}

export function padded(call: Call): Tensor {
  const x = call.tensor(0);
  const mode = call.attribute("mode", "constant");
  const pads = call.numbers(1)!;
  const axes = call.numbers(3) ?? x.shape.map((_, i) => i);
  const border = x.shape.map((): [number, number] => [0, 0]);
  axes.forEach((axis, i) => {
    border[axis < 0 ? axis + x.shape.length : axis] = [pads[i]!, pads[i + axes.length]!];
  });
  if (mode === "wrap") return border.reduce((y, [before, behind], axis) => wrapped(call, y, axis, before, behind), x); // biome-ignore format: one call
  if (mode !== "constant" && mode !== "reflect" && mode !== "edge") throw new Refusal(`mode: ${mode}`);
  return ops.pad(x, border, { mode, ...(mode === "constant" && { value: call.numbers(2)?.[0] ?? 0 }) });
}

/** An axis that begins anew at its ends. */
function wrapped({ engine }: Call, x: Tensor, axis: number, before: number, behind: number): Tensor {
  if (before === 0 && behind === 0) return x;
  const n = x.shape[axis]!;
  const places = Int32Array.from({ length: before + n + behind }, (_, i) => (((i - before) % n) + n) % n);
  return ops.gather(x, engine.tensor(places, [places.length], "int32"), { axis });
}

/** Sizes stand in an attribute up to version 11 and in an input since 13; without them the parts are equal but for the last. */
export function split(call: Call): Tensor[] {
  const x = call.tensor(0);
  const axis = normalizeAxis(call.attribute("axis", 0), x.shape.length, "Split");
  const n = x.shape[axis]!;
  const parts = call.attribute("num_outputs", call.outputs);
  const each = Math.ceil(n / parts);
  const sizes =
    call.attribute<number[]>("split") ??
    call.numbers(1) ??
    Array.from({ length: parts }, (_, i) => Math.min(each, n - i * each));
  if (sizes.includes(0)) throw new Refusal("an empty tensor");
  let end = 0;
  const cuts = sizes.slice(0, -1).map((size) => {
    end += size;
    return end;
  });
  return ops.split(x, cuts, { axis });
}

/** Cut at both ends, or zeros there, so that axes have the sizes that are asked. */
export function centered(call: Call): Tensor {
  const x = call.tensor(0);
  const rank = x.shape.length;
  const axes = call
    .attribute<number[]>(
      "axes",
      x.shape.map((_, i) => i),
    )
    .map((axis) => normalizeAxis(axis, rank, "axes"));
  const wanted = [...x.shape];
  axes.forEach((axis, i) => {
    wanted[axis] = call.numbers(1)![i]!;
  });
  const less = x.shape.map((n, i) => Math.max(0, n - wanted[i]!));
  const cut = ops.slice(x, {
    begin: less.map((n) => Math.floor(n / 2)),
    end: x.shape.map((n, i) => Math.floor(less[i]! / 2) + Math.min(n, wanted[i]!)),
  });
  const more = cut.shape.map((n, i) => wanted[i]! - n);
  return ops.pad(
    cut,
    more.map((n): [number, number] => [Math.floor(n / 2), Math.ceil(n / 2)]),
  );
}

/** Channels in ONNX's order: "CRD" counts a block's places faster than its channels. */
export function depthToSpace(call: Call): Tensor {
  const x = call.tensor(0);
  const b = call.attribute("blocksize", 1);
  const [n, c, h, w] = x.shape as [number, number, number, number];
  const ordered =
    call.attribute("mode", "DCR") === "CRD"
      ? ops.reshape(ops.transpose(ops.reshape(x, [n, c / b ** 2, b * b, h, w]), [0, 2, 1, 3, 4]), [
          n,
          c,
          h,
          w,
        ])
      : x;
  return channelsFirst(ops.depthToSpace(channelsLast(ordered), b));
}

export function spaceToDepth(call: Call): Tensor {
  return channelsFirst(ops.spaceToDepth(channelsLast(call.tensor(0)), call.attribute("blocksize", 1)));
}

export function expanded(call: Call): Tensor {
  const x = call.tensor(0);
  const asked = call.numbers(1)!;
  const rank = Math.max(asked.length, x.shape.length);
  const own = (shape: readonly number[], i: number): number => shape[i - rank + shape.length] ?? 1;
  // an axis of x that is longer than what is asked stays
  return ops.broadcastTo(
    x,
    Array.from({ length: rank }, (_, i) => Math.max(own(asked, i), own(x.shape, i))),
  );
}

/** Empty tensors, which anygrad has none of, are left out. */
export function concatenated(call: Call): Tensor {
  const places = Array.from({ length: call.count }, (_, i) => i);
  const filled = places.filter((i) => sizeOf(call.value(i).shape) > 0);
  if (filled.length === 0) throw new Refusal("an empty tensor");
  return ops.concatenate(
    filled.map((i) => call.tensor(i)),
    { axis: call.attribute("axis", 1) },
  );
}

/** One value in a shape. */
export function filled(call: Call): Value {
  const shape = call.numbers(0)!;
  if (sizeOf(shape) === 0) return plain([], shape);
  return ops.broadcastTo(call.attributeTensor("value"), [...shape]);
}

/** Where the middles of pixels of an image or a volume lie behind affine maps [n, axes, axes + 1]: [n, ...space, axes], from −1 to 1. */
export function affineGrid(call: Call): Tensor {
  const space = call.numbers(1)!.slice(2);
  const theta = call.tensor(0);
  const aligned = call.attribute("align_corners", 0) === 1;
  const middles = space.map((n) =>
    Float32Array.from({ length: n }, (_, i) =>
      aligned ? (2 * i) / Math.max(1, n - 1) - 1 : (2 * i + 1) / n - 1,
    ),
  );
  const places = sizeOf(space);
  const strides = stridesOf(space);
  // columns first, then rows, then slices, and a 1
  const points = Float32Array.from({ length: places * (space.length + 1) }, (_, i) => {
    const axis = space.length - 1 - (i % (space.length + 1));
    const place = Math.floor(i / (space.length + 1));
    return axis < 0 ? 1 : middles[axis]![Math.floor(place / strides[axis]!) % space[axis]!]!;
  });
  const grid = call.engine.tensor(points, [places, space.length + 1]);
  const y = ops.matmul(ops.broadcastTo(grid, [theta.shape[0]!, places, space.length + 1]), theta, {
    transposeB: true,
  });
  return ops.reshape(y, [theta.shape[0]!, ...space, space.length]);
}
