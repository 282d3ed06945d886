/** `train --from MODEL` with tables and series: the model's columns are found in another table, and what does not fit is told. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine, layers, load, sequential } from "../../../src/index.ts";
import { saveKeras } from "../../../src/io/keras/index.ts";
import { Draws } from "../../conformance/networks/draws.ts";
import { anygrad, temporaryFolder } from "../anygrad.ts";
import { served } from "../served.ts";

const root = temporaryFolder();
const at = (name: string): string => join(root, name);
const quick = ["--threads", "1", "--no-report", "--learning-rate", "0.03"];
const engine = await createEngine({ threads: 1 });
const draws = new Draws(5, 0);

/** A table: its heading, and what a row holds. */
function table(
  name: string,
  heading: string,
  count: number,
  row: (i: number) => (string | number)[],
): string {
  const lines = Array.from({ length: count }, (_, i) => row(i).join(","));
  writeFileSync(at(name), `${heading}\n${lines.join("\n")}\n`);
  return at(name);
}

const near = (value: number): string => (value + 0.2 * draws.normal()).toFixed(4);
const [colors, wave] = [["red", "blue"], (i: number, height: number) => height * Math.sin(i / 4)];

/** A model of a table for three classes, one of a series, and networks of Keras that know no columns. */
beforeAll(async () => {
  table("flowers.csv", "width,height,color,species", 150, (i) => [
    near(i % 3),
    near(-(i % 3)),
    colors[i % 2]!,
    "abc"[i % 3]!,
  ]);
  table("series.csv", "time,load,temp", 260, (i) => [i, near(wave(i, 1)), near(wave(i + 6, 1))]);
  for (const args of [
    ["--dataset", at("flowers.csv"), "--out", at("flowers")],
    ["--dataset", at("series.csv"), "--label", "load", "--window", "16", "--out", at("series")],
  ]) {
    const ended = await anygrad(["train", ...args, "--epochs", "4", "--threads", "1", "--no-report"]);
    expect(ended.code, ended.stderr).toBe(0);
  }
  for (const [name, shape, first] of [
    ["flat", [5], layers.dense({ units: 4, activation: "relu" })],
    ["steps", [16, 3], layers.gru({ units: 4 })],
  ] as const) {
    const net = sequential([first, layers.dense({ units: 2 })], { inputShape: shape, seed: 1 });
    await net.build({ engine });
    writeFileSync(at(`${name}.keras`), saveKeras(net));
  }
}, 120_000);

