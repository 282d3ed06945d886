/** Every kernel of the benchmark, once: it runs, does the work that its row claims, and gives its memory back. */
import { expect, it } from "vitest";
import { workloads } from "../../bench/suite/kernels/index.ts";
import { BenchmarkScratch } from "../../bench/suite/kernels/scratch.ts";
import { ClockedBackend, KernelClock } from "../../bench/suite/profile/clock.ts";
import { createBackend } from "../../src/backend/backend.ts";
import { thorough } from "../long.ts";

const clock = new KernelClock();
const backend = new ClockedBackend(await createBackend({ variant: "simd", threads: 1 }), clock);
const { heap } = backend;

/** Those of a quick benchmark; all of them in long tests. */
const tested = workloads.filter(({ quick }) => quick || thorough);

it.each(tested.map((workload) => [`${workload.group}, ${workload.name}`, workload] as const))(
  "%s",
  (_, { group, unit, work, prepare }) => {
    const first = new BenchmarkScratch(backend);
    prepare(backend, first)(); // a geometry stays where it is written
    first.release();
    const before = heap.usedBytes;
    const scratch = new BenchmarkScratch(backend);
    const run = prepare(backend, scratch);
    clock.take();
    run();
    const calls = clock.take().map(({ call }) => call);
    const counted = (unit: "flop" | "bytes"): number => calls.reduce((sum, call) => sum + call[unit], 0);
    if (unit === "GFLOP/s") expect(counted("flop")).toBe(work);
    else if (group.startsWith("depthwise")) expect(counted("bytes")).toBe(work);
    else expect(counted("flop")).toBe(0);
    expect(heap.usedBytes).toBeGreaterThan(before);
    scratch.release();
    expect(heap.usedBytes).toBe(before);
  },
);

it("has a name for each of them, and a quick selection", () => {
  const names = workloads.map(({ group, name }) => `${group}, ${name}`);
  expect(new Set(names).size).toBe(names.length);
  expect(workloads.filter(({ quick }) => quick).length).toBeLessThan(workloads.length / 2);
  expect(workloads.map(({ name }) => name)).toContain("1024³");
});
