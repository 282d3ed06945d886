/** What valueAndGrad, step and Updater refuse: what would give a wrong gradient, or a wrong weight, without a word. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import * as ops from "../../src/ops/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";
import { Updater } from "../../src/optimizers/updater.ts";
import type { Tensor, Variable } from "../../src/tensor/tensor.ts";
import { failure } from "../data/failure.ts";

const [engine, other] = [await createEngine({ threads: 1 }), await createEngine({ threads: 1 })];
/** What JavaScript lets through where types do not look. */
const untyped = <T>(value: unknown): T => value as T;
type Compute = () => Tensor;

describe("a function that assigns", () => {
  const used =
    (w: Variable, assign: () => void): Compute =>
    () => {
      const y = ops.square(w);
      assign();
      return ops.sum(y);
    };
  const message = /^tensor: it was assigned to after an op of valueAndGrad had read it/;

  it.each<[string, (w: Variable) => () => void]>([
    ["to the variable", (w) => () => w.assign([100])],
    ["to a view of it", (w) => () => ops.reshape(w, [1, 1]).write([100])],
    [
      "to it within a valueAndGrad of another",
      (w) => {
        const v = engine.variable([1]);
        return () => {
          engine.valueAndGrad(() => {
            w.assign([100]);
            return ops.sum(v);
          }, [v]);
        };
      },
    ],
    [
      "through an Updater",
      (w) => {
        const updater = new Updater(optimizers.sgd(), [w]);
        return () => updater.apply([engine.tensor([1])]);
      },
    ],
    ["by minimize", (w) => () => optimizers.sgd().minimize(() => ops.sum(ops.square(w)), [w])],
    ["by apply of an optimizer", (w) => () => optimizers.sgd().apply([engine.tensor([1])], [w])],
  ])("%s after an op has read it is refused, and nothing has changed", async (_, assigning) => {
    const w = engine.variable([3]);
    const act = () => engine.valueAndGrad(used(w, assigning(w)), [w]);
    expect(await failure(act, "INVALID_ARGUMENT")).toMatch(message);
    expect(w.item()).toBe(3);
    expect(engine.valueAndGrad(() => ops.sum(ops.square(w)), [w]).gradients[0]!.item()).toBe(6);
  });

  it("to a constant that an op with a gradient has read is refused, too", async () => {
    const [w, x] = [engine.variable([3]), engine.variable([2])];
    const act = () =>
      engine.valueAndGrad(() => {
        const y = ops.multiply(w, x);
        x.assign([5]);
        return ops.sum(y);
      }, [w]);
    expect(await failure(act, "INVALID_ARGUMENT")).toMatch(message);
  });

  it("before an op reads it, or to what no gradient needs, is none", () => {
    const [w, count] = [engine.variable([3]), engine.variable([0])];
    const { gradients } = engine.valueAndGrad(() => {
      w.assign([5]);
      const y = ops.sum(ops.square(w));
      count.assign([count.item() + 1]);
      return y;
    }, [w]);
    expect([gradients[0]!.item(), count.item()]).toEqual([10, 1]);
    w.assign([7]); // after it
    expect(w.item()).toBe(7);
  });
});

it("apply of an optimizer changes no weight where a gradient is no more", async () => {
  const [w, v] = [engine.variable([3]), engine.variable([2])];
  let ended: Tensor | undefined;
  engine.step(() => {
    ended = ops.square(v);
  });
  const act = (): void => optimizers.sgd().apply([engine.tensor([1]), ended!], [w, v]);
  expect(await failure(act, "RELEASED")).toMatch(/^tensor: it was released/);
  expect([w.item(), v.item()]).toEqual([3, 2]);
});

describe("valueAndGrad refuses", () => {
  const w = engine.variable([3]);
  const loss: Compute = () => ops.sum(ops.square(w));

  it.each<[string, unknown, RegExp]>([
    ["a number", () => loss().item(), /returned 9 but a tensor is wanted; compute it from the variables/],
    ["nothing", () => void loss(), /returned undefined but a tensor is wanted/],
    ["null", () => null, /returned null but/],
    ["an array", () => [loss()], /returned \[.*\] but a tensor is wanted/],
    ["numbers of a tensor", () => loss().data, /returned Float32Array\(1\) but/],
    ["a promise", async () => loss(), /^valueAndGrad: the function is asynchronous/],
    ["a promise that fails", async () => Promise.reject(new Error("later")), /the function is asynchronous/],
  ])("a function that gives %s", async (_, compute, message) => {
    expect(await failure(() => engine.valueAndGrad(untyped(compute), [w]), "INVALID_ARGUMENT")).toMatch(
      message,
    );
    expect(engine.valueAndGrad(loss, [w]).gradients[0]!.item()).toBe(6); // the engine is as it was
  });

  it.each<[string, unknown, RegExp]>([
    ["no list", w, /got float32 for a variable; pass a list of float32 variables of this engine$/],
    ["nothing", undefined, /got undefined for a variable; pass a list/],
    ["a hole in it", [w, undefined], /got undefined for/],
    ["numbers", [[3]], /got \[3\] for a variable/],
    ["an int32 variable", [w, engine.variable([1], [1], "int32")], /got int32 for a variable/],
    ["a variable of another engine", [other.variable([3])], /got float32 for a variable; .* of this engine$/],
  ])("%s for the variables", async (_, variables, message) => {
    expect(await failure(() => engine.valueAndGrad(loss, untyped(variables)), "INVALID_ARGUMENT")).toMatch(
      message,
    );
  });

  it("variables that the function does not use, and one whose step has ended", async () => {
    const unused = () => engine.valueAndGrad(() => ops.sum(engine.tensor([1])), [w]);
    expect(await failure(unused, "NO_GRADIENT")).toMatch(/depends on none of the variables/);
    expect(await failure(() => engine.valueAndGrad(loss, []), "NO_GRADIENT")).toMatch(/depends on none/);
    const gone = engine.step(() => engine.tensor([1]));
    const act = () => engine.valueAndGrad(() => ops.sum(ops.square(gone)), [untyped<Variable>(gone)]);
    await failure(act, "RELEASED");
  });
});

