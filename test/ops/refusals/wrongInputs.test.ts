/**
 * What an op cannot read in the place of each of its inputs and other arguments: a typed error, never one of JavaScript's own and
 * never a wrong number. Every op that is exported has a row in the table of cases, and goes through here.
 */
import { describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../../src/autograd/engine.ts";
import { AnygradError } from "../../../src/errors.ts";
import * as ops from "../../../src/ops/index.ts";
import { Tensor } from "../../../src/tensor/tensor.ts";
import { type Case, drawInputs, isInput } from "../../cases/case.ts";
import { cases } from "../../cases.ts";
import { opNamed } from "../evaluate.ts";

const [engine, other, last] = [await single(), await single(), await single()];
function single(): Promise<Engine> {
  return createEngine({ threads: 1 });
}

/** Nothing that any argument of an op may be. */
const nothing: Readonly<Record<string, unknown>> = {
  "a text": "x",
  "an object": {},
  "what looks like a tensor": { shape: [1], dtype: "float32", size: 1, allocator: {} },
  "a promise": Promise.resolve(1),
  "a function": engine.tensor,
  "an engine": engine,
  "a big number": 1n,
  NaN: Number.NaN,
};
/** Nothing that a tensor may stand for, either. */
const noTensor: Readonly<Record<string, unknown>> = {
  ...nothing,
  undefined: undefined,
  null: null,
  true: true,
  "a list": [1, 2],
  "nested lists": [[1], [2]],
  "a typed array": Float32Array.of(1),
};

/** The row of an op with the most arguments: as many places as there are. */
function widest(op: string): Case {
  const size = ({ inputs, arguments: others = [] }: Case): number =>
    inputs.filter(Boolean).length + others.length;
  const [found] = cases.filter((each) => each.op === op).sort((a, b) => size(b) - size(a));
  if (!found) throw new Error(`no row of the table of cases is of ${op}`);
  return found;
}

/** An op with what it is called with, and a call with another value in one of the places. */
function arrange(op: string, on: Engine) {
  const row = widest(op);
  const { leading = [], inputs, arguments: others = [], attributes, listed, onEngine, output } = row;
  const drawn = drawInputs(row);
  const tensors = inputs.map((input, i) =>
    isInput(input) ? on.tensor([...drawn[i]!.data], input.shape, input.dtype ?? "float32") : input,
  );
  const all: readonly unknown[] = [...tensors, ...others];
  const call = (place?: number, value?: unknown): unknown => {
    const given = all.map((each, i) => (i === place ? value : each));
    const [own, more] = [given.slice(0, tensors.length), given.slice(tensors.length)];
    const y: unknown = opNamed(op)(
      ...(onEngine ? [on] : []),
      ...leading,
      ...(listed ? [own] : own),
      ...more,
      ...(attributes === undefined ? [] : [attributes]),
    );
    return output === undefined ? y : (y as Readonly<Record<number | string, unknown>>)[output];
  };
  return { all, call };
}

/** What the call ends with: the code and the message of its error, or what it gives. */
function outcome(call: () => unknown): string {
  try {
    return `no error but ${String(call())}`;
  } catch (error) {
    if (error instanceof AnygradError) return `${error.code} ${error.message}`;
    return `an error of another kind: ${String(error)}`;
  }
}

/** Arguments that may be left out. */
const optional = (op: string, i: number): boolean =>
  ({
    augmentImages: [2],
    conv1d: [2],
    conv2d: [2],
    conv2dTranspose: [2],
    dense: [2],
    depthwiseConv2d: [2],
    gru: [3],
    lstm: [3],
    separableConv2d: [3],
    simpleRNN: [3],
    transpose: [1],
  })[op]?.includes(i) ?? false;

const ended = new Map(Object.keys(ops).map((op) => [op, arrange(op, last)]));
last.dispose();

describe.each(Object.keys(ops))("%s", (op) => {
  const { all, call } = arrange(op, engine);
  const places = [...all.keys()];
  const tensors = places.filter((i) => all[i] instanceof Tensor);
  const named = new RegExp(`^(INVALID_ARGUMENT|SHAPE_MISMATCH) ${op}: `);

  it("takes what it is for", () => {
    expect(call()).toBeInstanceOf(Tensor);
  });

  it.each(places)("argument %i refuses what it cannot read", (i) => {
    const isTensor = tensors.includes(i);
    for (const [kind, value] of Object.entries(isTensor ? noTensor : nothing)) {
      if (optional(op, i) && (value === undefined || value === null)) continue;
      if (typeof value === "number" && !outcome(() => call(i, 1)).includes("but a tensor")) continue;
      expect(
        outcome(() => call(i, value)),
        kind,
      ).toMatch(named);
    }
  });

  it.each(tensors)("argument %i refuses a tensor that is no more", (i) => {
    const gone = engine.step(() => arrange(op, engine).all[i]);
    expect(outcome(() => call(i, gone))).toMatch(/^RELEASED tensor: it was released at the end of the step/);
  });

  it("refuses tensors of two engines", () => {
    const [first, second] = tensors;
    if (second === undefined) return;
    const foreign = arrange(op, other).all[first!];
    expect(outcome(() => call(first, foreign))).toMatch(/: its inputs belong to two engines/);
  });

  it("says that its engine has ended", () => {
    expect(outcome(ended.get(op)!.call)).toMatch(/^NOT_READY engine: it was used after dispose/);
  });
});
