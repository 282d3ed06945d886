/**
 * The second use of the case table: the engine's gradients against slopes measured by finite differences, on the
 * twin's forward pass alone. No line of anybody's backward pass is trusted here.
 */
import { expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { type Case, drawInputs, drawUpstream, hasGradient } from "../../cases/case.ts";
import type { Array64 } from "../../reference/array64.ts";
import { directions, dot, slopeAlong } from "../../reference/comparison/finiteDifferences.ts";
import { evaluate } from "../evaluate.ts";

const engine = await createEngine({ variant: "simd" });

/** One test a row. */
export function describeSlopes(cases: readonly Case[]): void {
  for (const each of cases)
    it(each.name, () => {
      const inputs = drawInputs(each) as Array64[];
      const upstream = drawUpstream(each, each.reference(inputs).shape);
      const f = (moved: (Array64 | null)[]): number =>
        dot(upstream.data, each.reference(moved as Array64[]).data);
      const { gradients } = evaluate(engine, each);
      const asked = each.inputs.flatMap((input, i) => (hasGradient(input) ? [i] : []));
      expect(gradients.length).toBe(asked.length);
      const allowed = Math.max(1e-5, each.tolerance);
      asked.forEach((which, position) => {
        const gradient = Float64Array.from(gradients[position]!);
        const largest = gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
        for (const direction of directions(gradient.length, 4)) {
          // a direction through n elements gathers their rounding errors: √n of them
          const moved = Math.sqrt(dot(direction, direction));
          const difference = slopeAlong(f, inputs, which, direction) - dot(gradient, direction);
          expect(Math.abs(difference)).toBeLessThan(allowed * largest * moved);
        }
      });
    });
}
