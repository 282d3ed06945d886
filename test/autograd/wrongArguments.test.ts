/** What JavaScript lets through in the place of an argument of the engine or an optimizer: a typed error, never JavaScript's own. */
import { beforeEach, describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { AnygradError } from "../../src/errors.ts";
import * as ops from "../../src/ops/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";
import { Updater } from "../../src/optimizers/updater.ts";

const [engine, other] = [await createEngine({ threads: 1 }), await createEngine({ threads: 1 })];
let w = engine.variable([1, 2]);
beforeEach(() => {
  w = engine.variable([1, 2]);
});
const loss = () => ops.sum(ops.square(w));

const values: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  null: null,
  true: true,
  "a number": 3,
  NaN: Number.NaN,
  "a BigInt": 1n,
  "a symbol": Symbol("s"),
  "a text": "x",
  "a list": [1, 2],
  "an empty list": [],
  "uneven lists": [[1], [2, 3]],
  "a list of texts": ["1", "2"],
  "a list with null": [null, null],
  "an object": {},
  "a date": new Date(0),
  "a promise": Promise.resolve(1),
  "a function": () => 1,
  "an engine": engine,
  "a tensor": engine.tensor([1]),
  "a tensor of another engine": other.tensor([1, 2]),
  "a tensor that is no more": engine.step(() => engine.tensor([1, 2])),
};

const gone = "a tensor that is no more"; // refused when it is used

/** Calls with what JavaScript lets through, and the values that are right there. */
const calls: Readonly<Record<string, readonly [call: (value: never) => unknown, right: readonly string[]]>> =
  {
    "tensor(…)": [(value) => engine.tensor(value), ["a number", "NaN", "a list", "an empty list"]],
    "tensor(data, …)": [(value) => engine.tensor([1, 2], value), ["undefined", "null", "a list"]],
    "tensor(data, shape, …)": [(value) => engine.tensor([1, 2], [2], value), ["undefined"]],
    "variable(…)": [(value) => engine.variable(value), ["a number", "NaN", "a list", "an empty list"]],
    "variable(data, …)": [(value) => engine.variable([1, 2], value), ["undefined", "null", "a list"]],
    "variable(data, shape, …)": [(value) => engine.variable([1, 2], [2], value), ["undefined"]],
    "assign(…)": [(value) => engine.variable([0, 0]).assign(value), ["a list"]],
    "step(…)": [(value) => engine.step(value), ["a function"]],
    "valueAndGrad(…, variables)": [(value) => engine.valueAndGrad(value, [w]), []],
    "valueAndGrad(compute, …)": [(value) => engine.valueAndGrad(loss, value), []],
    "valueAndGrad(compute, [w, …])": [(value) => engine.valueAndGrad(loss, [w, value]), ["a tensor"]],
    "minimize(…, variables)": [(value) => optimizers.sgd().minimize(value, [w]), []],
    "minimize(compute, …)": [(value) => optimizers.sgd().minimize(loss, value), []],
    "minimize(compute, [w, …])": [(value) => optimizers.sgd().minimize(loss, [w, value]), ["a tensor"]],
    "apply(…, variables)": [(value) => optimizers.sgd().apply(value, [w]), []],
    "apply([…], variables)": [(value) => optimizers.sgd().apply([value], [w]), []],
    "apply(gradients, …)": [(value) => optimizers.sgd().apply([w], value), []],
    "apply(gradients, […])": [(value) => optimizers.sgd().apply([w], [value]), []],
    "new Updater(…, variables)": [(value) => new Updater(value, [w]), []],
    "new Updater(optimizer, …)": [(value) => new Updater(optimizers.sgd(), value), ["an empty list"]],
    "new Updater(optimizer, [w, …])": [
      (value) => new Updater(optimizers.sgd(), [w, value]),
      ["a tensor", gone],
    ],
    "Updater.apply(…)": [(value) => new Updater(optimizers.sgd(), [w]).apply(value), []],
    "Updater.apply([…])": [(value) => new Updater(optimizers.sgd(), [w]).apply([value]), []],
  };

describe.each(Object.entries(calls))("%s", (_, [call, right]) => {
  it.each(Object.keys(values))("%s", (kind) => {
    const act = () => call(values[kind] as never);
    if (right.includes(kind)) expect(act).not.toThrow();
    else {
      expect(act).toThrow(AnygradError);
      expect(w.toArray()).toEqual([1, 2]);
    }
  });
});
