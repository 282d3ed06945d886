/**
 * Every layer of src/layers/kinds.ts: shapes, parameters, the way to JSON and back. The rows are checked against the
 * list: a layer without one fails.
 */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { AnygradError } from "../../src/errors.ts";
import { type Layer, layerFromConfig, layers } from "../../src/layers/index.ts";
import { resetStates, sequential } from "../../src/model/index.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { failure } from "../data/failure.ts";
import { type MergingName, merging } from "../model/graphs.ts";
import { activationsRows } from "./rows/activations.ts";
import { attentionRows } from "./rows/attention.ts";
import { convolutionRows } from "./rows/convolution.ts";
import { coreRows } from "./rows/core.ts";
import { normalizationRows } from "./rows/normalization.ts";
import { poolingRows } from "./rows/pooling.ts";
import { recurrentRows } from "./rows/recurrent.ts";
import { regularizationRows } from "./rows/regularization.ts";
import { reshapingRows } from "./rows/reshaping.ts";
import type { Row } from "./rows/row.ts";

/** Merging layers take several tensors: test/model/functional.test.ts; a function is in no file: test/definitions/layer.test.ts. */
type Single = Exclude<keyof typeof layers, MergingName | "dot" | "lambda">;

const rows: Readonly<Record<Single, readonly Row[]>> = {
  ...activationsRows,
  ...attentionRows,
  ...convolutionRows,
  ...coreRows,
  ...normalizationRows,
  ...poolingRows,
  ...recurrentRows,
  ...regularizationRows,
  ...reshapingRows,
};

it("every layer has rows, each of its own type", () => {
  expect([...Object.keys(rows), ...Object.keys(merging), "dot", "lambda"].sort()).toEqual(
    Object.keys(layers).sort(),
  );
  for (const [type, list] of Object.entries(rows)) {
    expect(list.length, type).toBeGreaterThan(0);
    for (const { layer } of list) expect(layer.type).toBe(type);
  }
});

const [engine, scalar] = [await createEngine(), await createEngine({ variant: "scalar" })];
const engines = { scalar, simd: await createEngine({ variant: "simd" }) };
const all = Object.entries(rows).flatMap(([type, list]) =>
  list.map((row, i): [string, Row] => [list.length > 1 ? `${type} ${i + 1}` : type, row]),
);

