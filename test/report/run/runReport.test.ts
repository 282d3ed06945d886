/** The report of a run: self-contained, well-formed, accessible, and its numbers those of the run's files. */
import { DOMParser, type Element } from "@xmldom/xmldom";
import { decode } from "fast-png";
import { describe, expect, it } from "vitest";
import { light } from "../../../report/charts/palette.ts";
import type { FigureFile } from "../../../report/charts/svg.ts";
import { datasetSheet } from "../../../report/dataset/sheet.ts";
import { runReport } from "../../../report/run/runReport.ts";
import { runFigures } from "../../../runs/folder/formerReport.ts";
import { thorough } from "../../long.ts";
import { fashion, type MadeUpRun, madeUpRun } from "../finishedRun.ts";

const letters = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");

const kinds: Record<string, MadeUpRun> = {
  "ten classes with long names": { classNames: fashion },
  "two classes, named like markup": { classNames: ["<script>alert(1)</script>", `"&amp;' ]]>\u0000`] },
  "26 classes": { classNames: letters },
  "one epoch of one step": { classNames: fashion, epochs: 1, stepsAnEpoch: 1 },
  "150 epochs": { classNames: ["a", "b", "c"], epochs: 150, stepsAnEpoch: 9 },
  "four features": { classNames: ["a", "b", "c"], shape: [4] },
  "averaged weights, resumed": { classNames: fashion, raw: true, resumedAt: 2 },
  "5 × 5 filters on colours": { classNames: ["a", "b"], shape: [9, 7, 3], kernel: [5, 5, 3, 12] },
  "no mistake": { classNames: ["a", "b"], perfect: true },
};

/** HTML as written here is XML once its void elements are closed; anything wrong in it throws. */
function parse(html: string): Element {
  const xml = html.replace("<!doctype html>", "").replace(/<(meta|link|img|br)\b([^>]*)>/g, "<$1$2/>");
  return new DOMParser({
    onError: (level, message) => {
      if (level === "warning" && message.startsWith("Unicode replacement character")) return; // meant
      throw new Error(`${level}: ${message}`);
    },
  }).parseFromString(xml, "application/xml").documentElement!;
}

const all = (root: Element, name: string): Element[] => Array.from(root.getElementsByTagName(name));

