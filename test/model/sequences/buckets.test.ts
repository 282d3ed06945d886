/** Sequences of different lengths: batches of like lengths, each through the network at its own length. */
import { describe, expect, it } from "vitest";
import { bucketBySequenceLength } from "../../../src/data/sequences/bucketBySequenceLength.ts";
import { padSequences } from "../../../src/data/sequences/padSequences.ts";
import { createEngine } from "../../../src/engine/createEngine.ts";
import { layers } from "../../../src/layers/index.ts";
import { type Batch, load, type Sequential, sequential } from "../../../src/model/index.ts";
import { failure } from "../../data/failure.ts";
import { long } from "../../long.ts";

const engine = await createEngine();
const lengths = Array.from({ length: 50 }, (_, i) => 1 + ((i * i * 7) % 23));
const x = lengths.map((length, i) => Array.from({ length }, (_, t) => 1 + ((i + 3 * t) % 9)));
const y = lengths.map((length) => Number(length > 11));
const longest = Math.max(...lengths);
const options = { batchSize: 8, seed: 4 };

function network(...end: ReturnType<typeof layers.dense>[]): Sequential {
  const list = [
    layers.embedding({ inputDim: 10, outputDim: 6, maskZero: true, inputShape: [longest] }),
    ...end,
  ];
  return sequential(list, { inputShape: [longest], seed: 3 });
}
const classifier = async (): Promise<Sequential> => {
  const net = network(
    layers.bidirectional({ layer: layers.lstm({ units: 5, dropout: 0.2 }) }),
    layers.dense({ units: 2, activation: "softmax" }),
  );
  await net.compile({
    optimizer: "adam",
    loss: "sparseCategoricalCrossentropy",
    metrics: "accuracy",
    engine,
  });
  return net;
};

describe("bucketBySequenceLength", () => {
  const batches = bucketBySequenceLength({ x, y }, options);
  const at = (epoch: number, step = 0) => [...batches({ epoch, step })];

  it("gives every sequence once an epoch, filled up a little, in an order by seed and epoch", () => {
    const kept = (epoch: number) =>
      at(epoch).flatMap(({ x: { shape, data } }) =>
        Array.from({ length: shape[0]! }, (_, i) =>
          String(data.slice(i * shape[1]!, (i + 1) * shape[1]!).filter((word) => word !== 0)),
        ),
      );
    const wanted = x.map(String).sort();
    expect(kept(0).sort()).toEqual(wanted);
    expect(kept(1).sort()).toEqual(wanted);
    expect(kept(0)).not.toEqual(kept(1));
    expect(at(1)).toEqual([...bucketBySequenceLength({ x, y }, options)({ epoch: 1, step: 0 })]);
    expect(at(0)).not.toEqual([
      ...bucketBySequenceLength({ x, y }, { ...options, seed: 5 })({ epoch: 0, step: 0 }),
    ]);
    expect(at(2, 3)).toEqual(at(2).slice(3));
    const places = at(0).reduce((sum, { x: { data } }) => sum + data.length, 0);
    const words = lengths.reduce((sum, length) => sum + length, 0);
    expect(places / words).toBeLessThan(1.25); // all at the length of the longest: 1.6
    expect((50 * longest) / words).toBeGreaterThan(1.5);
  });

  it("divides by boundaries, cuts at maxlen, fills up targets of steps and keeps weights beside them", () => {
    const tags = x.map((words) => words.map((word) => word % 2));
    const sampleWeight = x.map((_, i) => i);
    const given = { x, y: tags, sampleWeight };
    const made = bucketBySequenceLength(given, {
      bucketBoundaries: [6, 12],
      maxlen: 15,
      shuffle: false,
      padding: "post",
    });
    const all = [...made({ epoch: 0, step: 0 })];
    expect(new Set(all.map((batch) => batch.x.shape[1]))).toEqual(
      new Set(
        [5, 11, 15].map((most) => Math.max(...lengths.map((n) => Math.min(n, 15)).filter((n) => n <= most))),
      ),
    );
    for (const batch of all) {
      const { shape, data } = batch.y as { shape: number[]; data: Int32Array };
      expect(shape).toEqual(batch.x.shape);
      expect(Array.from(data)).toEqual(Array.from(batch.x.data, (word) => word % 2));
    }
    const [first] = all;
    const own = sampleWeight.filter((i) => lengths[i]! < 6).slice(0, 32);
    expect(Array.from(first!.sampleWeight!)).toEqual(own);
  });

  long("takes more sequences than a call has arguments, and so does padSequences", () => {
    const x = Array.from({ length: 150_000 }, (_, i) => [i % 7, 1]);
    const { shape, data } = padSequences(x);
    expect([shape, data[2 * 149_999]]).toEqual([[150_000, 2], 149_999 % 7]);
    const batches = bucketBySequenceLength({ x, y: new Uint8Array(x.length) }, { batchSize: 75_000 });
    expect(
      [...batches({ epoch: 0, step: 0 })].map(({ x }) => (x as { shape: readonly number[] }).shape),
    ).toEqual([
      [75_000, 2],
      [75_000, 2],
    ]);
  });

  it("refuses what does not fit", async () => {
    const wrong = (data: object, how?: object) => () => bucketBySequenceLength(data as never, how as never);
    expect(await failure(wrong({ x, y: [1] }), "SHAPE_MISMATCH")).toContain("y has 1 items");
    expect(await failure(wrong({ x }), "SHAPE_MISMATCH")).toContain("y has 0 items");
    expect(await failure(wrong({ x, y }, { bucketBoundaries: [5, 5] }), "INVALID_ARGUMENT")).toContain(
      "5, 5",
    );
    expect(await failure(wrong({ x, y }, { batchsize: 5 }), "INVALID_ARGUMENT")).toContain("batchSize");
    expect(await failure(wrong({ x: 5, y: [] }), "INVALID_ARGUMENT")).toContain("bucketBySequenceLength");
    expect(await failure(wrong({ x, y }, { padding: "front" }), "INVALID_ARGUMENT")).toContain("front");
  });
});

