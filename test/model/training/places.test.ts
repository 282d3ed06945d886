/** Outputs with a class or a number at each place, such as the pixels of an image or the steps of a sequence. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { type Dataset, dataset, oneHot } from "../../../src/data/dataset.ts";
import { layers } from "../../../src/layers/index.ts";
import type { LossName } from "../../../src/losses/index.ts";
import { Random } from "../../../src/math/philox.ts";
import { ConfusionMatrix, type Metric, metrics } from "../../../src/metrics/index.ts";
import { augmentation, type Model, sequential } from "../../../src/model/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { failure } from "../../data/failure.ts";
import { array64 } from "../../reference/array64.ts";
import * as twin from "../../reference/training/losses.ts";
import { mean, rows, stepsOf } from "../examples.ts";

const engine = await createEngine();
const still = optimizers.sgd({ learningRate: 0 });
const classes = 3;

interface Places {
  /** Shape of an example, channels last. */
  readonly sample: readonly number[];
  /** Examples. */
  readonly n: number;
}

// the batch is as large as the width, where a wrong axis gives no error
const image: Places = { sample: [4, 5, 2], n: 5 };
const sequence: Places = { sample: [6, 2], n: 6 };

function placesIn({ sample, n }: Places): number {
  return n * sample.slice(0, -1).reduce((product, size) => product * size, 1);
}

/** Numbers with a class at each place. */
function labelled(places: Places): Dataset {
  const random = new Random(3, 7);
  const count = placesIn(places);
  return {
    x: Float32Array.from({ length: count * places.sample.at(-1)! }, () => random.normal()),
    shape: [places.n, ...places.sample],
    y: Int32Array.from({ length: count }, (_, i) => (i * 7 + (i >> 2)) % classes),
  };
}

/** A network that says something at each place by the numbers there alone. */
function labeller({ sample }: Places, activation: "softmax" | "sigmoid" | "linear" = "softmax"): Model {
  const [rows, columns] = sample.length === 3 ? sample : [sample[0]!, 1];
  return sequential(
    [
      layers.reshape({ targetShape: [rows!, columns!, sample.at(-1)!] }),
      layers.conv2d({ filters: classes, kernelSize: 1 }),
      layers.reshape({ targetShape: [...sample.slice(0, -1), classes] }),
      layers.activation({ activation }),
    ],
    { inputShape: [...sample], seed: 5 },
  );
}

async function compiled(
  net: Model,
  loss: LossName = "sparseCategoricalCrossentropy",
  given: readonly Metric[] = [],
  optimizer = still,
): Promise<Model> {
  await net.compile({ optimizer, loss, metrics: given, engine });
  return net;
}

/** Cross-entropy of each place, by predict. */
async function lossesAt(net: Model, data: Dataset): Promise<number[]> {
  const { data: p } = await net.predict(data);
  return Array.from(data.y, (label, place) => -Math.log(p[place * classes + label]!));
}