describe("train --from", () => {
  it("a model of a table: its columns in another order, with its scaling, for other classes", async () => {
    const path = table("other.csv", "species,color,height,extra,width", 120, (i) => [
      "xy"[i % 2]!,
      colors[(i >> 1) % 2]!,
      near(-2 * (i % 2)),
      i % 7,
      near(2 * (i % 2)),
    ]);
    const out = at("tuned");
    const ended = await anygrad([
      "train",
      "--from",
      at("flowers"),
      "--dataset",
      path,
      "--epochs",
      "20",
      "--out",
      out,
      ...quick,
    ]);
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).toContain("left out: extra, which the model does not take");
    const [base, net] = await Promise.all(
      ["flowers", "tuned"].map((name) => load(readFileSync(join(at(name), "model.safetensors")), { engine })),
    );
    expect(net!.classNames).toEqual(["x", "y"]);
    expect(net!.preparation?.columns).toEqual(base!.preparation?.columns);
    expect(net!.getWeights()[0]!.data).toEqual(base!.getWeights()[0]!.data);
    const { test } = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    expect(test.accuracy).toBeGreaterThan(0.9);
    const again = await served(["evaluate", out, "--json"]);
    expect(JSON.parse(again.stdout)).toMatchObject({ test: { accuracy: test.accuracy } });
  }, 60_000);

  it("for numbers in place of classes, scaled by the new rows", async () => {
    const path = table("weights.csv", "width,height,color,weight", 200, (i) => {
      const [width, height] = [1 + draws.normal(), draws.normal()];
      return [width.toFixed(4), height.toFixed(4), colors[i % 2]!, near(100 + 20 * width)];
    });
    const run = [
      "train",
      "--from",
      at("flowers"),
      "--dataset",
      path,
      "--label",
      "weight",
      "--unfreeze",
      "all",
    ];
    const ended = await anygrad([...run, "--epochs", "30", "--out", at("numbers"), ...quick]);
    expect(ended.code, ended.stderr).toBe(0);
    const { test, network } = JSON.parse(readFileSync(join(at("numbers"), "run.json"), "utf8"));
    expect(test.r2).toBeGreaterThan(0.9);
    expect(network.from).toBe(at("flowers"));
    const net = await load(readFileSync(join(at("numbers"), "model.safetensors")), { engine });
    expect(net.preparation?.target).toMatchObject({ name: "weight" });
    expect(net.preparation!.target!.mean).toBeGreaterThan(100);
  }, 60_000);

  it("a series: the model's windows over another series; and a network of Keras by --window", async () => {
    const path = table("later.csv", "time,load,temp", 260, (i) => [
      i,
      near(wave(i, 3)),
      near(wave(i + 6, 1)),
    ]);
    for (const [from, more] of [
      ["series", []],
      ["steps.keras", ["--window", "16", "--label", "load"]],
    ] as const) {
      const run = ["train", "--from", at(from), "--dataset", path, ...more, "--unfreeze", "all"];
      const ended = await anygrad([...run, "--epochs", "10", "--out", at(`again-${from}`), ...quick]);
      expect(ended.code, ended.stderr).toBe(0);
      expect(ended.stderr).toContain("windows of 16 rows × 3 inputs, to predict load");
      const { test } = JSON.parse(readFileSync(join(at(`again-${from}`), "run.json"), "utf8"));
      expect(test.r2, from).toBeGreaterThan(0.6);
    }
  }, 120_000);

  it.each<[string, string, string[], RegExp]>([
    [
      "no table",
      "flowers",
      ["digits"],
      /model of a table and takes the columns width, height, color, which digits has not/,
    ],
    [
      "a table without a column",
      "flowers",
      ["series.csv", "--label", "load"],
      /there is no column "width", which the model takes; it takes width, height, color/,
    ],
    ["a column of texts where numbers were", "flowers", ["texts.csv"], /texts\.csv.*"width".*"wide"/],
    [
      "other columns than a network has inputs",
      "flat.keras",
      ["flowers.csv"],
      /takes 5 numbers an example, and the columns of .*flowers\.csv make 4 numbers \(width, height, color\); a column of numbers is one/,
    ],
    [
      "rows for a network of series",
      "steps.keras",
      ["series.csv", "--label", "load"],
      /takes 16 rows of 3 numbers an example, .*; pass --window 16, which makes series of its rows/,
    ],
    [
      "series for a network of rows",
      "flat.keras",
      ["series.csv", "--label", "load", "--window", "16"],
      /takes 5 numbers an example, .* make 16 rows of 3 numbers .*; leave --window out/,
    ],
    [
      "windows of other columns",
      "steps.keras",
      ["flowers.csv", "--window", "16"],
      /takes 16 rows of 3 numbers an example, .* make 16 rows of \d numbers/,
    ],
  ])("%s is told on one line", async (_, from, [dataset, ...more], message) => {
    table("texts.csv", "width,height,color,species", 40, (i) => [
      i === 3 ? "wide" : i,
      near(1),
      colors[i % 2]!,
      "ab"[i % 2]!,
    ]);
    const data = dataset === "digits" ? dataset : at(dataset!);
    const { code, stderr } = await served([
      "train",
      "--from",
      at(from),
      "--dataset",
      data,
      ...more,
      ...quick,
    ]);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(message);
    expect(stderr).not.toContain("    at ");
  });
});
