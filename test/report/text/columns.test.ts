/** What terminals of 60 to 200 columns show: nothing longer than a line, and side by side what fits. */
import { describe, expect, it } from "vitest";
import { broken } from "../../../cli/terminal/terminal.ts";
import { mistakes } from "../../../cli/training/testResult.ts";
import { terminalColors } from "../../../report/charts/palette.ts";
import { type ComparedRun, compareModels } from "../../../report/comparison/comparison.ts";
import { comparisonText } from "../../../report/comparison/text.ts";
import { columnTable } from "../../../report/dataset/text.ts";
import { columns, equalWidth } from "../../../report/text/columns.ts";
import { curve } from "../../../report/text/curve.ts";
import { fold, shownWidth } from "../../../report/text/lines.ts";
import { epochHeading, epochLine } from "../../../report/text/progress.ts";
import { ansi, plain, withPartColors } from "../../../report/text/style.ts";
import { factLines, shortNames, table } from "../../../report/text/table.ts";
import { ConfusionMatrix } from "../../../src/metrics/index.ts";
import { long } from "../../long.ts";
import { fashion } from "../finishedRun.ts";

const widest = (text: string): number => Math.max(...text.split("\n").map(shownWidth));
const labels = Array.from({ length: 400 }, (_, i) => i % 10);
const guesses = (every: number): number[] =>
  labels.map((label, i) => (i % every === 0 ? (label + 3) % 10 : label));

describe("columns", () => {
  it("puts blocks beside each other as long as they fit, whatever their colours", () => {
    expect(columns(["aa\na", "b\nb", "cccc"], 6, 2)).toBe("aa  b\na   b\n\ncccc");
    expect(columns([ansi.bad("aa"), "b"], 5, 2)).toBe(`${ansi.bad("aa")}  b`);
    expect([60, 80, 120, 200].map((width) => equalWidth(4, width, { least: 38, most: 60, gap: 2 }))).toEqual([
      60, 39, 38, 48,
    ]);
  });

  it("folds words that are longer than a line, and loses none", () => {
    expect(fold("a bcdefgh ij", 4)).toEqual(["a", "bcde", "fgh", "ij"]);
    expect(factLines([["name", "one two"]], 12, plain)).toBe("  name  one two");
    expect(factLines([["n", "a text that is folded at sixteen"]], 12, plain)).toBe(
      "  n  a text that is\n     folded at\n     sixteen",
    );
  });

  it("keeps names apart that begin alike", () => {
    expect(shortNames(["alpha beta 1", "alpha beta 2", "short"], 8)).toEqual([
      "alph…a 1",
      "alph…a 2",
      "short",
    ]);
  });
});

describe.each([60, 80, 120, 200])("a terminal of %d columns", (width) => {
  const confusion = new ConfusionMatrix({ classNames: fashion }).add(labels, guesses(4));

  it("shows mistakes on no longer line, and pairs beside the matrix where there is room", () => {
    const text = mistakes({ kind: "classes", confusion }, plain, width);
    expect(widest(text)).toBeLessThanOrEqual(width);
    expect(/Confusion matrix.*Most confused/.test(text)).toBe(width >= 120);
  });

  it("shows the lines of epochs on no longer line", () => {
    const scores = { loss: 0.5, accuracy: 0.84, judgedLoss: 0.15, judgedAccuracy: 0.961, seconds: 4.6 };
    const both = [
      epochHeading("test", plain, true, width),
      epochLine(3, 10, { ...scores, rawAccuracy: 0.5 }, width),
    ];
    expect(Math.max(...both.map(widest))).toBeLessThanOrEqual(width);
    expect(new Set(both.map(widest)).size).toBe(1);
    expect(both[1]).toContain("0.9610");
  });

  it("shows a comparison on no longer line", () => {
    const run = (model: string, every: number): ComparedRun => ({
      model,
      preset: "mlp-64",
      seed: 1,
      parameters: 50890,
      test: { accuracy: 1 - 1 / every, loss: 0.5 },
      seconds: 4000,
      secondsPerEpoch: 1,
      stepMilliseconds: 100.5,
      digest: "ab".repeat(32),
      command: "",
      options: {},
      judgedOn: "test",
      recipe: "",
      engine: { runtime: "node", variant: "simd", precision: "strict", threads: 1 },
      history: {},
      predictions: {
        labels,
        predicted: guesses(every),
        probabilities: labels.map(() => Array.from({ length: 10 }, () => 0.1)),
      },
    });
    const text = comparisonText(
      compareModels("fashion-mnist", fashion, [run("cnn-32-32", 7), run("mlp-64", 4)]),
      {
        width,
      },
    );
    expect(widest(text)).toBeLessThanOrEqual(width);
    expect(/Who wins where.*Most confused/.test(text)).toBe(width === 200);
  });
});

