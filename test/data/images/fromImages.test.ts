/** Pictures in memory as data sets, and models that take pictures of any size. A page's decoding is run in Chromium by test/package. */
import { describe, expect, it } from "vitest";
import {
  createEngine,
  datasets,
  layers,
  load,
  type PixelImage,
  pixels,
  sequential,
} from "../../../src/index.ts";
import { failure } from "../failure.ts";

function plain(width: number, height: number, color: readonly [number, number, number]): PixelImage {
  return {
    width,
    height,
    data: Uint8ClampedArray.from({ length: 4 * width * height }, (_, i) => [...color, 255][i % 4]!),
  };
}

const red = plain(5, 4, [255, 0, 0]);
const blue = plain(3, 9, [0, 0, 255]);

describe("datasets.fromImages", () => {
  it("prepares pictures and keeps how", async () => {
    const set = await datasets.fromImages([red, blue], { labels: ["warm", "cold"], imageSize: 2 });
    expect(set).toMatchObject({
      shape: [2, 2, 2, 3],
      classNames: ["cold", "warm"],
      normalization: { scale: 1 / 255, shift: 0 },
      preparation: { image: { height: 2, width: 2, fit: "cover", color: "rgb" } },
      unreadable: [],
    });
    expect(Array.from(set.y)).toEqual([1, 0]);
    expect(Array.from(set.x.subarray(0, 6))).toEqual([255, 0, 0, 255, 0, 0]);
  });

  it("finds size and colors where none are asked for", async () => {
    const gray = await datasets.fromImages([plain(4, 3, [9, 9, 9]), plain(4, 3, [7, 7, 7])], {
      labels: [0, 1],
    });
    expect(gray.shape).toEqual([2, 3, 4, 1]);
    expect(gray.classNames).toEqual(["0", "1"]);
    expect((await datasets.fromImages([red, blue], { labels: [0, 1] })).shape).toEqual([2, 3, 3, 3]);
  });

  it("takes labels from the folders of files", async () => {
    const files = ["cats", "dogs", "cats"].map((name, i) => ({
      ...red,
      webkitRelativePath: `photos/${name}/${i}.png`,
    }));
    const set = await datasets.fromImages(files, { imageSize: 2 });
    expect([set.classNames, Array.from(set.y)]).toEqual([
      ["cats", "dogs"],
      [0, 1, 0],
    ]);
  });

  it("decodes no files where the runtime decodes none", async () => {
    const reading = datasets.fromImages([new Blob(["x"])], { labels: [0] });
    expect(await failure(() => reading, "UNSUPPORTED")).toContain("readImage of anygrad/node");
  });

  it.each<readonly [string, object, string, string]>([
    ["no labels", {}, "INVALID_ARGUMENT", "have no labels"],
    ["another number of labels", { labels: ["a"] }, "SHAPE_MISMATCH", "2 pictures but 1 labels"],
    ["an unknown label", { labels: ["a", "b"], classNames: ["a", "c"] }, "DATA_FORMAT", '"b" is unknown'],
    ["a label out of range", { labels: [0, 2], classNames: ["a", "b"] }, "DATA_FORMAT", "label 1 is 2"],
    ["a bad size", { labels: [0, 1], imageSize: 2.5 }, "INVALID_ARGUMENT", "imageSize is 2.5"],
  ])("refuses %s", async (_, options, code, words) => {
    expect(await failure(() => datasets.fromImages([red, blue], options), code)).toContain(words);
  });

  it("refuses no pictures at all, and what are none", async () => {
    await failure(() => datasets.fromImages([], { labels: [] }), "INVALID_ARGUMENT");
    expect(
      await failure(() => pixels({ width: 2, height: 2, data: new Uint8Array(12) }), "INVALID_ARGUMENT"),
    ).toContain("four bytes a pixel");
    await failure(() => pixels("photo.png" as never), "INVALID_ARGUMENT");
  });
});

describe("a model trained on pictures", () => {
  it("takes pictures of any size, also once it was saved", async () => {
    const shades = Array.from({ length: 8 }, (_, i) =>
      i % 2 ? plain(4 + i, 5, [220, i, 10]) : plain(6, 4 + i, [10, i, 220]),
    );
    const labels = shades.map((_, i) => (i % 2 ? "warm" : "cold"));
    const set = await datasets.fromImages(shades, { labels, imageSize: 4 });
    const net = sequential([layers.flatten(), layers.dense({ units: 2, activation: "softmax" })], {
      inputShape: [4, 4, 3],
      seed: 1,
    });
    const engine = await createEngine({ threads: 1 });
    await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", engine });
    await net.fit(set, { epochs: 200, batchSize: 8, seed: 1 });
    const [first, second] = await net.classify([red, blue]);
    expect([first!.label, second!.label]).toEqual(["warm", "cold"]);
    expect(await net.classify(red)).toEqual([first]);
    const again = await load(await net.save(), { engine });
    expect(await again.classify([red, blue])).toEqual([first, second]);
    // the picture and the example that is made of it are the same to the network
    const { x, shape } = await datasets.fromImages([red, blue], {
      labels: [0, 1],
      imageSize: 4,
      color: "rgb",
    });
    expect(await net.predict([red, blue])).toEqual(await net.predict({ x, shape }));
  });

  it("of one that takes no pictures it is told", async () => {
    const net = sequential([layers.dense({ units: 1 })], { inputShape: [3] });
    await net.compile({
      optimizer: "sgd",
      loss: "meanSquaredError",
      engine: await createEngine({ threads: 1 }),
    });
    expect(await failure(() => net.predict(red), "SHAPE_MISMATCH")).toContain(
      "an example of this model is [3]",
    );
  });
});
