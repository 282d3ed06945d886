/** The texts of names that definitions may not have are those of the lists. */
import { expect, it } from "vitest";
import { layerNames, lossNames, metricNames } from "../../src/definitions/names.ts";
import {
  constraints,
  defineConstraint,
  defineInitializer,
  defineOptimizer,
  defineRegularizer,
  initializers,
  layers,
  losses,
  metrics,
  optimizers,
  regularizers,
} from "../../src/index.ts";
import { failure } from "../data/failure.ts";

it.each([
  ["layers", layerNames, layers],
  ["losses", lossNames, losses],
  ["metrics", metricNames, metrics],
])("those of %s", (_, names, kinds) => {
  expect([...names].sort()).toEqual(Object.keys(kinds).sort());
});

const call = (): never => {
  throw new Error("it is not called");
};

it.each([
  ["initializer", initializers, (name: string) => defineInitializer({ name, call })],
  ["regularizer", regularizers, (name: string) => defineRegularizer({ name, call })],
  ["constraint", constraints, (name: string) => defineConstraint({ name, call })],
  ["optimizer", optimizers, (name: string) => defineOptimizer({ name, call })],
] as const)("every %s of the package keeps its name", async (kind, kinds, define) => {
  for (const name of Object.keys(kinds))
    expect(await failure(() => define(name), "INVALID_ARGUMENT")).toContain(
      `"${name}" is that of anygrad's own ${kind}`,
    );
});