it("colours what was measured on each part of the data as charts do", () => {
  const style = withPartColors(ansi, terminalColors);
  for (const part of ["training", "validation", "test"] as const)
    expect(curve("a", [1, 2], { part, style })).toContain(`\x1b[38;5;${terminalColors[part]}m`);
  expect(new Set(Object.values(terminalColors)).size).toBe(3);
});

describe("a table whose last column is too long for the line", () => {
  const rows = [
    ["file", "class", ""],
    ["new.jpg", "circle", "188 wide, 205 high → 64 × 64, cropped"],
    ["b.jpg", "square", "as it is"],
  ];

  it("breaks it into lines that stand below each other", () => {
    expect(table(rows, { indent: 0, width: 40 }).split("\n")).toEqual([
      "file     class",
      "new.jpg  circle  188 wide, 205 high → 64",
      "                 × 64, cropped",
      "b.jpg    square  as it is",
    ]);
  });

  it("has it begin below where there is no room beside the others", () => {
    expect(table(rows, { indent: 0, width: 24 }).split("\n")).toEqual([
      "file     class",
      "new.jpg  circle",
      "  188 wide, 205 high →",
      "  64 × 64, cropped",
      "b.jpg    square",
      "  as it is",
    ]);
  });

  it("leaves it whole where nobody says how long a line is", () => {
    expect(table(rows, { indent: 0 })).toContain("188 wide, 205 high → 64 × 64, cropped");
  });
});

it("prose is broken between words, as far from the left as it began, and only on a terminal", () => {
  const text = "found:\n  missing values in rooms: the mean of the training rows stands in for a number";
  expect(broken(text, 50)).toBe(
    "found:\n  missing values in rooms: the mean of the\n  training rows stands in for a number",
  );
  expect(broken(text, undefined)).toBe(text);
});

it("errors and the largest of them stand side by side on wide terminals", () => {
  const actual = labels.map((label) => 1000 * label);
  const numbers = {
    kind: "numbers",
    actual,
    predicted: actual.map((value, i) => value + (i % 7) - 3),
    target: { name: "price" },
  } as unknown as Parameters<typeof mistakes>[0];
  for (const width of [60, 80, 200]) {
    const text = mistakes(numbers, plain, width);
    expect(widest(text)).toBeLessThanOrEqual(width);
    expect(/Errors .*Largest errors/.test(text)).toBe(width === 200);
  }
});

it("a column's categories are told whole, in lines that fit", () => {
  const categories = ["harbour", "north", "old town at the river", "south", "west of the station"];
  const facts = {
    table: { columns: [{ kind: "categories", name: "district", encoding: "one-hot", categories }] },
  } as unknown as Parameters<typeof columnTable>[0];
  for (const width of [60, 80, 200]) {
    const text = columnTable(facts, { width });
    expect(widest(text)).toBeLessThanOrEqual(width);
    expect(text.replace(/\s+/g, " ")).toContain(categories.join(", "));
  }
});

long("a table of 200,000 rows, as predict prints of a large file, has them all", () => {
  const lines = table(Array.from({ length: 200_000 }, (_, i) => [String(i), "x"]));
  expect(lines.split("\n").length).toBe(200_000);
  expect(lines.endsWith("  199999  x")).toBe(true);
});
