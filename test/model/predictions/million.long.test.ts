/** A million rows at once: right, and in the memory of a batch, on the page and in a worker. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { compiled as inWorker, options } from "../../worker/entry.ts";
import { blobs, perceptron } from "../examples.ts";

const n = 1_000_000;
const few = blobs({ n: 100 });
const repeated = <T extends Float32Array | Uint8Array>(values: T, to: T): T => {
  for (let i = 0; i < to.length; i++) to[i] = values[i % values.length]!;
  return to;
};
const x = repeated(few.x as Float32Array, new Float32Array(n * 6));
const y = repeated(few.y as Uint8Array, new Uint8Array(n));
const set = { x, y, shape: [n, 6] };
/** Ten thousand batches where there would be thirty thousand: of 32, the usual size, are those of the first prediction. */
const hundreds = { batchSize: 100 };

/** Whether a million rows of outputs are those of the hundred, again and again. */
function repeats(many: Float32Array, once: Float32Array): boolean {
  return once.length > 0 && many.every((value, i) => value === once[i % once.length]);
}

it("on the page", async () => {
  const engine = await createEngine({ threads: 1 });
  const net = perceptron();
  await net.compile({ ...options, engine });
  const [expected, front, classes, scores] = [
    await net.predict(few.x),
    await net.features(few.x, hundreds),
    await net.classify(few.x, hundreds),
    await net.evaluate(few, hundreds),
  ];
  const before = engine.info.memoryBytes;
  const predicted = await net.predict(x);
  expect(predicted.shape).toEqual([n, 3]);
  expect(repeats(predicted.data, expected.data)).toBe(true);
  const nested = Array.from({ length: n }, (_, i) => Array.from(x.subarray(6 * i, 6 * i + 6)));
  expect(repeats((await net.predict(nested, hundreds)).data, expected.data)).toBe(true);
  const features = await net.features(x, hundreds);
  expect(features.shape).toEqual([n, 8]);
  expect(repeats(features.data, front.data)).toBe(true);
  const classified = await net.classify(x, hundreds);
  expect(classified).toHaveLength(n);
  expect(classified.every(({ classId }, i) => classId === classes[i % 100]!.classId)).toBe(true);
  const evaluated = await net.evaluate(set, hundreds);
  expect(evaluated.loss).toBeCloseTo(scores.loss, 5);
  expect(evaluated.accuracy).toBe(scores.accuracy);
  // 64 KiB, a page of it, where what frees and takes lies otherwise than in a hundred rows
  expect(engine.info.memoryBytes - before).toBeLessThanOrEqual(1 << 16);
  const { loss } = await net.fit(nested, Array.from(y), { batchSize: 1000 });
  expect(loss[0]).toBeLessThan(scores.loss);
  engine.dispose();
}, 120_000);

describe("in a worker", () => {
  it("too", async () => {
    const net = await inWorker(perceptron());
    const top = { top: 2, ...hundreds };
    const [expected, classes] = [await net.predict(few.x), await net.classify(few.x, top)];
    const before = (await net.engineInfo()).memoryBytes;
    expect(repeats((await net.predict(x)).data, expected.data)).toBe(true);
    const classified = await net.classify(x, top);
    expect(classified).toHaveLength(n);
    expect([classified[0], classified[n - 1]]).toEqual([classes[0], classes[99]]);
    expect((await net.evaluate(set, hundreds)).accuracy).toBe((await net.evaluate(few, hundreds)).accuracy);
    expect((await net.engineInfo()).memoryBytes - before).toBeLessThanOrEqual(1 << 16);
  }, 120_000);
});
