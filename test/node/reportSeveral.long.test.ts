/** Reports of networks of several inputs and outputs: each output by itself, and what can be shown of each input. */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
  createEngine,
  dataset,
  type Engine,
  input,
  layers,
  model,
  reportHtml,
  writeReport,
} from "../../node/index.ts";
import { failure } from "../data/failure.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ threads: 1 });
});

const n = 40;
const rows = Array.from({ length: n }, (_, i) => [Math.sin(i), Math.cos(3 * i), (i % 5) / 5]);
/** Pictures of 4 × 4 whose left or right half is bright. */
const pictures = {
  x: Float32Array.from({ length: n * 16 }, (_, i) =>
    Number(Math.floor(i / 16) % 2 === Math.floor((i % 4) / 2)),
  ),
  shape: [n, 4, 4, 1],
};
const targets = {
  side: Array.from({ length: n }, (_, i) => i % 2),
  height: rows.map(([a = 0, b = 0]) => [a + 2 * b]),
  place: rows.map(([a = 0, b = 0]) => [a, 100 * b]),
  mask: Array.from({ length: n }, (_, i) =>
    Array.from({ length: 4 }, () =>
      Array.from({ length: 4 }, (__, column) => Number(i % 2 === Math.floor(column / 2))),
    ),
  ),
};

/** Two inputs; four outputs: classes, a number, two numbers, a class a pixel. */
async function trained() {
  const picture = input({ shape: [4, 4, 1], name: "picture" });
  const numbers = input({ shape: [3], name: "numbers" });
  const all = layers.concatenate([layers.flatten().apply(picture), numbers]);
  const net = model({
    inputs: { picture, numbers },
    outputs: {
      side: layers.dense({ units: 2, activation: "softmax" }).apply(all),
      height: layers.dense({ units: 1 }).apply(all),
      place: layers.dense({ units: 2 }).apply(all),
      mask: layers.conv2d({ filters: 2, kernelSize: 1, activation: "softmax" }).apply(picture),
    },
    seed: 1,
  });
  await net.compile({
    optimizer: "adam",
    loss: {
      side: "sparseCategoricalCrossentropy",
      height: "mse",
      place: "mse",
      mask: "sparseCategoricalCrossentropy",
    },
    metrics: { side: "accuracy", height: "mae" },
    engine,
  });
  const set = { x: { picture: pictures, numbers: rows }, y: targets };
  return { net, set, history: await net.fit(set, { epochs: 2, validationData: set, seed: 1 }) };
}

const attributes = (html: string, name: string): string[] =>
  Array.from(html.matchAll(new RegExp(` ${name}="([^"]*)"`, "g")), ([, value]) => value!);

