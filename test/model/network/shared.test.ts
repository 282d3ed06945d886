/** Models as functions and as layers: weights that several models share, parts of models, loops of one's own; chains that grow. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import type { ErrorCode } from "../../../src/errors.ts";
import { layers } from "../../../src/layers/index.ts";
import { input, load, type Model, model, sequential } from "../../../src/model/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { failure } from "../../data/failure.ts";
import { blobs } from "../examples.ts";

const engine = await createEngine();
const x = Array.from({ length: 12 }, (_, i) => [Math.sin(i), Math.cos(i), i / 12, 1]);
const y = x.map(([a = 0, b = 0]) => [a * b]);
const loss = "meanSquaredError";

/** 4 numbers to 2 and back. */
function autoencoder(): { whole: Model; encoder: Model; decoder: Model } {
  const from = input({ shape: [4] });
  const code = layers.dense({ units: 2, activation: "tanh", name: "code" }).apply(from);
  const back = layers.dense({ units: 4, name: "back" });
  const inner = input({ shape: [2] });
  return {
    whole: model({ inputs: from, outputs: back.apply(code), seed: 4 }),
    encoder: model({ inputs: from, outputs: code }),
    decoder: model({ inputs: inner, outputs: back.apply(inner) }),
  };
}

describe("a layer in several models", () => {
  it("has one set of weights in an engine: a part is trained with the whole", async () => {
    const { whole, encoder, decoder } = autoencoder();
    await whole.compile({ loss, optimizer: "adam", engine });
    await encoder.build();
    await decoder.build();
    expect([encoder.engine, decoder.engine]).toEqual([engine, engine]);
    await whole.fit(x, x, { epochs: 3 });
    const codes = await encoder.predict(x);
    const back = await decoder.predict(codes);
    expect(back.data).toEqual((await whole.predict(x)).data);
    expect([...encoder.getWeights(), ...decoder.getWeights()].map(({ data }) => data)).toEqual(
      whole.getWeights().map(({ data }) => data),
    );
  });

  it("trains to the bits of one that shares nothing, whoever was built first", async () => {
    const wanted = autoencoder().whole;
    await wanted.compile({ loss, optimizer: "adam", engine });
    await wanted.fit(x, x, { epochs: 3, seed: 1, ema: 0.9 });
    const { whole, decoder } = autoencoder();
    await decoder.build({ engine });
    await whole.compile({ loss, optimizer: "adam", engine });
    whole.setWeights(await initial(autoencoder().whole));
    await whole.fit(x, x, { epochs: 3, seed: 1, ema: 0.9 });
    expect(await whole.digest()).toBe(await wanted.digest());
  });

  async function initial(net: Model) {
    await net.build({ engine });
    return net.getWeights();
  }

  it("goes on where one of them is disposed of, and is given back with the last", async () => {
    const own = await createEngine();
    const { whole, encoder } = autoencoder();
    await whole.compile({ loss, engine: own });
    await encoder.build();
    const before = encoder.getWeights();
    whole.dispose();
    expect(encoder.getWeights()).toEqual(before);
    await whole.compile({ loss, engine: own });
    expect(whole.getWeights().slice(0, 2)).toEqual(before.map((each) => ({ ...each })));
    whole.dispose();
    encoder.dispose();
    await encoder.build({ engine: own }); // from its own seed again
    expect(encoder.getWeights()[0]!.data).not.toEqual(before[0]!.data);
    own.dispose();
  });

  it("of another shape there is said to be that", async () => {
    const dense = layers.dense({ units: 2 });
    await sequential([dense], { inputShape: [3] }).build({ engine });
    const other = sequential([dense], { inputShape: [4] });
    expect(await failure(() => other.build({ engine }), "SHAPE_MISMATCH")).toMatch(
      /^compile: dense wants a kernel of \[4, 2\], but as a layer of another model it has one of \[3, 2\]/,
    );
  });

  it("twice in a chain has weights of its own at each place", async () => {
    const dense = layers.dense({ units: 4 });
    const net = sequential([dense, dense], { inputShape: [4], seed: 1 });
    await net.compile({ loss, engine });
    expect(net.parameters.total).toBe(40);
    const before = await net.digest();
    await net.compile({ loss, engine });
    expect(await net.digest()).toBe(before);
  });
});

