/**
 * First weights: moments and limits as the papers have them, orthogonality, seeds, and the same bits in both variants.
 * The rows are checked against the list of kinds.
 */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { getInitializer, type Initializer, initializers } from "../../src/initializers/index.ts";
import { layers } from "../../src/layers/index.ts";
import { Random } from "../../src/math/philox.ts";
import { streamOf } from "../../src/math/streams.ts";
import { sequential } from "../../src/model/index.ts";
import type { Shape } from "../../src/tensor/shape.ts";
import { failure } from "../data/failure.ts";

const engines = {
  scalar: await createEngine({ variant: "scalar" }),
  simd: await createEngine({ variant: "simd" }),
};

function fill(
  initializer: Initializer,
  shape: Shape,
  { seed = 1, stream = 0, variant = "simd" as keyof typeof engines } = {},
): Float32Array {
  const engine = engines[variant];
  return engine.step(() => {
    const tensor = engine.allocator.allocate(shape);
    tensor.view.fill(Number.NaN);
    initializer.fill(tensor, { seed, stream });
    return tensor.data as Float32Array;
  });
}

/** As a model has it once it is compiled. */
async function prepared(like: Parameters<typeof getInitializer>[0]): Promise<Initializer> {
  const initializer = getInitializer(like);
  await initializer.prepare?.();
  return initializer;
}

