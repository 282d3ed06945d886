/** Operators of ONNX that take or change elements by index. */
import { normalizeAxis, sizeOf, stridesOf } from "../../../../src/tensor/shape.ts";
import type { Tensor } from "../../../../src/tensor/tensor.ts";
import { ops } from "../called.ts";
import { type Call, moveAxis, Refusal } from "../values.ts";

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
 * What is at rows of x by new numbers: added, or in place of the old ones, which adds the difference; of several for one place one after
 * the other. x and updates are flat but for their last axis.
 */
function changed(call: Call, x: Tensor, places: readonly number[], updates: Tensor): Tensor {
  const how = call.attribute("reduction", "none");
  const indices = (list: readonly number[]): Tensor =>
    call.engine.tensor(Int32Array.from(list), [list.length], "int32");
  if (how === "add") return ops.scatterAdd(x, indices(places), updates);
  const combine = {
    none: (_: Tensor, b: Tensor) => b,
    mul: ops.multiply,
    max: ops.maximum,
    min: ops.minimum,
  }[how];
  if (!combine) throw new Refusal(`a scatter by ${how}`);
  const seen = new Map<number, number>();
  const rounds: number[][] = [];
  for (const [i, place] of places.entries()) {
    const round = seen.get(place) ?? 0;
    seen.set(place, round + 1);
    rounds[round] ??= [];
    rounds[round].push(i);
  }
  return rounds.reduce((y, own) => {
    const rows = indices(own.map((i) => places[i]!));
    const old = ops.gather(y, rows);
    const made = combine(old, ops.gather(updates, indices(own)));
    return ops.scatterAdd(ops.scatterAdd(y, rows, ops.negative(old)), rows, made);
  }, x);
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

/** Slices of x by indices of its first axes; the first `batch_dims` of them go along with those of the indices. */
export function gatheredSlices(call: Call): Tensor {
  const x = call.tensor(0);
  const { shape } = call.value(1);
  const shared = call.attribute("batch_dims", 0);
  const depth = shared + shape.at(-1)!;
  const inner = sizeOf(x.shape.slice(shared, depth));
  const each = sizeOf(shape.slice(shared, -1));
  const places = placesOf(call, x.shape.slice(shared, depth)).map(
    (place, i) => Math.floor(i / each) * inner + place,
  );
  const rows = ops.reshape(x, [sizeOf(x.shape.slice(0, depth)), ...x.shape.slice(depth)]);
  const taken = ops.gather(rows, call.engine.tensor(Int32Array.from(places), [places.length], "int32"));
  return ops.reshape(taken, [...shape.slice(0, -1), ...x.shape.slice(depth)]);
}

/** Sequences whose first steps, as many as each has, are in the opposite order. */
export function reversedSequences(call: Call): Tensor {
  const x = call.tensor(0);
  const [batch, time] = [call.attribute("batch_axis", 1), call.attribute("time_axis", 0)];
  const lengths = call.numbers(1)!;
  const strides = stridesOf(x.shape);
  const steps = Int32Array.from({ length: x.size }, (_, i) => {
    const at = (axis: number): number => Math.floor(i / strides[axis]!) % x.shape[axis]!;
    const length = lengths[at(batch)]!;
    return at(time) < length ? length - 1 - at(time) : at(time);
  });
  return ops.takeAlongAxis(x, call.engine.tensor(steps, [...x.shape], "int32"), { axis: time });
}

/** A cache of keys or values [n, ..., steps, size] with new ones from a step of each example on, beyond the end from its begin where it is a circle. */
export function cached(call: Call): Tensor {
  const [x, updates] = [call.tensor(0), call.tensor(1)];
  const axis = normalizeAxis(call.attribute("axis", -2), x.shape.length, "axis");
  const first = call.numbers(2) ?? new Array<number>(x.shape[0]!).fill(0);
  const [steps, more] = [x.shape[axis]!, updates.shape[axis]!];
  const inner = sizeOf(x.shape.slice(axis + 1));
  const outer = sizeOf(x.shape.slice(1, axis));
  const places = Array.from({ length: x.shape[0]! * outer * more }, (_, i) => {
    const row = Math.floor(i / more);
    const step = first[Math.floor(row / outer)]! + (i % more);
    return row * steps + (call.attribute("mode", "linear") === "circular" ? step % steps : step);
  });
  const rows = ops.reshape(x, [x.size / inner, inner]);
  return ops.reshape(changed(call, rows, places, ops.reshape(updates, [places.length, inner])), x.shape);
}

/** Columns of x. */
export function extracted(call: Call): Tensor {
  const x = call.tensor(0);
  return ops.gather(x, call.indices(1, x.shape.at(-1)!), { axis: -1 });
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
