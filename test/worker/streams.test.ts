/** Streams of batches in a worker: the page's source is read batch by batch, with the bits, errors and endings of the page. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { subset } from "../../src/data/selection.ts";
import type { Batch, StreamPosition } from "../../src/model/index.ts";
import { blobs, perceptron } from "../model/examples.ts";
import { compiled, options } from "./entry.ts";

const set = blobs({ n: 50 });
const batches = [0, 16, 32, 48].map((from) =>
  subset(
    set,
    Array.from({ length: Math.min(16, 50 - from) }, (_, i) => from + i),
  ),
);

describe("a stream", () => {
  it("trains, validates, evaluates and is resumed to the page's bits", async () => {
    const asked: string[] = [];
    const source = ({ epoch, step }: StreamPosition): Batch[] => {
      asked.push(`${epoch}.${step}`);
      return batches.slice(step);
    };
    const page = perceptron();
    await page.compile({ ...options, engine: await createEngine({ threads: 1 }) });
    const wanted = await page.fit(batches, { epochs: 3, validationData: batches });
    const net = await compiled(perceptron());
    let steps = 0;
    for await (const _ of net.train(source, { epochs: 3, validationData: batches })) if (++steps === 6) break;
    const { loss, val_loss } = await net.fit(source, { resume: true, validationData: batches });
    expect({ loss, val_loss }).toEqual({ loss: wanted.loss, val_loss: wanted.val_loss });
    expect(asked).toEqual(["0.0", "1.0", "1.2", "2.0"]);
    expect(await net.digest()).toBe(await page.digest());
    expect(await net.evaluate(batches.values())).toEqual(await page.evaluate(batches));
    expect(batches[0]!.x).toHaveLength(96); // nothing was taken from the page
  });

  it("is closed when the run ends early, and its own error is the run's", async () => {
    let closed = 0;
    const broken = new Error("the disk is gone");
    const source = async function* (): AsyncGenerator<Batch> {
      try {
        yield* batches;
        throw broken;
      } finally {
        closed++;
      }
    };
    const net = await compiled(perceptron());
    await expect(net.fit(source)).rejects.toBe(broken);
    await net.fit(source, { callbacks: [{ onStepEnd: (_, run) => run.stop() }] });
    for await (const _ of net.train(source)) break;
    expect(closed).toBe(3);
    const signal = AbortSignal.timeout(300);
    const stuck = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}), return: () => closed++ }),
    };
    await expect(net.fit(stuck as unknown as AsyncIterable<Batch>, { signal })).rejects.toMatchObject({
      code: "ABORTED",
    });
    expect(closed).toBe(4);
    await expect(net.fit(source(), { epochs: 2 })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    await expect(net.fit([{ x: [[1]], y: [0] }])).rejects.toThrow(
      "fit: batch 1 of epoch 1: an example has the shape [1]",
    );
  });

  it("has names, weights and pairs as on the page", async () => {
    const names = ["bird", "cat", "dog"];
    const named = batches.map(({ x, y, shape }, i) => ({
      x,
      shape,
      y: Array.from(y, (label) => names[label]!),
      sampleWeight: Array.from(y, (_, k) => 1 + ((i + k) % 3)),
    }));
    const validationData = [
      [...batches.slice(0, 2)].map(({ x }) => x.subarray(0, 6)),
      ["dog", "cat"],
    ] as const;
    const page = perceptron();
    await page.compile({ ...options, engine: await createEngine({ threads: 1 }) });
    const net = await compiled(perceptron());
    const wanted = await page.fit(named, { validationData });
    const { val_loss } = await net.fit(named, { validationData });
    expect(val_loss).toEqual(wanted.val_loss);
    expect(await net.digest()).toBe(await page.digest());
    const [x, y] = [validationData[0], ["cat", "dog"]]; // the page has not seen all names
    expect(await net.evaluate(x, y)).toEqual(await page.evaluate(x, y));
    const how = { classWeight: { dog: 3 } };
    expect(await net.evaluate(named, how)).toEqual(await page.evaluate(named, how));
  });
});