function moments(values: Float32Array): { mean: number; variance: number; least: number; most: number } {
  let [sum, squares, least, most] = [0, 0, Infinity, -Infinity];
  for (const value of values) {
    sum += value;
    squares += value * value;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const mean = sum / values.length;
  return { mean, variance: squares / values.length - mean * mean, least, most };
}

interface Row {
  readonly make: Initializer;
  readonly mean: number;
  readonly variance: number;
  /** No value lies further from the mean; values come near it. */
  readonly limit?: number;
}

// [60, 200] has fans 60 and 200; [5, 4, 3, 50] has 60 and 1000
const uniform = (variance: number): Omit<Row, "make"> => ({
  mean: 0,
  variance,
  limit: Math.sqrt(3 * variance),
});
/** A normal distribution cut at two deviations keeps this share of its deviation. */
const cut = 0.8796256610342398;
const truncated = (variance: number): Omit<Row, "make"> => ({
  mean: 0,
  variance,
  limit: (2 * Math.sqrt(variance)) / cut,
});

const random: Readonly<Record<string, (fans: { in: number; out: number }) => Row[]>> = {
  randomNormal: () => [
    { make: initializers.randomNormal(), mean: 0, variance: 0.05 ** 2 },
    { make: initializers.randomNormal({ mean: 3, stddev: 0.5 }), mean: 3, variance: 0.25 },
  ],
  randomUniform: () => [
    { make: initializers.randomUniform(), ...uniform(0.05 ** 2 / 3) },
    { make: initializers.randomUniform({ minval: 1, maxval: 3 }), mean: 2, variance: 1 / 3, limit: 1 },
  ],
  truncatedNormal: () => [
    { make: initializers.truncatedNormal(), ...truncated((0.05 * cut) ** 2) },
    {
      make: initializers.truncatedNormal({ mean: -1, stddev: 2 }),
      mean: -1,
      variance: (2 * cut) ** 2,
      limit: 4,
    },
  ],
  glorotUniform: (fan) => [{ make: initializers.glorotUniform(), ...uniform(2 / (fan.in + fan.out)) }],
  glorotNormal: (fan) => [{ make: initializers.glorotNormal(), ...truncated(2 / (fan.in + fan.out)) }],
  heUniform: (fan) => [{ make: initializers.heUniform(), ...uniform(2 / fan.in) }],
  heNormal: (fan) => [{ make: initializers.heNormal(), ...truncated(2 / fan.in) }],
  lecunUniform: (fan) => [{ make: initializers.lecunUniform(), ...uniform(1 / fan.in) }],
  lecunNormal: (fan) => [{ make: initializers.lecunNormal(), ...truncated(1 / fan.in) }],
  varianceScaling: (fan) => [
    { make: initializers.varianceScaling(), ...truncated(1 / fan.in) },
    {
      make: initializers.varianceScaling({ scale: 3, mode: "fanOut", distribution: "uniform" }),
      ...uniform(3 / fan.out),
    },
    {
      make: initializers.varianceScaling({ mode: "fanAvg", distribution: "untruncatedNormal" }),
      mean: 0,
      variance: 2 / (fan.in + fan.out),
    },
  ],
};
const fixed: Readonly<Record<string, [Initializer, number][]>> = {
  zeros: [[initializers.zeros(), 0]],
  ones: [[initializers.ones(), 1]],
  constant: [
    [initializers.constant(), 0],
    [initializers.constant({ value: -2.5 }), -2.5],
  ],
};

it("every kind has a row", () => {
  const kinds = [...Object.keys(random), ...Object.keys(fixed), "orthogonal", "identity"];
  expect(kinds.sort()).toEqual(Object.keys(initializers).sort());
});

describe.each([
  { shape: [60, 200], in: 60, out: 200 },
  { shape: [5, 4, 3, 50], in: 60, out: 1000 },
])("a weight of $shape", ({ shape, ...fans }) => {
  it.each(Object.entries(random))("%s has its mean, variance and limits", (_, rowsOf) => {
    for (const { make, mean, variance, limit } of rowsOf(fans)) {
      const n = shape.reduce((a, b) => a * b, 1);
      const found = moments(fill(make, shape));
      // five standard errors of the mean, and of the variance (its kurtosis is at most 3)
      expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / n));
      expect(Math.abs(found.variance / variance - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
      if (limit === undefined) expect(found.most - mean).toBeGreaterThan(3 * Math.sqrt(variance));
      else {
        expect(found.most - mean).toBeLessThanOrEqual(limit * (1 + 1e-6));
        expect(mean - found.least).toBeLessThanOrEqual(limit * (1 + 1e-6));
        expect(found.most - mean).toBeGreaterThan(limit * 0.98);
        expect(mean - found.least).toBeGreaterThan(limit * 0.98);
      }
    }
  });
});

describe("fixed values", () => {
  it.each(Object.entries(fixed))("%s", (_, list) => {
    for (const [make, value] of list) expect(fill(make, [3, 5])).toEqual(new Float32Array(15).fill(value));
  });
});

describe("identity", () => {
  it("has gain on the diagonal of a matrix", async () => {
    expect([...fill(initializers.identity({ gain: 2 }), [2, 3])]).toEqual([2, 0, 0, 0, 2, 0]);
    expect([...fill(initializers.identity(), [3, 2])]).toEqual([1, 0, 0, 1, 0, 0]);
    expect(await failure(() => fill(initializers.identity(), [4]), "SHAPE_MISMATCH")).toMatch(
      /only a matrix/,
    );
  });
});

describe("a seed of its own", () => {
  const drawing = Object.keys(random).concat("orthogonal") as (keyof typeof random)[];
  it.each(drawing)("%s: the same numbers wherever it is used, and after a file", async (name) => {
    const make = (initializers as Record<string, (options: object) => Initializer>)[name]!;
    const own = make({ seed: 9 });
    const again = await prepared(JSON.parse(JSON.stringify({ type: own.type, config: own.config })));
    const numbers = fill(own, [4, 6], { seed: 1, stream: 3 });
    expect(fill(again, [4, 6], { seed: 2, stream: 8 })).toEqual(numbers);
    expect(fill(make({ seed: 10 }), [4, 6])).not.toEqual(numbers);
    expect(fill(make({}), [4, 6])).not.toEqual(numbers);
  });
});

describe("orthogonal", () => {
  const gram = (w: Float32Array, rows: number, columns: number, byColumns: boolean): number[] => {
    const [count, length] = byColumns ? [columns, rows] : [rows, columns];
    const at = (v: number, i: number): number => (byColumns ? w[i * columns + v]! : w[v * columns + i]!);
    return Array.from({ length: count * count }, (_, k) => {
      let dot = 0;
      for (let i = 0; i < length; i++) dot += at(Math.floor(k / count), i) * at(k % count, i);
      return dot;
    });
  };

  it.each([
    [24, 10],
    [10, 24],
    [16, 16],
    [7, 1],
    [1, 7],
  ])("[%d, %d]: the shorter side is orthonormal, times gain", (rows, columns) => {
    for (const gain of [1, 1.5]) {
      const w = fill(initializers.orthogonal({ gain }), [rows, columns]);
      const count = Math.min(rows, columns);
      gram(w, rows, columns, columns <= rows).forEach((dot, k) => {
        expect(dot).toBeCloseTo(Math.floor(k / count) === k % count ? gain * gain : 0, 5);
      });
    }
  });

  it("flattens a convolution's kernel to [height · width · in, out]", () => {
    const w = fill(initializers.orthogonal(), [3, 3, 2, 6]);
    gram(w, 18, 6, true).forEach((dot, k) => {
      expect(dot).toBeCloseTo(Math.floor(k / 6) === k % 6 ? 1 : 0, 5);
    });
  });
});

describe("the numbers", () => {
  const kinds = Object.entries(initializers)
    .filter(([name]) => name !== "identity") // for matrices alone
    .map(([name, make]): [string, Initializer] => [name, make()]);

  it.each(kinds)("%s: the same in both variants and again, others by seed and by stream", (name, make) => {
    const draw = { seed: 2 ** 40 + 7, stream: 5 };
    // sizes that end within a vector and within a Philox block
    for (const shape of [
      [1, 1],
      [3, 3],
      [7, 9],
      [2, 3, 5, 7],
      [31, 33],
    ]) {
      const simd = fill(make, shape, { ...draw, variant: "simd" });
      const scalar = fill(make, shape, { ...draw, variant: "scalar" });
      expect(new Uint32Array(scalar.buffer)).toEqual(new Uint32Array(simd.buffer));
      expect(fill(make, shape, draw)).toEqual(simd);
      expect(simd.every(Number.isFinite)).toBe(true);
    }
    if (name in fixed) return;
    const one = fill(make, [8, 8], draw);
    expect(fill(make, [8, 8], { ...draw, seed: draw.seed + 1 })).not.toEqual(one);
    expect(fill(make, [8, 8], { ...draw, seed: 7 })).not.toEqual(one);
    expect(fill(make, [8, 8], { ...draw, stream: 6 })).not.toEqual(one);
  });

  it("are those of the Philox twin: seed, stream and element alone", () => {
    const found = fill(initializers.randomNormal({ stddev: 1 }), [50], { seed: 9, stream: 3 });
    const twin = new Random(9, 3);
    for (const value of found) expect(value).toBe(twin.normal());
    const uniform = fill(initializers.randomUniform({ minval: 0, maxval: 1 }), [50], { seed: 9, stream: 4 });
    const words = new Random(9, 4);
    for (const value of uniform) expect(value).toBe(words.uniform());
  });

  it("of a model's weight are drawn by the model's seed and the weight's place", async () => {
    const kernelInitializer = initializers.randomNormal({ stddev: 1 });
    const net = sequential([layers.dense({ units: 3 }), layers.dense({ units: 2, kernelInitializer })], {
      inputShape: [4],
      seed: 11,
    });
    await net.compile({ loss: "meanSquaredError", engine: engines.simd });
    const twin = new Random(11, streamOf("initializer", 2)); // after kernel and bias of the first
    expect([...net.getWeights()[2]!.data]).toEqual(Array.from({ length: 6 }, () => twin.normal()));
  });
});

describe("by name and from JSON", () => {
  it.each(Object.entries(initializers))("%s", async (name, make) => {
    const saved = JSON.parse(JSON.stringify(make()));
    expect(saved.type).toBe(name);
    for (const like of [name as keyof typeof initializers, saved])
      expect(fill(await prepared(like), [6, 5])).toEqual(fill(make(), [6, 5]));
  });

  it("with options", async () => {
    for (const make of [
      initializers.constant({ value: 3 }),
      initializers.truncatedNormal({ mean: 1, stddev: 2 }),
      initializers.orthogonal({ gain: 2 }),
      initializers.randomUniform({ minval: 5, maxval: 6 }),
    ])
      expect(fill(await prepared(JSON.parse(JSON.stringify(make))), [4, 4])).toEqual(fill(make, [4, 4]));
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "an unknown name",
      () => getInitializer(JSON.parse('"xavier"')),
      /^initializer: "xavier" is unknown\. There are .*glorotUniform/,
    ],
    // an array has a method fill, as initializers have
    ["numbers", () => getInitializer(JSON.parse("[[1]]")), /^initializer: \[\[1\]\] is unknown\. There are/],
    ["a NaN constant", () => initializers.constant({ value: Number.NaN }), /^constant: value is NaN; pass/],
    [
      "a negative deviation",
      () => initializers.randomNormal({ stddev: -1 }),
      /^randomNormal: stddev is -1; pass/,
    ],
    [
      "a NaN mean",
      () => initializers.truncatedNormal({ mean: Number.NaN }),
      /^truncatedNormal: mean is NaN; pass/,
    ],
    [
      "limits the wrong way round",
      () => initializers.randomUniform({ minval: 1, maxval: 0 }),
      /^randomUniform: minval is 1.*maxval.*0/,
    ],
    [
      "an infinite gain",
      () => initializers.orthogonal({ gain: Infinity }),
      /^orthogonal: gain is Infinity; pass/,
    ],
  ])("refuses %s", async (_, act, wanted) => {
    expect(await failure(act, "INVALID_ARGUMENT")).toMatch(wanted);
  });
});
