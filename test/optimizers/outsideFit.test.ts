/** Optimizers in loops of one's own: minimize and apply, and what is saved with the variables. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { loadVariables, saveVariables } from "../../src/model/saving/variables.ts";
import * as ops from "../../src/ops/index.ts";
import { type Optimizer, optimizers } from "../../src/optimizers/index.ts";
import { OptimizerState } from "../../src/optimizers/optimizerState.ts";
import type { Tensor, Variable } from "../../src/tensor/tensor.ts";
import { failure } from "../data/failure.ts";

const engine = await createEngine();

interface Problem {
  readonly w: Variable;
  readonly b: Variable;
  readonly loss: () => Tensor;
}

function problem(): Problem {
  const w = engine.variable([[0.5], [-0.2], [0.1]]);
  const b = engine.variable([0.3]);
  const x = engine.variable(
    Float32Array.from({ length: 24 }, (_, i) => ((i * 7) % 11) / 11),
    [8, 3],
  );
  const y = engine.variable(
    Float32Array.from({ length: 8 }, (_, i) => (i % 3) - 1),
    [8, 1],
  );
  return { w, b, loss: () => ops.mean(ops.square(ops.subtract(ops.add(ops.matmul(x, w), b), y))) };
}

const numbers = ({ w, b }: Problem): number[] => [...w.data, ...b.data];
const kinds: [string, () => Optimizer][] = Object.entries(optimizers).map(([name, make]) => [
  name,
  () => make(),
]);

describe("minimize", () => {
  it.each(kinds)("%s does what valueAndGrad and a state of the optimizer do", (_, make) => {
    const [p, q] = [problem(), problem()];
    const optimizer = make();
    const state = new OptimizerState(make(), [q.w, q.b]);
    for (let step = 0; step < 5; step++) {
      const { value, gradients } = engine.valueAndGrad(q.loss, [q.w, q.b]);
      state.apply(gradients);
      expect(optimizer.minimize(p.loss, [p.w, p.b])).toBe(value);
    }
    expect(numbers(p)).toEqual(numbers(q));
  });

  it("learns, and keeps two optimizers of two lists apart", () => {
    const p = problem();
    const first = p.loss().item();
    const [ofW, ofB] = [optimizers.adam({ learningRate: 0.05 }), optimizers.sgd({ learningRate: 0.1 })];
    for (let step = 0; step < 200; step++) {
      ofW.minimize(p.loss, [p.w]);
      ofB.minimize(p.loss, [p.b]);
    }
    expect(p.loss().item()).toBeLessThan(first / 1.4);
  });
});

describe("apply", () => {
  it("takes gradients from elsewhere", () => {
    const p = problem();
    const optimizer = optimizers.sgd({ learningRate: 1 });
    optimizer.apply([engine.tensor([[1], [2], [3]])], [p.w]);
    optimizer.apply([engine.tensor([[1], [0], [0]])]);
    expect([...p.w.data]).toEqual([
      0.5 - 2,
      Math.fround(Math.fround(-0.2) - 2),
      Math.fround(Math.fround(0.1) - 3),
    ]);
  });

  it.each<[string, string, (p: Problem) => unknown, RegExp]>([
    [
      "no variables",
      "INVALID_ARGUMENT",
      ({ w }) => optimizers.adam().apply([w]),
      /^adam: pass a list of variables/,
    ],
    [
      "too few gradients",
      "SHAPE_MISMATCH",
      ({ w, b }) => optimizers.adam().apply([w], [w, b]),
      /^adam: the gradients are not/,
    ],
    [
      "other shapes",
      "SHAPE_MISMATCH",
      ({ w, b }) => optimizers.adam().apply([w, w], [w, b]),
      /pass them as valueAndGrad gives them/,
    ],
    ["a variable twice", "INVALID_ARGUMENT", ({ w }) => optimizers.adam().apply([w, w], [w, w]), /each once/],
    [
      "other variables than before",
      "INVALID_ARGUMENT",
      ({ w, b, loss }) => {
        const optimizer = optimizers.lion();
        optimizer.minimize(loss, [w, b]);
        return optimizer.minimize(loss, [b, w]);
      },
      /^lion: pass a list of variables, each once, the same in all steps/,
    ],
    [
      "what is no list",
      "INVALID_ARGUMENT",
      ({ w, loss }) => optimizers.sgd().minimize(loss, w as never),
      /^sgd: pass a list/,
    ],
    [
      "rates by layer",
      "INVALID_ARGUMENT",
      ({ w, loss }) => optimizers.sgd({ learningRateMultipliers: { w: 2 } }).minimize(loss, [w]),
      /^sgd: learningRateMultipliers are for layers/,
    ],
  ])("refuses %s", async (_, code, act, wanted) => {
    const p = problem();
    const before = numbers(p);
    expect(await failure(() => act(p), code as "INVALID_ARGUMENT")).toMatch(wanted);
    if (!/other variables/.test(_)) expect(numbers(p)).toEqual(before);
  });
});

describe("saved variables", () => {
  it.each([
    ...kinds,
    ["accumulating", () => optimizers.adam({ gradientAccumulationSteps: 3 })] as [string, () => Optimizer],
  ])("go on with the same bits: %s", async (_, make) => {
    const whole = problem();
    const optimizer = make();
    const parts = problem();
    const before = make();
    for (let step = 0; step < 4; step++) {
      optimizer.minimize(whole.loss, [whole.w, whole.b]);
      before.minimize(parts.loss, [parts.w, parts.b]);
    }
    const bytes = await saveVariables({ weight: parts.w, bias: parts.b }, { it: before });
    const again = problem();
    const after = make();
    await loadVariables(bytes, { bias: again.b, weight: again.w }, { it: after });
    expect(numbers(again)).toEqual(numbers(parts));
    for (let step = 0; step < 4; step++) {
      optimizer.minimize(whole.loss, [whole.w, whole.b]);
      after.minimize(again.loss, [again.w, again.b]);
    }
    expect(numbers(again)).toEqual(numbers(whole));
  });

  it("are refused where they do not fit, and nothing is written", async () => {
    const p = problem();
    const adam = optimizers.adam();
    adam.minimize(p.loss, [p.w, p.b]);
    const bytes = await saveVariables({ w: p.w, b: p.b }, { adam });
    const q = problem();
    const before = numbers(q);
    const small = engine.variable([1, 2]);
    const tries: [() => unknown, string, RegExp][] = [
      [() => loadVariables(bytes, { v: q.w }), "INVALID_ARGUMENT", /the file has no "v"; there are w, b/],
      [
        () => loadVariables(bytes, { w: q.w, b: small }),
        "SHAPE_MISMATCH",
        /b is \[2\] but \[1\] in the file/,
      ],
      [
        () => loadVariables(bytes, { w: q.w, b: q.b }, { adam: optimizers.sgd() }),
        "INVALID_ARGUMENT",
        /adam is sgd but adam in the file/,
      ],
      [
        () => loadVariables(bytes, { w: q.w }, { adam: optimizers.adam() }),
        "INVALID_ARGUMENT",
        /adam changes "b"/,
      ],
      [
        () => loadVariables(bytes, { w: q.w, b: q.b }, { adam }),
        "INVALID_ARGUMENT",
        /has done steps already/,
      ],
      [() => saveVariables({ w: p.w }, { adam }), "INVALID_ARGUMENT", /adam changes a variable, number 1/],
      [() => loadVariables(new Uint8Array(9), { w: q.w }), "DATA_FORMAT", /./],
    ];
    for (const [act, code, wanted] of tries)
      expect(await failure(act, code as "DATA_FORMAT")).toMatch(wanted);
    expect(numbers(q)).toEqual(before);
  });
});
