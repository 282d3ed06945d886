/** How runs and workers end: by a signal, an error, a death, dispose, or because the program is over. */
import { spawn } from "node:child_process";
import { Worker } from "node:worker_threads";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { metrics } from "../../src/metrics/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";
import { convolution, perceptron, quarters } from "../model/examples.ts";
import { compiled, datasets, inWorker, options, working } from "./entry.ts";

const set = quarters({ n: 88 });

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("a signal", () => {
  it("ends fit on its way; the model goes on", async () => {
    const net = await compiled(convolution());
    const controller = new AbortController();
    const reason = new Error("the teacher said stop");
    let steps = 0;
    const callbacks = [{ onStepEnd: () => void (++steps === 7 && controller.abort(reason)) }];
    const run = net.fit(set, { epochs: 100_000, callbacks, signal: controller.signal });
    await expect(run).rejects.toMatchObject({ code: "ABORTED", cause: reason });
    expect(steps).toBeLessThan(100_000);
    const history = await net.fit(set, { epochs: 2 });
    expect(history.loss).toHaveLength(2);
  });

  it("ends a run that no callback listens to, and one by steps, and an evaluation", async () => {
    const net = await compiled(convolution());
    const controller = (): AbortSignal => AbortSignal.timeout(60);
    await expect(net.fit(set, { epochs: 1e6, signal: controller() })).rejects.toMatchObject({
      code: "ABORTED",
    });
    const steps = async (signal: AbortSignal): Promise<void> => {
      for await (const _ of net.train(set, { epochs: 1e6, signal }));
    };
    await expect(steps(controller())).rejects.toMatchObject({ code: "ABORTED" });
    const many = quarters({ n: 200_000 });
    await expect(net.evaluate(many, { batchSize: 1, signal: controller() })).rejects.toMatchObject({
      code: "ABORTED",
    });
  });

  it("given before keeps the run from its first step", async () => {
    const net = await compiled(convolution());
    const before = await net.digest();
    const signal = AbortSignal.abort();
    await expect(net.fit(set, { signal })).rejects.toMatchObject({ code: "ABORTED" });
    await expect(net.evaluate(set, { signal })).rejects.toMatchObject({ code: "ABORTED" });
    await expect(datasets.digits({ train: 10, test: 10, ...{ signal } })).rejects.toMatchObject({
      code: "ABORTED",
    });
    expect(await net.digest()).toBe(before);
  });
});