describe.each(Object.entries(kinds))("the report of a run with %s", (_, options) => {
  const input = madeUpRun(options);
  const { html, figures } = runReport(input);
  const root = parse(html);

  it("asks for nothing, and runs nothing", () => {
    const loads = all(root, "*").flatMap((element) =>
      ["src", "href", "srcset", "data", "action", "xlink:href"].flatMap(
        (name) => element.getAttribute(name) ?? [],
      ),
    );
    for (const target of loads) expect(target).toMatch(/^(#|data:)/);
    expect(html).not.toMatch(/<script|@import|url\(|javascript:| on\w+="/i);
  });

  it("has each id once, and every link and label leads to one", () => {
    const ids = all(root, "*").flatMap((element) => element.getAttribute("id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = all(root, "*").flatMap((element) => [
      ...(element.getAttribute("aria-labelledby")?.split(" ") ?? []),
      ...(element.getAttribute("href")?.startsWith("#") ? [element.getAttribute("href")!.slice(1)] : []),
    ]);
    for (const target of targets) expect(ids).toContain(target);
  });

  it("has words and a table for every chart, words for every picture, and scopes for every head", () => {
    for (const figure of all(root, "figure")) {
      expect(all(figure, "figcaption")[0]?.textContent).toMatch(/\w/);
      const [svg] = all(figure, "svg");
      expect(svg?.getAttribute("role")).toBe("img");
      expect(svg?.getAttribute("aria-label")).toMatch(/\w/);
      expect(all(figure, "td").length).toBeGreaterThan(0);
    }
    for (const image of all(root, "img")) expect(image.getAttribute("alt")).toMatch(/example \d+: /);
    for (const head of all(root, "th")) expect(head.getAttribute("scope")).toMatch(/^(row|col)$/);
    for (const table of all(root, "table")) expect(all(table, "caption")).toHaveLength(1);
  });

  it("has the same figures as files that stand alone", () => {
    expect(figures.map(({ name }) => name).every((name) => runFigures.includes(name))).toBe(true);
    for (const { svg } of figures) {
      expect(parse(svg).getAttribute("xmlns")).toBe("http://www.w3.org/2000/svg");
      expect(svg).toContain("<title>");
      expect(svg).not.toMatch(/var\(|currentColor|NaN|undefined|https?:(?!\/\/www\.w3\.org\/2000\/svg)/);
    }
    expect(html.replace(input.run.settings.digest, "")).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });

  it("is the same, byte for byte, whenever it is made", () => {
    expect(runReport(madeUpRun(options))).toEqual({ html, figures });
  });
});

describe("the report of a run", () => {
  const rowsOf = (html: string, caption: string): string[][] => {
    const table = all(parse(html), "table").find((one) => all(one, "caption")[0]?.textContent === caption)!;
    return all(table, "tr")
      .slice(1)
      .map((row) =>
        Array.from(row.childNodes, (cell) => cell.textContent ?? "").filter((text) => text !== "\n"),
      );
  };

  it("has the numbers of history.csv in its tables", () => {
    const input = madeUpRun({ classNames: fashion, raw: true });
    const { epoch, val_accuracy, raw_val_accuracy, accuracy } = input.run.history;
    expect(rowsOf(runReport(input).html, "Accuracy after each epoch")).toEqual(
      epoch!.map((number, i) =>
        [
          number,
          ...[val_accuracy, raw_val_accuracy, accuracy].map((column) => Number(column![i]!.toPrecision(7))),
        ].map(String),
      ),
    );
  });

  it("counts the predictions of predictions.csv", () => {
    const input = madeUpRun({ classNames: ["a", "b"] });
    const { labels, predicted } = input.run.predictions;
    const count = (label: number, other: number): string =>
      String(labels.filter((one, i) => one === label && predicted[i] === other).length);
    expect(
      rowsOf(
        runReport(input).html,
        "Each test example by its class (row) and what it was taken for (column)",
      ),
    ).toEqual([
      ["a", count(0, 0), count(0, 1)],
      ["b", count(1, 0), count(1, 1)],
    ]);
  });

  it("has a dash where a class has no test examples, and means over the others", () => {
    const { html, figures } = runReport(madeUpRun({ classNames: ["a", "b", "c"], untested: "c" }));
    const caption = /Scores of each class; the last row: all together, ([^(]*\([^)]*\)[^(]*)/.exec(html)![1];
    expect(caption).toContain("the means of the 2 of 3 classes that have test examples");
    const rows = rowsOf(html, /Scores of each class[^<]*/.exec(html)![0]);
    expect(rows[2]).toEqual(["c", "0", "–", "–", "–"]);
    const shares = rows.slice(0, 2).map((row) => Number.parseFloat(row[3]!));
    expect(Number.parseFloat(rows[3]![3]!)).toBeCloseTo((shares[0]! + shares[1]!) / 2, 1);
    expect(figures.find(({ name }) => name === "f1")!.svg).toContain(">–<");
  });

  it("says what was left out, and where examples of a table were in the file", () => {
    const { html } = runReport(
      madeUpRun({
        classNames: ["a", "b"],
        shape: [50, 6],
        window: true,
        leftOut: [
          { what: "column", name: "empty", reason: "all rows have 7" },
          { what: "file", name: "broken.png", reason: "no picture" },
        ],
      }),
    );
    expect(rowsOf(html, "1 column left out")).toEqual([["empty", "all rows have 7"]]);
    expect(rowsOf(html, "1 file left out")).toEqual([["broken.png", "no picture"]]);
    const [first] = rowsOf(html, "Test examples by their lines in the file, surest mistake first");
    expect(first![0]).toMatch(/^\d+ to \d+$/);
    expect(html).toContain("windows of 50 rows × 6 inputs");
    expect(html).not.toContain("300 numbers");
  });

  it("says once where the data came from", () => {
    const { html } = runReport(
      madeUpRun({ classNames: ["a", "b"], name: "photos", where: "photos, cropped" }),
    );
    expect(html).toContain(">photos, cropped<");
    expect(html).not.toContain("photos, photos");
  });

  it("shows the surest mistakes first", () => {
    const input = madeUpRun({ classNames: fashion });
    const { labels, predicted, probabilities } = input.run.predictions;
    const wrong = labels.map((_, i) => i).filter((i) => labels[i] !== predicted[i]);
    const surest = wrong.map((i) => probabilities[i]![predicted[i]!]!).sort((a, b) => b - a);
    const rows = rowsOf(runReport(input).html, "Test examples counted from 0, surest mistake first");
    expect(rows.map((row) => row[3])).toEqual(surest.slice(0, 24).map((p) => p.toFixed(4)));
  });

  it("says the accuracy, the digest and the command, markup escaped", () => {
    const { html } = runReport(madeUpRun({ classNames: ["a", "b"] }));
    expect(html).toContain("<strong>0.7500</strong> accuracy on 12 test images");
    expect(html).toContain("ab".repeat(32));
    expect(html).toContain("--dataset 'made &lt;up&gt;'");
  });

  it("leaves pictures out where there are none, and draws both curves where weights were averaged", () => {
    const names = (options: MadeUpRun): string[] =>
      runReport(madeUpRun(options)).figures.map(({ name }) => name);
    const missing = names({ classNames: ["a", "b"], shape: [4] });
    for (const name of ["samples", "mistakes", "filters"]) expect(missing).not.toContain(name);
    const figure = (options: MadeUpRun): FigureFile =>
      runReport(madeUpRun(options)).figures.find(({ name }) => name === "accuracy")!;
    expect(figure({ classNames: fashion, raw: true }).svg).toContain("the run's own weights");
    expect(figure({ classNames: fashion }).svg).not.toContain("own weights");
  });

  it("tells in words what has one value: a constant rate, the scores of a lone epoch", () => {
    const input = madeUpRun({ classNames: ["a", "b"], epochs: 1, stepsAnEpoch: 3 });
    const rates = input.run.steps.learning_rate!.map(() => 0.01);
    const { html, figures } = runReport({
      ...input,
      run: { ...input.run, steps: { ...input.run.steps, learning_rate: rates } },
    });
    const names = figures.map(({ name }) => name);
    for (const name of ["learning-rate", "accuracy", "loss"]) expect(names).not.toContain(name);
    expect(names).toContain("accuracy-steps");
    expect(html).toContain("<p>Learning rate: 0.01 throughout.</p>");
    expect(html).toMatch(
      /<p>After the only epoch: test accuracy 0[.]4000, training accuracy 0[.]5000, test loss/,
    );
  });

  it("has one confusion matrix, of actual and predicted, and its largest mistakes beside it", () => {
    const { html, figures } = runReport(madeUpRun({ classNames: fashion }));
    expect(figures.filter(({ name }) => name.startsWith("confusion")).map(({ name }) => name)).toEqual([
      "confusion",
    ]);
    const svg = figures.find(({ name }) => name === "confusion")!.svg;
    for (const word of ["actual", "predicted"]) expect(svg).toContain(`>${word}</text>`);
    expect(rowsOf(html, "Most often confused")[0]).toHaveLength(4);
  });

  it("draws training, validation and test in the colours that sheets of data sets have", () => {
    const input = madeUpRun({ classNames: ["a", "b"] });
    const colored = (run: typeof input.run, name: string): string => {
      const { svg } = runReport({ ...input, run }).figures.find((figure) => figure.name === "accuracy")!;
      return new RegExp(`fill="(#[0-9a-f]{6})"[^>]*>${name}</text>`).exec(svg)![1]!;
    };
    expect(colored(input.run, "training")).toBe(light["series-2"]);
    expect(colored(input.run, "test")).toBe(light["series-1"]);
    const { dataset } = input.run.settings;
    const settings = { ...input.run.settings, dataset: { ...dataset, validation: [4, 8, 8, 1] } };
    expect(colored({ ...input.run, settings }, "validation")).toBe(light["series-3"]);
    const values = {
      columns: [],
      mean: 0,
      deviation: 1,
      min: 0,
      max: 1,
      histogram: { from: 0, to: 1, counts: [1, 2] },
    };
    const sheet = datasetSheet({
      name: "s",
      where: "/home/me/s",
      train: [2, 1],
      test: [1, 1],
      classes: [{ name: "a", train: 2, test: 1 }],
      values: { train: values, test: values },
    });
    expect(/fill="([^"]+)"\/><text[^>]*>train</.exec(sheet)![1]).toBe("var(--series-2)");
    expect(/fill="([^"]+)"\/><text[^>]*>test</.exec(sheet)![1]).toBe("var(--series-1)");
    expect(sheet).not.toContain("/home");
  });

  it("cuts no caption, and keeps each pixel of a filter a square", () => {
    const name = "a class whose name has some forty letters";
    const { figures } = runReport(
      madeUpRun({ classNames: [name, "other"], shape: [9, 9, 1], kernel: [3, 3, 1, 4] }),
    );
    const svg = (wanted: string): string => figures.find((figure) => figure.name === wanted)!.svg;
    for (const figure of ["mistakes", "samples"]) {
      expect(svg(figure)).not.toContain("…");
      const words = Array.from(svg(figure).matchAll(/<text[^>]*>([^<]*)</g), ([, text]) => text).join(" ");
      expect(words).toContain(name);
    }
    expect(svg("filters")).toContain("image-rendering:pixelated");
    const [, png] = /href="data:image\/png;base64,([^"]+)"/.exec(svg("filters"))!;
    expect(decode(Buffer.from(png!, "base64"))).toMatchObject({ width: 63, height: 63 });
  });

  it("names no folder of the machine", () => {
    const input = madeUpRun({ classNames: ["a", "b"] });
    const settings = {
      ...input.run.settings,
      command: "anygrad train mlp-64 --dataset '/home/me/my data/pets' --data /mnt/sets",
      dataset: {
        ...input.run.settings.dataset,
        name: "/home/me/my data/pets",
        where: "/home/me/my data/pets",
      },
    };
    const { html, figures } = runReport({ ...input, run: { ...input.run, settings } });
    for (const text of [html, ...figures.map(({ svg }) => svg)]) expect(text).not.toMatch(/home|my data|mnt/);
    expect(html).toContain("mlp-64 on pets");
    expect(html).toContain("anygrad train mlp-64 --dataset pets --data sets");
  });

  it("tells each point and cell of its charts to the pointer", () => {
    for (const { name, svg } of runReport(madeUpRun({ classNames: fashion })).figures)
      if (!["samples", "architecture", "classes", "mistakes", "filters"].includes(name))
        expect(svg.match(/<title>/g)!.length).toBeGreaterThan(2);
  });

  it("stays far below 2 MB with ten classes of 28 × 28", () => {
    const { html } = runReport(madeUpRun({ classNames: fashion, shape: [28, 28, 1], kernel: [784, 64] }));
    expect(html.length).toBeLessThan(1_000_000);
  });
});

const many = thorough ? 200_000 : 10_000;

it(`a report of ${many} epochs and steps is no larger than one of a thousand`, () => {
  const sizes = [1000, many].map((epochs) => {
    const { html, figures } = runReport(madeUpRun({ classNames: ["a", "b"], epochs, stepsAnEpoch: 1 }));
    const [rows = ""] = /Accuracy after .*?<[/]table>/s.exec(html) ?? [];
    expect(rows.split("<tr").length).toBeGreaterThan(900);
    expect(rows.split("<tr").length).toBeLessThan(1100);
    return html.length + figures.reduce((sum, { svg }) => sum + svg.length, 0);
  });
  expect(sizes[1]!).toBeLessThan(1.5 * sizes[0]!);
});
