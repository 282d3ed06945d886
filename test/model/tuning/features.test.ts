/** Frozen layers that are computed once for each example: the bits of a run that computes them in every step. */
import { describe, expect, it } from "vitest";
import {
  augmentation,
  createEngine,
  type Dataset,
  datasets,
  type FitOptions,
  input,
  type Layer,
  layers,
  type Model,
  model,
  sequential,
  take,
} from "../../../src/index.ts";
import { conv2d_f32, conv2d_winograd_f32 } from "../../../src/kernels/families/conv2d.generated.ts";
import { failure } from "../../data/failure.ts";

const engine = await createEngine({ threads: 1 });
const { train, test } = await datasets.digits({ train: 90, test: 40 });

const frozen = (layer: Layer): Layer => {
  layer.trainable = false;
  return layer;
};

/** Networks of which a part at the beginning is frozen. */
const networks: Readonly<Record<string, () => Model>> = {
  "a chain with batch normalisation": () =>
    sequential(
      [
        frozen(layers.conv2d({ filters: 4, kernelSize: 5, strides: 2, activation: "relu" })),
        frozen(layers.batchNormalization()),
        layers.maxPooling2d(),
        layers.flatten(),
        layers.dropout({ rate: 0.3 }),
        layers.dense({ units: 12, activation: "tanh", kernelRegularizer: "l2" }),
        layers.batchNormalization(),
        layers.dropout({ rate: 0.3 }),
        layers.dense({ units: 10, activation: "softmax" }),
      ],
      { inputShape: [28, 28, 1], seed: 3 },
    ),
  "a residual network": () => {
    const x = input({ shape: [28, 28, 1] });
    const a = frozen(layers.conv2d({ filters: 4, kernelSize: 3, strides: 4, padding: "same" })).apply(x);
    const b = frozen(layers.conv2d({ filters: 4, kernelSize: 3, padding: "same", activation: "relu" })).apply(
      a,
    );
    const c = layers.relu().apply(layers.add([a, b]));
    const d = layers.conv2d({ filters: 4, kernelSize: 3, padding: "same" }).apply(c);
    const e = layers.globalAveragePooling2d().apply(layers.add([c, d]));
    const y = layers
      .dense({ units: 10, activation: "softmax" })
      .apply(layers.dropout({ rate: 0.2 }).apply(e));
    return model({ inputs: x, outputs: y, seed: 3 });
  },
  "frozen layers that end with an activation of the next one's": () =>
    sequential(
      [
        layers.rescaling({ scale: 1 / 127.5, offset: -1 }),
        frozen(layers.conv2d({ filters: 3, kernelSize: 3, strides: 3 })),
        layers.relu(),
        layers.flatten(),
        layers.dense({ units: 10, activation: "softmax" }),
      ],
      { inputShape: [28, 28, 1], seed: 3 },
    ),
};

async function compiled(build: () => Model): Promise<Model> {
  const net = build();
  await net.compile({
    optimizer: "adam",
    loss: "sparseCategoricalCrossentropy",
    metrics: "accuracy",
    engine,
  });
  return net;
}

const options: FitOptions = { epochs: 3, batchSize: 32, seed: 5 };

describe.each(Object.entries(networks))("%s", (_, build) => {
  it.each<[string, FitOptions]>([
    ["", {}],
    [" with validation data", { validationData: test }],
    [" with a part held out, and an average", { validationSplit: 0.2, ema: 0.9 }],
  ])("gives the same bits%s", async (_, others) => {
    const [slow, quick] = [await compiled(build), await compiled(build)];
    const wanted = await slow.fit(train, { ...options, ...others });
    const got = await quick.fit(train, { ...options, ...others, cacheFeatures: true });
    expect(await quick.digest()).toBe(await slow.digest());
    const { seconds: ignored, ...logs } = wanted;
    expect(ignored.length).toBe(3);
    expect(got).toMatchObject(logs);
    expect(await quick.evaluate(test)).toEqual(await slow.evaluate(test));
  });

  it("goes on in the middle, and without", async () => {
    const [slow, quick] = [await compiled(build), await compiled(build)];
    await slow.fit(train, options);
    let steps = 0;
    for await (const step of quick.train(train, { ...options, cacheFeatures: true }))
      if (step.loss && ++steps === 4) break;
    await quick.fit(train, { epochs: 2, resume: true, cacheFeatures: true });
    await quick.fit(train, { epochs: 3, resume: true });
    expect(await quick.digest()).toBe(await slow.digest());
  });
});

it("frozen layers run once for each example", async () => {
  const net = await compiled(networks["a chain with batch normalisation"]!);
  const { kernels } = engine.allocator;
  const run = kernels.run.bind(kernels);
  let [convolutions, products] = [0, 0];
  kernels.run = (kernel, values) => {
    if (([conv2d_f32, conv2d_winograd_f32] as unknown[]).includes(kernel)) convolutions++;
    else products++;
    run(kernel, values);
  };
  try {
    await net.fit(take(train, 32), { ...options, epochs: 1, cacheFeatures: true });
    const once = convolutions;
    expect(once).toBeGreaterThan(0);
    expect(products).toBeGreaterThan(0);
    await net.fit(take(train, 32), { ...options, epochs: 9, cacheFeatures: true });
    expect(convolutions - once).toBe(once);
  } finally {
    kernels.run = run;
  }
});

describe("is refused", () => {
  const chain = networks["a chain with batch normalisation"]!;
  it.each<[string, () => Model, () => readonly unknown[], string]>([
    [
      "where nothing is frozen",
      () =>
        sequential([layers.flatten(), layers.dense({ units: 10, activation: "softmax" })], {
          inputShape: [28, 28, 1],
        }),
      () => [train, { cacheFeatures: true }],
      "no frozen layers stand at the beginning",
    ],
    [
      "where dropout stands first",
      () =>
        sequential(
          [
            layers.dropout({ rate: 0.5 }),
            frozen(layers.flatten()),
            layers.dense({ units: 10, activation: "softmax" }),
          ],
          {
            inputShape: [28, 28, 1],
          },
        ),
      () => [train, { cacheFeatures: true }],
      "no frozen layers stand at the beginning",
    ],
    [
      "with augmentation",
      chain,
      () => [train, { cacheFeatures: true, augment: augmentation({ shift: 1 }) }],
      "augmentation changes",
    ],
    [
      "for a stream",
      chain,
      () => [[{ x: train.x.slice(0, 784), y: [1] }] as never, { cacheFeatures: true }],
      "a stream brings other examples",
    ],
  ])("%s, and the model can be trained afterwards", async (_, build, given, message) => {
    const net = await compiled(build);
    expect(
      await failure(
        () => (net.fit as (...all: readonly unknown[]) => unknown).apply(net, given() as []),
        "INVALID_ARGUMENT",
      ),
    ).toContain(message);
    await net.fit(take(train, 8));
  });
});

describe("features", () => {
  it("are what a layer within the network gives, with the targets of a data set", async () => {
    const net = await compiled(networks["a chain with batch normalisation"]!);
    const set: Dataset = await net.features(test);
    expect(set.shape).toEqual([40, 12]);
    expect(set.y).toBe(test.y);
    const front = net.truncate("batch_normalization_1");
    await front.build();
    const { data } = await front.predict(test);
    expect(set.x).toEqual(data);
    const rows = await net.features({ x: test.x, shape: test.shape }, { at: "flatten" });
    expect(rows.shape).toEqual([40, 144]);
    expect(await failure(() => net.features(test, { at: "flaten" }), "INVALID_ARGUMENT")).toContain(
      "did you mean flatten?",
    );
  });
});
