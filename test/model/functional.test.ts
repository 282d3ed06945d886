/**
 * `model({ inputs, outputs })`: a chain is the sequential of its layers bit for bit; a residual net's gradients are the
 * slopes of its loss; whatever works for chains works for graphs. Mistakes with it: errors/functional.test.ts.
 */
import { describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../src/autograd/engine.ts";
import { type Layer, layers, type SymbolicTensor } from "../../src/layers/index.ts";
import {
  type CompileOptions,
  type FitOptions,
  input,
  load,
  type Model,
  model,
  modelFromConfig,
  sequential,
} from "../../src/model/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";
import { failure } from "../data/failure.ts";
import { blobs, lossesOf, mean, quarters } from "./examples.ts";
import { merged, merging, residual, sharing } from "./graphs.ts";

const engine = await createEngine();
const data = quarters({ n: 44 }); // batches of 12, 12, 12 and 8
const fit: FitOptions = { epochs: 3, batchSize: 12, seed: 3 };

async function trained(
  net: Model,
  on: Engine = engine,
  options: Partial<CompileOptions> = {},
): Promise<Model> {
  const loss = "sparseCategoricalCrossentropy";
  await net.compile({ optimizer: "adam", loss, metrics: ["accuracy"], engine: on, ...options });
  await net.fit(data, fit);
  return net;
}

/** The graphs of graphs.ts. */
const graphs: Readonly<Record<string, () => Model>> = {
  residual: () => residual({ dropout: 0.3 }),
  sharing,
  ...Object.fromEntries(Object.entries(merging).map(([name, merge]) => [name, () => merged(merge)])),
};

describe("a chain by apply", () => {
  const list = (): Layer[] => [
    layers.conv2d({ filters: 4, kernelSize: 3, padding: "same", kernelRegularizer: "l2" }),
    layers.batchNormalization(),
    layers.relu(),
    layers.maxPooling2d(),
    layers.dropout({ rate: 0.3 }),
    layers.flatten(),
    layers.dropout({ rate: 0.2 }),
    layers.dense({ units: 4, activation: "softmax" }),
  ];
  const applied = (all: readonly Layer[]): Model => {
    const x = input({ shape: [8, 8, 1] });
    const outputs = all.reduce<SymbolicTensor>((tensor, layer) => layer.apply(tensor), x);
    return model({ inputs: x, outputs, seed: 5 });
  };

  it("trains to the bits of the sequential, with the same layers, scores and memory", async () => {
    const [one, two] = [applied(list()), sequential(list(), { inputShape: [8, 8, 1], seed: 5 })];
    await trained(one);
    await trained(two);
    expect(await one.digest()).toBe(await two.digest());
    expect(one.getWeights()).toEqual(two.getWeights());
    expect(await one.evaluate(data)).toEqual(await two.evaluate(data));
    expect(one.memory()).toEqual(two.memory());
    expect(one.layers.map(({ type }) => type)).toEqual(two.layers.map(({ type }) => type));
    expect([one.inputShape, one.outputShape]).toEqual([two.inputShape, two.outputShape]);
    expect(one.parameters).toEqual(two.parameters);
  });

  it("takes raw pixels where rescaling comes first, the data's normalisation elsewhere", async () => {
    const pixels = {
      ...data,
      x: Uint8Array.from(data.x, (v) => v * 100),
      normalization: { scale: 0.01, shift: 0 },
    };
    const rescaled = applied([layers.rescaling({ scale: 0.01 }), ...list()]);
    const plain = applied(list());
    for (const net of [rescaled, plain]) {
      await net.compile({ loss: "sparseCategoricalCrossentropy", engine });
      await net.fit(pixels, { epochs: 1 });
    }
    expect(rescaled.normalization).toBeUndefined();
    expect(plain.normalization).toEqual({ scale: 0.01, shift: 0 });
    // beside the rescaling another layer sees the input itself
    const x = input({ shape: [8, 8, 1] });
    const both = layers.add([layers.rescaling({ scale: 2 }).apply(x), x]);
    const net = model({ inputs: x, outputs: layers.dense({ units: 4 }).apply(layers.flatten().apply(both)) });
    await net.compile({ loss: "meanSquaredError", engine });
    await net.fit({ ...pixels, y: new Float32Array(4 * 44) }, { epochs: 1 });
    expect(net.normalization).toEqual({ scale: 0.01, shift: 0 });
  });
});

describe("gradients of a whole model", () => {
  const smooth: Readonly<Record<string, () => Model>> = {
    "residual, tanh": () => residual({ activation: "tanh", normalize: false }),
    sharing,
    ...Object.fromEntries(
      (["add", "average", "concatenate", "multiply", "subtract"] as const).map((name) => [
        name,
        () => dropless(name),
      ]),
    ),
  };
  function dropless(name: keyof typeof merging): Model {
    const x = input({ shape: [8, 8, 1] });
    const same = { kernelSize: 3, padding: "same", activation: "tanh" } as const;
    const a = layers.conv2d({ filters: 3, ...same }).apply(x);
    const b = layers.conv2d({ filters: 3, ...same }).apply(a);
    const flat = layers.flatten().apply(merging[name]([b, a, b]));
    return model({
      inputs: x,
      outputs: layers.dense({ units: 4, activation: "softmax" }).apply(flat),
      seed: 4,
    });
  }

  it.each(Object.entries(smooth))(
    "%s: steps of plain descent are the slopes of the loss",
    async (_, make) => {
      const set = quarters({ n: 8 });
      const options: CompileOptions = {
        loss: "sparseCategoricalCrossentropy",
        optimizer: optimizers.sgd({ learningRate: 1 }),
        engine,
      };
      const net = make();
      await net.compile(options);
      const before = net.getWeights();
      await net.fit(set, { batchSize: 8, shuffle: false });
      const after = net.getWeights();
      const lossAt = async (which: number, at: number, h: number): Promise<number> => {
        const moved = before.map(({ data: values, ...rest }) => ({ ...rest, data: values.slice() }));
        moved[which]!.data[at]! += h;
        net.setWeights(moved);
        return (await net.evaluate(set)).loss;
      };
      for (const [which, { name, data: values }] of before.entries())
        for (const at of new Set([0, values.length >> 1, values.length - 1])) {
          const gradient = before[which]!.data[at]! - after[which]!.data[at]!;
          const h = 1 / 64;
          const slope = ((await lossAt(which, at, h)) - (await lossAt(which, at, -h))) / (2 * h);
          expect(Math.abs(slope - gradient), `${name}[${at}]: ${slope}, ${gradient}`).toBeLessThan(
            2e-4 + 0.01 * Math.abs(gradient),
          );
        }
    },
  );
});

describe("the same bits of a graph", () => {
  it.each(Object.entries(graphs))(
    "%s: scalar and simd, one thread and several, fit and train",
    async (_, make) => {
      const wanted = await (await trained(make())).digest();
      expect(await (await trained(make())).digest()).toBe(wanted);
      for (const options of [{ variant: "scalar" }, { threads: 2 }, { threads: 3 }] as const) {
        const own = await createEngine(options);
        expect(await (await trained(make(), own)).digest(), JSON.stringify(options)).toBe(wanted);
        own.dispose();
      }
    },
  );

  it.each(Object.entries(graphs))(
    "%s: saved, loaded and resumed in the middle of an epoch",
    async (_, make) => {
      const wanted = await trained(make());
      const net = make();
      await net.compile({
        optimizer: "adam",
        loss: "sparseCategoricalCrossentropy",
        metrics: ["accuracy"],
        engine,
      });
      for await (const { globalStep } of net.train(data, fit)) if (globalStep === 5) break;
      const again = await load(await net.save({ optimizer: true }), { engine });
      expect(again.summary()).toBe(net.summary());
      await again.fit(data, { resume: true });
      expect(await again.digest()).toBe(await wanted.digest());
      expect(await again.evaluate(data)).toEqual(await wanted.evaluate(data));
      expect(again.getConfig()).toEqual(net.getConfig());
    },
  );

  it.each(Object.entries(graphs))("%s: from its config, and saved again the same bytes", async (_, make) => {
    const net = make();
    const again = modelFromConfig(JSON.parse(JSON.stringify(net.getConfig())));
    expect(again.getConfig()).toEqual(net.getConfig());
    expect(again.summary()).toBe(net.summary());
    expect(await (await trained(again)).digest()).toBe(await (await trained(net)).digest());
    const bytes = await net.save({ optimizer: true });
    expect(await (await load(bytes, { engine })).save({ optimizer: true })).toEqual(bytes);
  });
});

describe("a layer at several places", () => {
  it("has one set of weights, one name and one entry in the list", () => {
    const net = sharing();
    expect(net.layers.filter((layer) => layer.name === "shared")).toHaveLength(1);
    expect(net.getLayer("shared").type).toBe("conv2d");
    expect(net.parameters.total).toBe(4 * 10 + (4 * 4 * 9 + 4) + (8 * 4 + 4));
    expect(net.getConfig().layers.map(({ name }) => name)).toEqual([
      "conv2d",
      "shared",
      "add",
      "global_average_pooling2d",
      "average_pooling2d",
      "global_average_pooling2d_1",
      "concatenate",
      "dense",
    ]);
  });

  it("is frozen at all of them", async () => {
    const net = sharing();
    net.getLayer("shared").trainable = false;
    await net.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy", engine });
    const before = net.getWeights();
    await net.fit(data, fit);
    net.getWeights().forEach(({ name, data: values }, i) => {
      if (name.startsWith("shared/")) expect(values).toEqual(before[i]!.data);
      else expect(values).not.toEqual(before[i]!.data);
    });
  });

  it("without weights draws numbers of its own at each of them", async () => {
    const x = input({ shape: [400] });
    const drop = layers.dropout({ rate: 0.5 });
    const difference = layers.subtract([drop.apply(x), drop.apply(x)]);
    const net = model({ inputs: x, outputs: layers.dense({ units: 1, useBias: false }).apply(difference) });
    await net.compile({ loss: "meanSquaredError", optimizer: "sgd", engine });
    const set = { x: new Float32Array(400).fill(1), y: new Float32Array(1), shape: [1, 400] };
    expect((await net.evaluate(set)).loss).toBe(0);
    expect((await net.fit(set)).loss[0]).toBeGreaterThan(0);
  });

  it("must want the same weights everywhere", async () => {
    const x = input({ shape: [6] });
    const dense = layers.dense({ units: 3 });
    const twice = dense.apply(dense.apply(x));
    expect(await failure(() => model({ inputs: x, outputs: twice }), "SHAPE_MISMATCH")).toMatch(
      /^dense: applied again it wants a kernel of \[3, 3\].*layer "dense"/,
    );
  });

  it("in two models of an engine has one set of weights, as in Keras", async () => {
    const x = input({ shape: [6] });
    const hidden = layers.dense({ units: 5, activation: "tanh" }).apply(x);
    const whole = model({
      inputs: x,
      outputs: layers.dense({ units: 3, activation: "softmax" }).apply(hidden),
    });
    const features = model({ inputs: x, outputs: hidden });
    await whole.compile({ loss: "sparseCategoricalCrossentropy", engine });
    await features.compile({ loss: "meanSquaredError", engine });
    const before = await features.digest();
    await whole.fit(blobs());
    expect(await features.digest()).not.toBe(before);
    expect(features.getWeights()).toEqual(whole.getWeights().slice(0, 2));
    expect((await features.predict(blobs())).shape).toEqual([blobs().shape[0], 5]);
  });
});

describe("a forward pass", () => {
  it("of a residual block is what float64 says", async () => {
    const x = input({ shape: [3] });
    const block = layers.dense({ units: 3, activation: "tanh" }).apply(x);
    const net = model({
      inputs: x,
      outputs: layers.concatenate([layers.add([block, x]), layers.average([x, block, x])]),
    });
    await net.compile({ loss: "meanSquaredError", engine });
    const [kernel, bias] = net.getWeights().map(({ data: values }) => values);
    const examples = [
      [0.5, -1, 2],
      [0, 0.25, -0.75],
    ];
    const { shape, data: found } = await net.predict(examples);
    expect(shape).toEqual([2, 6]);
    const wanted = examples.flatMap((example) => {
      const h = [0, 1, 2].map((j) =>
        Math.tanh(example.reduce((s, v, i) => s + v * kernel![3 * i + j]!, bias![j]!)),
      );
      return [...h.map((v, j) => v + example[j]!), ...h.map((v, j) => (v + 2 * example[j]!) / 3)];
    });
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i]!, 5);
    });
  });

  it("weighs channels of an image by a vector, as Keras does", async () => {
    const x = input({ shape: [8, 8, 2] });
    const weights = layers
      .dense({ units: 2, activation: "sigmoid" })
      .apply(layers.globalAveragePooling2d().apply(x));
    const net = model({ inputs: x, outputs: layers.multiply([x, weights]) });
    expect(net.outputShape).toEqual([8, 8, 2]);
    await net.compile({ loss: "meanSquaredError", engine });
    net.setWeights([
      { shape: [2, 2], data: new Float32Array(4) },
      { shape: [2], data: new Float32Array(2) },
    ]);
    const { data: found } = await net.predict(new Float32Array(128).fill(3));
    expect(found).toEqual(new Float32Array(128).fill(1.5));
  });

  it("learns: a residual net tells quarters apart", async () => {
    const net = residual();
    const set = quarters({ n: 200 });
    await net.compile({
      optimizer: optimizers.adam({ learningRate: 0.01 }),
      loss: "sparseCategoricalCrossentropy",
      metrics: ["accuracy"],
      engine,
    });
    const { accuracy } = await net.fit(set, { epochs: 8, batchSize: 20 });
    expect(accuracy!.at(-1)).toBeGreaterThan(0.9);
    expect(mean(await lossesOf(net, set))).toBeCloseTo((await net.evaluate(set)).loss, 5);
  });
});
