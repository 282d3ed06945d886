/** Where a step goes: work by the kernels' own lines of shapes, times by call and thread, the table and the page. */
import { describe, expect, it } from "vitest";
import { facts } from "../../bench/suite/kernels/facts.generated.ts";
import { workOf } from "../../bench/suite/kernels/work.ts";
import { ClockedBackend, KernelClock } from "../../bench/suite/profile/clock.ts";
import { profilePage } from "../../bench/suite/profile/page.ts";
import { profileSteps } from "../../bench/suite/profile/profile.ts";
import type { StepProfile } from "../../bench/suite/profile/result.ts";
import { profileText } from "../../bench/suite/profile/text.ts";
import { createBackend } from "../../src/backend/backend.ts";
import { KernelTrace } from "../../src/backend/kernelTrace.ts";
import { add_scaled_f32, gemm_nn_f32, relu_f32 } from "../../src/kernels/abi.generated.ts";
import { batch_norm_gradient_partials_f32 } from "../../src/kernels/families/batchNormalization.generated.ts";
import { conv2d_kernel_gradient_f32 } from "../../src/kernels/families/conv2d.generated.ts";
import { depthwise_conv2d_f32 } from "../../src/kernels/families/depthwise.generated.ts";
import { layers } from "../../src/layers/index.ts";
import { sequential } from "../../src/model/index.ts";
import { conv2dGeometry } from "../../src/ops/conv2d.ts";

const one = (): number => 1;

describe("workOf", () => {
  it("counts each array once per read or write", () => {
    expect(workOf(relu_f32, { y: 64, x: 128, n: 10, alpha: 0 }, one)).toEqual({
      name: "relu_f32",
      flop: 0,
      bytes: 4 * 20,
    });
    const product = { c: 64, a: 64, b: 64, m: 2, n: 3, k: 5, lda: 5, ldb: 3, ldc: 3, activation: 0 };
    expect(workOf(gemm_nn_f32, { ...product, bias: 0 }, one).bytes).toBe(4 * (6 + 10 + 15));
    expect(workOf(gemm_nn_f32, { ...product, bias: 64 }, one).bytes).toBe(4 * (6 + 10 + 15 + 3));
  });

  it("counts what is changed in place twice", () => {
    expect(workOf(add_scaled_f32, { sum: 64, x: 128, n: 10, scale: 1 }, one).bytes).toBe(4 * 30);
  });

  it("reads extents from records, and asks for the units", () => {
    const geometry = conv2dGeometry([2, 7, 7, 4], [3, 3, 4, 6], { padding: "same" });
    expect(workOf(conv2d_kernel_gradient_f32, { partials: 64, x: 64, dy: 64, geometry }, () => 3)).toEqual({
      name: "conv2d_kernel_gradient_f32",
      flop: 2 * 2 * 49 * 6 * 9 * 4,
      bytes: 4 * (3 * 9 * 4 * 6 + 2 * 49 * 4 + 2 * 49 * 6),
    });
    const own = { ...geometry, o: 4, groups: 4 };
    const depthwise = { y: 64, x: 64, kernel: 64, bias: 0, geometry: own, activation: 0 };
    expect(workOf(depthwise_conv2d_f32, depthwise, one)).toEqual({
      name: "depthwise_conv2d_f32",
      flop: 2 * 2 * 49 * 4 * 9,
      bytes: 4 * (2 * 2 * 49 * 4 + 36),
    });
  });

  it("leaves out an array that is not given", () => {
    const arrays = { partials: 64, dy: 64, x: 64, mean: 64 };
    const sizes = { rows: 96, channels: 8, activation: 0 };
    const bytes = (dx: number, y: number) =>
      workOf(batch_norm_gradient_partials_f32, { ...arrays, ...sizes, dx, y }, one).bytes;
    expect(bytes(64, 64) - bytes(0, 0)).toBe(4 * 2 * 96 * 8);
    expect(bytes(0, 0)).toBe(4 * (2 * 96 * 8 + 3 * 2 * 8 + 8));
  });

  it("knows every kernel", () => {
    const all = Object.values(facts);
    expect(all.length).toBeGreaterThan(150);
    for (const { name, traffic } of all) expect(traffic.length, name).toBeGreaterThan(0);
  });
});

