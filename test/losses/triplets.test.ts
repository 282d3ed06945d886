/** Triplets that are found in the batch, against TensorFlow Addons' formulas (test/fixtures/losses/triplets.py). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createEngine, layers, load, ops, optimizers, sequential } from "../../src/index.ts";
import { losses } from "../../src/losses/index.ts";
import { failure } from "../data/failure.ts";

interface Case {
  readonly name: "tripletSemiHard" | "tripletHard";
  readonly options: { readonly margin: number; readonly distance: "L2"; readonly soft?: boolean };
  readonly value: number;
  readonly gradient: readonly number[];
}
const { p, y, cases } = JSON.parse(
  readFileSync(new URL("../fixtures/losses/triplets.json", import.meta.url), "utf8"),
) as { p: number[]; y: number[]; cases: readonly Case[] };

describe.each(["scalar", "simd"] as const)("%s", async (variant) => {
  const engine = await createEngine({ variant, threads: 1 });

  it.each(cases)("$name $options", ({ name, options, value, gradient }) => {
    const loss = losses[name](options);
    expect(loss.config).toEqual(options);
    const x = engine.variable(p, [8, 4]);
    const labels = engine.tensor(y, [8], "int32");
    const found = engine.valueAndGrad(() => {
      const each = loss.call(x, labels, false);
      expect(each.shape).toEqual([8]);
      return ops.mean(each);
    }, [x]);
    expect(found.value).toBeCloseTo(value, 5);
    gradient.forEach((wanted, i) => {
      expect(found.gradients[0]!.data[i]).toBeCloseTo(wanted, 4);
    });
  });
});

it("one that is trained brings classes apart, and comes back from a file", async () => {
  const engine = await createEngine({ threads: 1 });
  const n = 60;
  const y = Int32Array.from({ length: n }, (_, i) => i % 3);
  // noise beside the class, which is hidden in the difference of two columns
  const x = Float32Array.from({ length: n * 4 }, (_, at) => {
    const [i, column] = [Math.floor(at / 4), at % 4];
    const noise = Math.sin(12.9898 * at + 1);
    return column === 1 ? Math.sin(12.9898 * (at - 1) + 1) + (y[i]! - 1) : noise;
  });
  for (const loss of ["tripletSemiHard", "tripletHard"] as const) {
    const net = sequential([layers.dense({ units: 16, activation: "relu" }), layers.dense({ units: 4 })], {
      inputShape: [4],
      seed: 2,
    });
    await net.compile({ optimizer: optimizers.adam({ learningRate: 0.01 }), loss, engine });
    const { loss: history } = await net.fit(x, y as never, { epochs: 60, batchSize: 30, seed: 1 });
    expect(history.at(-1)! / history[0]!).toBeLessThan(0.6);
    const again = await load(await net.save(), { engine });
    expect((await again.evaluate(x, y as never)).loss).toBe((await net.evaluate(x, y as never)).loss);
  }
});

it("says what it takes", async () => {
  const engine = await createEngine({ threads: 1 });
  const wide = engine.tensor(new Float32Array(8), [2, 2, 2]);
  const labels = engine.tensor([0, 1], [2], "int32");
  expect(await failure(() => losses.tripletHard().call(wide, labels, false), "SHAPE_MISMATCH")).toContain(
    "tripletHard: the outputs are [2, 2, 2]",
  );
  expect(
    await failure(() => losses.tripletSemiHard({ distance: "L1" as "L2" }), "INVALID_ARGUMENT"),
  ).toContain("distance");
  expect(await failure(() => losses.tripletSemiHard({ margin: -1 }), "INVALID_ARGUMENT")).toContain("margin");
});
