/** How things are timed and counted. */
import { describe, expect, it } from "vitest";
import { threadCounts } from "../../bench/suite/builds.ts";
import { flopRule } from "../../bench/suite/kernels/flop.ts";
import { measure } from "../../bench/suite/measure.ts";
import { clockOf } from "../../bench/suite/networks/clock.ts";
import { createBackend } from "../../src/backend/backend.ts";

/** Keeps the thread busy. */
function spend(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

describe("measure", () => {
  it("runs the tasks in turns, in bursts", async () => {
    const order: string[] = [];
    const task = (name: string) => ({
      run() {
        order.push(name);
        spend(0.2);
      },
    });
    await measure([task("a"), task("b")], { rounds: 3, milliseconds: 1 });
    const turns = order.filter((name, i) => name !== order[i - 1]);
    expect(turns.length).toBeGreaterThanOrEqual(2 * (2 + 3)); // two rounds at least before those that count
    turns.forEach((name, i) => {
      expect(name).toBe("ab"[i % 2]);
    });
  });

  it("waits for promises, tells milliseconds, and runs a slow task once a round", async () => {
    const [quick, slow] = await measure(
      [{ run: () => spend(0.5) }, { async: true, run: () => new Promise((done) => setTimeout(done, 5)) }],
      { rounds: 3, milliseconds: 2 },
    );
    expect(quick!.median).toBeGreaterThanOrEqual(0.5);
    expect(quick!.samples).toBeGreaterThanOrEqual(3);
    expect(slow!.median).toBeGreaterThan(3);
    expect(slow!.samples).toBe(3);
    expect(slow!.spread).toBeGreaterThanOrEqual(0);
  });

  it("gives the error of a task", async () => {
    const broken = {
      run() {
        throw new Error("no such kernel");
      },
    };
    await expect(measure([broken], { rounds: 1, milliseconds: 1 })).rejects.toThrow("no such kernel");
  });
});

describe("threadCounts", () => {
  it("doubles up to the most", () => {
    expect([1, 2, 6, 8].map((most) => threadCounts(most, false))).toEqual([
      [1],
      [1, 2],
      [1, 2, 4, 6],
      [1, 2, 4, 8],
    ]);
    expect([1, 8].map((most) => threadCounts(most, true))).toEqual([[1], [1, 8]]);
  });
});

describe("flopRule", () => {
  const sizes = [64, 14, 14, 32, 5, 5, 14, 14, 64, 1, 1, 1, 1, 2, 2, 1];
  const nominal = 2 * 64 * 14 * 14 * 64 * 5 * 5 * 32;

  it("counts products and all passes of a convolution alike", () => {
    expect(flopRule("gemm_tn_f32")!([1, 2, 3, 0, 4, 784, 128, 64, 784, 128, 128, 0])).toBe(
      2 * 784 * 128 * 64,
    );
    for (const algorithm of ["conv2d", "conv2d_winograd"]) {
      expect(flopRule(`${algorithm}_f32`)!([1, 2, 3, 0, 4, ...sizes, 0])).toBe(nominal);
      for (const pass of ["input", "kernel"])
        expect(flopRule(`${algorithm}_${pass}_gradient_f32`)!([1, 2, 3, 4, ...sizes])).toBe(nominal);
    }
  });

  it("has no rule for the rest", () => {
    for (const name of ["relu_f32", "gemm_workspace_bytes", "conv2d_workspace_bytes", "sum_f32"])
      expect(flopRule(name), name).toBeUndefined();
  });
});

describe("clockOf", () => {
  it("notes calls, time and work of kernels, and leaves their results alone", async () => {
    const { kernels, heap } = await createBackend({ variant: "scalar", threads: 1 });
    const clock = clockOf(kernels);
    expect(clock.kernels.gemm_workspace_bytes(2, 2, 2)).toBe(kernels.gemm_workspace_bytes(2, 2, 2));
    const [c, a] = [heap.allocate(16), heap.allocate(16)];
    const workspace = heap.allocate(kernels.gemm_workspace_bytes(2, 2, 2));
    heap.f32.set([1, 2, 3, 4], a / 4);
    for (let i = 0; i < 2; i++) clock.kernels.gemm_nn_f32(c, a, a, 0, workspace, 2, 2, 2, 2, 2, 2, 0);
    expect([...heap.f32.subarray(c / 4, c / 4 + 4)]).toEqual([7, 10, 15, 22]);
    const [taken, ...others] = clock.take();
    expect(taken).toMatchObject({ name: "gemm_nn_f32", calls: 2, flop: 32 });
    expect(taken!.milliseconds).toBeGreaterThan(0);
    expect(others).toEqual([]);
    expect(clock.take()).toEqual([]);
  });
});
