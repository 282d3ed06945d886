/** The report, to the letter. */
import { describe, expect, it } from "vitest";
import {
  type Benchmark,
  benchmarkMarkdown,
  benchmarkText,
  type Row,
  rowsText,
} from "../../bench/suite/index.ts";

const row: Row = {
  section: "kernels",
  group: "GEMM",
  name: "512³",
  variant: "scalar",
  threads: 1,
  median: 26.841,
  spread: 0.1234,
  unit: "GFLOP/s",
  rate: 10.001,
  ceiling: 10.5,
  ofCeiling: 0.9525,
};
const simd: Row = {
  ...row,
  variant: "simd",
  median: 6.5,
  spread: 0.05,
  rate: 41.3,
  ofCeiling: 1,
  overScalar: 4.13,
};
const benchmark: Benchmark = {
  machine: { cpu: "Test CPU", cores: 2, loadAverage: 0.1 },
  runtime: "node 20.0.0",
  date: "2026-01-02T03:04:05.678Z",
  quick: false,
  seconds: 61.4,
  absent: [
    { variant: "relaxed", reason: "this runtime has no relaxed WebAssembly SIMD (it has it behind a flag)" },
  ],
  ceilings: [
    { variant: "scalar", threads: 1, chains: 8.6, tile: 10.5, copy: 34.7 },
    { variant: "simd", threads: 1, chains: 32.4, tile: 41.2, copy: 53.6 },
    { variant: "simd", threads: 2, chains: 40, tile: 45.3, copy: 53 },
  ],
  rows: [
    row,
    simd,
    {
      ...simd,
      threads: 2,
      median: 3.4,
      rate: 79,
      ofCeiling: 0.96,
      overScalar: undefined,
      overOneThread: 1.91,
    },
    { ...simd, name: "1024³", median: 1234.5678, spread: 99.96, rate: 1.7349, ofCeiling: 0.042 },
    { ...row, group: "relu, 28×28×32", name: "backward", unit: "GB/s" },
  ],
  profiles: [
    {
      network: "mlp-128-64",
      variant: "simd",
      step: 0.7,
      memoryBytes: 40_370_176,
      products: { flop: 29e6, milliseconds: 0.5, rate: 38.2, ceiling: 41, ofCeiling: 0.93 },
      shares: { products: 0.71, otherKernels: 0.21, typescript: 0.08 },
      kernels: [],
    },
  ],
};

describe("benchmarkText", () => {
  it("is a table 80 columns wide", () => {
    const text = benchmarkText(benchmark);
    expect(text).toBe(`\
Test CPU, 2 cores, node 20.0.0, load 0.10, 2026-01-02 03:04 UTC

ceiling   GFLOP/s in registers and on the L1 cache; GB/s of a copy
                             registers      L1    copy
                   scalar          8.6    10.5    34.7
                   simd           32.4    41.2    53.6
                   simd ×2        40.0    45.3    53.0
  relaxed: this runtime has no relaxed WebAssembly SIMD (it has it behind a
  flag)
  warning: 2 threads do 1.1× the work of one; others use the cores

ms: median of the calls, ± half the distance of the quartiles; ceiling: share of
it, in turns; scalar, thread: times the speed of the scalar build, of one thread

GEMM                                ms       ± GFLOP/s ceiling  scalar  thread
  512³             scalar        26.84  ±0.123    10.0    95 %
                   simd          6.500  ±0.050    41.3   100 %   4.13×
                   simd ×2       3.400  ±0.050    79.0    96 %           1.91×
  1024³            simd         1234.6  ±99.96    1.73     4 %   4.13×

relu, 28×28×32                      ms       ±    GB/s ceiling  scalar  thread
  backward         scalar        26.84  ±0.123    10.0    95 %

training steps, 1 thread           MiB      ms GFLOP/s ceiling   other  script
  mlp-128-64       simd           38.5   0.500    38.2    93 %    21 %     8 %
  MiB: wasm memory; ms … ceiling: all GEMMs and convolutions of a step together
  other, script: shares of the step in other kernels, in TypeScript`);
    for (const line of text.split("\n")) expect(Array.from(line).length, line).toBeLessThanOrEqual(80);
  });

  it("goes on where it was", () => {
    expect(rowsText([simd], undefined, row)).toBe(rowsText([row, simd]).split("\n").at(-1));
  });
});

describe("benchmarkMarkdown", () => {
  it("names machine, engine and date, and holds the table", () => {
    const text = benchmarkMarkdown(benchmark);
    expect(text).toContain("on 2026-01-02: Test CPU, 2 cores, node 20.0.0; batches of 64, Adam; 61 s.");
    expect(text).toContain(`\`\`\`text\n${benchmarkText(benchmark)}\n\`\`\`\n`);
  });
});