describe("errors keep their class and code", () => {
  it.each<[string, string, (net: Awaited<ReturnType<typeof compiled>>) => Promise<unknown>]>([
    ["a wrong option", "INVALID_ARGUMENT", (net) => net.fit(set, { epochs: 0.5 })],
    ["data of another shape", "SHAPE_MISMATCH", (net) => net.fit({ ...set, shape: [88, 64, 1, 1] })],
    ["no data", "INVALID_ARGUMENT", (net) => net.fit({ train: set } as never)],
    ["a run beside a run", "NOT_READY", (net) => Promise.all([net.fit(set, { epochs: 1e6 }), net.fit(set)])],
    [
      "a compile during a run",
      "NOT_READY",
      async (net) => {
        const first = new Promise<void>((resolve) => {
          net.fit(set, { epochs: 1e6, callbacks: [{ onEpochEnd: () => resolve() }] }).catch(() => {});
        });
        await first;
        await net.compile(options);
      },
    ],
    ["a function in the options", "INVALID_ARGUMENT", (net) => net.fit(set, { seed: (() => 1) as never })],
    [
      "an engine",
      "INVALID_ARGUMENT",
      async (net) => net.compile({ ...options, engine: await createEngine() } as never),
    ],
    ["no loss", "INVALID_ARGUMENT", (net) => net.compile({} as never)],
    [
      "a metric of one's own",
      "UNSUPPORTED",
      (net) => net.compile({ ...options, metrics: [metrics.mean({ name: "one", of: () => 1 })] }),
    ],
    [
      "a loss that is NaN",
      "NOT_FINITE",
      async (net) => {
        await net.compile({ ...options, optimizer: optimizers.sgd({ learningRate: 1e30 }) });
        await net.fit(set, { epochs: 50 });
      },
    ],
  ])("%s", async (_, code, act) => {
    const net = await compiled(convolution());
    await expect(act(net)).rejects.toMatchObject({ name: "AnygradError", code });
  });

  it("of a run that diverges name where a callback has saved it", async () => {
    const net = await compiled(convolution());
    await net.compile({ ...options, optimizer: optimizers.sgd({ learningRate: 1e30 }) });
    const callbacks = { savedAt: "runs/a/epoch-0001.safetensors", onEpochEnd: () => {} };
    await expect(net.fit(set, { epochs: 50, callbacks: [callbacks] })).rejects.toMatchObject({
      code: "NOT_FINITE",
      message: expect.stringMatching(/; the last good state is runs\/a\/epoch-0001\.safetensors$/),
    });
  });

  it("of the engine in the worker", async () => {
    const net = working(convolution(), { engine: { memoryLimit: 2 ** 20, threads: 1 } });
    await net.compile(options);
    const many = quarters({ n: 2000 });
    await expect(net.fit(many, { batchSize: 2000 })).rejects.toMatchObject({
      code: "MEMORY_LIMIT",
      message: expect.stringContaining("this model needs about"),
    });
    const wrong = working(convolution(), { engine: { threads: 0.5 } });
    await expect(wrong.compile(options)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    await expect(working(convolution()).fit(set)).rejects.toMatchObject({ code: "NOT_READY" });
  });
});

describe("a worker", () => {
  it("that is disposed fails what waits for it and what comes", async () => {
    const net = await compiled(convolution());
    const run = net.fit(set, { epochs: 1e6 });
    setTimeout(() => net.dispose(), 30);
    await expect(run).rejects.toMatchObject({ code: "NOT_READY" });
    await expect(net.digest()).rejects.toMatchObject({ code: "NOT_READY" });
    net.dispose();
  });

  it("that dies ends the run with an error", async () => {
    const posted = vi.spyOn(Worker.prototype, "postMessage");
    const net = await compiled(convolution());
    const run = net.fit(set, { epochs: 1e6 });
    setTimeout(() => void (posted.mock.contexts.at(-1) as Worker).terminate(), 30);
    await expect(run).rejects.toMatchObject({ code: "WORKER", message: expect.stringContaining("inWorker") });
    await expect(net.fit(set)).rejects.toMatchObject({ code: "WORKER" });
  });

  it("cannot be had where there are none: an error, and no unhandled rejection", async () => {
    class Missing {
      constructor() {
        throw new Error("The Worker method is not implemented");
      }
    }
    vi.stubGlobal("Worker", Missing);
    const net = inWorker(perceptron());
    await new Promise((resolve) => setTimeout(resolve, 10));
    await expect(net.compile(options)).rejects.toMatchObject({
      code: "UNSUPPORTED",
      message: expect.stringContaining("not implemented"),
    });
    net.dispose();
    vi.stubGlobal("Worker", undefined);
    vi.stubGlobal("process", undefined);
    await expect(inWorker(perceptron()).compile(options)).rejects.toMatchObject({ code: "UNSUPPORTED" });
  });

  it("leaves nothing behind", async () => {
    const handles = (): number =>
      process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort/.test(name)).length;
    const before = handles();
    for (let i = 0; i < 10; i++) {
      const net = await compiled(perceptron());
      net.dispose();
    }
    await vi.waitFor(() => expect(handles()).toBeLessThanOrEqual(before));
  });
});

describe("a program", () => {
  const program = (last: string): string => `
    import { layers, sequential } from "anygrad";
    import { inWorker } from "anygrad/worker";
    const net = inWorker(sequential([layers.dense({ units: 2, activation: "softmax" })], { inputShape: [2] }));
    await net.compile({ loss: "sparseCategoricalCrossentropy" });
    const set = { x: Float32Array.of(0, 1, 1, 0), y: Uint8Array.of(0, 1), shape: [2, 2] };
    const history = await net.fit(set, { epochs: 2000 });
    console.log(history.loss.length);
    ${last}`;

  it.each([
    ["without dispose", "", []],
    ["with dispose", "net.dispose();", []],
    ["that leaves a run behind", "net.train(set, { epochs: 100 }).next().then(() => {});", []],
    ["in a process with options that no worker takes", "", ["--expose-gc", "--max-old-space-size=500"]],
  ])(
    "%s waits for its runs, and ends",
    async (_, last, flags) => {
      // --input-type speaks of the main program alone
      const child = spawn(process.execPath, [...flags, "--input-type=module", "--eval", program(last)], {
        cwd: new URL("../..", import.meta.url),
        stdio: ["ignore", "pipe", "inherit"],
      });
      let printed = "";
      child.stdout.on("data", (text) => (printed += text));
      const code = await new Promise((resolve) => child.on("exit", resolve));
      expect([code, printed.trim()]).toEqual([0, "2000"]);
    },
    20_000,
  );
});
