/**
 * A step is replayed only where that cannot go wrong: code of users runs in every step, however it was put into a layer or a
 * loss, and what JavaScript reads or writes while a step is captured is found there.
 */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../../src/autograd/engine.ts";
import type { Dataset } from "../../../../src/data/dataset.ts";
import { type Layer, layers } from "../../../../src/layers/index.ts";
import { type Loss, losses } from "../../../../src/losses/index.ts";
import { type Metric, metrics } from "../../../../src/metrics/index.ts";
import { load, type Model, sequential } from "../../../../src/model/index.ts";
import * as ops from "../../../../src/ops/index.ts";
import { optimizers } from "../../../../src/optimizers/index.ts";
import { builtIn } from "../../../../src/registry.ts";
import { StepCapture } from "../../../../src/tensor/stepCapture.ts";
import type { Tensor } from "../../../../src/tensor/tensor.ts";
import { failure } from "../../../data/failure.ts";
import { blobs } from "../../examples.ts";

const engine = await createEngine({ threads: 1 });
const data = blobs({ n: 48 });
const fit = { epochs: 4, batchSize: 12, seed: 3 };
type Code = Layer["call"];

function around(layer: Layer): Model {
  const head = [layers.dense({ units: 5 }), layer, layers.dense({ units: 3, activation: "softmax" })];
  return sequential(head, { inputShape: [6], seed: 2 });
}

async function digestOf(layer: Layer): Promise<string> {
  const net = around(layer);
  await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", engine });
  await net.fit(data, fit);
  return net.digest();
}

/** The ways in which people change a layer. */
const ways: Readonly<Record<string, (layer: Layer, call: Code) => Layer>> = {
  "a spread copy": (layer, call) => ({ ...layer, call }),
  "an object over it": (layer, call) => Object.create(layer, { call: { value: call } }) as Layer,
  "a proxy": (layer, call) =>
    new Proxy(layer, { get: (target, key) => (key === "call" ? call : Reflect.get(target, key)) }),
  "assignment to a copy": (layer, call) => Object.assign({ ...layer }, { call }),
};

describe("a changed layer", () => {
  it.each(Object.entries(ways))(
    "by %s: a tensor made in its call is made in every step",
    async (_, change) => {
      const wanted = await digestOf(layers.rescaling({ scale: 2 }));
      const doubling = change(layers.relu(), ([x]) => ops.multiply(x, engine.tensor(2)));
      expect(await digestOf(doubling)).toBe(wanted);
    },
  );

  it("that draws by itself draws in every step", async () => {
    const drawing = (layer: Layer): { layer: Layer; seen: Set<number> } => {
      const seen = new Set<number>();
      const call: Code = ([x]) => {
        const step = seen.size;
        seen.add(step);
        return ops.dropout(x, { rate: 0.5, seed: 1, step });
      };
      return { layer: { ...layer, call }, seen };
    };
    const { layer, seen } = drawing(layers.dropout({ rate: 0.5 }));
    await digestOf(layer);
    expect(seen.size).toBe(16);
  });

  it("may keep a constant that was made outside", async () => {
    const two = engine.tensor(2);
    const doubling: Layer = { ...layers.relu(), call: ([x]) => ops.multiply(x, two) };
    expect(await digestOf(doubling)).toBe(await digestOf(layers.rescaling({ scale: 2 })));
  });

  it("under its own function is the package's still", async () => {
    const renamed: Layer = { ...layers.relu(), name: "mine" };
    expect(await digestOf(renamed)).toBe(await digestOf(layers.relu({ name: "mine" })));
  });

  it("cannot be one by its options, which a captured step would not see", () => {
    const { config } = layers.dropout({ rate: 0.5 }) as { config: { rate: number } };
    expect(() => {
      config.rate = 0.1;
    }).toThrow(TypeError);
  });
});

describe("a changed loss", () => {
  /** The losses of each step, of a network that does not learn: as a share of what the plain loss gives. */
  async function factorsOf(make: (plain: Loss) => Loss, onStep = () => {}): Promise<number[]> {
    const shares: number[] = [];
    const seen: number[][] = [];
    for (const loss of [
      losses.sparseCategoricalCrossentropy(),
      make(losses.sparseCategoricalCrossentropy()),
    ]) {
      const net = around(layers.relu());
      await net.compile({ optimizer: optimizers.sgd({ learningRate: 0 }), loss, engine });
      const each: number[] = [];
      for await (const step of net.train(data, fit)) {
        each.push(step.loss);
        onStep();
      }
      seen.push(each);
    }
    for (const [i, loss] of seen[1]!.entries()) shares.push(Math.round((1000 * loss) / seen[0]![i]!) / 1000);
    return shares;
  }

  it("may count its calls", async () => {
    let calls = 0;
    const every5th = (plain: Loss): Loss => ({
      ...plain,
      call: (...given) => ops.multiply(plain.call(...given), ++calls % 5 === 0 ? 2 : 1),
    });
    expect(await factorsOf(every5th)).toEqual(
      Array.from({ length: 16 }, (_, i) => ((i + 1) % 5 === 0 ? 2 : 1)),
    );
  });

  it("may depend on what a callback changes", async () => {
    let [weight, steps] = [1, 0];
    const weighted = (plain: Loss): Loss => ({
      ...plain,
      call: (...given) => ops.multiply(plain.call(...given), weight),
    });
    const onStep = () => {
      steps++;
      if (steps >= 16) weight = 1 + Math.floor((steps - 16) / 8);
    };
    expect(await factorsOf(weighted, onStep)).toEqual(Array.from({ length: 16 }, (_, i) => (i < 8 ? 1 : 2)));
  });

  it("may look at numbers", async () => {
    const reading = (plain: Loss): Loss => ({
      ...plain,
      call: (...given) => {
        const each = plain.call(...given);
        return ops.multiply(each, 1 / ops.mean(each).item());
      },
    });
    const net = around(layers.relu());
    const loss = reading(losses.sparseCategoricalCrossentropy());
    await net.compile({ optimizer: "adam", loss, engine });
    for await (const step of net.train(data, fit)) expect(step.loss).toBeCloseTo(1, 5);
  });

  it("is not saved as the one that it was copied from", async () => {
    const net = around(layers.relu());
    const loss: Loss = { ...losses.sparseCategoricalCrossentropy() };
    const changed: Loss = { ...loss, call: (...given) => ops.multiply(loss.call(...given), 3) };
    await net.compile({ optimizer: "adam", loss: changed, engine });
    const bytes = await net.save();
    const again = await load(bytes, { engine });
    expect(await failure(() => again.fit(data, fit), "NOT_READY")).toMatch(/is one of your own/);
    const known = await load(bytes, { engine, custom: { sparseCategoricalCrossentropy: changed } });
    expect((await known.fit(data, fit)).loss).toHaveLength(4);
    await net.compile({ optimizer: "adam", loss, engine });
    expect((await (await load(await net.save(), { engine })).fit(data, fit)).loss).toHaveLength(4);
  });
});

