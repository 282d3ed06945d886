/**
 * Recurrent layers, attention, 1-D convolutions and embeddings are like all other layers: the same bits by every build and number
 * of threads, resumed or not; a foretold memory; Keras's numbers of weights. test/golden/sequences.json pins the digests; who
 * changes the arithmetic of one pins it anew, knowingly: ANYGRAD_PIN=1 npx vitest run test/model/sequences
 */
import { writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../../src/autograd/engine.ts";
import { load, type Model } from "../../../src/model/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import golden from "../../golden/sequences.json" with { type: "json" };
import { kinds, type Sizes, sequenceData, sequenceNet } from "./networks.ts";

const pinning = process.env.ANYGRAD_PIN === "1";
const pinned: Readonly<Record<string, string>> = golden;
const found: Record<string, string> = {};
afterAll(() => {
  const file = new URL("../../golden/sequences.json", import.meta.url);
  if (pinning) writeFileSync(file, `${JSON.stringify(found, undefined, 2)}\n`);
});

const engines: Readonly<Record<string, Engine>> = {
  "simd, 1 thread": await createEngine({ variant: "simd", threads: 1 }),
  "simd, 2 threads": await createEngine({ variant: "simd", threads: 2 }),
  scalar: await createEngine({ variant: "scalar", threads: 1 }),
};
const small: Sizes = { steps: 9, features: 5, units: 6 };
const plan = { epochs: 2, batchSize: 16, seed: 3 }; // three steps an epoch, the last of 8 examples

async function compiled(kind: string, engine: Engine, sizes: Sizes = small): Promise<Model> {
  const net = sequenceNet(kind, sizes);
  const options = { loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"], engine } as const;
  await net.compile({ ...options, optimizer: optimizers.adam({ learningRate: 0.02 }) });
  return net;
}

describe.each(kinds)("%s", (kind) => {
  const data = sequenceData(kind, small, 40);

  it.each(Object.keys(engines))("%s: the pinned digest", async (name) => {
    const net = await compiled(kind, engines[name]!);
    await net.fit(data, plan);
    found[kind] ??= await net.digest();
    expect(await net.digest()).toBe(pinning ? found[kind] : pinned[kind]);
  });

  it("is learned", async () => {
    const net = await compiled(kind, engines["simd, 1 thread"]!);
    const { loss } = await net.fit(data, { ...plan, epochs: 20 });
    expect(loss.at(-1)).toBeLessThan(0.9 * loss[0]!);
  });

  it.each([1, 3, 4])("stopped after %i steps, saved, loaded and resumed it is the same", async (most) => {
    const engine = engines["simd, 1 thread"]!;
    const [whole, net] = [await compiled(kind, engine), await compiled(kind, engine)];
    const { loss } = await whole.fit(data, plan);
    for await (const { globalStep } of net.train(data, plan)) if (globalStep + 1 === most) break;
    const again = await load(await net.save({ optimizer: true }), { engine });
    const rest = await again.fit(data, { ...plan, resume: true });
    expect(await again.digest()).toBe(await whole.digest());
    expect(rest.loss).toEqual(loss);
    expect(again.summary()).toBe(whole.summary());
    expect((await again.predict(data)).data).toEqual((await whole.predict(data)).data);
  });

  it.each([
    [{ steps: 48, features: 40, units: 32 }, 32],
    [{ steps: 20, features: 16, units: 64 }, 128],
  ] as const)("memory() foretells it within 30 %: %o", async (sizes, batchSize) => {
    const engine = await createEngine({ threads: 1 });
    const net = await compiled(kind, engine, sizes);
    const { total } = net.memory({ batchSize });
    const examples = sequenceData(kind, sizes, 2 * batchSize);
    for await (const { step } of net.train(examples, { batchSize })) if (step === 1) break;
    const ratio = total / engine.info.peakBytes;
    engine.dispose();
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.3);
  });
});

/** What Keras 3.15.1 counts, by `count_params()`, of these networks in the small sizes. */
const parameters: Readonly<Record<string, number>> = {
  lstm: 316,
  "gru behind gru": 514,
  simpleRNN: 100,
  "both ways, each step": 934,
  conv1d: 484,
  "separable and depthwise conv1d": 151,
  "embedding, lstm": 370,
  "embedding, conv1d": 172,
  "encoder of a transformer": 418,
  attention: 107,
};
it.each(kinds)("%s has Keras's number of weights, and says so in its summary", (kind) => {
  const net = sequenceNet(kind, small);
  expect(net.parameters.total).toBe(parameters[kind]);
  expect(net.summary()).toContain(` Total params: ${parameters[kind]} (`);
  expect(net.memory()).toMatchObject({ parameters: 4 * parameters[kind]! });
});