describe.each([
  ["pixels of images", image],
  ["steps of sequences", sequence],
])("%s", (_, places) => {
  const data = labelled(places);
  const each = data.y.length / places.n;
  const sampleWeight = Float32Array.from({ length: places.n }, (_, i) => 0.5 + i);
  const classWeight = { 0: 3, 2: 0.25 };
  const ofClass = [3, 1, 0.25];
  const weights = {
    none: [{}, () => 1],
    "of examples": [{ sampleWeight }, (i) => sampleWeight[Math.floor(i / each)]!],
    "of classes": [{ classWeight }, (i) => ofClass[data.y[i]!]!],
    "of both": [
      { sampleWeight, classWeight },
      (i) => sampleWeight[Math.floor(i / each)]! * ofClass[data.y[i]!]!,
    ],
    "of places, in rows": [
      {
        sampleWeight: rows(0, places.n).map((i) => rows(i * each, (i + 1) * each).map((place) => place % 3)),
      },
      (i) => i % 3,
    ],
    "of places": [{ sampleWeight: rows(0, data.y.length).map((i) => i % 2) }, (i) => i % 2],
  } satisfies Record<string, [object, (place: number) => number]>;

  it.each(Object.entries(weights))(
    "weights %s: the mean over all places of weight times loss",
    async (_, [given, at]) => {
      const net = await compiled(labeller(places));
      const wanted = mean((await lossesAt(net, data)).map((loss, i) => loss * at(i)));
      const dense = await compiled(labeller(places), "categoricalCrossentropy");
      const hot = { ...data, y: oneHot(data.y, classes) };
      for (const batchSize of [places.n, 2]) {
        expect((await net.fit(data, { ...given, batchSize })).loss[0]).toBeCloseTo(wanted, 5);
        expect((await net.evaluate(data, { ...given, batchSize })).loss).toBeCloseTo(wanted, 5);
        expect((await dense.fit(hot, { ...given, batchSize })).loss[0]).toBeCloseTo(wanted, 5);
      }
    },
  );

  it("have the gradient of that loss, by finite differences", async () => {
    const given = { sampleWeight, classWeight };
    const net = await compiled(labeller(places), undefined, [], optimizers.sgd({ learningRate: 1 }));
    const before = net.getWeights();
    await net.fit(data, { ...given, batchSize: places.n });
    const after = net.getWeights();
    const h = 2 ** -6;
    const lossAt = async (weight: number, i: number, change: number): Promise<number> => {
      net.setWeights(
        before.map((w, at) =>
          at === weight ? { ...w, data: w.data.map((v, j) => (j === i ? v + change : v)) } : w,
        ),
      );
      return (await net.evaluate(data, { ...given, batchSize: places.n })).loss;
    };
    for (const [weight, { data: values }] of before.entries())
      for (const [i, value] of values.entries()) {
        const slope = ((await lossAt(weight, i, h)) - (await lossAt(weight, i, -h))) / (2 * h);
        expect(value - after[weight]!.data[i]!).toBeCloseTo(slope, 3);
      }
  });

  it("are scored place by place", async () => {
    const given = [
      metrics.accuracy(),
      metrics.topK({ k: 2 }),
      metrics.f1(),
      metrics.precision(),
      metrics.recall(),
      metrics.auc(),
    ];
    const net = await compiled(labeller(places), undefined, given);
    const prediction = await net.predict(data);
    // the same numbers as a list of examples
    const flat = { data: prediction.data, rows: data.y.length, columns: classes };
    const wanted = Object.fromEntries(
      given.map((metric) => {
        const state = metric.create();
        state.update(flat, { labels: data.y });
        return [metric.name, state.result()];
      }),
    );
    const right = rows(0, flat.rows).filter((i) => {
      const row = [...flat.data.subarray(i * classes, (i + 1) * classes)];
      return row.indexOf(Math.max(...row)) === data.y[i];
    });
    expect(wanted.accuracy).toBe(right.length / flat.rows);
    const { loss: _loss, ...scores } = await net.evaluate(data, { batchSize: 2 });
    expect(scores).toEqual(wanted);
    const history = await net.fit(data, { batchSize: 2, shuffle: false });
    for (const [name, value] of Object.entries(wanted)) expect(history[name]).toEqual([value]);
    const confusion = new ConfusionMatrix({ classes }).addBatch(prediction, { labels: data.y });
    expect(confusion.total).toBe(flat.rows);
    expect(confusion.accuracy).toBeCloseTo(wanted.accuracy!, 12);
    expect(confusion.score("f1")).toBeCloseTo(wanted.f1!, 12);
  });

  it("learn, from labels nested as the output or in a row", async () => {
    const { sample, n } = places;
    const learnable: Dataset = {
      ...data,
      y: Uint8Array.from(
        { length: data.y.length },
        (_, i) => (data.x[2 * i]! > 0 ? 1 : 0) + (data.x[2 * i + 1]! > 0 ? 1 : 0),
      ),
    };
    const nested = (shape: readonly number[], from: number): unknown =>
      shape.length === 0
        ? learnable.y[from]
        : rows(0, shape[0]!).map((i) =>
            nested(shape.slice(1), from + i * shape.slice(1).reduce((a, b) => a * b, 1)),
          );
    const x = learnable.x as Float32Array;
    const shape = [n, ...sample];
    const forms = [
      dataset({ x, shape, y: learnable.y as Uint8Array }),
      dataset({ x, shape, y: nested([n, ...sample.slice(0, -1)], 0) as number[][] }),
    ];
    const digests = [];
    for (const form of forms) {
      const net = await compiled(
        labeller(places),
        undefined,
        [metrics.accuracy()],
        optimizers.adam({ learningRate: 0.1 }),
      );
      const { accuracy } = await net.fit(form, { epochs: 40, batchSize: 2, seed: 1 });
      expect(accuracy!.at(-1)).toBeGreaterThan(0.8);
      digests.push(await net.digest());
    }
    expect(digests[1]).toBe(digests[0]);
  });
});

const dense = {
  meanSquaredError: (p, t) => twin.meanSquaredError(p, t),
  meanAbsoluteError: (p, t) => twin.meanAbsoluteError(p, t),
  huber: (p, t) => twin.huber(p, t),
  binaryCrossentropy: (p, t) => twin.binaryCrossentropy(p, t),
  categoricalCrossentropy: (p, t) => twin.categoricalCrossentropy(p, t),
} satisfies Partial<
  Record<
    LossName,
    (p: ReturnType<typeof array64>, t: ReturnType<typeof array64>) => ReturnType<typeof array64>
  >
