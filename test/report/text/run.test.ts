import { describe, expect, it } from "vitest";
import { columns } from "../../../report/text/columns.ts";
import { curve } from "../../../report/text/curve.ts";
import { headingBlock } from "../../../report/text/heading.ts";
import {
  formatClock,
  formatCount,
  formatScore,
  formatSeconds,
  formatShare,
} from "../../../report/text/numbers.ts";
import { bar, epochHeading, epochLine, progressBar } from "../../../report/text/progress.ts";
import { resultBlock } from "../../../report/text/result.ts";
import { shorten, table } from "../../../report/text/table.ts";

const widths = (text: string): number[] => text.split("\n").map((line) => Array.from(line).length);

describe("numbers", () => {
  it("read as people write them", () => {
    expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(["0", "999", "1,000", "1,234,567"]);
    expect([0, 0.0835, 1].map(formatShare)).toEqual(["0.0 %", "8.3 %", "100.0 %"]);
    expect([0.05231, 2.3, 12.345, 123.45, 1234.5, 1e9, Number.NaN].map(formatScore)).toEqual([
      "0.0523",
      "2.3000",
      "12.35",
      "123.5",
      "1235",
      "1.0e+9",
      "NaN",
    ]);
    expect([0.0123, 4.56, 59.96, 75, 4000].map(formatSeconds)).toEqual([
      "12 ms",
      "4.6 s",
      "1:00 min",
      "1:15 min",
      "1:06:40 h",
    ]);
    expect([0, 9.6, 75, 4000].map(formatClock)).toEqual(["0:00", "0:10", "1:15", "1:06:40"]);
  });
});

describe("table", () => {
  it("lines columns up and leaves no blanks at the ends", () => {
    const rows = [
      ["a", "1"],
      ["long name", "1234"],
      ["x", ""],
    ];
    expect(table(rows, { align: ["left", "right"] })).toBe("  a             1\n  long name  1234\n  x");
  });

  it("counts characters, not UTF-16 units", () => {
    expect(
      table(
        [
          ["𝄞", "x"],
          ["ab", "y"],
        ],
        { indent: 0 },
      ),
    ).toBe("𝄞   x\nab  y");
    expect(shorten("T-shirt/top", 7)).toBe("T-shir…");
    expect(shorten("Coat", 4)).toBe("Coat");
  });
});

describe("progress", () => {
  const progress = {
    epoch: 2,
    epochs: 10,
    done: 0.5,
    loss: 0.123,
    accuracy: 0.9612,
    examplesPerSecond: 3120,
    secondsLeft: 72,
  };

  it("prints a line an epoch under a heading", () => {
    const scores = { loss: 0.5, accuracy: 0.84, judgedLoss: 0.15, judgedAccuracy: 0.961, seconds: 4.6 };
    expect(`${epochHeading()}\n${epochLine(3, 10, scores)}`).toBe(
      "   epoch    loss  accuracy  test loss  test accuracy       time\n" +
        "    3/10  0.5000    0.8400     0.1500         0.9610      4.6 s",
    );
    expect(epochHeading("val")).toBe("   epoch    loss  accuracy   val loss   val accuracy       time");
    expect(
      `${epochHeading("test", undefined, true)}\n${epochLine(3, 10, { ...scores, rawAccuracy: 0.5 })}`,
    ).toBe(
      "   epoch    loss  accuracy  test loss  test accuracy  raw accuracy       time\n" +
        "    3/10  0.5000    0.8400     0.1500         0.9610        0.5000      4.6 s",
    );
  });

  it("fills 79 columns with bar, loss, accuracy, time left and speed", () => {
    const text = progressBar(progress, 79);
    expect(text).toBe("    2/10  ━━━━━━━───────  loss 0.1230  accuracy 0.9612  1:12 left   3,120 img/s");
    expect(widths(text)).toEqual([79]);
  });

  it("leaves facts out where there is no room for them", () => {
    expect(progressBar(progress, 50)).toBe("    2/10  ━━━━━─────  loss 0.1230  accuracy 0.9612");
    for (let width = 20; width < 130; width++)
      expect(widths(progressBar(progress, width))[0]).toBeLessThanOrEqual(width);
  });

  it("does not jump as numbers change", () => {
    const later = { ...progress, loss: 12.3456, examplesPerSecond: 98.7, secondsLeft: undefined };
    expect(progressBar(later, 79).indexOf("accuracy")).toBe(progressBar(progress, 79).indexOf("accuracy"));
  });

  it("draws half steps", () => {
    expect([0, 0.125, 0.5, 1, 2].map((done) => bar(done, 4))).toEqual([
      "────",
      "╸───",
      "━━──",
      "━━━━",
      "━━━━",
    ]);
  });
});

