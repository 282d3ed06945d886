/** Losses that are made of ops: values and gradients of Keras 3 in float64, and slopes of our own values. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { type Loss, losses } from "../../src/losses/index.ts";
import { ctc } from "../../src/ops/ctc.ts";
import * as ops from "../../src/ops/index.ts";
import { failure } from "../data/failure.ts";
import { bitsOf, distance } from "../reference/comparison/closeness.ts";
import { type Recorded, readFixture } from "../reference/comparison/fixtures.ts";

interface Case {
  readonly name: keyof typeof losses;
  readonly options: object;
  readonly targets: Recorded;
  readonly predictions: Recorded;
  readonly value: Recorded;
  readonly weights: Recorded;
  readonly dpredictions: Recorded;
  readonly dtargets: Recorded;
}

const engines = {
  scalar: await createEngine({ variant: "scalar" }),
  simd: await createEngine({ variant: "simd" }),
};
const variants = ["scalar", "simd"] as const;
const { losses: cases } = readFixture<{ losses: Case[] }>("training");
const make = (name: keyof typeof losses, options: object): Loss =>
  (losses[name] as (options: object) => Loss)(options);

interface Found {
  readonly value: Float32Array;
  readonly dpredictions: Float32Array;
  readonly dtargets: Float32Array;
}

function compute(
  variant: (typeof variants)[number],
  loss: Loss,
  { predictions, targets, weights }: Case,
): Found {
  const engine = engines[variant];
  const p = engine.variable(predictions.data, predictions.shape);
  const t = engine.variable(targets.data, targets.shape);
  // Keras's loss of a whole batch is one number
  const w = engine.tensor(Float32Array.from(weights.data), weights.shape);
  let value = new Float32Array();
  const { gradients } = engine.valueAndGrad(() => {
    const each = loss.call(p, t, false);
    value = Float32Array.from(each.data as Float32Array);
    return weights.shape.length === 0 ? ops.multiply(ops.mean(each), w) : ops.sum(ops.multiply(each, w));
  }, [p, t]);
  return {
    value,
    dpredictions: Float32Array.from(gradients[0]!.data as Float32Array),
    dtargets: Float32Array.from(gradients[1]!.data as Float32Array),
  };
}

describe.each(cases.map((each): [string, Case] => [`${each.name} ${JSON.stringify(each.options)}`, each]))(
  "%s as Keras",
  (_, each) => {
    const loss = make(each.name, each.options);
    const found = compute("simd", loss, each);

    it("has its values, one an example or place", () => {
      const whole = each.value.shape.length === 0;
      const wanted = whole ? Array.from(found.value, () => each.value.data[0]!) : each.value.data;
      expect(found.value.length).toBe(whole ? each.predictions.shape[0] : each.value.data.length);
      expect(distance(found.value, wanted)).toBeLessThan(2e-6);
    });

    it("has its gradients, of predictions and of targets", () => {
      expect(distance(found.dpredictions, each.dpredictions.data)).toBeLessThan(5e-6);
      expect(distance(found.dtargets, each.dtargets.data)).toBeLessThan(5e-6);
    });

    it("gives the same bits in both builds", () => {
      const scalar = compute("scalar", loss, each);
      for (const part of ["value", "dpredictions", "dtargets"] as const)
        expect(bitsOf(scalar[part])).toEqual(bitsOf(found[part]));
    });
  },
);

describe("contrastive", () => {
  it("pulls pairs together and pushes others apart, up to the margin", () => {
    const engine = engines.simd;
    const d = engine.variable([[0.5], [0.5], [3]]);
    const t = engine.tensor([[1], [0], [0]]);
    const loss = losses.contrastive({ margin: 2 });
    expect(engine.step(() => loss.call(d, t, false).toArray())).toEqual([0.25, 2.25, 0]);
    const { gradients } = engine.valueAndGrad(() => ops.sum(loss.call(d, t, false)), [d]);
    expect(gradients[0]!.toArray()).toEqual([[1], [-3], [0]]);
  });
});

describe("triplet", () => {
  const engine = engines.simd;
  const loss = losses.triplet({ margin: 1 });

  it("wants the unlike one farther away by the margin", () => {
    const p = engine.variable([
      [[0, 0], [3, 4], [0, 4.5]], // 5 − 4.5 + 1
      [[1, 1], [1, 2], [1, 9]], // 1 − 8 + 1
    ]); // biome-ignore format: a triplet a line
    expect(engine.step(() => loss.call(p, p, false).toArray())).toEqual([1.5, 0]);
    const { gradients } = engine.valueAndGrad(() => ops.sum(loss.call(p, p, false)), [p]);
    const wanted = [-0.6, 0.2, 0.6, 0.8, 0, -1, 0, 0, 0, 0, 0, 0];
    expect(distance(gradients[0]!.data as Float32Array, wanted)).toBeLessThan(1e-6);
  });

  it("says what it takes where the outputs are no triplets", async () => {
    const p = engine.tensor([[1, 2, 3]]);
    expect(await failure(() => engine.step(() => loss.call(p, p, false)), "SHAPE_MISMATCH")).toMatch(
      /^triplet: the outputs are \[1, 3\]; pass three embeddings for each example, \[n, 3, size\]/,
    );
  });
});

describe("ctc", () => {
  interface Ctc extends Pick<Case, "predictions" | "value" | "weights" | "dpredictions"> {
    readonly labels: number[][];
  }
  const recorded = readFixture<{ ctc: Ctc[] }>("training").ctc;
  const run = (variant: (typeof variants)[number], { predictions, labels, weights }: Ctc) => {
    const engine = engines[variant];
    const [n, steps] = predictions.shape as [number, number];
    const y = labels.flatMap((row) => [...row, ...new Array<number>(steps - row.length).fill(0)]);
    const p = engine.variable(predictions.data, predictions.shape);
    const t = engine.tensor(y, [n, steps], "int32");
    const w = engine.tensor(Float32Array.from(weights.data), weights.shape);
    const value = Float32Array.from(engine.step(() => losses.ctc().call(p, t, false).data) as Float32Array);
    const { gradients } = engine.valueAndGrad(
      () => ops.sum(ops.multiply(losses.ctc().call(p, t, false), w)),
      [p],
    );
    return { value, gradient: Float32Array.from(gradients[0]!.data as Float32Array) };
  };

  it.each(recorded)("has Keras's values and gradients, in both builds the same bits: $labels", (each) => {
    const found = run("simd", each);
    expect(distance(found.value, each.value.data)).toBeLessThan(1e-6);
    expect(distance(found.gradient, each.dpredictions.data)).toBeLessThan(3e-6);
    const scalar = run("scalar", each);
    expect(bitsOf(scalar.value)).toEqual(bitsOf(found.value));
    expect(bitsOf(scalar.gradient)).toEqual(bitsOf(found.gradient));
  });

  it("sums over all rows of classes that are read as the labels", () => {
    const [steps, classes] = [4, 3];
    const logits = Float32Array.from({ length: steps * classes }, (_, i) => ((i * 5) % 7) / 3 - 1);
    const q = (step: number, c: number): number => {
      const row = [...logits.subarray(step * classes, (step + 1) * classes)].map(Math.exp);
      return row[c]! / row.reduce((a, b) => a + b);
    };
    const engine = engines.simd;
    const p = engine.tensor(logits, [1, steps, classes]);
    for (const labels of [[], [1], [2, 1], [1, 1], [1, 2, 1], [2, 2, 2]]) {
      let chance = 0;
      for (let code = 0; code < classes ** steps; code++) {
        const path = Array.from({ length: steps }, (_, i) => Math.floor(code / classes ** i) % classes);
        const read = path.filter((c, i) => c !== 0 && c !== path[i - 1]);
        if (read.join() === labels.join()) chance += path.reduce((all, c, step) => all * q(step, c), 1);
      }
      const t = engine.tensor([...labels, 0, 0, 0, 0].slice(0, steps), [1, steps], "int32");
      const [found] = engine.step(() => Array.from(ctc(p, t).data));
      if (chance === 0) expect(found).toBe(Infinity);
      else expect(found).toBeCloseTo(-Math.log(chance), 5);
    }
  });

  it("refuses labels that do not fit", async () => {
    const engine = engines.simd;
    const p = engine.tensor(new Float32Array(12), [1, 4, 3]);
    const short = engine.tensor([1, 2], [1, 2], "int32");
    expect(await failure(() => ctc(p, short), "SHAPE_MISMATCH")).toMatch(/with zeros behind the labels$/);
    const outside = engine.tensor([1, 3, 0, 0], [1, 4], "int32");
    expect(await failure(() => ctc(p, outside), "INVALID_ARGUMENT")).toMatch(/only 0 to 2 exist/);
  });
});

describe("losses from boundary values", () => {
  const engine = engines.simd;
  it.each<[string, Loss, number[][], number[][]]>([
    ["focal of right certainty", losses.binaryFocalCrossentropy(), [[1, 0]], [[1, 0]]],
    ["focal of wrong certainty", losses.binaryFocalCrossentropy(), [[0, 1]], [[1, 0]]],
    ["focal with a broken exponent", losses.binaryFocalCrossentropy({ gamma: 0.5 }), [[1, 0]], [[1, 0]]],
    ["divergence of what never happens", losses.klDivergence(), [[1, 0]], [[0.5, 0.5]]],
    ["cosine of nothing", losses.cosineSimilarity(), [[0, 0]], [[0, 0]]],
    ["percentage of nothing", losses.meanAbsolutePercentageError(), [[0, 0]], [[0, 0]]],
    ["counts of none", losses.poisson(), [[0, 0]], [[0, 3]]],
    ["overlap of nothing", losses.dice({ axis: 1 }), [[0, 0]], [[0, 0]]],
    ["large differences", losses.logCosh(), [[1e4, -1e4]], [[0, 0]]],
  ])("%s is finite, and its gradient", (_, loss, predictions, targets) => {
    const p = engine.variable(predictions);
    const { value, gradients } = engine.valueAndGrad(
      () => ops.mean(loss.call(p, engine.tensor(targets), false)),
      [p],
    );
    expect(Number.isFinite(value)).toBe(true);
    expect(Array.from(gradients[0]!.data).every(Number.isFinite)).toBe(true);
  });
});

describe("the axis of the classes", () => {
  // keras.losses.categorical_crossentropy(t, p, axis=…) and binary_crossentropy of Keras 3.15
  const p = [
    0.169, 0.289, 0.741, 0.566, 0.175, 0.447, 0.483, 0.228, 0.688, 0.191, 0.413, 0.513, 0.445, 0.569, 0.69,
    0.865, 0.327, 0.619, 0.657, 0.334, 0.101, 0.879, 0.339, 0.351,
  ];
  const t = [
    0.36, 0.21, 0.482, 0.757, 0.316, 0.015, 0.022, 0.051, 0.324, 0.775, 0.496, 0.192, 0.037, 0.265, 0.26,
    0.306, 0.353, 0.396, 0.607, 0.665, 0.61, 0.339, 0.133, 0.029,
  ];
  it.each<[Loss, readonly number[]]>([
    [
      losses.categoricalCrossentropy({ axis: 1 }),
      [1.34347, 1.479954, 1.091974, 0.9021443, 1.687227, 1.109187, 1.017692, 1.242243],
    ],
    [
      losses.categoricalCrossentropy({ axis: -2, fromLogits: true }),
      [1.134589, 1.1978, 1.081834, 1.006332, 1.206092, 1.103198, 1.049362, 1.150147],
    ],
    [
      losses.binaryCrossentropy({ axis: 1 }),
      [0.7831357, 0.8188041, 0.737528, 0.5547223, 0.8959306, 0.993514, 0.7138225, 0.9165539],
    ],
    [
      losses.binaryCrossentropy({ axis: 2, fromLogits: true }),
      [0.7171364, 0.8546975, 0.7792776, 0.9148385, 0.7217436, 0.8293117],
    ],
  ])("%o", (loss, wanted) => {
    for (const variant of variants) {
      const engine = engines[variant];
      const each = loss.call(engine.tensor(p, [2, 3, 4]), engine.tensor(t, [2, 3, 4]), false);
      expect(each.size).toBe(wanted.length);
      wanted.forEach((value, i) => {
        expect(each.data[i]).toBeCloseTo(value, 5);
      });
    }
    expect(loss.fuses).toBeUndefined();
    expect(make(loss.type as keyof typeof losses, loss.config).config).toEqual(loss.config);
  });

  it("is not that of the batch", async () => {
    const wrong = () => losses.binaryCrossentropy({ axis: 0 });
    expect(await failure(wrong, "INVALID_ARGUMENT")).toContain("binaryCrossentropy: axis is 0");
  });
});
