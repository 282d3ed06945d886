/** Augmentation within a run: what each kind does to the pixels, the loss of mixed examples, and the same bits. */
import { describe, expect, it } from "vitest";
import { augmentation } from "../../../src/augmentation/augmentation.ts";
import { drawImages, drawMixture } from "../../../src/augmentation/draw.ts";
import type { AugmentationKind, AugmentationOptions } from "../../../src/augmentation/options.ts";
import { createEngine, type Engine } from "../../../src/autograd/engine.ts";
import { type Dataset, type Normalization, oneHot } from "../../../src/data/dataset.ts";
import { layers } from "../../../src/layers/index.ts";
import { type FitOptions, load, type Model, sequential } from "../../../src/model/index.ts";
import { imageParameters } from "../../../src/ops/augmentImages.ts";
import { setStep, stepCounter } from "../../../src/ops/random.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { failure } from "../../data/failure.ts";
import { asFloats, blobs, convolution, perceptron, quarters } from "../examples.ts";

const engine = await createEngine({ threads: 1 });
const everything: Required<Pick<AugmentationOptions, AugmentationKind>> = {
  shift: 1,
  rotation: 20,
  zoom: 0.2,
  shear: 10,
  flip: "both",
  cutout: 3,
  brightness: 0.2,
  color: 0.3,
  elastic: { alpha: 4, sigma: 2 },
  mixup: 0.4,
};

const [height, width] = [6, 9];
/** Where a pixel was taken from can be read off it: 1 + 9 row + column, also between pixels. None is 0. */
const picture = Float32Array.from({ length: height * width }, (_, i) => 1 + i);

interface Given {
  n?: number;
  step?: number;
  seed?: number;
  on?: Engine;
  image?: Float32Array;
  size?: readonly [height: number, width: number];
  pixels?: Normalization | undefined;
}

/** What n copies of an image become in one step. */
function augmented(options: AugmentationOptions, given: Given = {}): Float32Array[] {
  const { n = 60, step = 0, seed = 1, on = engine, image = picture, size = [height, width] } = given;
  const pixels = "pixels" in given ? given.pixels : { scale: 1, shift: 0 };
  const { allocator } = on;
  const augmenter = augmentation(options).begin({ shape: [...size, 1], pixels }, on, seed);
  return on.step(() => {
    const inputs = augmenter.inputs(n);
    augmenter.fill(inputs, step);
    const counter = stepCounter(allocator);
    setStep(counter, step);
    const copies = Float32Array.from({ length: n * image.length }, (_, i) => image[i % image.length]!);
    const [changed] = augmenter.apply([on.tensor(copies, [n, ...size, 1])], inputs, counter);
    const data = changed!.data as Float32Array;
    return Array.from({ length: n }, (_, i) => data.slice(i * image.length, (i + 1) * image.length));
  });
}

/** The picture looked up at whole pixels; 0 beyond its edges. */
function looked(from: (row: number, column: number) => [row: number, column: number]): Float32Array {
  return Float32Array.from(picture, (_, i) => {
    const [row, column] = from(Math.floor(i / width), i % width);
    return row < 0 || row >= height || column < 0 || column >= width ? 0 : 1 + row * width + column;
  });
}

