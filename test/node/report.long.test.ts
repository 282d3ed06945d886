/** Reports of runs from code: the page, its files, and that they can be read as those of `anygrad train --out`. */
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
  createEngine,
  type Dataset,
  dataset,
  datasets,
  type Engine,
  layers,
  loadModel,
  readTable,
  reportHtml,
  sequential,
  writeReport,
} from "../../node/index.ts";
import { reportHtml as anywhere } from "../../report/code/index.ts";
import { readRunFolder } from "../../runs/reader.ts";
import { readSavedModel } from "../../runs/savedModel.ts";
import { modelFromConfig } from "../../src/index.ts";
import type { LossLike } from "../../src/losses/index.ts";
import { failure } from "../data/failure.ts";

const fresh = (): string => join(mkdtempSync(join(tmpdir(), "anygrad-")), "report");
let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ threads: 1 });
});

const points = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);

describe("a classification of pictures", () => {
  it("leaves a folder that readers of runs take", async () => {
    const { train, test } = await datasets.digits({ train: 200, test: 60, seed: 1 });
    const net = sequential([layers.flatten(), layers.dense({ units: 10, activation: "softmax" })], {
      inputShape: [28, 28, 1],
      seed: 4,
      name: "tiny",
    });
    await net.compile({
      optimizer: "adam",
      loss: "sparseCategoricalCrossentropy",
      metrics: ["accuracy"],
      engine,
    });
    const history = await net.fit(train, { epochs: 3, batchSize: 20, validationData: test, seed: 7 });
    const folder = fresh();
    const names = await writeReport(net, history, test, folder, { train });
    expect(readdirSync(folder).sort()).toEqual([
      "figures",
      "history.csv",
      "model.safetensors",
      "network.json",
      "predictions.csv",
      "report.html",
      "run.json",
      "steps.csv",
    ]);
    const run = await readRunFolder(folder);
    const { accuracy } = await net.evaluate(test);
    expect(run.settings).toMatchObject({
      preset: "tiny",
      seed: 4,
      trainingSeed: 7,
      digest: await net.digest(),
      params: net.parameters,
      recipe: { optimizer: "adam", batchSize: 20, epochs: 3 },
      dataset: { train: [200, 28, 28, 1], test: [60, 28, 28, 1] },
    });
    expect(run.settings.test.accuracy).toBeCloseTo(accuracy!, 6);
    expect(run.history.val_accuracy).toEqual(history.val_accuracy);
    expect(run.predictions.labels).toEqual(Array.from(test.y));
    const config = JSON.parse(readFileSync(join(folder, "network.json"), "utf8"));
    expect(modelFromConfig(config).summary()).toBe(net.summary());
    const { bytes } = await readSavedModel(folder);
    expect(bytes.length).toBeGreaterThan(1000);
    expect(await (await loadModel(join(folder, "model.safetensors"), { engine })).digest()).toBe(
      await net.digest(),
    );

    const page = readFileSync(join(folder, "report.html"), "utf8");
    for (const part of [
      "Accuracy by epoch",
      "Confusion matrix",
      "Worst mistakes",
      "The first training examples",
      "data:image/png",
    ])
      expect(page).toContain(part);
    expect(page).not.toContain("by step");
    expect(page).not.toContain("This command");
    expect(
      names.filter((name) => /^figures\/(confusion|mistakes|filters|samples)[.](svg|png)$/.test(name)),
    ).toHaveLength(8);
    expect(readFileSync(join(folder, "figures/confusion.png")).subarray(1, 4).toString()).toBe("PNG");

    const alone = await reportHtml(net, history, test);
    expect(alone).toBe(await anywhere(net, history, test));
    expect(alone).toContain("The first test examples of each");
    expect(alone).not.toContain("figures/");
    expect(await reportHtml(net, history, test, { name: "my net", dataset: "my data" })).toContain(
      "<title>my net on my data</title>",
    );
  });
});

