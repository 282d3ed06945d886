/** A batch at a time in a worker is that of the page, weighted metrics too, and predictions print themselves. */
import { describe, expect, it, vi } from "vitest";
import { createEngine } from "../../src/engine/createEngine.ts";
import { perceptron } from "../model/examples.ts";
import { options, working } from "./entry.ts";

const x = [0.5, 2, -1].map((first) => [first, -1, 1, 0.5, 0, -0.5]);
const y = [0, 1, 2];

describe("in a worker", () => {
  it("trainOnBatch, testOnBatch and predictOnBatch do as on the page", async () => {
    const how = { ...options, metrics: ["accuracy" as const], weightedMetrics: ["accuracy" as const] };
    const page = perceptron();
    await page.compile({ ...how, engine: await createEngine({ threads: 1 }) });
    const net = working(perceptron());
    await net.compile(how);
    const weighted = { sampleWeight: [1, 2, 3] };
    for (let step = 0; step < 3; step++)
      expect(await net.trainOnBatch(x, y, weighted)).toEqual(await page.trainOnBatch(x, y, weighted));
    expect(await net.testOnBatch({ x, y } as never)).toEqual(await page.testOnBatch({ x, y } as never));
    expect(await net.predictOnBatch(x)).toEqual(await page.predictOnBatch(x));
    expect(await net.digest()).toBe(await page.digest());
    await expect(net.trainOnBatch([[1]], [0])).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
  });

  it("a prediction prints itself, before it is there and after", async () => {
    const net = working(perceptron());
    await net.compile(options);
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await net.predict(x.slice(0, 1)).print();
    const prediction = await net.predict(x.slice(0, 1));
    prediction.print!();
    const [[first], [second]] = log.mock.calls as [[number[][]], [number[][]]];
    log.mockRestore();
    expect(first).toEqual(second);
    expect(first[0]).toHaveLength(3);
    const pending = net.predict(x);
    const early = () => (pending as never as { data: unknown }).data;
    expect(early).toThrow(/await it/);
    await pending;
  });
});