describe("each kind alone", () => {
  it("shift moves by whole pixels, exactly, each way", () => {
    const found = new Set<string>();
    for (const image of augmented({ shift: [1, 2] }, { n: 400 })) {
      for (let down = -1; down <= 1; down++)
        for (let right = -2; right <= 2; right++)
          if (String(image) === String(looked((row, column) => [row - down, column - right])))
            found.add(`${down} ${right}`);
    }
    expect(found.size).toBe(15);
  });

  it.each([
    ["horizontal", 2],
    ["vertical", 2],
    ["both", 4],
  ] as const)("flip %s mirrors, exactly", (flip, kinds) => {
    const x = flip !== "vertical";
    const y = flip !== "horizontal";
    const allowed = [
      [false, false],
      [x, false],
      [false, y],
      [x, y],
    ].map(([mirrorX, mirrorY]) =>
      String(
        looked((row, column) => [mirrorY ? height - 1 - row : row, mirrorX ? width - 1 - column : column]),
      ),
    );
    const found = new Set(augmented({ flip }).map(String));
    expect(found.size).toBe(kinds);
    for (const image of found) expect(allowed).toContain(image);
  });

  it.each<AugmentationOptions>([
    { rotation: 25 },
    { zoom: 0.3 },
    { shear: 20 },
    { rotation: 90, zoom: [1.2, 2] },
  ])("%j looks pixels up where its matrix says", (options) => {
    const n = 60;
    const matrices = new Float32Array(n * imageParameters);
    drawImages(matrices, options, { height, width, brightest: 255 }, { seed: 1, step: 3 });
    let seen = 0;
    for (const [i, image] of augmented(options, { n, step: 3 }).entries()) {
      const [xx = 0, xy = 0, x1 = 0, yx = 0, yy = 0, y1 = 0] = matrices.subarray(i * imageParameters);
      image.forEach((value, at) => {
        const [row, column] = [Math.floor(at / width), at % width];
        const [sx, sy] = [xx * column + xy * row + x1, yx * column + yy * row + y1];
        if (sx < 0 || sx > width - 1 || sy < 0 || sy > height - 1) return;
        seen++;
        expect(Math.abs(value - (1 + sy * width + sx))).toBeLessThan(1e-3);
      });
      expect(Math.abs(mean(...centre(image)) - mean(...centre(picture)))).toBeLessThan(1e-3);
    }
    expect(seen).toBeGreaterThan(1000);
  });

  it("color gives each image another contrast about the middle of the range, and another brightness", () => {
    const images = augmented({ color: 0.5 });
    for (const image of images) {
      const factor = (image[1]! - image[0]!) / (picture[1]! - picture[0]!);
      expect(Math.abs(factor - 1)).toBeLessThanOrEqual(0.501);
      const middle = image[0]! + factor * (127.5 - picture[0]!);
      expect(Math.abs(middle - 127.5)).toBeLessThanOrEqual(0.25 * 255 + 0.1);
      image.forEach((value, i) => {
        expect(Math.abs(value - (image[0]! + factor * (picture[i]! - picture[0]!)))).toBeLessThan(0.01);
      });
    }
    expect(new Set(images.map(String)).size).toBe(images.length);
  });

  it("cutout blanks one square with the fill value, and leaves the rest", () => {
    for (const image of augmented({ cutout: 3, fillValue: 100 })) {
      const blank = [...image.keys()].filter((i) => image[i] === 100);
      const rows = new Set(blank.map((i) => Math.floor(i / width)));
      const columns = new Set(blank.map((i) => i % width));
      expect(blank).toHaveLength(rows.size * columns.size);
      expect(Math.min(rows.size, columns.size)).toBeGreaterThanOrEqual(2); // its centre is in the image
      expect(Math.max(rows.size, columns.size)).toBeLessThanOrEqual(3);
      image.forEach((value, i) => {
        if (!blank.includes(i)) expect(value).toBe(picture[i]);
      });
    }
  });

  it("brightness adds one number to all pixels and stays in the range", () => {
    const numbers = augmented(
      { brightness: 0.1 },
      { pixels: { scale: 2, shift: 5 }, image: new Float32Array(54).fill(200) },
    );
    for (const [first = 0, ...others] of numbers) {
      expect(Math.abs(first - 200)).toBeLessThanOrEqual(0.1 * 255 * 2);
      expect(new Set(others)).toEqual(new Set([first]));
    }
    expect(new Set(numbers.map(([first]) => first)).size).toBe(60);
    const limited = augmented({ brightness: 0.5, valueRange: [10, 40] }).flatMap((image) => [...image]);
    expect([Math.min(...limited), Math.max(...limited)]).toEqual([10, 40]);
  });

  it("elastic bends by as much as Simard's, smoothly", () => {
    const side = 24;
    const image = Float32Array.from({ length: side * side }, (_, i) => i % side);
    const [alpha, sigma] = [6, 3];
    const moved = augmented({ elastic: { alpha, sigma } }, { n: 200, image, size: [side, side] });
    const inner = [...image.keys()].filter((i) =>
      [i % side, Math.floor(i / side)].every((k) => k > 4 && k < 19),
    );
    const at = (i: number): number[] => moved.map((each) => each[i]! - image[i]!);
    const product = (from: number, to: number): number =>
      mean(...inner.map((i) => mean(...at(i + from).map((value, k) => value * at(i + to)[k]!))));
    // uniform noise of −1 … 1 has the variance 1/3; smoothed in two directions it is divided by 4 π sigma²
    const variance = (alpha * alpha) / 3 / (4 * Math.PI * sigma * sigma);
    expect(Math.abs(product(0, 0) / variance - 1)).toBeLessThan(0.05);
    for (const distance of [1, 3]) {
      const wanted = Math.exp(-(distance * distance) / (4 * sigma * sigma));
      expect(Math.abs(product(0, distance) / variance - wanted)).toBeLessThan(0.06);
    }
    expect(Math.abs(mean(...inner.flatMap(at)))).toBeLessThan(0.02);
  });

  it("elastic differs between images and between steps", () => {
    const images = [0, 1].flatMap((step) => augmented({ elastic: { alpha: 9 } }, { n: 20, step }));
    expect(new Set(images.map(String)).size).toBe(40);
  });

  it("fills with what a stored 0 becomes", () => {
    const pixels = { scale: 0.5, shift: -3 };
    for (const image of augmented(
      { shift: 4, rotation: 90 },
      { pixels, image: new Float32Array(54).fill(-3) },
    ))
      expect(new Set(image)).toEqual(new Set([-3]));
    expect(augmented({ shift: 5 }, { pixels, n: 9 }).some((image) => image.includes(-3))).toBe(true);
  });
});

