/** The whole, in miniature: everything is there and adds up; how fast it is no test can say. */
import { beforeAll, describe, expect, it } from "vitest";
import { type Benchmark, runBenchmark } from "../../bench/suite/index.ts";
import { anygrad } from "../cli/anygrad.ts";

const machine = { cpu: "a test", cores: 2 };
const shared = { machine, quick: true, milliseconds: 0.05 } as const;
const nothing = new AbortController().signal;

describe("runBenchmark", () => {
  let done: Benchmark;
  let told = 0;
  beforeAll(async () => {
    done = await runBenchmark({
      ...shared,
      sections: ["steps", "inference"],
      match: "mlp-128-64",
      signal: nothing,
      onRows: (rows) => {
        told += rows.length;
      },
    });
  });

  it("times steps and inference in every build", () => {
    const builds = done.ceilings.map(({ variant, threads }) => `${variant} ${threads}`);
    expect(builds.slice(0, 3)).toEqual(["scalar 1", "simd 1", "simd 2"]);
    expect(done.rows.map(({ variant, threads }) => `${variant} ${threads}`)).toEqual([...builds, ...builds]);
    expect(new Set(done.rows.map(({ name }) => name))).toEqual(new Set(["training step", "inference"]));
    expect(told).toBe(done.rows.length);
  });

  it("gives rates by the nominal work, shares of the ceiling, and gains", () => {
    const forward = 2 * 64 * (784 * 128 + 128 * 64 + 64 * 10);
    const backward = 2 * 64 * (784 * 128 + 2 * 128 * 64 + 2 * 64 * 10); // no gradient of the images
    for (const row of done.rows) {
      const work = row.name === "inference" ? forward : forward + backward;
      expect(row.rate).toBeCloseTo(work / row.median / 1e6, 6);
      expect(row.ofCeiling).toBeCloseTo(row.rate / row.ceiling, 6);
      expect(row.median).toBeGreaterThan(0);
      expect(row.spread).toBeGreaterThanOrEqual(0);
    }
    const [scalar, simd, two] = done.rows as [
      Benchmark["rows"][0],
      Benchmark["rows"][0],
      Benchmark["rows"][0],
    ];
    expect(simd.overScalar).toBeCloseTo(scalar.median / simd.median, 6);
    expect(two.overOneThread).toBeCloseTo(simd.median / two.median, 6);
    expect([scalar.overScalar, scalar.overOneThread, two.overScalar]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("says where the time of a step goes", () => {
    const [profile] = done.profiles;
    const { products, otherKernels, typescript } = profile!.shares;
    expect(products + otherKernels + typescript).toBeCloseTo(1, 6);
    for (const share of [products, otherKernels, typescript]) expect(share).toBeGreaterThan(0);
    expect(profile!.variant).toBe("simd");
    expect(profile!.memoryBytes).toBeGreaterThan(4 * 3 * 109_386); // weights and Adam's moments
    expect(profile!.kernels.map(({ name }) => name)).toContain("adam_f32");
    expect(profile!.kernels.find(({ name }) => name === "gemm_tn_f32")!.calls).toBe(3);
  });

  it("tells kernels, too, on the threads that were asked for", async () => {
    const { rows, profiles, ceilings } = await runBenchmark({
      ...shared,
      sections: ["kernels"],
      match: "softmax",
      threads: 1,
    });
    expect(new Set(rows.map(({ threads }) => threads))).toEqual(new Set([1]));
    expect(rows).toHaveLength(ceilings.length);
    expect(profiles).toEqual([]);
  });

  it("refuses what it does not know, and stops when it is told to", async () => {
    await expect(runBenchmark({ ...shared, match: "resnet" })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      message: expect.stringMatching(/^bench: nothing is called "resnet"; there are GEMM; .*cnn-relu/),
    });
    const stop = new AbortController();
    const stopped = runBenchmark({ ...shared, signal: stop.signal, onProgress: () => stop.abort() });
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("anygrad bench", () => {
  it("prints one JSON object", async () => {
    const args = "bench --only kernels --quick --match softmax --threads 1 --milliseconds 0.05 --json";
    const { code, stdout, stderr } = await anygrad(args.split(" "));
    expect(code, stderr).toBe(0);
    const printed = JSON.parse(stdout) as Benchmark;
    expect(Object.keys(printed)).toEqual([
      "machine",
      "runtime",
      "date",
      "quick",
      "seconds",
      "absent",
      "ceilings",
      "rows",
      "profiles",
    ]);
    expect(printed.rows[0]).toMatchObject({
      section: "kernels",
      group: "softmax and loss, 64×10",
      name: "forward",
      variant: "scalar",
      threads: 1,
      unit: "GB/s",
    });
    expect(stderr).toContain("measured in");
  });

  it("profiles the steps of a preset, and refuses a shape that is none", async () => {
    const args = "bench --profile mlp-64 --batch 8 --threads 1 --quick --milliseconds 0.05 --json";
    const { code, stdout, stderr } = await anygrad(args.split(" "));
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      network: "mlp-64",
      batchSize: 8,
      threads: 1,
      inputShape: [28, 28, 1],
    });
    const refused = await anygrad(["bench", "--profile", "mlp-64", "--input", "28x"]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toBe(
      'anygrad: --input "28x" is no shape; pass the extents of an example, such as 28x28x1 or 16\n',
    );
  });

  it("knows its parts", async () => {
    const { code, stderr } = await anygrad(["bench", "--only", "kernel"]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'anygrad: --only "kernel" is unknown; did you mean kernels? known are kernels, steps, inference\n',
    );
  });
});
