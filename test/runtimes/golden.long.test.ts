/** The golden digests of golden.test.ts by the other builds and numbers of threads. */
import { describe, expect, it } from "vitest";
import { golden, trainer } from "./golden.ts";
import { runs } from "./program.mjs";

const train = trainer();

describe.each(Object.keys(runs))("%s", (run) => {
  it.each([
    ["simd", 1],
    ["scalar", 1],
  ])("%s, %i threads", async (variant, threads) => {
    expect(await train({ run, variant, threads })).toEqual(golden[run]);
  });
});