describe("a model as a layer", () => {
  const encoder = () =>
    sequential([layers.dense({ units: 3, activation: "tanh", name: "hidden" }), layers.dense({ units: 2 })], {
      inputShape: [4],
      name: "encoder",
    });

  it("applied twice shares its weights: a siamese net, saved and loaded with that", async () => {
    const [a, b] = [input({ shape: [4], name: "a" }), input({ shape: [4], name: "b" })];
    const shared = encoder();
    const distance = layers.subtract([shared.apply(a), shared.apply(b)]);
    const net = model({ inputs: [a, b], outputs: layers.dense({ units: 1 }).apply(distance), seed: 2 });
    expect(net.parameters.total).toBe(4 * 3 + 3 + 3 * 2 + 2 + 3);
    expect(net.layers.map(({ type }) => type)).toEqual(["dense", "dense", "subtract", "dense"]);
    await net.compile({ loss, optimizer: "adam", engine });
    await net.fit([x, x.toReversed()], y, { epochs: 2 });
    const same = await net.predict({ a: x, b: x });
    expect(new Set(same.data).size).toBe(1); // nothing but the bias
    const again = await load(await net.save({ optimizer: true }), { engine });
    expect(again.summary()).toBe(net.summary());
    await net.fit([x, x.toReversed()], y, { epochs: 1, seed: 3 });
    await again.fit([x, x.toReversed()], y, { epochs: 1, seed: 3 });
    expect(await again.digest()).toBe(await net.digest());
    // the encoder itself has learned, too
    await shared.build();
    expect(shared.getWeights()[0]!.data).toEqual(net.getWeights()[0]!.data);
  });

  it("two of one kind have names apart", () => {
    const from = input({ shape: [4] });
    const net = model({ inputs: from, outputs: layers.add([encoder().apply(from), encoder().apply(from)]) });
    expect(net.getConfig().layers.map(({ name }) => name)).toEqual([
      "hidden",
      "dense",
      "encoder_hidden",
      "dense_1",
      "add",
    ]);
  });

  it("of several inputs and outputs gives them in its form", () => {
    const [a, b] = [input({ shape: [2], name: "a" }), input({ shape: [2], name: "b" })];
    const inner = model({
      inputs: { a, b },
      outputs: { sum: layers.add([a, b]), product: layers.multiply([a, b]) },
    });
    const [c, d] = [input({ shape: [2], name: "c" }), input({ shape: [2], name: "d" })];
    const { sum, product } = inner.apply({ a: c, b: d });
    const net = model({ inputs: [c, d], outputs: layers.subtract([sum, product]) });
    expect(net.outputShape).toEqual([2]);
  });

  it("frozen keeps its weights, and thawed learns again", async () => {
    const from = input({ shape: [4] });
    const inner = encoder();
    const net = model({
      inputs: from,
      outputs: layers.dense({ units: 1, name: "end" }).apply(inner.apply(from)),
    });
    inner.trainable = false;
    await net.compile({ loss, optimizer: "sgd", engine });
    expect(net.parameters.trainable).toBe(3);
    const before = net.getWeights();
    await net.fit(x, y);
    net.getWeights().forEach(({ name, data }, i) => {
      if (name.startsWith("end")) expect(data, name).not.toEqual(before[i]!.data);
      else expect(data, name).toEqual(before[i]!.data);
    });
    inner.trainable = true;
    await net.compile({ loss, optimizer: "sgd", engine });
    const thawed = net.getWeights();
    await net.fit(x, y);
    expect(net.getWeights()[0]!.data).not.toEqual(thawed[0]!.data);
  });

  it("may stand in a chain", async () => {
    const net = sequential([encoder(), layers.dense({ units: 1 })], { seed: 1 });
    await net.compile({ loss, engine });
    await net.fit(x, y);
    const again = await load(await net.save(), { engine });
    expect(await again.digest()).toBe(await net.digest());
    expect(net.inputShape).toEqual([4]);
  });
});

describe("an intermediate tensor", () => {
  const nets: Readonly<Record<string, () => Model>> = {
    "of a chain": () =>
      sequential([layers.dense({ units: 3, name: "hidden" }), layers.dense({ units: 1 })], {
        inputShape: [4],
        seed: 1,
      }),
    "of a graph": () => {
      const from = input({ shape: [4] });
      const hidden = layers.dense({ units: 3, name: "hidden" }).apply(from);
      return model({ inputs: from, outputs: layers.dense({ units: 1 }).apply(hidden), seed: 1 });
    },
  };

  it.each(Object.entries(nets))(
    "%s, of a loaded one too, is a model of what was learned",
    async (_, make) => {
      const first = make();
      await first.compile({ loss, engine });
      await first.fit(x, y, { epochs: 2 });
      for (const net of [first, await load(await first.save(), { engine })]) {
        const hidden = net.getLayer("hidden").output!;
        const features = model({ inputs: net.inputs, outputs: [hidden, ...net.outputs] });
        await features.build();
        const [inner, outer] = (await features.predict(x)) as unknown as [
          { shape: number[] },
          { data: Float32Array },
        ];
        expect(inner.shape).toEqual([12, 3]);
        expect(outer.data).toEqual((await net.predict(x)).data);
        const head = layers.dense({ units: 2, activation: "softmax", name: "head" }).apply(hidden);
        const tuned = model({ inputs: net.inputs, outputs: head });
        net.getLayer("hidden").trainable = false;
        await tuned.compile({ loss: "sparseCategoricalCrossentropy", engine });
        await tuned.fit(
          x,
          x.map((_, i) => i % 2),
        );
        expect(tuned.getWeights()[0]!.data).toEqual(net.getWeights()[0]!.data);
        net.getLayer("hidden").trainable = true;
      }
    },
  );

  it("of a layer that was applied twice is not one", async () => {
    const from = input({ shape: [4] });
    const dense = layers.dense({ units: 4 });
    dense.apply(dense.apply(from));
    expect(await failure(() => dense.output, "INVALID_ARGUMENT")).toMatch(
      /^dense: output: it was applied 2 times/,
    );
  });
});

