/**
 * Gradients of gradients, over the case table: with g(inputs, dy) the gradients of Σ op(inputs) · dy and weights v, the gradients of
 * Σ v · g against finite differences of the twins' own gradients. Every op has them or says by name why not.
 */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/engine/createEngine.ts";
import { derivatives } from "../../src/engine/derivatives.ts";
import * as ops from "../../src/ops/index.ts";
import { type Tensor, Variable } from "../../src/tensor/tensor.ts";
import { type Case, drawInputs, drawUpstream, hasGradient, isInput, sizeOfInputs } from "../cases/case.ts";
import { cases } from "../cases.ts";
import { failure } from "../data/failure.ts";
import { thorough } from "../long.ts";
import { callOf } from "../ops/evaluate.ts";
import { type Array64, array64, sizeOf } from "../reference/array64.ts";
import { directions, dot, slopeAlong } from "../reference/comparison/finiteDifferences.ts";

const engine = await createEngine({ variant: "simd", threads: 1 });

/** Why an op has no second derivative; the tests fail for what is in neither list. */
const refused: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(derivatives).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
);

const asked = ({ inputs }: Case): number[] => inputs.flatMap((input, i) => (hasGradient(input) ? [i] : []));

/** Two rows of each op that has gradients, three with long tests, such as have slopes that can be measured, the small ones first. */
const differentiable = cases.filter((each) => each.referenceBackward && asked(each).length > 0);
const names = [...new Set(differentiable.map(({ op }) => op))];
const isOrdinary = ({ inputs }: Case): boolean => !inputs.some((input) => isInput(input) && input.values);
const rowsOf = (name: string): Case[] => {
  const rows = differentiable.filter(({ op }) => op === name);
  const smooth = rows.filter((each) => each.smooth);
  return (smooth.length > 0 ? smooth : rows.filter(isOrdinary)) // steps and kinks, which no drawn number meets
    .map((each) => [sizeOfInputs(each), each] as const)
    .filter(([n]) => n > 1 && n < 1500)
    .sort(([a], [b]) => a - b)
    .filter((_, i, all) => i === 0 || i === all.length >> 1 || (thorough && i === all.length - 1))
    .map(([, each]) => each);
};

/** Weights of the gradients: numbers that repeat after 7, so that no two neighbours are equal. */
const weights = (shape: readonly number[]): Array64 =>
  array64(shape, Array.from({ length: sizeOf(shape) }, (_, i) => ((i * 5) % 7) / 4 - 0.75)); // biome-ignore format: one call

/** The gradients of Σ v · g by the inputs and by dy, by the engine. */
function measured(each: Case): Float64Array[] {
  const { call, args } = callOf(engine, each);
  const variables = args.filter((arg) => arg instanceof Variable);
  const upstream = drawUpstream(each, call(args).shape);
  const dy = engine.variable(Float32Array.from(upstream.data), upstream.shape);
  const { gradients } = engine.valueAndGrad(() => {
    const inner = engine.valueAndGrad(() => ops.sum(ops.multiply(call(args), dy)), variables);
    return inner.gradients
      .map((gradient) => {
        const v = weights(gradient.shape);
        return ops.sum(ops.multiply(gradient, engine.tensor(Float32Array.from(v.data), v.shape)));
      })
      .reduce((a: Tensor, b) => ops.add(a, b));
  }, [...variables, dy]);
  return gradients.map(({ data }) => Float64Array.from(data));
}

describe.each(names.filter((name) => !(name in refused)))("%s", (name) => {
  it.each(rowsOf(name).map((each) => [each.name, each] as const))("%s", (_, each) => {
    const which = asked(each);
    const inputs = drawInputs(each);
    const upstream = drawUpstream(each, each.reference(inputs as Array64[]).shape);
    const f = (given: (Array64 | null)[]): number => {
      const found = each.referenceBackward!(given.at(-1)!, given.slice(0, -1) as Array64[]);
      return which.reduce((sum, i) => sum + dot(weights(found[i]!.shape).data, found[i]!.data), 0);
    };
    const found = measured(each);
    expect(found.length).toBe(which.length + 1);
    const largest = Math.max(
      1e-2,
      ...found.map((gradient) => gradient.reduce((a, b) => Math.max(a, Math.abs(b)), 0)),
    );
    [...which, inputs.length].forEach((input, position) => {
      const gradient = found[position]!;
      for (const direction of directions(gradient.length, 3)) {
        const slope = slopeAlong(f, [...inputs, upstream], input, direction);
        const moved = Math.sqrt(dot(direction, direction));
        const allowed = Math.max(2e-5, 2 * each.tolerance) * largest * moved;
        expect(Math.abs(slope - dot(gradient, direction)), `input ${input}`).toBeLessThan(allowed);
      }
    });
  });

  it("has a row that is measured", () => {
    expect(rowsOf(name).length).toBeGreaterThan(0);
  });
});

it.each(names.filter((name) => name in refused))("%s says by name that it has none", async (name) => {
  const each = differentiable.find(({ op }) => op === name)!;
  const message = await failure(() => measured(each), "NO_GRADIENT");
  expect(message).toContain(`${name}: it has no second derivative: ${refused[name]}`);
});
