/**
 * A fixed sample of what `npm run test:conformance` compares, with what Keras and ONNX said, without Python; and that all
 * that is registered has a line in its tables. `npm run test:conformance -- --sample` writes the sample anew.
 */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../src/autograd/engine.ts";
import { layers } from "../../src/layers/index.ts";
import { losses } from "../../src/losses/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";
import { missingLines, untriedOps } from "./completeness.ts";
import { run } from "./networks/case.ts";
import { beyond, deviations, tolerance } from "./networks/deviation.ts";
import { layerLines } from "./networks/layers.ts";
import { optimizerDeviation } from "./networks/optimizers.ts";
import { make } from "./networks/program.ts";
import { lossLines } from "./networks/training.ts";
import { restoreCase, restoreResults } from "./networks/wire.ts";
import { type OnnxCase, runCase } from "./onnx/cases.ts";
import { decoded } from "./python.ts";
import type { Sample } from "./sample.ts";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/conformance/${name}.json`, import.meta.url), "utf8"));
const sample = read("networks") as Sample;
const onnx = read("onnx") as OnnxCase[];

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ threads: 1 });
});

/** Kinds that Keras can judge: a text in place of a line says why it cannot. */
const judged = (lines: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(lines).filter((kind) => typeof lines[kind] !== "string");

describe("conformance", () => {
  it("has a line for all that is registered", () => {
    expect(missingLines()).toEqual([]);
  });

  it("has a sample of every layer, loss and optimizer", () => {
    const programs = sample.networks.map((each) => each.case.program);
    const types = new Set(programs.flatMap(({ nodes }) => nodes.map(({ layer }) => layer.type)));
    const isHere = (list: object) => (kind: string) => Object.hasOwn(list, kind);
    expect(
      judged(layerLines)
        .filter(isHere(layers))
        .filter((kind) => !types.has(kind)),
    ).toEqual([]);
    const trained = new Set(programs.map(({ loss }) => loss.type));
    expect(
      judged(lossLines)
        .filter(isHere(losses))
        .filter((kind) => !trained.has(kind)),
    ).toEqual([]);
    const updated = new Set(sample.optimizers.map(({ optimizer }) => optimizer.type));
    expect(Object.keys(optimizers).filter((kind) => !updated.has(kind))).toEqual([]);
  });

  it.each(sample.networks.map((each) => [each.case.index, each] as const))(
    "network %i agrees",
    async (_, each) => {
      const found = restoreCase(each.case);
      const got = await run(found, engine);
      expect(beyond(deviations(found, got, restoreResults(each.keras)))).toEqual([]);
    },
  );

  it("finds a thousandth of a weight", async () => {
    const [each] = sample.networks;
    const found = restoreCase(each!.case);
    const [first, ...others] = found.weights;
    const moved = { ...first!, data: first!.data.map((value) => value * 1.001 + 0.001) };
    const got = await run({ ...found, weights: [moved, ...others] }, engine);
    expect(beyond(deviations(found, got, restoreResults(each!.keras)))).not.toEqual([]);
  });

  it("updates as Keras's optimizers do", () => {
    for (const { optimizer, weights, steps, keras } of sample.optimizers) {
      const each = {
        optimizer,
        weights: weights.map(decoded),
        steps: steps.map((list) => list.map(decoded)),
      };
      expect(optimizerDeviation(each, keras, engine), optimizer.type).toBeLessThan(tolerance);
      const other = { ...optimizer, options: { ...optimizer.options, learningRate: 0.5 } };
      expect(make<object>(other)).toBeDefined();
      expect(optimizerDeviation({ ...each, optimizer: other }, keras, engine)).toBeGreaterThan(tolerance);
    }
  });

  it("gives what ONNX's node cases expect, by every op", () => {
    const outcomes = onnx.map((each) => ({ name: each.name, ...runCase(each, engine) }));
    expect(outcomes.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
    const tried = outcomes.flatMap((each) => (each.outcome === "passed" ? each.ops : []));
    expect(untriedOps(new Set(tried))).toEqual([]);
  });
});
