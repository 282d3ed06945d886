/** Threads: the same bits whatever their number, an error and no hang when one dies, nothing left behind. */

import { describe, expect, it } from "vitest";
import { createEngine, Engine } from "../../src/autograd/engine.ts";
import { Backend } from "../../src/backend/backend.ts";
import { datasets } from "../../src/data/datasets.ts";
import {
  heapBase,
  negative_f32,
  relu_f32,
  scale_shift_f32,
  square_f32,
} from "../../src/kernels/abi.generated.ts";
import type { KernelFunctions } from "../../src/kernels/code.ts";
import { type Kernels, signatureOf } from "../../src/kernels/kernel.ts";
import { loadKernels } from "../../src/kernels/load.ts";
import { sharedModule } from "../../src/kernels/sharedModule.ts";
import type { Variant } from "../../src/kernels/variants.ts";
import { Heap } from "../../src/memory/heap.ts";
import { type Model, sequential } from "../../src/model/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";
import { findPreset } from "../../src/presets/index.ts";
import { findSpawn, Pool } from "../../src/threads/pool.ts";
import { precisionOf, runs } from "../builds.ts";
import { coreBytes, embedded } from "../embedded.ts";
import { long } from "../long.ts";

const { train } = await datasets.digits({ train: 256, test: 1, seed: 1 });
const spawn = (await findSpawn())!;

/** An engine of one thread over shared memory: what createEngine makes for several, without its pool. */
async function sharedAndAlone(variant: Variant): Promise<Engine> {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 16384, shared: true });
  const { code, families } = await embedded(variant);
  const { exports } = await loadKernels(sharedModule(code), memory);
  const heap = new Heap(memory);
  heap.start(heapBase);
  return new Engine(new Backend({ exports, heap, variant, precision: precisionOf(variant), families }));
}

/** An engine with a hand on its workers. */
async function withWorkers(threads: number) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 16384, shared: true });
  const loaded = await loadKernels(sharedModule(await coreBytes("simd")), memory);
  const { exports } = loaded;
  const heap = new Heap(memory);
  heap.start(heapBase);
  const workers: { terminate(): void }[] = [];
  const pool = new Pool(threads, loaded, heap, (start, lose) => {
    const worker = spawn(start, lose);
    workers.push(worker);
    return worker;
  });
  const backend = new Backend({ exports, heap, variant: "simd", precision: "strict", pool });
  return { engine: new Engine(backend), pool, workers };
}

async function compiled(preset: string, engine: Engine): Promise<Model> {
  const net = sequential(findPreset(preset)!.network(), { inputShape: [28, 28, 1], seed: 1 });
  await net.compile({
    optimizer: optimizers.adam({ learningRate: 1e-3 }),
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
    engine,
  });
  return net;
}

/** @param memory of one thread; several always share theirs */
async function digestOf(
  preset: string,
  threads: number,
  variant: Variant,
  memory: "own" | "shared" = "own",
): Promise<string> {
  const engine =
    memory === "shared"
      ? await sharedAndAlone(variant)
      : await createEngine({ threads, variant, precision: precisionOf(variant) });
  const net = await compiled(preset, engine);
  await net.fit(train, { epochs: 1, batchSize: 64, seed: 1 });
  expect(engine.info).toMatchObject({ threads, variant, sharedMemory: threads > 1 });
  const digest = await net.digest();
  engine.dispose();
  return digest;
}

describe("neither the number of threads nor the kind of memory changes a bit", () => {
  for (const [preset, variant] of [
    ["mlp-128-64", "simd"],
    ["cnn-32-32", "simd"],
    ["cnn-bn-sigmoid", "simd"],
    ["mlp-128-64", "scalar"],
    ["mlp-128-64", "relaxed"],
    ["cnn-32-32", "relaxed"],
  ] as const)
    (preset === "cnn-bn-sigmoid" ? long : it.skipIf(!runs(variant)))(`${preset}, ${variant}`, async () => {
      const one = await digestOf(preset, 1, variant);
      expect(await digestOf(preset, 1, variant, "shared"), "one thread, shared memory").toBe(one);
      for (const threads of [2, 3, 8])
        expect(await digestOf(preset, threads, variant), `${threads} threads`).toBe(one);
    });

  it("scalar and simd name the same run, on any number of threads", async () => {
    const one = await digestOf("mlp-128-64", 1, "scalar");
    expect(await digestOf("mlp-128-64", 1, "simd", "shared")).toBe(one);
    expect(await digestOf("mlp-128-64", 3, "simd")).toBe(one);
  });
});