describe("ClockedBackend", () => {
  it("notes calls, time and work of kernels, when they are replayed, too, and leaves their results alone", async () => {
    const clock = new KernelClock();
    const backend = new ClockedBackend(await createBackend({ variant: "scalar", threads: 1 }), clock);
    const { kernels, heap } = backend;
    const [c, a] = [heap.allocate(16), heap.allocate(16)];
    heap.f32.set([1, 2, 3, 4], a / 4);
    const sizes = { m: 2, n: 2, k: 2, lda: 2, ldb: 2, ldc: 2 };
    const product = (): void => kernels.run(gemm_nn_f32, { c, a, b: a, bias: 0, ...sizes, activation: 0 });
    product();
    const trace = new KernelTrace();
    backend.record(trace, product);
    heap.f32.set([2, 0, 0, 2], a / 4);
    trace.replay();
    expect([...heap.f32.subarray(c / 4, c / 4 + 4)]).toEqual([4, 0, 0, 4]);
    expect(trace.whole).toBe(true);
    const taken = clock.take();
    expect(taken.map(({ call }) => [call.name, call.flop, call.phase])).toEqual([
      ["gemm_nn_f32", 16, "update"],
      ["gemm_nn_f32", 16, "forward"],
      ["gemm_nn_f32", 16, "forward"],
    ]);
    for (const { milliseconds, busy } of taken) expect(busy).toEqual([milliseconds]);
    expect(clock.take()).toEqual([]);
  });

  it("says of a trace that JavaScript has interrupted it", async () => {
    const backend = new ClockedBackend(
      await createBackend({ variant: "scalar", threads: 1 }),
      new KernelClock(),
    );
    const trace = new KernelTrace();
    backend.record(trace, () => backend.kernels.interrupt());
    expect(trace.whole).toBe(false);
  });
});

describe("profileSteps", () => {
  const network = {
    name: "small",
    make: () =>
      sequential(
        [
          layers.conv2d({ filters: 8, kernelSize: 1 }),
          layers.depthwiseConv2d({ kernelSize: 3, padding: "same" }),
          layers.globalAveragePooling2d(),
          layers.dense({ units: 3, activation: "softmax" }),
        ],
        { inputShape: [32, 32, 4], seed: 1 },
      ),
  };
  const machine = { cpu: "a test", cores: 2 };
  const profiled = (threads: number): Promise<StepProfile> =>
    profileSteps({
      machine,
      network,
      build: { variant: "simd", threads },
      batchSize: 16,
      effort: { rounds: 2, milliseconds: 0.1 },
    });

  it("has all kernels of a step, families, too, with what they reach", async () => {
    const profile = await profiled(1);
    const names = profile.kernels.map(({ name }) => name);
    for (const name of ["conv2d_f32", "depthwise_conv2d_kernel_gradient_f32", "adam_f32"])
      expect(names).toContain(name);
    const shares = profile.kernels.reduce((sum, { share }) => sum + share, profile.typescript);
    expect(shares).toBeCloseTo(1, 6);
    expect(profile.step).toBeLessThanOrEqual(profile.median);
    for (const { name, milliseconds, ofLimit, bytes, busy } of profile.kernels) {
      expect(milliseconds, name).toBeGreaterThanOrEqual(0);
      expect(ofLimit, name).toBeGreaterThanOrEqual(0);
      expect(bytes, name).toBeGreaterThan(0);
      expect(busy, name).toEqual([1]);
    }
    expect(profile.parameters).toBe(4 * 8 + 8 + 9 * 8 + 8 + 8 * 3 + 3);
    expect(profile.inputShape).toEqual([32, 32, 4]);
  });

  it("tells the parts of a step and the ops, in their order", async () => {
    const { spans } = await profiled(1);
    expect([...new Set(spans.map(({ phase }) => phase))]).toEqual(
      ["update", "forward", "backward"].filter((phase) => spans.some((span) => span.phase === phase)),
    );
    const of = (phase: string) => spans.filter((span) => span.phase === phase).map(({ op }) => op);
    expect(of("forward")).toContain("depthwiseConv2d [16, 32, 32, 8]");
    expect(of("backward")).toContain("depthwiseConv2d [16, 32, 32, 8]");
    expect(of("backward").indexOf("depthwiseConv2d [16, 32, 32, 8]")).toBeLessThan(
      of("backward").indexOf("conv2d [16, 32, 32, 8]"),
    );
    expect(spans.findLast(({ kernel }) => kernel === "adam_f32")!.phase).toBe("update");
    const begins = spans.map(({ began }) => began);
    expect(begins).toEqual([...begins].sort((a, b) => a - b));
  });

  it("has the time of both threads", async () => {
    const profile = await profiled(2);
    expect(profile.threads).toBe(2);
    const longest = profile.kernels.find(({ name }) => name === "depthwise_conv2d_f32")!;
    expect(longest.busy).toHaveLength(2);
    for (const { name, busy } of profile.kernels)
      for (const share of busy) {
        expect(share, name).toBeGreaterThanOrEqual(0);
        expect(share, name).toBeLessThan(1.5); // a worker's clock is read by itself
      }
    expect(longest.busy[0]! + longest.busy[1]!).toBeGreaterThan(0);
  });
});

