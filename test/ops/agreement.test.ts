/**
 * The first use of the case table: every row in each variant against its float64 twin, forward and gradients,
 * and the variants against each other bit for bit.
 */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import * as ops from "../../src/ops/index.ts";
import { type Case, drawInputs, drawUpstream, hasGradient } from "../cases/case.ts";
import { cases, skips } from "../cases.ts";
import type { Array64 } from "../reference/array64.ts";
import { bitsOf, distance, firstDifference } from "../reference/closeness.ts";
import { evaluate, type Outcome } from "./evaluate.ts";

const variants = ["scalar", "simd"] as const;
const engines = {
  scalar: await createEngine({ variant: "scalar" }),
  simd: await createEngine({ variant: "simd" }),
};

function skipped({ op, name }: Case, variant: (typeof variants)[number]): boolean {
  return skips.some((skip) => skip.variant === variant && (skip.of === op || skip.of === name));
}

function expectTwin(each: Case, { shape, value, gradients }: Outcome): void {
  const inputs = drawInputs(each) as Array64[];
  const wanted = each.reference(inputs);
  expect(shape).toEqual(wanted.shape);
  expect(distance(value, wanted.data, each.elementwise), "forward").toBeLessThanOrEqual(each.tolerance);
  const asked = each.inputs.flatMap((input, i) => (hasGradient(input) ? [i] : []));
  const backward = each.referenceBackward;
  if (!backward || asked.length === 0) return;
  expect(gradients.length).toBe(asked.length);
  const slopes = backward(drawUpstream(each, wanted.shape), inputs);
  // what only moves numbers moves gradients; the others may lose digits where they saturate
  const allowed = each.tolerance === 0 ? 0 : Math.max(each.tolerance, 1e-5);
  asked.forEach((i, position) => {
    const error = distance(gradients[position]!, slopes[i]!.data);
    expect(error, `gradient of input ${i}`).toBeLessThanOrEqual(allowed);
  });
}

describe.each(cases.map((each) => [each.name, each] as const))("%s", (_, each) => {
  const outcomes: Partial<Record<(typeof variants)[number], Outcome>> = {};
  for (const variant of variants)
    it.skipIf(skipped(each, variant))(`${variant} agrees with the twin`, () => {
      const outcome = evaluate(engines[variant], each);
      outcomes[variant] = outcome;
      expectTwin(each, outcome);
    });

  it.skipIf(variants.some((variant) => skipped(each, variant)))("the variants agree bit for bit", () => {
    const [scalar, simd] = variants.map((variant) => outcomes[variant] ?? evaluate(engines[variant], each));
    expect(firstDifference(bitsOf(scalar!.value), bitsOf(simd!.value)), "forward").toBe(-1);
    scalar!.gradients.forEach((gradient, i) => {
      expect(firstDifference(bitsOf(gradient), bitsOf(simd!.gradients[i]!)), `gradient ${i}`).toBe(-1);
    });
  });
});

describe("the case table", () => {
  const functions = Object.entries(ops).flatMap(([name, value]) =>
    typeof value === "function" ? [name] : [],
  );

  it.each(functions)("has a row for %s", (name) => {
    expect(cases.some(({ op }) => op === name)).toBe(true);
  });

  it("names each row once", () => {
    const names = cases.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it("gives a reason for every row it skips, and skips nothing that is not there", () => {
    for (const { of, reason } of skips) {
      expect(reason.length).toBeGreaterThan(20);
      expect(cases.some(({ op, name }) => op === of || name === of)).toBe(true);
    }
  });
});