describe("a run whose worker dies", () => {
  it("ends with an error that names it, at once, and so does the next", async () => {
    const { engine, pool, workers } = await withWorkers(3);
    const net = await compiled("cnn-32-32", engine);
    const steps = net.train(train, { epochs: 100, batchSize: 64, seed: 1 });
    await steps.next();
    await until(() => pool.ready === 2);
    await steps.next();
    workers[1]!.terminate();
    const rest = async (): Promise<void> => {
      for await (const _ of steps);
    };
    await expect(rest()).rejects.toMatchObject({
      code: "WORKER",
      message: expect.stringMatching(
        /^engine: a worker thread has died \((exit code 1|it ended in its work)\); create a new engine/,
      ),
    });
    await expect(net.fit(train, { batchSize: 64 })).rejects.toMatchObject({ code: "WORKER" });
    engine.dispose();
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (const began = Date.now(); !condition() && Date.now() - began < 20_000; )
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(condition()).toBe(true);
}

/** The kernels over this pool, called by names. */
function kernelsOn(pool: Pool, exports: KernelFunctions, memory: WebAssembly.Memory): Kernels {
  return new Backend({ exports, heap: new Heap(memory), variant: "simd", precision: "strict", pool }).kernels;
}

describe("a pool", () => {
  /** A pool of its own over shared kernels, with a hand on its workers. */
  async function pool(threads: number) {
    const memory = new WebAssembly.Memory({ initial: 64, maximum: 1024, shared: true });
    const loaded = await loadKernels(sharedModule(await coreBytes("simd")), memory);
    const workers: { terminate(): void }[] = [];
    const made = new Pool(threads, loaded, new Heap(memory), (start, lose) => {
      const worker = spawn(start, lose);
      workers.push(worker);
      return worker;
    });
    return {
      pool: made,
      exports: loaded.exports,
      kernels: kernelsOn(made, loaded.exports, memory),
      memory,
      workers,
    };
  }

  it("starts workers with the first job, and does it all itself until they come", async () => {
    const { pool: made, kernels, memory } = await pool(3);
    expect(made.ready).toBe(0);
    const x = new Float32Array(memory.buffer, 65536, 1 << 16);
    const y = new Float32Array(memory.buffer, 65536 + (1 << 18), 1 << 16);
    x.fill(-1);
    x[7] = 5;
    kernels.run(relu_f32, { y: y.byteOffset, x: x.byteOffset, n: x.length, alpha: 0 });
    expect(y[7]).toBe(5);
    expect(y.reduce((a, b) => a + b)).toBe(5);
    await until(() => made.ready === 2);
    for (let i = 0; i < 1000; i++)
      kernels.run(negative_f32, { y: x.byteOffset, x: x.byteOffset, n: x.length, alpha: 0 });
    expect(x[7]).toBe(5);
    expect(x[(1 << 16) - 1]).toBe(-1);
    made.dispose();
  });

  it("runs every slice of every job once, however the jobs' sizes change", async () => {
    // a stale count of slices once let a late worker claim a slice and drop it: the caller waited for ever
    const { pool: made, exports, memory } = await pool(3);
    const x = new Float32Array(memory.buffer, 65536, 64);
    made.job(exports[signatureOf(negative_f32).place]!, [[x.byteOffset, x.byteOffset, 4, 0, 0, 1]])();
    await until(() => made.ready === 2);
    const calls = Array.from({ length: 16 }, (_, i) => {
      const slice = x.byteOffset + 16 * i;
      return [slice, slice, 4, 1, 1, 0, 1]; // x = x · 1 + 1, the one unit that there is
    });
    const expected = new Float32Array(64);
    for (let job = 0; job < 30_000; job++) {
      const slices = 1 + ((job * 7) % 16);
      made.job(exports[signatureOf(scale_shift_f32).place]!, calls.slice(0, slices))();
      for (let i = 0; i < 4 * slices; i++) expected[i]!++;
    }
    expect(x).toEqual(expected);
    made.dispose();
  });

  it("answers a dead worker with an error, not a hang", async () => {
    const { pool: made, kernels, memory, workers } = await pool(2);
    const run = (): void => kernels.run(square_f32, { y: 1 << 20, x: 1 << 19, n: 1 << 16, alpha: 0 });
    run();
    await until(() => made.ready === 1);
    workers[0]!.terminate();
    await until(() => {
      try {
        run();
        return false;
      } catch (error) {
        expect(error).toMatchObject({ code: "WORKER" });
        expect((error as Error).message).toMatch(
          /^engine: a worker thread has died \(exit code 1\); create a new/,
        );
        return true;
      }
    });
    expect(memory.buffer.byteLength).toBeGreaterThan(0);
    made.dispose();
  });

  it("goes on alone where no worker can be started, and says so", async () => {
    const memory = new WebAssembly.Memory({ initial: 64, maximum: 1024, shared: true });
    const loaded = await loadKernels(sharedModule(await coreBytes("simd")), memory);
    const refuse: (() => never)[] = [
      // as a browser does for a page whose policy forbids blob: workers, at once or a little later
      () => {
        throw new Error("SecurityError");
      },
    ];
    const made = new Pool(3, loaded, new Heap(memory), (_, lose) => {
      refuse.pop()?.();
      setTimeout(() => lose("it could not be started"), 1);
      return { terminate() {} };
    });
    expect(made.threads).toBe(3);
    const x = new Float32Array(memory.buffer, 65536, 1 << 16).fill(1);
    const kernels = kernelsOn(made, loaded.exports, memory);
    const negate = (): void =>
      kernels.run(negative_f32, { y: x.byteOffset, x: x.byteOffset, n: x.length, alpha: 0 });
    negate();
    await until(() => made.threads === 1);
    negate();
    negate();
    expect(new Set(x)).toEqual(new Set([-1]));
    made.dispose();
  });

  it("is not made where one thread is asked for", async () => {
    const engine = await createEngine({ threads: 1 });
    expect(engine.info).toMatchObject({ threads: 1, sharedMemory: false });
    engine.dispose();
  });
});

describe("a shared module", () => {
  it("differs from the plain one in one byte", async () => {
    const plain = await coreBytes("scalar");
    const shared = sharedModule(plain);
    expect(plain.filter((byte, i) => byte !== shared[i])).toHaveLength(1);
  });

  it("that imports no memory, which is none of ours, stays as it is", () => {
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    expect(sharedModule(empty)).toEqual(empty);
  });
});