it("a step refuses a function that waits, whose tensors would be gone", async () => {
  const act = () =>
    engine.step(async () => {
      const x = engine.tensor([1]);
      await Promise.resolve();
      return x.item();
    });
  expect(await failure(act, "INVALID_ARGUMENT")).toMatch(/^step: the function is asynchronous/);
});

describe("Updater", () => {
  const gradient = (...values: number[]): Tensor => engine.tensor(values);
  const weights = (): [Variable, Variable] => [engine.variable([1, 2, 3]), engine.variable([[4]])];

  it.each<[string, (of: Tensor[]) => unknown, "INVALID_ARGUMENT" | "SHAPE_MISMATCH" | "RELEASED", RegExp]>([
    [
      "a shorter gradient",
      ([, b]) => [gradient(1), b],
      "SHAPE_MISMATCH",
      /gradient 0 is \[1\] but its weight \[3\]/,
    ],
    ["a longer one", ([, b]) => [gradient(1, 2, 3, 4), b], "SHAPE_MISMATCH", /gradient 0 is \[4\]/],
    [
      "as many numbers in another shape",
      ([a]) => [a, gradient(1)],
      "SHAPE_MISMATCH",
      /gradient 1 is \[1\] but its weight \[1, 1\]/,
    ],
    ["gradients in another order", ([a, b]) => [b, a], "SHAPE_MISMATCH", /in the order of the weights/],
    ["too few", ([a]) => [a], "INVALID_ARGUMENT", /got 1 for the gradients of 2 weights/],
    ["too many", ([a, b]) => [a, b, b], "INVALID_ARGUMENT", /got 3 for/],
    ["none", () => undefined, "INVALID_ARGUMENT", /got undefined for/],
    [
      "what valueAndGrad gives as a whole",
      ([a]) => ({ gradients: [a] }),
      "INVALID_ARGUMENT",
      /got \{ gradients \} for/,
    ],
    ["numbers", ([, b]) => [[1, 2, 3], b], "INVALID_ARGUMENT", /gradient 0 is \[1, 2, 3\]; pass a tensor/],
    [
      "integers",
      ([, b]) => [engine.tensor([1, 2, 3], [3], "int32"), b],
      "INVALID_ARGUMENT",
      /gradient 0 is int32; pass float32/,
    ],
    [
      "those of another engine",
      ([, b]) => [other.tensor([1, 2, 3]), b],
      "INVALID_ARGUMENT",
      /gradient 0 belongs to another engine/,
    ],
    [
      "one whose step has ended",
      ([a]) => [a, engine.step(() => engine.tensor([[1]]))],
      "RELEASED",
      /^tensor: it was released/,
    ],
  ])("refuses %s, and no weight has changed", async (_, spoil, code, message) => {
    const [a, b] = weights();
    const updater = new Updater(optimizers.adam(), [a, b]);
    const { gradients } = engine.valueAndGrad(() => ops.add(ops.sum(ops.square(a)), ops.sum(b)), [a, b]);
    expect(await failure(() => updater.apply(untyped(spoil(gradients))), code)).toMatch(message);
    expect([a.toArray(), b.toArray(), updater.step]).toEqual([[1, 2, 3], [[4]], 0]);
    updater.apply(gradients);
    expect([a.data[0], b.item(), updater.step]).toEqual([
      expect.closeTo(0.999, 5),
      expect.closeTo(3.999, 5),
      1,
    ]);
  });

  it("refuses a learning rate that is none", async () => {
    const [a] = weights();
    const updater = new Updater(optimizers.sgd(), [a]);
    for (const rate of [Number.NaN, -1, "0.1"])
      await failure(() => updater.apply([gradient(1, 2, 3)], untyped(rate)), "INVALID_ARGUMENT");
    expect(a.toArray()).toEqual([1, 2, 3]);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "a variable twice",
      () => new Updater(optimizers.sgd(), [...weights().slice(0, 1), ...twice()]),
      /is also weight/,
    ],
    [
      "variables of two engines",
      () => new Updater(optimizers.sgd(), [weights()[0], other.variable([1])]),
      /weight 1 belongs to another engine/,
    ],
    [
      "integers",
      () => new Updater(optimizers.sgd(), [engine.variable([1], [1], "int32")]),
      /weight 0 is int32/,
    ],
    ["no list", () => new Updater(optimizers.sgd(), untyped(weights()[0])), /the weights are /],
    ["numbers", () => new Updater(optimizers.sgd(), untyped([[1, 2]])), /weight 0 is \[1, 2\]/],
    [
      "a name for the optimizer",
      () => new Updater(untyped("adam"), weights()),
      /the optimizer is "adam"; pass one of optimizers/,
    ],
    [
      "what makes an optimizer",
      () => new Updater(untyped(optimizers.adam), weights()),
      /the optimizer is function adam/,
    ],
  ])("refuses %s when it is made", async (_, act, message) => {
    expect(await failure(act, "INVALID_ARGUMENT")).toMatch(message);
  });
  const twice = (): Variable[] => {
    const [a] = weights();
    return [a, a];
  };
});
