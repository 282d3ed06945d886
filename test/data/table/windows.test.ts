/** Windows over a series: what an example holds, and that nothing of the test is seen in training. */
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../../src/data/dataset.ts";
import { datasets } from "../../../src/data/datasets.ts";
import { readTable } from "../../../src/data/table/readTable.ts";
import { long } from "../../long.ts";
import { failure } from "../failure.ts";

const count = 100;
const x = Float32Array.from({ length: count }, (_, i) => i);
const csv = `t,a,mode\n${Array.from({ length: count }, (_, i) => `${i + 0.5},${i % 10},${i < 33 ? "rest" : i < 70 ? "walk" : "run"}`).join("\n")}\n`;

/** The rows that the windows of a set hold, by a column that numbers them from 0. */
function rowsOf({ x: values, shape, preparation }: Dataset): number[][] {
  const [n = 0, steps = 0, width = 0] = shape;
  const column = preparation!.columns![0]! as { mean: number; deviation: number };
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: steps }, (__, j) =>
      Math.abs(Math.round(values[(i * steps + j) * width]! * column.deviation + column.mean - 0.01)),
    ),
  );
}

describe("datasets.windows", () => {
  it("cuts the series by time: windows in order, the label horizon rows after them", async () => {
    const { train, test, target } = await datasets.windows(
      { x, shape: [count, 1] },
      { window: 10, stride: 5, horizon: 3, label: 1 },
    );
    const [learned, tested] = [rowsOf(train), rowsOf(test)];
    expect(learned[0]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(learned.map(([first]) => first)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65]);
    expect(tested.map(([first]) => first)).toEqual([80, 85]);
    const labels = Array.from(train.y, (y) => Math.round(y * target!.deviation + target!.mean));
    expect(labels).toEqual(learned.map((rows) => rows.at(-1)! + 3));
    expect(Math.max(...labels)).toBeLessThan(80); // no label of training is a row of the test
  });

  it("scales by the training rows alone", async () => {
    const { columns } = await datasets.windows(
      { x, shape: [count, 1] },
      { window: 10, horizon: 1, label: 1 },
    );
    expect(columns[0]).toMatchObject({ mean: 39.5 }); // of 0 … 79
  });

  it("labels a window by itself with horizon 0: the class of most of its rows", async () => {
    const { train, classNames, columns } = await readTable(csv, { window: 10, testSplit: 0, label: "mode" });
    expect(train.preparation!.window).toEqual({ steps: 10, stride: 1, horizon: 0 });
    expect(columns.map(({ name }) => name)).toEqual(["t", "a"]);
    const names = Array.from(train.y, (label) => classNames![label]);
    expect(names.indexOf("walk")).toBe(28); // rows 28 … 37: five of each, and the last is walk
    expect(train.shape).toEqual([91, 10, 2]);
  });

  it("lays no window over two groups, also where their rows are mixed", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({ who: i % 2 ? "b" : "a", v: i + 0.25, y: i }));
    const { train } = await readTable(rows, {
      window: 5,
      horizon: 0,
      group: "who",
      label: "y",
      testSplit: 0,
      task: "regression",
    });
    expect(train.shape).toEqual([2 * (30 - 5 + 1), 5, 1]);
    for (const window of rowsOf(train)) expect(new Set(window.map((row) => row % 2)).size).toBe(1);
  });

  it("lays no window over a row that was left out", async () => {
    const rows = Array.from({ length: 30 }, (_, i) => ({ v: i + 0.25, y: i === 10 ? null : i }));
    const { train } = await readTable(rows, {
      window: 5,
      horizon: 0,
      label: "y",
      testSplit: 0,
      task: "regression",
    });
    for (const window of rowsOf(train)) expect(window).not.toContain(10);
    expect(train.shape[0]).toBe(6 + 15);
  });

  it("holds the validation out between training and test", async () => {
    const { train, validation, test } = await datasets.windows(csv, {
      window: 4,
      horizon: 0,
      label: "mode",
      validationSplit: 0.25,
      testSplit: 0.2,
    });
    expect([
      rowsOf(train).at(-1),
      rowsOf(validation!)[0],
      rowsOf(validation!).at(-1),
      rowsOf(test)[0],
    ]).toEqual([
      [56, 57, 58, 59],
      [60, 61, 62, 63],
      [76, 77, 78, 79],
      [80, 81, 82, 83],
    ]);
  });

  it("takes a table that was read, and labels of their own", async () => {
    const table = await readTable(csv, { label: "mode" });
    const again = await datasets.windows(table, { window: 10, stride: 10 });
    expect([again.train.shape, again.label]).toEqual([[8, 10, 2], "mode"]);
    const y = Uint8Array.from({ length: count }, (_, i) => i % 2);
    const own = await datasets.windows(
      { x, shape: [count, 1], y, classNames: ["even", "odd"] },
      { window: 1, testSplit: 0 },
    );
    expect([own.classNames, Array.from(own.train.y.slice(0, 3))]).toEqual([
      ["even", "odd"],
      [0, 1, 0],
    ]);
  });

  it("refuses what makes no window", async () => {
    const short = await failure(
      () => datasets.windows({ x, shape: [count, 1] }, { window: 50, label: 1 }),
      "DATA_FORMAT",
    );
    expect(short).toContain("the test part has no run of 51 rows");
    await failure(() => datasets.windows({ x, shape: [10, 3] }, { window: 5 }), "SHAPE_MISMATCH");
    await failure(() => datasets.windows(csv, {} as { window: number }), "INVALID_ARGUMENT");
  });
});

long("a window may have 200,000 rows", async () => {
  const series = { x: Float32Array.from({ length: 200_010 }, (_, i) => i % 97), shape: [200_010, 1] };
  const { train } = await datasets.windows(series, { window: 200_000, horizon: 1, label: 1, testSplit: 0 });
  expect(train.shape).toEqual([10, 200_000, 1]);
});