describe("a loop of one's own", () => {
  it("descends as fit does, to nearly the same weights", async () => {
    const make = () =>
      sequential(
        [
          layers.dense({ units: 5, activation: "tanh" }),
          layers.batchNormalization(),
          layers.dense({ units: 1 }),
        ],
        {
          inputShape: [4],
          seed: 1,
        },
      );
    const optimizer = () => optimizers.adam({ learningRate: 0.01 });
    const wanted = make();
    await wanted.compile({ loss, optimizer: optimizer(), engine });
    await wanted.fit(x, y, { epochs: 5, batchSize: 12, shuffle: false });
    const net = make();
    await net.build({ engine });
    const [inputs, targets] = [engine.tensor(x), engine.tensor(y)];
    const adam = optimizer();
    for (let step = 0; step < 5; step++)
      adam.minimize(
        () => ops.mean(ops.square(ops.subtract(net.apply(inputs, { training: true }), targets))),
        net.trainableVariables,
      );
    net.getWeights().forEach(({ name, data }, i) => {
      const other = wanted.getWeights()[i]!.data;
      expect(Math.max(...data.map((value, j) => Math.abs(value - other[j]!))), name).toBeLessThan(1e-5);
    });
    expect(net.variables).toHaveLength(8);
    expect(net.trainableVariables).toHaveLength(6);
    expect(net.apply(inputs).data).toEqual((await net.predict(x)).data);
    // and fit goes on from there
    await net.compile({ loss, engine });
    await net.fit(x, y);
  });

  it("draws dropout by seed and step", async () => {
    const net = sequential([layers.dropout({ rate: 0.5 })], { inputShape: [64] });
    await net.build({ engine });
    const ones = engine.tensor([new Array<number>(64).fill(1)]);
    const drawn = (options: object) => [...net.apply(ones, { training: true, ...options }).data].join();
    expect(drawn({ step: 3 })).toBe(drawn({ step: 3 }));
    expect(drawn({ step: 3 })).not.toBe(drawn({ step: 3, seed: 1 }));
    expect(drawn({})).not.toBe(drawn({}));
    expect(net.apply(ones).data).toEqual(ones.data);
  });

  it("of two players: each changes its own alone", async () => {
    const generator = sequential([layers.dense({ units: 2, name: "g" })], { inputShape: [3], seed: 1 });
    const judge = sequential([layers.dense({ units: 1, activation: "sigmoid", name: "d" })], {
      inputShape: [2],
      seed: 2,
    });
    await generator.build({ engine });
    await judge.build({ engine });
    const noise = engine.tensor([
      [1, 2, 3],
      [0, 1, 0],
    ]);
    const adam = optimizers.adam();
    const before = [await generator.digest(), await judge.digest()];
    adam.minimize(
      () => ops.mean(ops.negative(judge.apply(generator.apply(noise)))),
      generator.trainableVariables,
    );
    expect(await generator.digest()).not.toBe(before[0]);
    expect(await judge.digest()).toBe(before[1]);
  });
});