describe("other targets", () => {
  const learned = async (
    set: Dataset,
    units: number,
    activation: "sigmoid" | "softmax" | "linear",
    loss: LossLike & string,
  ) => {
    const net = sequential([layers.dense({ units, activation })], { inputShape: [2], seed: 1 });
    await net.compile({
      optimizer: "adam",
      loss,
      metrics: [loss === "meanSquaredError" ? "meanAbsoluteError" : "accuracy"],
      engine,
    });
    return { net, history: await net.fit(set, { epochs: 2, seed: 1 }) };
  };
  const above = points.map(([a = 0, b = 0]) => (a > b ? 1 : 0));

  it("one sigmoid tells two classes apart", async () => {
    const set = dataset({ x: points, y: above.map((yes) => [yes]), classNames: ["below", "above"] });
    const { net, history } = await learned(set, 1, "sigmoid", "binaryCrossentropy");
    const folder = fresh();
    await writeReport(net, history, set, folder);
    const { predictions, settings } = await readRunFolder(folder);
    expect(predictions.labels).toEqual(above);
    const { data } = await net.predict(set);
    expect(predictions.predicted).toEqual(Array.from(data, (p) => (p > 0.5 ? 1 : 0)));
    expect(settings.dataset.classNames).toEqual(["below", "above"]);
  });

  it("one-hot rows are classes", async () => {
    const set = dataset({ x: points, y: above.map((yes) => [1 - yes, yes]) });
    const { net, history } = await learned(set, 2, "softmax", "categoricalCrossentropy");
    expect(await reportHtml(net, history, set)).toContain("Confusion matrix");
  });

  it("a regression gets its scores and curves, and no classes", async () => {
    const set = dataset({ x: points, y: points.map(([a = 0, b = 0]) => [a + 2 * b]), name: "line" });
    const { net, history } = await learned(set, 1, "linear", "meanSquaredError");
    const folder = fresh();
    const names = await writeReport(net, history, set, folder, { target: { name: "height", unit: "m" } });
    expect(names).toContain("figures/meanAbsoluteError.svg");
    const page = readFileSync(join(folder, "report.html"), "utf8");
    for (const part of [
      "MeanAbsoluteError by epoch",
      "Predicted against actual",
      "Largest errors",
      "predicted, m",
    ])
      expect(page).toContain(part);
    for (const part of ["Confusion", "preset", "sequential", "This command", "test loss, scaled"])
      expect(page).not.toContain(part);
    const { settings, predictions } = await readRunFolder(folder);
    const { data } = await net.predict(set);
    expect(predictions.predicted).toEqual(Array.from(data));
    const off = Array.from(set.y, (y, i) => Math.abs(data[i]! - y));
    expect(settings.test.mae).toBeCloseTo(off.reduce((sum, one) => sum + one, 0) / off.length, 6);
    expect(settings.dataset.target).toEqual({ name: "height", unit: "m" });
    expect(settings.seed).toBe(1);
    const html = await reportHtml(net, history, set);
    expect(html).toContain("the label is predicted to within");
    expect(html).not.toContain("predictions.csv");
  });

  it("a regression on a table is told in the label's unit", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i},${(i * 37) % 11},${1000 * i + 5000}`);
    const { train, test } = await readTable(`a,b,price (€)\n${rows.join("\n")}`, { label: "price" });
    const net = sequential([layers.dense({ units: 1 })], { inputShape: [2], seed: 1 });
    await net.compile({ optimizer: "adam", loss: "meanSquaredError", metrics: ["r2"], engine });
    const history = await net.fit(train, { epochs: 3, batchSize: 10, validationData: test });
    const folder = fresh();
    await writeReport(net, history, test, folder, { train });
    const { settings, predictions } = await readRunFolder(folder);
    expect(settings.dataset.target).toEqual({ name: "price", unit: "€" });
    expect(settings.test.r2).toBeCloseTo((await net.evaluate(test)).r2!, 5);
    for (const label of predictions.labels) expect(Math.round(label) % 1000).toBe(0);
    expect(settings.seed).toBe(1);
    expect(settings.trainingSeed).toBe(0);
    expect(readFileSync(join(folder, "report.html"), "utf8")).toContain("predicted, €");
  });

  it("one sigmoid may learn a share", async () => {
    const set = dataset({ x: points, y: points.map(([a = 0]) => [(a + 1) / 2]) });
    const { net, history } = await learned(set, 1, "sigmoid", "meanSquaredError");
    expect(await reportHtml(net, history, set)).toContain("Predicted against actual");
  });

  it("several numbers an example leave a run.json, and readers say what they lack", async () => {
    const set = dataset({ x: points, y: points.map(([a = 0, b = 0]) => [a + b, a - b]) });
    const { net, history } = await learned(set, 2, "linear", "meanSquaredError");
    const folder = fresh();
    expect(await writeReport(net, history, set, folder)).toContain("run.json");
    expect((await readSavedModel(folder)).run?.digest).toBe(await net.digest());
    expect(await failure(() => readRunFolder(folder), "UNSUPPORTED")).toContain("nor predicts one number");
  });

  it("several numbers an example: each output predicted against actual, with its own scores", async () => {
    const set = dataset({ x: points, y: points.map(([a = 0, b = 0]) => [a + b, 100 * (a - b), 1]) });
    const { net, history } = await learned(set, 3, "linear", "meanSquaredError");
    const folder = fresh();
    const files = await writeReport(net, history, set, folder);
    for (const output of [0, 1, 2])
      expect(files).toEqual(expect.arrayContaining([`figures/predicted-actual-${output}.svg`]));
    const page = readFileSync(join(folder, "report.html"), "utf8");
    expect(page).toContain("Output 1: predicted against actual");
    // the scores by hand, of output 1
    const { data } = await net.predict(set);
    const [actual, predicted] = [set.y, data].map((list) => Array.from(list).filter((_, i) => i % 3 === 1));
    const left = actual!.reduce((sum, value, i) => sum + (value - predicted![i]!) ** 2, 0);
    const middle = actual!.reduce((sum, value) => sum + value, 0) / actual!.length;
    const spread = actual!.reduce((sum, value) => sum + (value - middle) ** 2, 0);
    expect(page).toContain((1 - left / spread).toFixed(4).replace("-", "−"));
    expect(page).toMatch(/R² is –[.]/); // of what is always 1 nothing is to be predicted
  });

  it("labels of which several may be so are no numbers", async () => {
    const set = dataset({ x: points, y: points.map(([a = 0, b = 0]) => [Number(a > 0), Number(b > 0)]) });
    const { net, history } = await learned(set, 2, "sigmoid", "binaryCrossentropy");
    expect(await reportHtml(net, history, set)).not.toContain("predicted against actual");
  });

  it("what is no history is refused, and nothing is written", async () => {
    const set = dataset({ x: points, y: above });
    const { net } = await learned(set, 2, "softmax", "sparseCategoricalCrossentropy");
    const folder = fresh();
    expect(await failure(() => writeReport(net, {} as never, set, folder), "INVALID_ARGUMENT")).toBe(
      "writeReport: history is {}; pass what net.fit() gave, behind the model",
    );
    expect(() => readdirSync(folder)).toThrow("ENOENT");
  });
});

describe("a class a pixel", () => {
  const classNames = ["ground", "left", "right"];
  /** Pictures of which the left or the right half is bright. */
  const halves = (count: number): Dataset => {
    const y = Uint8Array.from({ length: count * 16 }, (_, i) => {
      const [picture, column] = [Math.floor(i / 16), i % 4];
      return picture % 2 === Math.floor(column / 2) ? 1 + (picture % 2) : 0;
    });
    return dataset({
      x: Float32Array.from(y, (label) => label / 2),
      y,
      shape: [count, 4, 4, 1],
      classNames,
    });
  };

  async function trained(test: Dataset) {
    const net = sequential([layers.conv2d({ filters: 3, kernelSize: 1, activation: "softmax" })], {
      inputShape: [4, 4, 1],
      seed: 1,
    });
    await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", engine });
    const history = await net.fit(halves(20), { epochs: 2, validationData: test, seed: 1 });
    return { net, history };
  }

  it("has the IoU of each class, pictures, and a line an example in predictions.csv", async () => {
    const test = halves(6);
    const { net, history } = await trained(test);
    const { data } = await net.predict(test);
    const classOf = (place: number): number => {
      const row = Array.from(data.subarray(3 * place, 3 * place + 3));
      return row.indexOf(Math.max(...row));
    };
    const predicted = Array.from(test.y, (_, place) => classOf(place));
    const right = predicted.filter((one, place) => one === test.y[place]).length;
    const iou = classNames.map((_, classId) => {
      const both = predicted.filter((one, place) => one === classId && test.y[place] === classId).length;
      return both / predicted.filter((one, place) => one === classId || test.y[place] === classId).length;
    });
    const folder = fresh();
    const names = await writeReport(net, history, test, folder);
    expect(names).toEqual(
      expect.arrayContaining(["figures/iou.svg", "figures/pixels.png", "predictions.csv"]),
    );
    const html = readFileSync(join(folder, "report.html"), "utf8");
    expect(html).toContain(`<strong>${(right / 96).toFixed(4)}</strong> of 96 test pixels are right`);
    for (const [classId, name] of classNames.entries())
      expect(html).toMatch(
        new RegExp(
          `${name}</th>(<td class="number">[^<]*</td>){2}<td class="number">${iou[classId]!.toFixed(4)}`,
        ),
      );
    expect(html).toMatch(/alt="test example \d: predicted"/);
    const lines = readFileSync(join(folder, "predictions.csv"), "utf8").trim().split("\n");
    expect(lines[0]).toBe("example,pixels,right,iou0,iou1,iou2");
    expect(lines).toHaveLength(7);
    const counts = lines.slice(1).map((line) => Number(line.split(",")[2]));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(right);
  });

  it("is not classified as if it were one class an example", async () => {
    const { net } = await trained(halves(4));
    expect(await failure(() => net.classify(halves(2)), "SHAPE_MISMATCH")).toContain("use predict");
  });
});

describe("a run on a stream", () => {
  it("says so, and how many steps an epoch had, not that there was nothing to train on", async () => {
    const net = sequential([layers.dense({ units: 2, activation: "softmax" })], { inputShape: [2], seed: 1 });
    await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", engine });
    const labels = points.map(([x = 0]) => Number(x > 0));
    const set = dataset({ x: points, y: labels });
    const history = await net.fit(
      function* () {
        for (let i = 0; i < 5; i++)
          yield { x: points.slice(12 * i, 12 * i + 12), y: labels.slice(12 * i, 12 * i + 12) };
      },
      { epochs: 2 },
    );
    const html = await reportHtml(net, history, set);
    expect(html).toContain("a stream of batches, 5 steps an epoch");
    expect(html).toContain("as the stream gives them");
    expect(html).not.toMatch(/>0 (examples|images)/);
    const folder = fresh();
    await writeReport(net, history, set, folder);
    expect((await readRunFolder(folder)).settings.dataset).toMatchObject({
      train: [],
      stream: { stepsPerEpoch: 5 },
    });
  });
});
