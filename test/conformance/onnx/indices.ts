/** Operators of ONNX that take or change elements by index. */
import { normalizeAxis, sizeOf, stridesOf } from "../../../src/tensor/shape.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { ops } from "./called.ts";
import { type Call, moveAxis, Refusal } from "./values.ts";

export function gathered(call: Call): Tensor {
  const x = call.tensor(0);
  const axis = call.attribute("axis", 0);
  return ops.gather(x, call.indices(1, x.shape.at(axis)!), { axis });
}

export function takenAlong(call: Call): Tensor {
  const x = call.tensor(0);
  const axis = call.attribute("axis", 0);
  return ops.takeAlongAxis(x, call.indices(1, x.shape.at(axis)!), { axis });
}

/**
 * What is at rows of x by new numbers: added, or in place of the old ones, which adds the difference. x and updates are flat
 * but for their last axis.
 */
function changed(call: Call, x: Tensor, places: readonly number[], updates: Tensor): Tensor {
  const rows = call.engine.tensor(Int32Array.from(places), [places.length], "int32");
  const how = call.attribute("reduction", "none");
  if (how === "add") return ops.scatterAdd(x, rows, updates);
  if (new Set(places).size < places.length) throw new Refusal(`a scatter by ${how} of several to one place`);
  const old = ops.gather(x, rows);
  const combined = { none: () => updates, mul: ops.multiply, max: ops.maximum, min: ops.minimum }[how];
  if (!combined) throw new Refusal(`a scatter by ${how}`);
  return ops.scatterAdd(ops.scatterAdd(x, rows, ops.negative(old)), rows, combined(old, updates));
}

/** Slices of x by indices of its first axes. */
export function scatteredSlices(call: Call): Tensor {
  const x = call.tensor(0);
  const { shape } = call.value(1);
  const depth = shape.at(-1)!;
  const inner = sizeOf(x.shape.slice(depth));
  const rows = ops.reshape(x, [x.size / inner, inner]);
  const places = placesOf(call, x.shape.slice(0, depth));
  const updates = ops.reshape(call.tensor(2), [places.length, inner]);
  return ops.reshape(changed(call, rows, places, updates), x.shape);
}

/** Rows of indices as places in an array of this shape. */
function placesOf(call: Call, shape: readonly number[]): number[] {
  const numbers = call.numbers(1)!;
  const strides = stridesOf(shape);
  return Array.from({ length: numbers.length / shape.length }, (_, row) =>
    strides.reduce((place, stride, axis) => {
      const index = numbers[row * shape.length + axis]!;
      return place + stride * (index < 0 ? index + shape[axis]! : index);
    }, 0),
  );
}

/** Elements of x by an index along an axis for each. */
export function scatteredElements(call: Call): Tensor {
  const x = call.tensor(0);
  const axis = normalizeAxis(call.attribute("axis", 0), x.shape.length, "axis");
  const { shape } = call.value(1);
  const strides = stridesOf(x.shape);
  const own = stridesOf(shape);
  const places = call.numbers(1)!.map((given, i) =>
    strides.reduce((place, stride, at) => {
      const index =
        at === axis ? (given < 0 ? given + x.shape[at]! : given) : Math.floor(i / own[at]!) % shape[at]!;
      return place + stride * index;
    }, 0),
  );
  const flat = changed(call, ops.reshape(x, [x.size]), places, ops.reshape(call.tensor(2), [places.length]));
  return ops.reshape(flat, x.shape);
}

/** Slices of x by indices of its first axes, of which the first few go along with those of the indices. */
export function gatheredSlices(call: Call): Tensor {
  call.only("batch_dims", 0);
  const x = call.tensor(0);
  const { shape } = call.value(1);
  const depth = shape.at(-1)!;
  const places = placesOf(call, x.shape.slice(0, depth));
  const rows = ops.reshape(x, [sizeOf(x.shape.slice(0, depth)), ...x.shape.slice(depth)]);
  const taken = ops.gather(rows, call.engine.tensor(Int32Array.from(places), [places.length], "int32"));
  return ops.reshape(taken, [...shape.slice(0, -1), ...x.shape.slice(depth)]);
}

/** The slices whose condition holds. */
export function compressed(call: Call): Tensor {
  const given = call.attribute<number>("axis");
  const x = given === undefined ? ops.reshape(call.tensor(0), [-1]) : call.tensor(0);
  const holds = call.numbers(1)!.flatMap((value, i) => (value ? [i] : []));
  const indices = call.engine.tensor(Int32Array.from(holds), [holds.length], "int32");
  return ops.gather(x, indices, { axis: given ?? 0 });
}

export function oneHot(call: Call): Tensor {
  const depth = call.numbers(1)![0]!;
  const [off = 0, on = 1] = call.numbers(2)!;
  const y = ops.oneHot(call.indices(0, depth), depth, { on, off });
  return moveAxis(y, -1, call.attribute("axis", -1));
}
