/** The kernels' random numbers, in both variants and in JavaScript, against the twin's: the same numbers, not merely similar ones. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { AnygradError } from "../../src/errors.ts";
import { Random } from "../../src/math/philox.ts";
import * as ops from "../../src/ops/index.ts";
import { randomPermutation, randomUniform } from "../../src/ops/random.ts";
import { randomNormal } from "../../src/ops/randomNormal.ts";
import { distance } from "../reference/comparison/closeness.ts";
import { normalAt, permutation, type RandomSource, uniformAt } from "../reference/random.ts";

const sources: readonly RandomSource[] = [
  { seed: 0, stream: 0, step: 0 },
  { seed: 1, stream: 7, step: 3 },
  { seed: 2 ** 53 - 1, stream: 2 ** 32 - 1, step: 2 ** 40 + 5 },
];
const lengths = [1, 2, 3, 4, 5, 101];

describe.each(["scalar", "simd"] as const)("%s", async (variant) => {
  const { allocator } = await createEngine({ variant });

  describe.each(sources)("seed $seed, stream $stream, step $step", (source) => {
    it.each(lengths)("%i uniform numbers, to the bit", (length) => {
      const wanted = Array.from({ length }, (_, i) => uniformAt(source, i));
      expect(Array.from(randomUniform(allocator, [length], source).data)).toEqual(wanted);
    });

    it("uniform numbers between limits", () => {
      const wanted = Array.from({ length: 33 }, (_, i) => 3 * uniformAt(source, i) - 1);
      const got = randomUniform(allocator, [33], source, { low: -1, high: 2 }).data;
      expect(distance(got, wanted)).toBeLessThan(1e-7);
    });

    it.each([false, true])("normal numbers, truncated: %s", (truncated) => {
      const wanted = Array.from({ length: 301 }, (_, i) => 5 + 2 * normalAt(source, i, truncated));
      const got = randomNormal(allocator, [7, 43], source, { mean: 5, stddev: 2, truncated });
      expect(got.shape).toEqual([7, 43]);
      expect(distance(got.data, wanted)).toBeLessThan(1e-6);
      const farthest = Math.max(...Array.from(got.data, (value) => Math.abs(value - 5)));
      expect(farthest <= 4).toBe(truncated);
    });

    it("the numbers that src/math draws in JavaScript, to the bit", () => {
      const read = (): Random => new Random(source.seed, source.stream, source.step);
      const [uniform, normal] = [read(), read()];
      const wanted = Array.from({ length: 1001 }, () => [uniform.uniform(), normal.normal()] as const);
      const got = [randomUniform(allocator, [1001], source), randomNormal(allocator, [1001], source)];
      expect(Array.from(got[0]!.data)).toEqual(wanted.map(([value]) => value));
      expect(Array.from(got[1]!.data)).toEqual(wanted.map(([, value]) => value));
    });

    it.each(lengths)("a permutation of %i", (length) => {
      expect(Array.from(randomPermutation(allocator, length, source).data)).toEqual(
        permutation(source, length),
      );
    });
  });

  it("has the mean and the deviation it promises", () => {
    const values = Array.from(randomNormal(allocator, [20_000], { seed: 11 }).data);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.02); // three standard errors
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });
});

describe("draws without a seed", () => {
  it("are the engine's own: others each time, and the same in their order on another engine", async () => {
    const run = async () => {
      const engine = await createEngine({ threads: 1 });
      return [
        ops.randomUniform(engine, [5]),
        ops.randomNormal(engine, [5]),
        ops.randomUniform(engine, [5]),
      ].map(({ data }) => Array.from(data));
    };
    const [first, second] = [await run(), await run()];
    expect(first).toEqual(second);
    expect(first[0]).not.toEqual(first[2]);
  });

  it("are constants: a gradient passes them by", async () => {
    const engine = await createEngine({ threads: 1 });
    const p = engine.variable([0.3, 0.6]);
    const { gradients } = engine.valueAndGrad(
      () => ops.sum(ops.multiply(p, ops.bernoulli(ops.add(ops.multiply(p, 0), 1)))),
      [p],
    );
    expect(gradients[0]!.toArray()).toEqual([1, 1]);
  });

  it("by their chances: 20,000 of three classes", async () => {
    const engine = await createEngine({ threads: 1 });
    const chances = [0.2, 0.5, 0.3];
    const drawn = ops.multinomial(ops.log(engine.tensor([chances])), 20_000, { seed: 1 }).data;
    chances.forEach((chance, c) => {
      const share = drawn.filter((each) => each === c).length / drawn.length;
      expect(Math.abs(share - chance)).toBeLessThan(0.011); // three standard errors
    });
  });

  it.each<[string, (engine: Awaited<ReturnType<typeof createEngine>>) => unknown, RegExp]>([
    [
      "a step without a seed",
      (engine) => ops.gumbel(engine, [2], { step: 3 }),
      /stream and step are of a seed/,
    ],
    ["no engine", () => ops.randomNormal(undefined as never, [2]), /engine is undefined; pass what await/],
    ["a bad shape", (engine) => ops.randomNormal(engine, [2.5]), /the shape is \[2.5\]; pass a list/],
    ["limits the wrong way", (engine) => ops.randomUniform(engine, [2], { low: 2 }), /low is 2 and high 1/],
    ["a negative deviation", (engine) => ops.truncatedNormal(engine, [2], { stddev: -1 }), /stddev is -1/],
    ["no draws", (engine) => ops.multinomial(engine.tensor([[1]]), 0), /count is 0/],
    ["logits of one axis", (engine) => ops.multinomial(engine.tensor([1]), 1), /logits are \[1\]; wanted/],
    ["a fraction of a seed", (engine) => ops.bernoulli(engine.tensor([1]), { seed: 0.5 }), /seed is 0.5/],
  ])("refuse %s", async (_, draw, message) => {
    const engine = await createEngine({ threads: 1 });
    expect(() => draw(engine)).toThrow(AnygradError);
    expect(() => draw(engine)).toThrow(message);
  });
});
