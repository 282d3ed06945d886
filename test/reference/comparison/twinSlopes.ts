/** A twin's backward pass against finite differences of its forward pass. */
import { expect, it } from "vitest";
import { type Case, drawInputs, drawUpstream, hasGradient } from "../../cases/case.ts";
import { cases } from "../../cases.ts";
import type { Array64 } from "../array64.ts";
import { directions, dot, slopeAlong } from "./finiteDifferences.ts";

/** Rows of the case table whose slopes can be measured. */
export const smoothCases: readonly Case[] = cases.filter(
  ({ smooth, referenceBackward }) => smooth && referenceBackward,
);

/** One test a row. */
export function describeTwinSlopes(cases: readonly Case[]): void {
  for (const each of cases) it(each.name, () => expectSlopes(each));
}

function expectSlopes(each: Case): void {
  const inputs = drawInputs(each) as Array64[];
  const upstream = drawUpstream(each, each.reference(inputs).shape);
  const gradients = each.referenceBackward!(upstream, inputs);
  const f = (moved: (Array64 | null)[]): number =>
    dot(upstream.data, each.reference(moved as Array64[]).data);
  each.inputs.forEach((argument, which) => {
    if (!hasGradient(argument)) return;
    const gradient = gradients[which]!;
    expect(gradient.shape).toEqual(inputs[which]!.shape);
    for (const direction of directions(gradient.data.length, 5)) {
      const slope = slopeAlong(f, inputs, which, direction);
      const largest = gradient.data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      const scale = Math.max(largest, Math.abs(slope));
      expect(Math.abs(slope - dot(gradient.data, direction)) / scale).toBeLessThan(1e-6);
    }
  });
}