const profile: StepProfile = {
  machine: { cpu: "Test CPU", cores: 2 },
  runtime: "node 20.0.0",
  date: "2026-01-02T03:04:05.678Z",
  network: "<net>",
  inputShape: [28, 28, 1],
  batchSize: 64,
  parameters: 12_345,
  variant: "simd",
  threads: 2,
  step: 10,
  steps: 9,
  median: 12,
  memoryBytes: 2 ** 20,
  compute: 30,
  memory: 20,
  kernels: [
    {
      name: "conv2d_winograd_kernel_gradient_f32",
      calls: 3,
      milliseconds: 6,
      share: 0.6,
      flop: 9e7,
      bytes: 3e6,
      limit: "compute",
      ofLimit: 0.5,
      busy: [0.9, 0.8],
    },
    {
      name: "relu_f32",
      calls: 2,
      milliseconds: 2,
      share: 0.2,
      flop: 0,
      bytes: 2e7,
      limit: "memory",
      ofLimit: 0.5,
      busy: [1, 0],
    },
  ],
  typescript: 0.2,
  spans: [
    {
      kernel: "conv2d_winograd_kernel_gradient_f32",
      op: "conv2d [64, 28, 28, 8]",
      phase: "forward",
      began: 0,
      milliseconds: 6,
    },
    { kernel: "relu_f32", op: "relu [64, 10]", phase: "backward", began: 7, milliseconds: 2 },
  ],
};

describe("the report of a profile", () => {
  it("is a table 80 columns wide", () => {
    const lines = profileText(profile).split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines).toContain("conv2d_winograd_kernel_gradient_f32        3     6.00   60 %   0.090     3.00");
    expect(lines).toContain("  50 % of the arithmetic; threads 90 %, 80 %");
    expect(lines).toContain("all kernels                                5     8.00   80 %   0.090     23.0");
    expect(lines).toContain("TypeScript                                       2.00   20 %");
  });

  it("is a page with the step as a flame chart", () => {
    const text = profilePage(profile);
    expect(text).toContain("A training step of &lt;net&gt;");
    expect(text).toContain("<title>relu_f32: 2.00 ms</title>");
    expect(text).toContain("<title>conv2d [64, 28, 28, 8]: 6.00 ms</title>");
    expect(text).not.toContain("NaN");
  });
});
