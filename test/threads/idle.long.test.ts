/** A process that runs for months: threads end when they are idle, start again, and go with engines that nobody holds. */
import { readdirSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { layers } from "../../src/layers/index.ts";
import { load, sequential } from "../../src/model/index.ts";
import * as ops from "../../src/ops/index.ts";
import { idleMilliseconds } from "../../src/threads/pool.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Threads of this process, where the system tells. */
const threads = (): number | undefined => {
  try {
    return readdirSync("/proc/self/task").length;
  } catch {
    return undefined;
  }
};

/** Waits until it holds. */
async function until(holds: () => boolean, seconds: number): Promise<void> {
  for (const end = Date.now() + 1000 * seconds; !holds(); await pause(50))
    if (Date.now() > end) throw new Error(`not within ${seconds} s`);
}

describe("workers", () => {
  it("end when there is no work, start again with the next, and the bits stay", async () => {
    const engine = await createEngine({ threads: 2 });
    const [a, b] = [1, 2].map((k) =>
      engine.tensor(
        Float32Array.from({ length: 200 * 200 }, (_, i) => ((i * k) % 13) / 7),
        [200, 200],
      ),
    );
    const product = (): number[] => engine.step(() => [...ops.matmul(a!, b!).data]);
    const first = product();
    await until(() => engine.info.workers === 1, 30);
    await until(() => engine.info.workers === 0, (3 * idleMilliseconds) / 1000 + 30);
    // a family that is loaded before the workers start again is theirs, too
    const sorted = ops.sort(a!, { axis: 0 }).data;
    expect(product()).toEqual(first);
    await until(() => engine.info.workers === 1, 30);
    expect(product()).toEqual(first);
    expect([...ops.sort(a!, { axis: 0 }).data]).toEqual([...sorted]);
    engine.dispose();
  }, 120_000);

  it.skipIf(threads() === undefined)(
    "of engines that nobody holds end",
    async () => {
      const before = threads()!;
      for (let i = 0; i < 40; i++) {
        const engine = await createEngine({ threads: 2, memoryLimit: 2 ** 24 });
        const x = engine.tensor(new Float32Array(200 * 200), [200, 200]);
        engine.step(() => ops.matmul(x, x).data[0]);
        if (i % 10 === 9) {
          collect();
          await pause(100);
        }
      }
      await until(() => {
        collect();
        return threads()! <= before + 6;
      }, 60);
    },
    120_000,
  );
});

describe("models that are given no engine", () => {
  it("share one, whose memory and threads do not grow", async () => {
    const net = sequential([layers.dense({ units: 64 }), layers.dense({ units: 3 })], {
      inputShape: [64],
      seed: 1,
    });
    await net.compile({ optimizer: "adam", loss: "meanSquaredError" });
    const bytes = await net.save();
    const digest = await net.digest();
    const once = async (): Promise<void> => {
      const model = await load(bytes);
      expect((await model.predict(new Float32Array(64), {})).shape).toEqual([1, 3]);
      expect(await model.digest()).toBe(digest);
    };
    for (let i = 0; i < 20; i++) await once();
    collect();
    await pause(50);
    const [tasks, memory] = [threads(), process.memoryUsage()];
    for (let i = 0; i < 300; i++) {
      await once();
      if (i % 50 === 49) {
        collect();
        await pause(10);
      }
    }
    if (tasks !== undefined) expect(threads()!).toBeLessThanOrEqual(tasks + 2);
    const now = process.memoryUsage();
    expect(now.rss - memory.rss).toBeLessThan(100e6);
    expect(now.arrayBuffers - memory.arrayBuffers).toBeLessThan(50e6);
  }, 120_000);

  it("are not compiled during a run", async () => {
    const net = sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });
    await net.compile({ optimizer: "sgd", loss: "meanSquaredError" });
    const run = net.train([0, 1, 2, 3], [0, 1, 2, 3], { epochs: 2, batchSize: 1 });
    await run.next();
    await expect(net.compile({ optimizer: "adam", loss: "meanSquaredError" })).rejects.toMatchObject({
      code: "NOT_READY",
      message: /^compile: the model is training; await fit/,
    });
    for (let step = await run.next(); !step.done; step = await run.next());
    await net.compile({ optimizer: "adam", loss: "meanSquaredError" });
  });
});