describe("a chain that grows", () => {
  it("by add is the one of its list, and loses its last by pop", async () => {
    const net = sequential([], { inputShape: [6], seed: 5 });
    net.add(layers.dense({ units: 4, activation: "relu" })).add(layers.dropout({ rate: 0.2 }));
    net.add(layers.relu());
    expect(net.pop()).toMatchObject({ type: "relu" });
    net.add(layers.dense({ units: 3, activation: "softmax" }));
    const list = sequential(
      [
        layers.dense({ units: 4, activation: "relu" }),
        layers.dropout({ rate: 0.2 }),
        layers.dense({ units: 3, activation: "softmax" }),
      ],
      { inputShape: [6], seed: 5 },
    );
    for (const each of [net, list]) {
      await each.compile({ loss: "sparseCategoricalCrossentropy", engine });
      await each.fit(blobs(), { seed: 1 });
    }
    expect(await net.digest()).toBe(await list.digest());
    expect(net.summary()).toBe(list.summary());
  });

  it("keeps the weights of the layers that stay", async () => {
    const net = sequential([layers.dense({ units: 4 })], { inputShape: [4], seed: 1 });
    await net.compile({ loss, engine });
    const before = net.getWeights();
    net.add(layers.dense({ units: 1 }));
    expect(net.isCompiled).toBe(false);
    await net.compile({ loss, engine });
    expect(net.outputShape).toEqual([1]);
    expect(before).toHaveLength(2);
  });

  const shapes: Readonly<Record<string, (net: ReturnType<typeof late>) => Promise<unknown>>> = {
    "fit's nested arrays": (net) => net.fit(x, y),
    "fit's data set": (net) =>
      net.fit({ x: Float32Array.from(x.flat()), y: Float32Array.from(y.flat()), shape: [12, 4] }),
    predict: (net) => net.predict(x),
    evaluate: (net) => net.evaluate(x, y),
    build: (net) => net.build({ inputShape: [4] }),
  };
  function late() {
    return sequential([layers.dense({ units: 3 }), layers.dense({ units: 1 })], { seed: 1 });
  }

  it.each(Object.entries(shapes))("takes the shape of an example from %s", async (_, act) => {
    const net = late();
    await net.compile({ loss, engine });
    await act(net);
    expect(net.inputShape).toEqual([4]);
    expect(net.parameters.total).toBe(19);
    await net.fit(x, y);
  });

  it("takes it from an input at its beginning", () => {
    expect(sequential([input({ shape: [4] }), layers.dense({ units: 2 })]).outputShape).toEqual([2]);
    const net = sequential()
      .add(input({ shape: [4] }) as never)
      .add(layers.dense({ units: 2 }));
    expect(net.parameters.total).toBe(10);
  });

  const mistakes: readonly (readonly [string, () => unknown, ErrorCode, RegExp])[] = [
    [
      "a summary before",
      () => late().summary(),
      "NOT_READY",
      /^model: .*the shape of an example is not known; pass inputShape/,
    ],
    [
      "typed arrays alone",
      async () => {
        const net = late();
        await net.compile({ loss, engine });
        await net.fit(new Float32Array(8), [1, 2]);
      },
      "NOT_READY",
      /^fit: these data do not say the shape/,
    ],
    ["training without compiling", () => late().fit(x, y), "NOT_READY", /^fit: the model is not compiled/],
    [
      "two shapes",
      () => sequential([layers.dense({ units: 1 })], { inputShape: [4] }).build({ inputShape: [5] }),
      "INVALID_ARGUMENT",
      /^build: inputShape is .* but the model takes \[4\]/,
    ],
    [
      "a layer that does not fit",
      () =>
        sequential([layers.dense({ units: 1 })], { inputShape: [4] }).add(
          layers.conv2d({ filters: 1, kernelSize: 3 }),
        ),
      "SHAPE_MISMATCH",
      /^conv2d: /,
    ],
    [
      "what is no layer",
      () => sequential([], { inputShape: [4] }).add({} as never),
      "INVALID_ARGUMENT",
      /^sequential: item 0 of the list is no layer/,
    ],
    ["nothing to take away", () => sequential().pop(), "INVALID_ARGUMENT", /^pop: the model has no layers/],
    [
      "training what was built without a loss",
      async () => {
        const net = late();
        await net.build({ inputShape: [4], engine });
        await net.fit(x, y);
      },
      "NOT_READY",
      /^fit: the model has no loss/,
    ],
    [
      "a tensor of another engine",
      async () => {
        const net = late();
        await net.build({ inputShape: [4], engine: await createEngine() });
        net.apply(engine.tensor(x));
      },
      "INVALID_ARGUMENT",
      /^apply: got a tensor of another engine/,
    ],
    [
      "a tensor of another shape",
      async () => {
        const net = late();
        await net.build({ inputShape: [4], engine });
        net.apply(engine.tensor([[1]]));
      },
      "SHAPE_MISMATCH",
      /^apply: got examples of \[1\] but the model takes \[4\]/,
    ],
    [
      "applying before there are weights",
      () => sequential([layers.dense({ units: 1 })], { inputShape: [4] }).apply(engine.tensor(x)),
      "NOT_READY",
      /^apply: the model is not compiled/,
    ],
  ];

  it.each(mistakes)("%s is told", async (_, act, code, message) => {
    const said = await failure(act, code);
    expect(said).toMatch(message);
    expect(said.length).toBeLessThanOrEqual(500);
  });
});
