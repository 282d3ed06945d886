/** The first program of TensorFlow.js's guide, as docs/guide/models.md moves it over; and what is left of its names. */
import { readFileSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { createEngine, layers, sequential } from "../../src/index.ts";
import { failure } from "../data/failure.ts";

it("runs with names changed only, and prints what it predicts", async () => {
  const engine = await createEngine({ threads: 1 });
  const model = sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });
  await model.compile({ loss: "meanSquaredError", optimizer: "sgd", engine });
  const xs = engine.tensor([1, 2, 3, 4], [4, 1]);
  const ys = engine.tensor([1, 3, 5, 7], [4, 1]);
  const { loss } = await model.fit(xs, ys, { epochs: 250, seed: 1 });
  expect(loss.at(-1)).toBeLessThan(loss[0]! / 10);
  const prediction = await model.predict(engine.tensor([5], [1, 1]));
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  prediction.print?.();
  const [printed] = log.mock.calls[0] as [number[][]];
  log.mockRestore();
  expect(printed).toEqual([[prediction.data[0]]]);
  expect(printed[0]![0]).toBeGreaterThan(8);
  expect(printed[0]![0]).toBeLessThan(10);
  expect(Object.keys(prediction)).toEqual(["shape", "data"]);
});

it("is the program of the guide", () => {
  const guide = readFileSync("docs/guide/models.md", "utf8");
  for (const line of ["engine.tensor([1, 3, 5, 7], [4, 1])", 'optimizer: "sgd", engine'])
    expect(guide).toContain(line);
});

it("tells where what it wrote at a layer belongs", async () => {
  const dense = (): unknown => layers.dense({ units: 1, inputShape: [1] } as never);
  expect(await failure(dense, "INVALID_ARGUMENT")).toContain("sequential and input take it");
});