describe("training on them", () => {
  const batches = bucketBySequenceLength({ x, y }, options);
  const padded = (position: { epoch: number; step: number }): Batch[] =>
    [...batches(position)].map((batch) => {
      const { shape, data } = batch.x;
      const rows = Array.from({ length: shape[0]! }, (_, i) =>
        Array.from(data.slice(i * shape[1]!, (i + 1) * shape[1]!)),
      );
      return { x: padSequences(rows, { maxlen: longest }), y: batch.y as number[] };
    });

  it("is training on the same batches at full length, masks passing over the rest", async () => {
    const [own, full] = [await classifier(), await classifier()];
    const how = { epochs: 3, seed: 2 };
    const history = await own.fit(batches, { ...how, validationData: batches });
    const wanted = await full.fit(padded, { ...how, validationData: padded });
    history.loss!.forEach((loss, i) => {
      expect(loss).toBeCloseTo(wanted.loss![i]!, 4);
    });
    history.val_loss!.forEach((loss, i) => {
      expect(loss).toBeCloseTo(wanted.val_loss![i]!, 4);
    });
    expect((await own.evaluate(batches)).loss).toBeCloseTo((await full.evaluate(padded)).loss, 4);
    const whole = padSequences(x, { maxlen: longest });
    const one = await own.predict(padSequences(x.slice(0, 1), { maxlen: longest }));
    expect(one.data[0]).toBeCloseTo((await full.predict(whole)).data[0]!, 4);
    expect(history.accuracy!.at(-1)).toBe(wanted.accuracy!.at(-1));
  });

  it("goes on in the middle of an epoch to the bits of a run that was not interrupted", async () => {
    const whole = await classifier();
    await whole.fit(batches, { epochs: 2, seed: 2 });
    const half = await classifier();
    let bytes: Uint8Array | undefined;
    for await (const { globalStep } of half.train(batches, { epochs: 2, seed: 2 }))
      if (globalStep === 9) bytes = await half.save({ optimizer: true });
    const again = await load(bytes!, { engine });
    await again.fit(batches, { resume: true });
    expect(await again.digest()).toBe(await whole.digest());
  });

  it("has a class for each step, of which losses and metrics leave out what is filled up", async () => {
    const tags = x.map((words) => words.map((word) => Number(word > 4)));
    const tagged = bucketBySequenceLength({ x, y: tags }, options);
    const net = network(
      layers.gru({ units: 6, returnSequences: true }),
      layers.dense({ units: 2, activation: "softmax" }),
    );
    await net.compile({
      optimizer: "adam",
      loss: "sparseCategoricalCrossentropy",
      metrics: "accuracy",
      engine,
    });
    await net.fit(tagged, { epochs: 25, seed: 1 });
    expect((await net.evaluate(tagged)).accuracy).toBeGreaterThan(0.95);
  });

  it("refuses networks that depend on the number of steps, and x without a shape", async () => {
    const net = network(layers.flatten(), layers.dense({ units: 2, activation: "softmax" }));
    await net.compile({ loss: "sparseCategoricalCrossentropy", engine });
    expect(await failure(() => net.fit(batches), "SHAPE_MISMATCH")).toContain('the layer "dense"');
    const bare = [{ x: x.slice(0, 1), y: [0], ownSteps: true }] as never;
    expect(await failure(() => net.fit(bare), "INVALID_ARGUMENT")).toContain("ownSteps");
  });
});
