/**
 * Agreement of the builds on rows of the case table: each with the float64 twin, forward and gradients, within the
 * row's tolerance; scalar and simd with each other bit for bit; none beside its arrays. A build that this runtime
 * cannot run is skipped by name.
 */
import { afterAll, describe, expect, it } from "vitest";
import type { Variant } from "../../src/kernels/variants.ts";
import { builds, forEachBuild, runs } from "../builds.ts";
import { type Case, drawInputs, drawUpstream, hasGradient } from "../cases/case.ts";
import { skips } from "../cases.ts";
import { fencedEngine } from "../fences.ts";
import type { Array64 } from "../reference/array64.ts";
import { bitsOf, distance, firstDifference } from "../reference/comparison/closeness.ts";
import { evaluate, type Outcome } from "./evaluate.ts";

const engines = await forEachBuild(fencedEngine);

function skipped({ op, name }: Case, variant: Variant): boolean {
  return skips.some((skip) => skip.variant === variant && (skip.of === op || skip.of === name));
}

interface TwinOutcome {
  readonly wanted: Array64;
  /** By input; undefined where none is asked for. */
  readonly slopes: readonly (Array64 | null)[] | undefined;
}

const askedOf = ({ inputs }: Case): number[] => inputs.flatMap((input, i) => (hasGradient(input) ? [i] : []));

function twinOf(each: Case): TwinOutcome {
  const inputs = drawInputs(each) as Array64[];
  const wanted = each.reference(inputs);
  const backward = askedOf(each).length > 0 ? each.referenceBackward : undefined;
  return { wanted, slopes: backward?.(drawUpstream(each, wanted.shape), inputs) };
}

function expectTwin(each: Case, { wanted, slopes }: TwinOutcome, { shape, value, gradients }: Outcome): void {
  expect(shape).toEqual(wanted.shape);
  expect(distance(value, wanted.data, each.elementwise), "forward").toBeLessThanOrEqual(each.tolerance);
  if (!slopes) return;
  const asked = askedOf(each);
  expect(gradients.length).toBe(asked.length);
  // what only moves numbers moves gradients; the others may lose digits where they saturate
  const allowed = each.tolerance === 0 ? 0 : Math.max(each.tolerance, 1e-5);
  asked.forEach((i, position) => {
    const error = distance(gradients[position]!, slopes[i]!.data);
    expect(error, `gradient of input ${i}`).toBeLessThanOrEqual(allowed);
  });
}

function run(each: Case, build: Variant): Outcome {
  const engine = engines[build]!;
  const outcome = evaluate(engine, each);
  engine.fences.inspect();
  return outcome;
}

/** One test a build and row, one for the bits. */
export function describeAgreement(cases: readonly Case[]): void {
  describe.each(cases.map((each) => [each.name, each] as const))("%s", (_, each) => {
    const outcomes: Partial<Record<Variant, Outcome>> = {};
    let twin: TwinOutcome | undefined; // the slow one: once for all builds
    afterAll(() => {
      twin = undefined; // thousands of rows stay in memory otherwise
    });
    for (const build of builds)
      it.skipIf(!runs(build) || skipped(each, build))(`${build} agrees with the twin`, () => {
        const outcome = run(each, build);
        outcomes[build] = outcome;
        twin ??= twinOf(each);
        expectTwin(each, twin, outcome);
      });

    it.skipIf(skipped(each, "scalar") || skipped(each, "simd"))("scalar and simd agree bit for bit", () => {
      const scalar = outcomes.scalar ?? run(each, "scalar");
      const simd = outcomes.simd ?? run(each, "simd");
      expect(firstDifference(bitsOf(scalar.value), bitsOf(simd.value)), "forward").toBe(-1);
      scalar.gradients.forEach((gradient, i) => {
        expect(firstDifference(bitsOf(gradient), bitsOf(simd.gradients[i]!)), `gradient ${i}`).toBe(-1);
      });
    });
  });
}
