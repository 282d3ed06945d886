/**
 * Nothing grows: two hundred fits leave wasm memory, the JavaScript heap, threads, open files and whatever keeps a
 * process alive as they were, and so do engines that are made and disposed of. A process that has trained ends by itself.
 */
import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../../src/autograd/engine.ts";
import { layers } from "../../../src/layers/index.ts";
import { type Model, sequential } from "../../../src/model/index.ts";
import { blobs } from "../examples.ts";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;
const onLinux = existsSync("/proc/self/task");

interface Held {
  /** Bytes of JavaScript objects, and of array buffers and wasm memory outside them. */
  readonly objects: number;
  readonly buffers: number;
  /** Names of what keeps the event loop alive, sorted. */
  readonly resources: string;
  readonly threads: number;
  readonly files: number;
}

/** Counted once nothing is left to collect. */
async function held(): Promise<Held> {
  for (let i = 0; i < 4; i++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return {
    objects: heapUsed,
    buffers: arrayBuffers,
    resources: process.getActiveResourcesInfo().sort().join(),
    threads: onLinux ? readdirSync("/proc/self/task").length : 0,
    files: onLinux ? readdirSync("/proc/self/fd").length : 0,
  };
}

/** `round` over and over leaves no more behind than there was. */
async function expectNoGrowth(round: () => Promise<void>): Promise<void> {
  await round();
  let before = await held();
  let objects = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rounds && objects >= slack; i++) {
    await round();
    const after = await held();
    expect(after).toMatchObject({ resources: before.resources, files: before.files });
    expect(after.threads).toBeLessThanOrEqual(before.threads);
    expect(after.buffers - before.buffers).toBeLessThan(slack);
    objects = Math.min(objects, after.objects - before.objects);
    before = after;
  }
  expect(objects).toBeLessThan(slack);
}

/** A last batch of another size; wide enough for threads to share its products. */
const data = blobs({ n: 70, features: 64 });

async function trainee(engine: Engine): Promise<Model> {
  const net = sequential(
    [
      layers.dense({ units: 256, activation: "relu" }),
      layers.dropout({ rate: 0.2 }),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
    { inputShape: [64], seed: 1 },
  );
  await net.compile({
    optimizer: "adam",
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
    engine,
  });
  return net;
}

/**
 * V8 compiles for thousands of fits on, and keeps what it learns: up to 400 KiB in the first 200, in the end nothing
 * (16,000 more fits: no growth, Node 20). So of several rounds the least growth counts: what leaks, leaks in all.
 */
const rounds = 4;
const slack = 64 * 1024; // bytes in a round

describe.each([1, 2, 3])("on %i threads", (threads) => {
  it("two hundred fits leave everything as it was", async () => {
    const engine = await createEngine({ threads });
    const net = await trainee(engine);
    const train = () => net.fit(data, { epochs: 1, batchSize: 40, validationSplit: 0.2 });
    for (let i = 0; i < 3; i++) await train();
    const { memoryBytes, peakBytes } = engine.info;
    const used = engine.allocator.backend.heap.usedBytes;
    await expectNoGrowth(async () => {
      for (let i = 0; i < 200; i++) await train();
    });
    expect(engine.info).toMatchObject({ threads, memoryBytes, peakBytes });
    expect(engine.allocator.backend.heap.usedBytes).toBe(used);
    if (onLinux) expect((await held()).threads).toBeGreaterThan(threads - 1);
    engine.dispose();
  });

  it("engines that are made, used and disposed of leave nothing", async () => {
    const use = async (): Promise<void> => {
      const engine = await createEngine({ threads, memoryLimit: 1 << 26 });
      await (await trainee(engine)).fit(data, { epochs: 2, batchSize: 40 });
      engine.dispose();
    };
    await expectNoGrowth(async () => {
      for (let i = 0; i < 10; i++) await use();
    });
  });
});

describe("a process", () => {
  const dist = new URL("../../../dist/index.js", import.meta.url);

  /** Runs a program; `left` says what it found alive at its end. */
  const run = (threads: number, ending: string): Promise<{ code: number; out: string; seconds: number }> =>
    new Promise((resolve) => {
      const program = `
        const { createEngine, sequential, layers } = await import(${JSON.stringify(dist.href)});
        const engine = await createEngine({ threads: ${threads} });
        const net = sequential([layers.dense({ units: 512 }), layers.dense({ units: 2 })], { inputShape: [512] });
        await net.compile({ optimizer: "sgd", loss: "meanSquaredError", engine });
        const x = new Float32Array(64 * 512).fill(0.01), y = new Float32Array(128);
        const { loss } = await net.fit({ x, shape: [64, 512], y }, { epochs: 200, batchSize: 64 });
        console.log(loss.length, engine.info.threads);
        ${ending}`;
      const began = performance.now();
      const options = { timeout: 30_000 };
      execFile(
        process.execPath,
        ["--input-type=module", "--eval", program],
        options,
        (error, stdout, stderr) => {
          const code = error ? ((error.code as number | undefined) ?? -1) : 0;
          resolve({ code, out: stdout + stderr, seconds: (performance.now() - began) / 1000 });
        },
      );
    });

  it.each([
    [1, ""],
    [2, ""],
    [3, ""],
    [3, "engine.dispose();"],
  ])("that has trained on %i threads ends by itself %s", async (threads, ending) => {
    const { code, out, seconds } = await run(threads, ending);
    expect(out).toBe(`200 ${threads}\n`);
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(20);
  });
});

/** Bytes of JavaScript objects a training step of mlp-128-64 makes, in a process that collects no garbage meanwhile. */
function garbage(threads: number): Promise<number> {
  const dist = new URL("../../../dist/index.js", import.meta.url);
  const program = `
    const { createEngine, sequential, layers, dataset } = await import(${JSON.stringify(dist.href)});
    const engine = await createEngine({ threads: ${threads} });
    const dense = (units, activation) => layers.dense({ units, activation });
    const net = sequential(
      [dense(128, "relu"), layers.dropout({ rate: 0.5 }), dense(64, "relu"), dense(10, "softmax")],
      { inputShape: [784], seed: 1 },
    );
    const loss = "sparseCategoricalCrossentropy";
    await net.compile({ optimizer: "adam", loss, metrics: ["accuracy"], engine });
    const x = Float32Array.from({ length: 640 * 784 }, (_, i) => (i % 97) / 97);
    const data = dataset({ x, shape: [640, 784], y: Uint8Array.from({ length: 640 }, (_, i) => i % 10) });
    await net.fit(data, { epochs: 20, batchSize: 64 });
    gc();
    const before = process.memoryUsage().heapUsed;
    await net.fit(data, { epochs: 30, batchSize: 64 });
    console.log((process.memoryUsage().heapUsed - before) / 300);
    engine.dispose();`;
  const flags = [
    "--expose-gc",
    "--min-semi-space-size=128",
    "--max-semi-space-size=128",
    "--input-type=module",
  ];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [...flags, "--eval", program], (error, stdout) =>
      error ? reject(error) : resolve(Number(stdout)),
    );
  });
}

describe("a training step", () => {
  // 64 views of rows are 7 KiB of it: copied without them, a batch takes three times as long
  it.each([1, 2])("makes less than 24 KiB of garbage on %i threads", async (threads) => {
    const bytes = await garbage(threads);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(24 * 1024);
  });
});
