/** What an engine says that does not run as it was asked to: once, and in `engine.info`. */
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { createEngine, type Engine } from "../../src/autograd/engine.ts";
import type { EngineOptions } from "../../src/backend/backend.ts";
import * as ops from "../../src/ops/index.ts";
import { failure } from "../data/failure.ts";

let warn: MockInstance<typeof console.warn>;
beforeEach(() => {
  warn = vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** The notes of two engines with these options, and what the second tells. */
async function noted(options: EngineOptions): Promise<[notes: unknown[], info: object]> {
  (await createEngine(options)).dispose();
  const engine = await createEngine(options);
  const { info } = engine;
  engine.dispose();
  return [warn.mock.calls.flat(), info];
}

describe("precision fast", () => {
  it("where there is no SIMD runs in strict precision, and is said to", async () => {
    vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
    const [notes, info] = await noted({ precision: "fast", threads: 1 });
    expect(info).toMatchObject({ variant: "scalar", precision: "strict" });
    expect(notes).toEqual([
      'anygrad note: precision "fast" needs relaxed SIMD, which is not at hand here: the scalar kernels run, in strict precision',
    ]);
  });

  it("with a variant that leaves it out is said to be strict", async () => {
    const [notes, info] = await noted({ precision: "fast", variant: "simd", threads: 1 });
    expect(info).toMatchObject({ variant: "simd", precision: "strict" });
    expect(notes).toEqual([expect.stringContaining('which variant "simd" leaves out: the simd kernels run')]);
  });
});

describe("threads", () => {
  it("more than there are cores run, and it is said that they take turns", async () => {
    vi.stubGlobal("navigator", { hardwareConcurrency: 2 });
    const [notes, info] = await noted({ threads: 5 });
    expect(info).toMatchObject({ threads: 5 });
    expect(notes).toEqual(["anygrad note: 5 threads take turns on 2 cores: more than 2 are seldom faster"]);
  });

  it("where memory cannot be shared are one, and it is said", async () => {
    vi.stubGlobal("crossOriginIsolated", false);
    const [notes, info] = await noted({ threads: 3 });
    expect(info).toMatchObject({ threads: 1, sharedMemory: false });
    expect(notes).toEqual([
      "anygrad note: 3 threads were asked for, but here are none that share memory: 1 thread runs",
    ]);
  });
});

it("what runs as it was asked to, or was not asked for, is no news", async () => {
  vi.stubGlobal("navigator", { hardwareConcurrency: 2 });
  for (const options of [
    {},
    { threads: 1 },
    { threads: 2 },
    { threads: "auto" },
    { variant: "scalar" },
  ] as const)
    expect((await noted(options))[0]).toEqual([]);
  vi.stubGlobal("crossOriginIsolated", false);
  expect((await noted({}))[0]).toEqual([]);
});

describe("memory that eager tensors fill", () => {
  it("is an error that names engine.step, within which the same loop runs", async () => {
    const make = (): Promise<Engine> => createEngine({ memoryLimit: 4 * 2 ** 20, threads: 1 });
    const [eager, engine] = [await make(), await make()];
    const loopIn = (engine: Engine): number => {
      const x = engine.variable(new Float32Array(2 ** 16)); // 256 KiB
      let sum = 0;
      for (let i = 0; i < 100; i++) sum += ops.sum(ops.square(x)).item();
      return sum;
    };
    expect(await failure(() => loopIn(eager), "MEMORY_LIMIT")).toMatch(
      /the limit is 4\.0 MiB; .*; tensors made outside of engine\.step\(\(\) => …\) last until they are collected$/,
    );
    const x = engine.variable(new Float32Array(2 ** 16));
    for (let i = 0; i < 100; i++) engine.step(() => ops.sum(ops.square(x)).item());
    // within a step, and for what is meant to last, there is nothing to advise
    expect(await failure(() => engine.step(() => loopIn(engine)), "MEMORY_LIMIT")).not.toContain(
      "engine.step",
    );
    expect(await failure(() => engine.variable(new Float32Array(2 ** 21)), "MEMORY_LIMIT")).not.toContain(
      "engine.step",
    );
  });
});
