/** How things are timed and counted. */

import { describe, expect, it } from "vitest";
import { threadCounts } from "../../bench/suite/builds.ts";
import { flopOf } from "../../bench/suite/kernels/flop.ts";
import { measure } from "../../bench/suite/measure.ts";
import { conv2dGeometry } from "../../src/ops/conv2d.ts";

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

describe("flopOf", () => {
  const geometry = conv2dGeometry([64, 14, 14, 32], [5, 5, 32, 64], { padding: "same" });
  const nominal = 2 * 64 * 14 * 14 * 64 * 5 * 5 * 32;

  it("counts products and all passes of a convolution alike", () => {
    expect(flopOf("gemm_tn_f32")!({ m: 784, n: 128, k: 64 })).toBe(2 * 784 * 128 * 64);
    for (const algorithm of ["conv2d", "conv2d_winograd"]) {
      expect(flopOf(`${algorithm}_f32`)!({ geometry })).toBe(nominal);
      for (const pass of ["input", "kernel"])
        expect(flopOf(`${algorithm}_${pass}_gradient_f32`)!({ geometry })).toBe(nominal);
    }
  });

  it("counts a depthwise convolution by its channel, and the products of recurrent steps", () => {
    const own = { ...geometry, o: 32, groups: 32 };
    expect(flopOf("depthwise_conv2d_kernel_gradient_f32")!({ geometry: own })).toBe(
      2 * 64 * 14 * 14 * 32 * 5 * 5,
    );
    expect(flopOf("lstm_backward_f32")!({ shape: { n: 2, steps: 3, units: 5 } })).toBe(2 * 2 * 3 * 5 * 20);
    expect(flopOf("batch_gemm_f32")!({ batch: 3, m: 4, n: 5, k: 6 })).toBe(2 * 3 * 4 * 5 * 6);
  });

  it("has no rule for the rest", () => {
    for (const name of ["relu_f32", "gemm_nn_f32_units", "conv2d_f32_workspace_bytes", "sum_f32"])
      expect(flopOf(name), name).toBeUndefined();
  });
});