const mean = (...values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The two pixels around the centre of a 6 × 9 image. */
const centre = (image: Float32Array): [number, number] => [image[2 * width + 4]!, image[3 * width + 4]!];

describe("mixup", () => {
  const data = blobs({ n: 12 });
  const alpha = 0.7;
  const seed = 4;
  const { partners, shares } = drawMixture(12, alpha, { seed, step: 0 });
  const loss = "sparseCategoricalCrossentropy";

  /** −ln p of the label, or of what lies in the row of a partner. */
  async function mixedLoss(net: Model, weights: readonly number[] = Array(12).fill(1)): Promise<number> {
    const x = Float32Array.from(data.x, (value, i) => {
      const [row, k] = [Math.floor(i / 6), i % 6];
      return shares[row]! * value + (1 - shares[row]!) * data.x[partners[row]! * 6 + k]!;
    });
    const { data: p } = await net.predict(x);
    const cross = (row: number, of: number): number => -weights[of]! * Math.log(p[row * 3 + data.y[of]!]!);
    return mean(
      ...Array.from(
        shares,
        (share, row) => share * cross(row, row) + (1 - share) * cross(row, partners[row]!),
      ),
    );
  }

  async function fresh(loss_: "sparseCategoricalCrossentropy" | "categoricalCrossentropy" = loss) {
    const net = perceptron();
    await net.compile({
      optimizer: optimizers.sgd({ learningRate: 1 }),
      loss: loss_,
      metrics: ["accuracy"],
      engine,
    });
    return net;
  }

  const options: FitOptions = {
    batchSize: 12,
    shuffle: false,
    seed,
    augment: augmentation({ mixup: alpha }),
  };

  it("mixes images and losses in the same shares; labels or one-hot rows", async () => {
    const net = await fresh();
    const wanted = await mixedLoss(net);
    const { loss: found } = await net.fit(data, options);
    expect(found[0]).toBeCloseTo(wanted, 5);
    const dense = await fresh("categoricalCrossentropy");
    const rows = { ...data, y: oneHot(data.y, 3) };
    expect((await dense.fit(rows, options)).loss[0]).toBeCloseTo(wanted, 5);
  });

  it("has the gradient of that loss", async () => {
    const net = await fresh();
    const before = net.getWeights();
    await net.fit(data, options);
    const after = net.getWeights();
    const probe = await fresh();
    const width = 1e-2;
    let largest = 0;
    for (const [k, { data: values }] of before.entries())
      for (let i = 0; i < values.length; i += 3) {
        const losses: number[] = [];
        for (const sign of [1, -1]) {
          const moved = before.map((weight) => ({ ...weight, data: weight.data.slice() }));
          moved[k]!.data[i]! += sign * width;
          probe.setWeights(moved);
          losses.push(await mixedLoss(probe));
        }
        const slope = (losses[0]! - losses[1]!) / (2 * width);
        const gradient = values[i]! - after[k]!.data[i]!; // the rate is 1
        largest = Math.max(largest, Math.abs(gradient));
        expect(Math.abs(gradient - slope)).toBeLessThan(2e-3);
      }
    expect(largest).toBeGreaterThan(0.1);
  });

  it("weighs each part by its own class and example", async () => {
    const net = await fresh();
    const sampleWeight = Array.from({ length: 12 }, (_, i) => 0.5 + i / 8);
    const weights = sampleWeight.map((weight, i) => weight * (data.y[i] === 1 ? 3 : 1));
    const wanted = await mixedLoss(net, weights);
    const { loss: found } = await net.fit(data, { ...options, sampleWeight, classWeight: { 1: 3 } });
    expect(found[0]).toBeCloseTo(wanted, 5);
  });

  it("counts accuracy against the label of the larger share, on the mixed images", async () => {
    const net = await fresh();
    const x = Float32Array.from(data.x, (value, i) => {
      const row = Math.floor(i / 6);
      return shares[row]! * value + (1 - shares[row]!) * data.x[partners[row]! * 6 + (i % 6)]!;
    });
    const { accuracy } = await net.evaluate({ ...data, x });
    expect((await net.fit(data, options)).accuracy![0]).toBeCloseTo(accuracy!, 6);
  });
});

describe("a run", () => {
  const data = quarters({ n: 88 });
  const options: FitOptions = { epochs: 3, batchSize: 24, seed: 5, augment: augmentation(everything) };

  async function compiled(on: Engine = engine): Promise<Model> {
    const net = convolution();
    await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", engine: on });
    return net;
  }

  async function run(changes: FitOptions = {}, set: Dataset = data, on = engine): Promise<string> {
    const net = await compiled(on);
    await net.fit(set, { ...options, ...changes });
    return net.digest();
  }

  it("has the same bits in every build and on every number of threads", async () => {
    const wanted = await run();
    expect(await run()).toBe(wanted);
    for (const variant of ["scalar", "simd"] as const)
      for (const threads of [1, 2, 3])
        expect(await run({}, data, await createEngine({ variant, threads })), `${variant} ${threads}`).toBe(
          wanted,
        );
  });

  it("shares large batches among threads and keeps the bits", async () => {
    const size = [28, 28] as const;
    const image = Float32Array.from({ length: 784 }, (_, i) => (i * 7919) % 256);
    const options = {
      rotation: 15,
      shift: 2,
      elastic: { alpha: 20 },
      brightness: 0.1,
      cutout: 7,
      mixup: 0.3,
    };
    const [wanted, ...others] = await Promise.all(
      [1, 2, 3].map(async (threads) => {
        const on = await createEngine({ threads });
        for (let round = 0; round < 3; round++) augmented(options, { on, image, size, n: 67 });
        return augmented(options, { on, image, size, n: 67, step: 9 });
      }),
    );
    for (const other of others) expect(other).toEqual(wanted);
  });

  it("is another with another seed or description, or without", async () => {
    const { augment: _, ...plain } = options;
    const net = await compiled();
    await net.fit(data, plain);
    const all = [
      await net.digest(),
      await run(),
      await run({ seed: 6 }),
      ...(await Promise.all(
        Object.keys(everything).map((left) => {
          const { [left as AugmentationKind]: __, ...others } = everything;
          return run({ augment: augmentation(others) });
        }),
      )),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it("is the same on bytes and on the floats they stand for", async () => {
    const { brightness: _, color: __, ...others } = everything; // these two ask for a range
    for (const change of [others, { ...everything, valueRange: [0, 1] as const }]) {
      const stored = { ...change, ...("valueRange" in change && { valueRange: [0, 255] as const }) };
      expect(await run({ augment: augmentation(change) }, asFloats(data))).toBe(
        await run({ augment: augmentation(stored) }),
      );
    }
  });

  it("that is interrupted and taken up equals the uninterrupted one, at every step", async () => {
    const whole = await run();
    for (let stop = 1; stop < 12; stop += 2) {
      const net = await compiled();
      let done = 0;
      for await (const _ of net.train(data, options)) if (++done === stop) break;
      const again = await load(await net.save({ optimizer: true }), { engine });
      await again.fit(data, { augment: augmentation(everything), resume: true });
      expect(await again.digest(), `stopped after ${stop}`).toBe(whole);
    }
  });

  it("is taken up with the augmentation it began with only", async () => {
    const net = await compiled();
    for await (const _ of net.train(data, options)) break;
    const taken = (augment?: FitOptions["augment"]) => () =>
      net.fit(data, { resume: true, ...(augment && { augment }) });
    expect(await failure(taken(), "INVALID_ARGUMENT")).toMatch(/began with .*"shift":1.* but none is given/);
    expect(await failure(taken(augmentation({ shift: 2 })), "INVALID_ARGUMENT")).toMatch(
      /\{"shift":2\} is given/,
    );
  });

  it("validates on images as they are", async () => {
    const net = await compiled();
    const history = await net.fit(data, { ...options, epochs: 1, validationData: data });
    expect(history.val_loss![0]).toBe((await net.evaluate(data, { batchSize: 24 })).loss);
  });

  it("learns with everything turned on", async () => {
    const net = await compiled();
    const { cutout: _, flip: __, ...mild } = everything; // the place of the light is the class
    const { loss } = await net.fit(data, { ...options, epochs: 60, augment: augmentation(mild) });
    expect(loss.at(-1)!).toBeLessThan(0.7 * loss[0]!);
  });
});

describe("what does not fit", () => {
  const flat = sequential([layers.dense({ units: 4, activation: "softmax" })], { inputShape: [64] });
  const data = quarters({ n: 8 });

  it("names the kind that needs images", async () => {
    await flat.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy", engine });
    const set = { ...data, shape: [8, 64] };
    const fitting = (options: AugmentationOptions) => () => flat.fit(set, { augment: augmentation(options) });
    expect(await failure(fitting({ mixup: 0.2, flip: "both" }), "SHAPE_MISMATCH")).toMatch(
      /flip needs images .* takes \[64\]; give it inputShape/,
    );
    await fitting({ mixup: 0.2, brightness: 0.1 })(); // these need none
  });

  it("asks for the range of floats, for an augmentation, and for images large enough", async () => {
    const net = convolution();
    await net.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy", engine });
    const weights = await net.digest();
    const fitting =
      (augment: FitOptions["augment"], set: Dataset = data) =>
      () =>
        net.fit(set, augment ? { augment } : {});
    expect(
      await failure(fitting(augmentation({ brightness: 0.1 }), asFloats(data)), "INVALID_ARGUMENT"),
    ).toMatch(/pass valueRange/);
    const plain = { shift: 2 } as unknown as FitOptions["augment"];
    expect(await failure(fitting(plain), "INVALID_ARGUMENT")).toMatch(/augment: augmentation\(/);
    expect(await failure(fitting(augmentation({ cutout: 9 })), "INVALID_ARGUMENT")).toMatch(/8 by 8/);
    expect(await failure(() => augmentation({ shift: Number.NaN }), "INVALID_ARGUMENT")).toMatch(
      /shift is NaN/,
    );
    expect(await net.digest()).toBe(weights);
  });
});