describe("curve", () => {
  it("rises and falls with the values", () => {
    expect(curve("loss", [4, 3, 2, 1], { width: 13, height: 2 })).toBe(
      ["         loss", " 4.0000 │█▃  ", " 1.0000 │██▆▁"].join("\n"),
    );
  });

  it("takes means where there are more values than columns, and skips what is not finite", () => {
    const values = [1, 3, Number.NaN, 5, 7];
    expect(curve("", values, { width: 11, height: 1 })).toBe("           \n 6.0000 │▁█");
  });

  it("halves are equal steps on a logarithmic scale", () => {
    expect(curve("", [8, 4, 2, 1], { width: 13, height: 1, logarithmic: true })).toContain("█▆▃▁");
  });

  it("survives no values and equal values", () => {
    expect(widths(curve("none", [], { width: 20 }))).toEqual([20, 20, 20, 20, 20, 20]);
    expect(curve("", [1, 1], { width: 11, height: 1 })).toContain("▁▁");
  });

  it("stands beside another on 80 columns", () => {
    const both = columns([curve("a", [1, 2]), curve("b", [2, 1])], 80, 2);
    expect(Math.max(...widths(both))).toBeLessThanOrEqual(80);
    expect(both.split("\n")[0]).toMatch(/^ {9}a {30}.*b$/);
  });
});

describe("the blocks around a run", () => {
  it("opens with what is trained", () => {
    const heading = {
      preset: "cnn-64-64",
      network: "conv 64 5×5 twice, dense 128, dropout 0.5",
      parameters: 236618,
      dataset: "fashion-mnist",
      train: { shape: [60000, 28, 28, 1] },
      testExamples: 10000,
      classes: 10,
      where: "/data/fashion-mnist",
      recipe: "adam 0.0001, batches of 64, 10 epochs",
      seed: 1,
      engine: { runtime: "node 20.20.2", variant: "simd", threads: 1 },
    };
    expect(headingBlock(heading)).toBe(
      [
        "cnn-64-64 on fashion-mnist",
        "  network  conv 64 5×5 twice, dense 128, dropout 0.5: 236,618 parameters",
        "  data     60,000 + 10,000 test images of 28×28×1, 10 classes",
        "  found    /data/fashion-mnist",
        "  recipe   adam 0.0001, batches of 64, 10 epochs, seed 1",
        "  engine   node 20.20.2, simd, 1 thread",
      ].join("\n"),
    );
    const columns = [{ name: "a", kind: "number", mean: 0, deviation: 1 } as const];
    const window = { steps: 50, stride: 10, horizon: 0 };
    const series = { shape: [188, 50, 1], preparation: { columns, window } };
    expect(headingBlock({ ...heading, train: series, testExamples: 44, classes: 3 })).toContain(
      "\n  data     188 + 44 test windows of 50 rows × 1 input, 3 classes\n",
    );
    expect(headingBlock({ ...heading, validationExamples: 6000 })).toContain(
      "\n  data     60,000 to train, 6,000 to validate, 10,000 to test: 28×28×1, 10 classes\n",
    );
  });

  it("closes with what came of it", () => {
    const result = {
      noun: "image",
      test: { loss: 0.05, accuracy: 0.9865 },
      testExamples: 2000,
      epochs: 1,
      steps: 157,
      seconds: 18.7,
      stepMilliseconds: 26.34,
      engine: {
        runtime: "node 20.20.2",
        variant: "simd",
        precision: "strict",
        threads: 2,
        memoryBytes: 24117248,
      },
      digest: "ab".repeat(32),
    };
    const kept = { folder: "runs/a", files: ["model.safetensors", "history.csv", "run.json"] };
    const text = resultBlock({ ...result, written: kept });
    expect(text).toBe(
      [
        "  accuracy  0.9865 on 2,000 test images, loss 0.0500",
        "  trained   1 epoch, 157 steps in 18.7 s, 26.3 ms a step",
        "  engine    node 20.20.2, simd, strict, 2 threads, 23.0 MiB",
        `  digest    ${"ab".repeat(32)}`,
        "  written   model.safetensors, run.json and a table (.csv) in runs/a",
      ].join("\n"),
    );
    expect(Math.max(...widths(text))).toBeLessThanOrEqual(80);
    expect(resultBlock({ ...result, testExamples: 1, noun: "window", steps: 1 })).toMatch(
      /0\.9865 on 1 test window, (.|\n)*1 epoch, 1 step in/,
    );
    expect(resultBlock(result)).toContain("  written   nothing; --out DIR keeps");
    expect(resultBlock({ ...result, stopped: "earlyStopping: no better" })).toContain(
      "26.3 ms a step\n  stopped   earlyStopping: no better\n  engine ",
    );
  });
});