it("a changed metric is not saved as the one that it was copied from", async () => {
  const net = around(layers.relu());
  const f1 = metrics.f1();
  const half: Metric = {
    ...f1,
    create: () => Object.assign(f1.create(), { result: () => 0.5 }),
  };
  await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: half, engine });
  const bytes = await net.save();
  expect(await failure(async () => (await load(bytes, { engine })).fit(data, fit), "NOT_READY")).toMatch(
    /"f1"/,
  );
  const again = await load(bytes, { engine, custom: { f1: half } });
  expect((await again.fit(data, fit)).f1).toEqual([0.5, 0.5, 0.5, 0.5]);
});

describe("what is found while a step is captured", () => {
  // marked as the package's own, which they must not be: the capture itself refuses them; one call more is on shapes alone
  const marked = (call: Code): Layer => ({ ...layers.relu(), call: builtIn(call) });

  it("a tensor that JavaScript fills", async () => {
    const doubling = marked(([x]) => ops.multiply(x, engine.tensor(2)));
    expect(await digestOf(doubling)).toBe(await digestOf(layers.rescaling({ scale: 2 })));
  });

  it("a number that it reads, or writes", async () => {
    for (const touch of [(x: Tensor) => x.item(), (x: Tensor) => x.data, (x: Tensor) => x.view.fill(0)]) {
      let calls = 0;
      await digestOf(
        marked(([x]) => {
          calls++;
          touch(x);
          return x;
        }),
      );
      expect(calls).toBe(1 + 16);
    }
  });

  it("a draw by a number of its own", async () => {
    let calls = 0;
    await digestOf(marked(([x]) => ops.dropout(x, { rate: 0.5, seed: 1, step: calls++ })));
    expect(calls).toBe(1 + 16);
  });

  it("but a step of kernel calls alone is replayed", async () => {
    let calls = 0;
    const counting = marked(([x]) => {
      calls++;
      return ops.relu(x);
    });
    await digestOf(counting);
    expect(calls).toBeLessThanOrEqual(2);
  });
});

it("a replayed step checks indices as the captured one did", () => {
  const rows = engine.variable([[1], [2], [3]]);
  const capture = new StepCapture(engine.allocator, {
    repeatable: true,
    lasting: [rows],
    inputs: () => engine.allocator.allocate([2], "int32"),
    run: (indices: Tensor) => ops.gather(rows, indices),
  });
  const take = (...indices: number[]): unknown =>
    engine.step(() => capture.run((input) => input.view.set(indices)).toArray());
  for (const [a, b] of [
    [0, 1],
    [2, 0],
    [1, 1],
  ] as const)
    expect(take(a, b)).toEqual([[a + 1], [b + 1]]);
  expect(() => take(0, 3)).toThrow(/^gather: index 1 is 3 but only 0 to 2 exist/);
  expect(take(2, 2)).toEqual([[3], [3]]);
});

/** The issue's own case: an autoencoder whose scaling layer makes its factor anew. */
it("an autoencoder with such a layer learns as one without", async () => {
  const set: Dataset = { x: data.x, y: Float32Array.from(data.x), shape: data.shape };
  const lossOf = async (layer: Layer): Promise<number> => {
    const net = sequential(
      [layers.dense({ units: 4, activation: "tanh" }), layer, layers.dense({ units: 6 })],
      {
        inputShape: [6],
        seed: 1,
      },
    );
    await net.compile({
      optimizer: optimizers.adam({ learningRate: 0.02 }),
      loss: "meanSquaredError",
      engine,
    });
    return (await net.fit(set, { epochs: 60, batchSize: 12, seed: 1 })).loss.at(-1)!;
  };
  const changed: Layer = { ...layers.relu(), call: ([x]) => ops.multiply(x, engine.tensor(0.5)) };
  const wanted = await lossOf(layers.rescaling({ scale: 0.5 }));
  expect(wanted).toBeLessThan(0.2);
  expect(await lossOf(changed)).toBe(wanted);
});
