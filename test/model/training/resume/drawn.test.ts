/**
 * A run that is saved in the middle of an epoch by one build on so many threads, and gone on with by another, is the run that nothing
 * has disturbed: the same logs of every step, the same history and digest, and the same bytes, which hold weights, optimizer and
 * callbacks. Over runs drawn by a number; drawn.mjs says what is drawn.
 *
 *     ANYGRAD_CASES=2000 npx vitest run --project unit test/model/training/resume/drawn.test.ts
 *     ANYGRAD_CASES=1 ANYGRAD_SEED=83 npx vitest run --project unit test/model/training/resume/drawn.test.ts
 */
import { afterAll, expect, it } from "vitest";
import * as anygrad from "../../../../src/index.ts";
import { thorough } from "../../../long.ts";
import { cutsOf, drawnRun, type Part, partOf, placesOf } from "./drawn.mjs";

const first = Number(process.env.ANYGRAD_SEED ?? 1);
const cases = Number(process.env.ANYGRAD_CASES ?? (thorough ? 200 : 6));
const seeds = Array.from({ length: cases }, (_, i) => first + i);

const places = await Promise.all(
  (["simd", "scalar"] as const).flatMap((variant) =>
    [1, 2, 4].map((threads) => anygrad.createEngine({ variant, threads })),
  ),
);
afterAll(() => {
  for (const engine of places) engine.dispose();
});

it.each(seeds)("run %i goes on elsewhere", async (seed) => {
  const run = drawnRun(anygrad, seed);
  const whole = await partOf(anygrad, run, { engine: places[0]! });
  const cuts = cutsOf(seed, Object.keys(whole.steps).length);
  const at = placesOf(seed, places.length, cuts.length + 1).map((place) => places[place]!);
  const steps: Part["steps"] = {};
  let part: Part | undefined;
  for (const [i, engine] of at.entries()) {
    part = await partOf(anygrad, run, { engine, saved: part?.bytes, ...cuts[i] });
    Object.assign(steps, part.steps);
    if (part.ended) break;
  }
  const how = at.map(({ info }, i) => [info.variant, info.threads, cuts[i]?.way, cuts[i]?.most].join(" "));
  const what = `seed ${seed}: ${how.join(", then ")}; ${run.settings}`;
  expect(part!.ended, what).toEqual(whole.ended);
  expect(steps, what).toEqual(whole.steps);
  expect(part!.bytes, what).toEqual(whole.bytes);
});
