/**
 * The runtime matrix's golden digests, held against the sources on every test run, so that they cannot grow stale
 * unseen. Who changes the arithmetic pins them anew: ANYGRAD_PIN=1 npx vitest run test/runtimes
 */
import { afterAll, describe, expect, it } from "vitest";
import * as anygrad from "../../src/index.ts";
import { preset } from "../model/examples.ts";
import {
  type Answer,
  callFamilies,
  type FamilyAnswer,
  golden,
  goldenFamilies,
  pin,
  pinning,
  trainer,
} from "./golden.ts";
import { familyOps, networks, runs } from "./program.mjs";

const found: Record<string, Answer | FamilyAnswer> = {};
const train = trainer();

afterAll(() => {
  if (pinning) pin(found);
});

const settings: [variant: string, threads: number][] = [
  ["simd", 1],
  ["simd", 2],
  ["scalar", 1],
];

describe.each(Object.keys(runs))("%s", (run) => {
  it("simd, 2 threads; the others are in golden.long.test.ts", async () => {
    found[run] = await train({ run, variant: "simd", threads: 2 });
    expect(found[run]).toEqual(pinning ? found[run] : golden[run]);
  });
});

describe(familyOps, () => {
  it.each(settings)("%s, %i threads", async (variant, threads) => {
    const answer = await callFamilies({ variant, threads });
    found[familyOps] ??= answer;
    expect(answer).toEqual(pinning ? found[familyOps] : goldenFamilies);
  });
});

describe("the program's networks", () => {
  it.each(Object.keys(networks) as (keyof typeof networks)[])("%s is the preset", async (name) => {
    const options = { inputShape: [28, 28, 1], seed: 1, name };
    const own = anygrad.sequential(networks[name](anygrad), options);
    const wanted = preset(name, name === "cnn-bn-sigmoid" ? { dropout: 0.3 } : {});
    expect(own.summary()).toBe(wanted.summary());
  });
});