describe.each(all)("%s", (_, row) => {
  const {
    layer,
    input,
    output,
    weights = {},
    named: [name, keras],
    config = {},
  } = row;

  it("knows its output shape and its weights", () => {
    expect(layer.outputShape([input])).toEqual(output);
    expect(Object.fromEntries(layer.weights([input]).map((w) => [w.name, w.shape]))).toEqual(weights);
    expect(layer.config).toMatchObject(config);
  });

  it("in a model: its name, its parameters, an output of the shape promised, the same in both variants", async () => {
    const net = sequential([layer], { inputShape: input, seed: 4 });
    const total = Object.values(weights).reduce((sum, shape) => sum + sizeOf(shape), 0);
    const still = Object.entries(weights).reduce(
      (sum, [w, shape]) => sum + (/^(moving|state)/.test(w) ? sizeOf(shape) : 0),
      row.still ?? 0,
    );
    expect(net.parameters).toEqual({ total, trainable: total - still, nonTrainable: still });
    expect(net.outputShape).toEqual(output);
    expect(net.summary()).toContain(`${name} (${keras})`);
    const x = Float32Array.from({ length: 2 * sizeOf(input) }, (_, i) => ((i * 7919) % 101) / 50 - 1);
    if (layer.type === "embedding") x.set(x.map((value) => Math.floor(3 * value + 3)));
    const found = [];
    for (const variant of ["scalar", "simd"] as const) {
      await net.compile({ loss: "meanSquaredError", engine: engines[variant] });
      expect(net.getWeights().map((w) => w.name)).toEqual(Object.keys(weights).map((w) => `${name}/${w}`));
      resetStates(net);
      found.push(await net.predict(x));
    }
    expect(found[0]!.shape).toEqual([2, ...output]);
    expect(found[0]!.data.every(Number.isFinite)).toBe(true);
    expect(new Uint32Array(found[1]!.data.buffer)).toEqual(new Uint32Array(found[0]!.data.buffer));
  });

  it("comes back from JSON as it was", async () => {
    const saved = JSON.parse(
      JSON.stringify({ type: layer.type, name: "again", trainable: false, config: layer.config }),
    );
    const again = layerFromConfig(saved);
    expect([again.type, again.keras, again.name, again.trainable]).toEqual([
      layer.type,
      layer.keras,
      "again",
      false,
    ]);
    expect(JSON.stringify(again.config)).toBe(JSON.stringify(layer.config));
    expect(again.lastActivation).toBe(layer.lastActivation);
    expect(again.outputShape([input])).toEqual(output);
    const values = await Promise.all(
      [layer, again].map(async (one) => {
        const net = sequential([one], { inputShape: input, seed: 4 });
        await net.compile({ loss: "meanSquaredError", engine });
        return net.getWeights().map(({ data }) => data);
      }),
    );
    expect(values[1]).toEqual(values[0]);
  });

  it("takes a name and a flag, and refuses what is neither", async () => {
    const make = (shared: object): Layer =>
      layerFromConfig({
        type: layer.type,
        name: "x",
        trainable: true,
        config: { ...layer.config, ...shared },
      });
    expect(layer.name).toBeUndefined();
    expect(layer.trainable).toBe(true);
    expect(make({}).name).toBe("x");
    for (const bad of ["", "a/b", 5])
      expect(
        await failure(
          () => Reflect.apply(layerFromConfig, undefined, [{ ...make({}), name: bad }]),
          "INVALID_ARGUMENT",
        ),
      ).toBe(`${layer.type}: name is ${JSON.stringify(bad)}; pass a text without "/", or none`);
  });
});

describe("names", () => {
  const namesOf = (list: Layer[]): string[] =>
    sequential(list, { inputShape: [4] })
      .summary()
      .split("\n")
      .flatMap((line) => /^│ (\S+) \(/.exec(line)?.[1] ?? []);
  const { dense, relu } = layers;

  it("count as Keras counts: from the second on", () => {
    const list = [dense({ units: 4 }), relu(), dense({ units: 4 }), relu(), dense({ units: 4 })];
    expect(namesOf(list)).toEqual(["dense", "relu", "dense_1", "relu_1", "dense_2"]);
  });

  it("start again with every model, and leave those alone that the user gave", () => {
    const own = dense({ units: 4, name: "head" });
    expect(namesOf([dense({ units: 4 }), own, dense({ units: 4 })])).toEqual(["dense", "head", "dense_1"]);
    expect(namesOf([dense({ units: 4 })])).toEqual(["dense"]);
  });

  it("step around names that the user gave, before or after", () => {
    const named = (name: string): Layer => dense({ units: 4, name });
    expect(namesOf([named("dense"), dense({ units: 4 })])).toEqual(["dense", "dense_1"]);
    expect(namesOf([dense({ units: 4 }), named("dense")])).toEqual(["dense_1", "dense"]);
  });
});

describe("a layer used twice", () => {
  it("has weights of its own in each place: layers are descriptions", async () => {
    const shared = layers.dense({ units: 4 });
    const net = sequential([shared, shared], { inputShape: [4] });
    await net.compile({ loss: "meanSquaredError", engine });
    const [first, , second] = net.getWeights();
    expect([first!.name, second!.name]).toEqual(["dense/kernel", "dense_1/kernel"]);
    expect(second!.data).not.toEqual(first!.data);
  });
});

describe("an unknown type", () => {
  it.each(["conv9d", "toString", "__proto__", "default"])("%s is refused", (type) => {
    expect(() => layerFromConfig({ type, name: "x", trainable: true, config: {} })).toThrow(AnygradError);
  });
});