describe("a network of several inputs and outputs", () => {
  it("each output has its curves, its scores and what it errs in, each input what can be shown", async () => {
    const { net, set, history } = await trained();
    const folder = join(mkdtempSync(join(tmpdir(), "anygrad-")), "report");
    const files = await writeReport(net, history, set, folder, {
      outputs: { side: { classNames: ["west", "east"] }, height: { name: "tallness", unit: "cm" } },
    });
    expect(files).toEqual(
      expect.arrayContaining([
        "predictions-side.csv",
        "predictions-height.csv",
        "predictions-mask.csv",
        "figures/side-confusion.svg",
        "figures/side-accuracy.png",
        "figures/height-predicted-actual.svg",
        "figures/height-mae.svg",
        "figures/place-predicted-actual-1.svg",
        "figures/mask-iou.svg",
        "figures/loss.svg",
      ]),
    );
    const html = readFileSync(join(folder, "report.html"), "utf8");
    for (const name of ["side", "height", "place", "mask"]) expect(html).toContain(`Output “${name}”`);

    // the scores by hand
    const given = await net.predict(set.x);
    const sides = targets.side.map((_, i) => Number(given.side.data[2 * i + 1]! > given.side.data[2 * i]!));
    const right = sides.filter((side, i) => side === targets.side[i]).length;
    expect(html).toContain(`${(right / n).toFixed(4)} accuracy`);
    const off = targets.height.map(([height = 0], i) => Math.abs(given.height.data[i]! - height));
    const { outputs, test } = JSON.parse(readFileSync(join(folder, "run.json"), "utf8"));
    expect(outputs.side.accuracy).toBe(right / n);
    expect(outputs.height.mae).toBeCloseTo(off.reduce((sum, one) => sum + one, 0) / n, 5);
    const scores = await net.evaluate(set);
    expect(test.loss).toBeCloseTo(scores.loss, 6);
    expect(outputs.place.loss).toBeCloseTo(scores.place_loss!, 6);
    const lines = readFileSync(join(folder, "predictions-side.csv"), "utf8").trim().split("\n");
    expect(lines.slice(1).map((line) => Number(line.split(",")[2]))).toEqual(sides);

    // the hardest example of each number, and names in place of indices
    const worst = off.indexOf(Math.max(...off));
    const [, largest = ""] = html.split('id="height-largest"');
    expect(largest).toMatch(new RegExp(`<tbody>\\s*<tr><th scope="row" class="number">${worst}</th>`));
    expect(html).toContain("tallness: a dot for each");
    expect(html).toContain("predicted, cm");
    expect(html).toContain("east");
    // pictures of the input that has some, and the numbers of the other
    expect(html).toMatch(/<img [^>]*alt="test example 0"/);
    expect(html).toContain("An example has 2 inputs");
    expect(html).toContain("40 examples of 2 inputs: picture 4 × 4 × 1, numbers 3 numbers");
    expect(html).toContain(
      rows[1]!.map((value) => String(Number(value.toPrecision(4))).replace("-", "−")).join(", "),
    );
    // the whole loss is drawn once, and no id stands twice
    const ids = attributes(html, "id");
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    expect(ids).toContain("figure-loss");
    const links = attributes(html, "href").filter((link) => link.startsWith("#"));
    for (const link of links) expect(ids).toContain(link.slice(1));
    expect(await reportHtml(net, history, set)).not.toContain("figures/");
  });

  it("takes data sets with parts, and one output of two inputs", async () => {
    const [picture, numbers] = [
      input({ shape: [4, 4, 1], name: "picture" }),
      input({ shape: [3], name: "numbers" }),
    ];
    const all = layers.concatenate([layers.flatten().apply(picture), numbers]);
    const net = model({
      inputs: [picture, numbers],
      outputs: layers.dense({ units: 2, activation: "softmax" }).apply(all),
      seed: 1,
    });
    await net.compile({ optimizer: "adam", loss: "categoricalCrossentropy", metrics: "accuracy", engine });
    const set = dataset({
      x: { picture: { data: pictures.x, shape: pictures.shape }, numbers: rows },
      y: targets.side.map((side) => [1 - side, side]),
      name: "halves",
    });
    const history = await net.fit(set, { epochs: 1, seed: 1 });
    const html = await reportHtml(net, history, set, { train: set });
    expect(html).toContain("<title>functional on halves</title>");
    expect(html).toContain("Confusion matrix");
    expect(html).toContain("The first training examples of each of the 2 classes");
    expect(html).toContain("An example has 2 inputs");
    expect(html).toContain("20 of each to train."); // one-hot rows are counted as classes
  });

  it("takes inputs and outputs of any length, at that of the test set", async () => {
    const waves = (steps: number) => ({
      data: Float32Array.from({ length: n * steps * 2 }, (_, i) => Math.sin(i)),
      shape: [n, steps, 2],
    });
    const series = input({ shape: [null, 2], name: "series" });
    const facts = input({ shape: [3], name: "facts" });
    const steps = layers.gru({ units: 4, returnSequences: true }).apply(series);
    const net = model({
      inputs: { series, facts },
      outputs: {
        step: layers.dense({ units: 3, activation: "softmax" }).apply(steps),
        height: layers
          .dense({ units: 1 })
          .apply(layers.concatenate([layers.globalAveragePooling1d().apply(steps), facts])),
      },
      seed: 1,
    });
    const loss = { step: "sparseCategoricalCrossentropy", height: "meanSquaredError" } as const;
    await net.compile({ optimizer: "adam", loss, metrics: { step: "accuracy" }, engine });
    const set = (length: number) => ({
      x: { series: waves(length), facts: rows },
      y: {
        step: Array.from({ length: n }, (_, i) => Array.from({ length }, (__, t) => (i + t) % 3)),
        height: targets.height,
      },
    });
    const history = await net.fit(set(5), { epochs: 1, seed: 1 });
    const html = await reportHtml(net, history, set(7), { train: set(5) });
    const places = await net.evaluate(set(7));
    expect(html).toContain(`${7 * n}`); // a class at every step of every test example
    expect(html).toContain("7 × 2 numbers");
    expect(html).not.toMatch(/NaN|undefined/);
    expect(places.loss).toBeGreaterThan(0);
  });

  it("says what it does not know", async () => {
    const { net, set, history } = await trained();
    const outputs = { sides: {} };
    expect(await failure(() => reportHtml(net, history, set, { outputs }), "INVALID_ARGUMENT")).toContain(
      "side",
    );
    const strange = { side: { names: ["a"] } } as never;
    expect(
      await failure(() => reportHtml(net, history, set, { outputs: strange }), "INVALID_ARGUMENT"),
    ).toContain("names");
    expect(
      await failure(() => reportHtml(net, history, { x: set.x } as never), "INVALID_ARGUMENT"),
    ).toContain("reportHtml: test");
  });
});