>;

it.each(Object.entries(dense))(
  "%s of images is the mean over pixels and examples, as in Keras",
  async (name, loss) => {
    const activation =
      name === "binaryCrossentropy" ? "sigmoid" : name === "categoricalCrossentropy" ? "softmax" : "linear";
    const net = await compiled(labeller(image, activation), name as LossName);
    const data = labelled(image);
    const y = oneHot(data.y, classes);
    const targets = array64([data.y.length, classes], [...y]);
    const { data: p } = await net.predict(data);
    const each = [...loss(array64([data.y.length, classes], [...p]), targets).data];
    const sampleWeight = [1, 0, 2, 0.5, 3];
    const weighted = each.map((value, i) => value * sampleWeight[Math.floor(i / 20)]!);
    expect((await net.evaluate({ ...data, y })).loss).toBeCloseTo(mean(each), 5);
    expect((await net.evaluate({ ...data, y }, { sampleWeight })).loss).toBeCloseTo(mean(weighted), 5);
    expect((await net.fit({ ...data, y }, { sampleWeight, batchSize: 5 })).loss[0]).toBeCloseTo(
      mean(weighted),
      5,
    );
  },
);

it("mixup shares each example's loss over its pixels", async () => {
  const net = sequential([layers.conv2d({ filters: classes, kernelSize: 1, activation: "softmax" })], {
    inputShape: [4, 5, 1],
    seed: 5,
  });
  await compiled(net);
  const y = Int32Array.from({ length: 100 }, (_, i) => i % classes);
  // all images are one: a mixture looks like it, and targets alone differ
  const x = new Float32Array(100).fill(0.5);
  const data: Dataset = { x, y, shape: [5, 4, 5, 1] };
  const losses = await lossesAt(net, data);
  const ofExample = rows(0, 5).map((i) => mean(losses.slice(20 * i, 20 * i + 20)));
  const options = { augment: augmentation({ mixup: 1 }), batchSize: 5, shuffle: false, epochs: 6, seed: 2 };
  const found = (await stepsOf(net, data, options)).map(({ loss }) => loss);
  for (const loss of found) {
    expect(loss).toBeGreaterThanOrEqual(Math.min(...ofExample) - 1e-5);
    expect(loss).toBeLessThanOrEqual(Math.max(...ofExample) + 1e-5);
  }
  // one-hot rows and class indices are the same targets
  const hot = await compiled(
    sequential([layers.conv2d({ filters: classes, kernelSize: 1, activation: "softmax" })], {
      inputShape: [4, 5, 1],
      seed: 5,
    }),
    "categoricalCrossentropy",
  );
  const again = (await stepsOf(hot, { ...data, y: oneHot(y, classes) }, options)).map(({ loss }) => loss);
  for (const [i, loss] of again.entries()) expect(loss).toBeCloseTo(found[i]!, 5);
});

describe("errors", () => {
  it("name the places that labels and weights are wanted for", async () => {
    const net = await compiled(labeller(image));
    const data = labelled(image);
    expect(await failure(() => net.fit({ ...data, y: new Uint8Array(5) }), "SHAPE_MISMATCH")).toContain(
      "pass one class index for each of the [4, 5] places per example",
    );
    const far = Int32Array.from(data.y);
    far[77] = 3;
    expect(await failure(() => net.fit({ ...data, y: far }), "DATA_FORMAT")).toContain(
      "label 77 is 3 but the model has 3 outputs",
    );
    expect(await failure(() => net.fit(data, { sampleWeight: [1, 2] }), "SHAPE_MISMATCH")).toBe(
      "fit: sampleWeight has 2 numbers but there are 5 examples; pass one each, or one for each of the 20 places of each output",
    );
  });

  it("say that a loss of one's own gives too few numbers for weights of places", async () => {
    const net = labeller(image);
    const { ops } = await import("../../../src/index.ts");
    const loss = {
      type: "own",
      config: {},
      targets: "dense" as const,
      call: (p: Parameters<typeof ops.square>[0]) => ops.mean(ops.square(p)),
    };
    await net.compile({ optimizer: still, loss, engine });
    const data = { ...labelled(image), y: oneHot(labelled(image).y, classes) };
    expect(
      await failure(() => net.fit(data, { sampleWeight: [1, 1, 1, 1, 1], batchSize: 5 }), "SHAPE_MISMATCH"),
    ).toContain("the loss gives []");
  });
});
