/** Models that were trained on tables: raw rows in, the label's own numbers and names out. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { readTable, type Table } from "../../src/data/table/readTable.ts";
import { layers } from "../../src/layers/index.ts";
import { load, type Model, sequential } from "../../src/model/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";
import { failure } from "../data/failure.ts";
import { long } from "../long.ts";

const engine = await createEngine();
const price = (size: number, town: string): number =>
  1000 * size + (size - 60) ** 2 + (town === "Oslo" ? 90_000 : 20_000);
const rows = Array.from({ length: 40 }, (_, i) => {
  const [size, town] = [30 + ((i * 17) % 90) + 0.5, i % 3 ? "Rome" : "Oslo"];
  return { "size (m²)": size, town, id: i + 1, "price (€)": price(size, town) };
});

async function trained(table: Table): Promise<Model> {
  const classes = table.classNames?.length;
  const net = sequential(
    [
      ...(table.train.shape.length > 2 ? [layers.flatten()] : []),
      layers.dense(classes ? { units: classes, activation: "softmax" } : { units: 1 }),
    ],
    { inputShape: table.train.shape.slice(1), seed: 1 },
  );
  await net.compile({
    optimizer: optimizers.adam({ learningRate: 0.05 }),
    loss: classes ? "sparseCategoricalCrossentropy" : "meanSquaredError",
    metrics: classes ? ["accuracy"] : ["mae", "rmse", "r2"],
    engine,
  });
  await net.fit(table.train, { epochs: 200, batchSize: 8, validationData: table.test });
  return net;
}

describe("a regression on a table", async () => {
  const table = await readTable(rows, { label: "price" });
  const net = await trained(table);

  it("predicts in the label's unit, from objects, lists and out of a file", async () => {
    const again = await load(await net.save(), { engine });
    for (const model of [net, again]) {
      const one = await model.predict({ size_m2: 60, town: "Rome" } as never).catch(() => undefined);
      expect(one).toBeUndefined(); // size_m2 is no name of the column
      const { data, shape } = await model.predict({ size: 60, town: "Rome" });
      expect(shape).toEqual([1, 1]);
      expect(Math.abs(data[0]! - price(60, "Rome"))).toBeLessThan(2500);
      const wanted = [
        ...(
          await model.predict([
            { town: "Oslo", Size: 80 },
            { "size (m²)": 60, town: "Rome" },
          ])
        ).data,
      ];
      expect(wanted[1]).toBe(data[0]);
      expect([
        ...(
          await model.predict([
            [80, "Oslo"],
            [60, "Rome"],
          ])
        ).data,
      ]).toEqual(wanted);
      expect([...(await model.predict([60, "Rome"])).data]).toEqual([wanted[1]]);
      // rows of the training file, with id and label, do too
      expect((await model.predict(rows.slice(0, 3))).data).toHaveLength(3);
    }
  });

  it("tells metrics in the label's unit, as the predictions have it", async () => {
    const { data } = await net.predict(table.test);
    const { mean, deviation } = table.target!;
    const actual = Array.from(table.test.y, (y) => Math.fround(y * deviation + mean));
    const errors = actual.map((value, i) => data[i]! - value);
    const meanOf = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
    const mae = meanOf(errors.map(Math.abs));
    const mse = meanOf(errors.map((e) => e * e));
    const r2 = 1 - mse / meanOf(actual.map((v) => (v - meanOf(actual)) ** 2));
    const scores = await net.evaluate(table.test);
    expect(scores.mae).toBeCloseTo(mae, 3);
    expect(scores.rmse).toBeCloseTo(Math.sqrt(mse), 3);
    expect(scores.r2).toBeCloseTo(r2, 9);
    expect(scores.r2).toBeGreaterThan(0.999);
    expect(scores.mae).toBeGreaterThan(1); // not of scaled numbers
    expect((await (await load(await net.save(), { engine })).evaluate(table.test)).rmse).toBe(scores.rmse);
  });

  it.each<[string, unknown, string, string]>([
    [
      "an unknown name",
      { siez: 60, town: "Rome" },
      "INVALID_ARGUMENT",
      'row 1 has "siez", which is no column of the model; did you mean size?',
    ],
    ["a missing name", [{ size: 60, town: "Rome" }, { size: 60 }], "INVALID_ARGUMENT", 'row 2 has no "town"'],
    ["an unseen category", { size: 60, town: "Roma" }, "DATA_FORMAT", "did you mean Rome?"],
    [
      "a text for a number",
      { size: "big", town: "Rome" },
      "DATA_FORMAT",
      '"size" is "big" where a number is wanted',
    ],
    [
      "a value that is missing and never was",
      { size: null, town: "Rome" },
      "DATA_FORMAT",
      '"size" is missing, which it never was in training',
    ],
    ["a column twice", { size: 60, Size: 60, town: "Rome" }, "INVALID_ARGUMENT", "name one column"],
    [
      "a list of another length",
      [[60, "Rome", 1]],
      "SHAPE_MISMATCH",
      "has 3 values but the model takes 2: size, town",
    ],
    ["no rows", [], "SHAPE_MISMATCH", "there are no rows"],
  ])("refuses %s", async (_, input, code, message) => {
    expect(await failure(() => net.predict(input as never), code)).toContain(message);
  });

  it("refuses a table that was scaled by other numbers, and takes one that is read like the model", async () => {
    const other = rows.map((row) => ({
      ...row,
      "size (m²)": row["size (m²)"] + 5,
      "price (€)": row["price (€)"] + 5000,
    }));
    const alone = await readTable(other, { label: "price", testSplit: 0 });
    expect(await failure(() => net.evaluate(alone.train), "INVALID_ARGUMENT")).toContain("like: net");
    expect(
      await failure(() => net.fit(table.train, { validationData: alone.train }), "INVALID_ARGUMENT"),
    ).toContain("like: net");
    const like = await readTable(other, { like: net, testSplit: 0 });
    expect((await net.evaluate(like.train)).r2).toBeGreaterThan(0.999);
  });
});

describe("classes of a table", () => {
  it("are named, also with texts, gaps and numbers for classes", async () => {
    const flowers = Array.from({ length: 60 }, (_, i) => ({
      length: i % 3 === 2 && i % 10 === 0 ? null : (i % 3) * 2 + (i % 7) / 10,
      wild: i % 2 === 0,
      kind: ["a", "b", "c"][i % 3]!,
    }));
    const net = await trained(await readTable(flowers));
    const [one] = await net.classify({ length: 4.1, wild: true });
    expect(one!.label).toBe("c");
    expect(
      (
        await net.classify([
          { length: 0.1, wild: "yes" },
          { length: null, wild: false },
        ])
      ).map(({ label }) => label)[0],
    ).toBe("a");
  });
});

describe("windows", () => {
  long("are laid over a longer series of raw rows", async () => {
    const series = Array.from({ length: 300 }, (_, i) => ({ v: Math.sin(i / 6) * 10 + 50 }));
    const table = await readTable(series, { window: 12, horizon: 1, label: "v" });
    const net = await trained(table);
    const { data, shape } = await net.predict(series.slice(100, 130));
    expect(shape).toEqual([19, 1]);
    for (let i = 0; i < 18; i++) expect(Math.abs(data[i]! - series[112 + i]!.v)).toBeLessThan(1.5);
    expect((await net.predict(series.slice(0, 12).map(({ v }) => [v]))).shape).toEqual([1, 1]);
    expect(await failure(() => net.predict(series.slice(0, 11)), "SHAPE_MISMATCH")).toContain(
      "a series of 11 rows, but the model takes windows of 12",
    );
  });
});

describe("a model file", () => {
  it.each<[string, (preparation: Record<string, unknown>) => unknown]>([
    ["a deviation of 0", (p) => ({ ...p, target: { name: "y", mean: 0, deviation: 0 } })],
    ["a column without a kind", (p) => ({ ...p, columns: [{ name: "x" }] })],
    ["columns of one name", (p) => ({ ...p, columns: [...(p.columns as []), ...(p.columns as [])] })],
    [
      "no categories",
      (p) => ({ ...p, columns: [{ name: "x", kind: "category", encoding: "oneHot", categories: [] }] }),
    ],
    ["a window of no rows", (p) => ({ ...p, window: { steps: 0, stride: 1, horizon: 0 } })],
  ])("is refused with %s", async (_, damage) => {
    const table = await readTable(rows, { label: "price" });
    const net = sequential([layers.dense({ units: 1 })], { inputShape: [3], seed: 1 });
    await net.compile({ loss: "meanSquaredError", engine });
    await net.fit({ ...table.train, preparation: damage({ ...table.train.preparation }) as never });
    expect(await failure(async () => load(await net.save(), { engine }), "DATA_FORMAT")).toContain(
      "table is damaged",
    );
  });
});

it("a row with a width and a height is no picture", async () => {
  const boxes = Array.from({ length: 12 }, (_, i) => ({
    width: i,
    height: 2 * (i % 4),
    kind: i < 6 ? "small" : "large",
  }));
  const net = await trained(await readTable(boxes, { label: "kind" }));
  expect((await net.classify({ width: 11, height: 6 }))[0]!.label).toBe("large");
});
