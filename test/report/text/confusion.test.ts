import { describe, expect, it } from "vitest";
import { confusedPairs, confusionTable } from "../../../report/text/confusion.ts";
import { ansi } from "../../../report/text/style.ts";
import { ConfusionMatrix } from "../../../src/metrics/index.ts";
import { fashion } from "../finishedRun.ts";

function filled(classNames: readonly string[], matrix: readonly (readonly number[])[]): ConfusionMatrix {
  const confusion = new ConfusionMatrix({ classNames });
  matrix.forEach((row, label) => {
    row.forEach((count, predicted) => {
      if (count > 0) confusion.add([label], [predicted], [count]);
    });
  });
  return confusion;
}

const widest = (text: string): number => Math.max(...text.split("\n").map((line) => Array.from(line).length));

describe("confusionTable", () => {
  it("puts short names over the columns", () => {
    const confusion = filled(
      ["cat", "dog", "hen"],
      [
        [8, 2, 0],
        [1, 19, 0],
        [0, 0, 5],
      ],
    );
    expect(confusionTable(confusion)).toBe(
      [
        "            cat  dog  hen    right",
        "  cat         8    2    ·   80.0 %",
        "  dog         1   19    ·   95.0 %",
        "  hen         ·    ·    5  100.0 %",
        "  right, %   89   90  100   91.4 %",
      ].join("\n"),
    );
  });

  it("numbers the columns where names are long", () => {
    const confusion = filled(
      ["Ankle boot", "A most peculiar shoe"],
      [
        [6000, 0],
        [1500, 4500],
      ],
    );
    expect(confusionTable(confusion)).toBe(
      [
        "                             0     1   right",
        "  Ankle boot           0 6,000     · 100.0 %",
        "  A most peculiar shoe 1 1,500 4,500  75.0 %",
        "  right, %                  80   100  87.5 %",
      ].join("\n"),
    );
  });

  it("has a dash where a class has no examples", () => {
    const confusion = filled(
      ["cat", "dog", "hen"],
      [
        [8, 0, 2],
        [1, 19, 0],
        [0, 0, 0],
      ],
    );
    const lines = confusionTable(confusion).split("\n");
    expect(lines[3]).toMatch(/^ {2}hen +· +· +· +–$/);
    expect(lines[4]).toMatch(/^ {2}right, % +89 +100 +– +90\.0 %$/);
  });

  it("fits ten classes of ten thousand images on 80 columns", () => {
    const matrix = fashion.map((_, label) =>
      fashion.map((_, predicted) => (label === predicted ? 1000 : 123)),
    );
    expect(widest(confusionTable(filled(fashion, matrix)))).toBeLessThanOrEqual(80);
  });

  it("gives each class a line where the table is too wide", () => {
    const letters = Array.from("abcdefghijklmnopqrstuvwxyz");
    const matrix = letters.map((_, label) =>
      letters.map((_, predicted) => (label === predicted ? 3 : Number(label === 0 && predicted === 1))),
    );
    const lines = confusionTable(filled(letters, matrix)).split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "       examples  precision   recall     F1",
      "  a           4    100.0 %   75.0 %  0.857",
      "  b           3     75.0 %  100.0 %  0.857",
    ]);
    expect(lines).toHaveLength(29);
    expect(lines.slice(-2)).toEqual([
      "  all        79     99.0 %   99.0 %  0.989",
      "  all: the means of the 26 classes",
    ]);
  });

  it("looks the same with colours, but for the colours", () => {
    const confusion = filled(
      ["a", "b"],
      [
        [1, 2],
        [0, 3],
      ],
    );
    const coloured = confusionTable(confusion, { style: ansi });
    expect(coloured).toContain("\x1b[32m3\x1b[39m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
    expect(coloured.replace(/\x1b\[\d+m/g, "")).toBe(confusionTable(confusion));
  });
});

describe("confusedPairs", () => {
  it("says what was taken for what", () => {
    const confusion = filled(
      ["Shirt", "T-shirt/top"],
      [
        [88, 112],
        [1, 199],
      ],
    );
    expect(confusedPairs(confusion.mostConfused())).toBe(
      [
        "  Shirt        taken for  T-shirt/top  112 times  56.0 % of the class",
        "  T-shirt/top  taken for  Shirt           1 time   0.5 % of the class",
      ].join("\n"),
    );
  });

  it("says so when there are none", () => {
    expect(confusedPairs([])).toBe("  none: all were recognised");
  });
});
