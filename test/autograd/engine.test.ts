/** Engines: which build runs, what they say of themselves, and that two never meet. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import * as ops from "../../src/ops/index.ts";
import { failure } from "../data/failure.ts";
import { blobs, perceptron } from "../model/examples.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const untyped = (json: string): never => JSON.parse(json) as never;
const hasNoSimd = (): void => {
  vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
};

describe("variant", () => {
  it("is the fastest of the strict ones by default, and the one asked for else", async () => {
    expect((await createEngine()).info.variant).toBe("simd");
    expect((await createEngine({ variant: "auto" })).info.variant).toBe("simd");
    expect((await createEngine({ variant: "scalar" })).info.variant).toBe("scalar");
    expect((await createEngine({ variant: "simd" })).info.variant).toBe("simd");
  });

  it("is scalar where the runtime has no SIMD, and asking for SIMD there says what to do", async () => {
    hasNoSimd();
    expect((await createEngine()).info.variant).toBe("scalar");
    expect(await failure(() => createEngine({ variant: "simd" }), "UNSUPPORTED")).toMatch(
      /^createEngine: this runtime has no .*SIMD; pass variant: .*"auto"$/,
    );
  });

  it("cannot be chosen where there is no WebAssembly at all", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    expect(await failure(() => createEngine(), "UNSUPPORTED")).toMatch(
      /^createEngine: this runtime has no WebAssembly; /,
    );
    vi.unstubAllGlobals();
  });
});

describe("info", () => {
  it("names the runtime and counts the bytes", async () => {
    const engine = await createEngine({ variant: "simd" });
    const before = engine.info;
    expect(before).toMatchObject({
      runtime: `node ${process.versions.node}`,
      variant: "simd",
      precision: "strict",
      sharedMemory: expect.any(Boolean),
    });
    expect(before.threads).toBeGreaterThanOrEqual(1);
    expect(before.memoryBytes % 65536).toBe(0);
    const kept = engine.variable(new Float32Array(1e6));
    const { memoryBytes, peakBytes } = engine.info;
    expect(memoryBytes).toBeGreaterThan(4e6);
    expect(peakBytes).toBeGreaterThanOrEqual(4e6);
    expect(peakBytes).toBeLessThanOrEqual(memoryBytes);
    engine.step(() => engine.tensor(new Float32Array(1e6)));
    engine.step(() => engine.tensor([1]));
    expect(engine.info.peakBytes).toBeGreaterThanOrEqual(8e6); // the most, not the last
    expect(kept.size).toBe(1e6);
  });

  it("is plain data", async () => {
    const { info } = await createEngine();
    expect(JSON.parse(JSON.stringify(info))).toEqual(info);
  });
});

describe("options that make no sense", () => {
  it.each<[string, () => unknown, "INVALID_ARGUMENT" | "MEMORY_LIMIT", RegExp]>([
    [
      "an unknown variant",
      () => createEngine(untyped('{"variant":"gpu"}')),
      "INVALID_ARGUMENT",
      /^createEngine: variant is "gpu"; pass "auto", "scalar"/,
    ],
    [
      "no threads",
      () => createEngine({ threads: 0 }),
      "INVALID_ARGUMENT",
      /^createEngine: threads is 0; pass "auto" or a whole number from 1 to 64$/,
    ],
    [
      "half a thread",
      () => createEngine({ threads: 1.5 }),
      "INVALID_ARGUMENT",
      /^createEngine: threads is 1.5; pass/,
    ],
    [
      "threads by name",
      () => createEngine(untyped('{"threads":"many"}')),
      "INVALID_ARGUMENT",
      /^createEngine: threads is "many"; pass/,
    ],
    [
      "no memory",
      () => createEngine({ memoryLimit: 0 }),
      "MEMORY_LIMIT",
      /^createEngine: memoryLimit is 0 bytes but the kernels alone need 64 KiB; raise it$/,
    ],
    [
      "memory that is NaN",
      () => createEngine({ memoryLimit: Number.NaN }),
      "MEMORY_LIMIT",
      /^createEngine: memoryLimit is NaN/,
    ],
  ])("%s", async (_, act, code, wanted) => {
    expect(await failure(act, code)).toMatch(wanted);
  });
});

describe("two engines side by side", () => {
  it("share nothing: trained in turns, each ends as if alone", async () => {
    const run = async (variant: "scalar" | "simd") => {
      const net = perceptron({ dropout: 0.3 });
      await net.compile({
        optimizer: "adam",
        loss: "sparseCategoricalCrossentropy",
        engine: await createEngine({ variant }),
      });
      return net;
    };
    const alone = await run("simd");
    await alone.fit(blobs(), { epochs: 3, batchSize: 10 });
    const [one, two] = [await run("scalar"), await run("simd")];
    const both = [one, two].map((net) => net.train(blobs(), { epochs: 3, batchSize: 10 }));
    for (let running = true; running; ) for (const steps of both) running = !(await steps.next()).done;
    expect(await one.digest()).toBe(await alone.digest());
    expect(await two.digest()).toBe(await alone.digest());
  });

  it("keep their limits apart", async () => {
    const small = await createEngine({ memoryLimit: 2 ** 20 });
    const large = await createEngine();
    large.variable(new Float32Array(2 ** 20));
    const message = await failure(() => small.variable(new Float32Array(2 ** 20)), "MEMORY_LIMIT");
    expect(message).toMatch(
      /^memory: 4\.\d MiB of wasm memory are needed but the limit is 1\.0 MiB; raise memoryLimit/,
    );
    expect(small.variable([1]).toArray()).toEqual([1]);
    expect(small.info.memoryBytes).toBeLessThanOrEqual(2 ** 20);
  });
});

describe("dispose", () => {
  it("ends an engine, its tensors and its models, loudly, and no other", async () => {
    const [gone, other] = [await createEngine(), await createEngine()];
    const [x, y] = [gone.variable([1, 2]), other.variable([1, 2])];
    const net = perceptron();
    await net.compile({ loss: "sparseCategoricalCrossentropy", engine: gone });
    gone.dispose();
    gone.dispose();
    const said = /^engine: it was used after dispose\(\); create a new one$/;
    for (const act of [
      () => x.data,
      () => ops.square(x),
      () => gone.tensor([1]),
      () => gone.variable([1]),
      () => gone.valueAndGrad(() => ops.sum(x), [x]),
      () => net.getWeights(),
      () => net.predict(blobs()),
      () => net.evaluate(blobs()),
      () => net.fit(blobs()),
      () => net.save(),
    ])
      expect(await failure(act, "NOT_READY")).toMatch(said);
    expect(ops.square(y).toArray()).toEqual([1, 4]);
  });
});
