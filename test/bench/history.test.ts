/** The history of the benchmark: a column for each release. */
import { expect, it } from "vitest";
import { columnOf, historyText } from "../../bench/history/history.mjs";

const build = { variant: "simd", threads: 1 } as const;
const row = { ...build, section: "steps", group: "cnn-32-32", name: "training step" } as const;
const benchmark = (median: number) => ({
  date: "2026-11-27T09:00:00.000Z",
  machine: { cpu: "CPU", cores: 2 },
  runtime: "node 20",
  ceilings: [{ ...build, chains: 30, tile: 41.23456, copy: 9 }],
  rows: [
    { ...row, median },
    { ...row, section: "kernels" as const, median: 1 },
  ],
});

it("has a column a release, and a dash where one did not measure", () => {
  const text = historyText({
    "0.1.0": columnOf(benchmark(10.123456)),
    "0.2.0": { ...columnOf(benchmark(9)), figures: { new: 3 } },
  });
  expect(text).toContain("|  | 0.1.0 | 0.2.0 |");
  expect(text).toContain("| cnn-32-32, training step, simd ×1, ms | 10.12 | – |");
  expect(text).toContain("| ceiling, simd ×1, GFLOP/s | 41.23 | – |");
  expect(text).toContain("| new | – | 3 |");
  expect(text).not.toContain("kernels");
});
