/** The charts of comparisons: every name and number is there, models differ by more than colour, and it is XML. */
import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, it } from "vitest";
import { confusionChart } from "../../../report/charts/confusionChart.ts";
import { dotPlot } from "../../../report/charts/dotPlot.ts";
import { scatterChart } from "../../../report/charts/scatterChart.ts";

function parse(svg: string) {
  return new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  }).parseFromString(svg, "image/svg+xml").documentElement!;
}

function texts(svg: string): string[] {
  return Array.from(parse(svg).getElementsByTagName("text"), ({ textContent }) => textContent ?? "");
}

/** Shapes (a circle, or a path) and places of all signs. */
function signsOf(svg: string): { shape: string; place: string }[] {
  const root = parse(svg);
  const groupOf = (sign: { parentNode: unknown }): string =>
    (sign.parentNode as typeof root).getAttribute("transform") ?? "";
  const circles = Array.from(root.getElementsByTagName("circle"), (sign) => ({
    shape: "circle",
    place: `${groupOf(sign)} ${sign.getAttribute("cx")} ${sign.getAttribute("cy")}`,
  }));
  const paths = Array.from(root.getElementsByTagName("path"))
    .filter((sign) => sign.getAttribute("transform")?.startsWith("translate"))
    .map((sign) => ({
      shape: sign.getAttribute("d") ?? "",
      place: `${groupOf(sign)} ${sign.getAttribute("transform")}`,
    }));
  return [...circles, ...paths];
}

const said = { title: "A <title>", description: "What it shows." };

describe("the confusion matrix", () => {
  const chart = {
    ...said,
    classNames: ["cat", "dog & co", "a name beyond twelve"],
    matrix: [
      [90, 10, 0],
      [1, 1234, 0],
      [0, 0, 0],
    ],
  };

  const long = "a name that is longer than most, number ";

  it("writes every count that is not 0, and the names on both axes", () => {
    const written = texts(confusionChart(chart));
    expect(written.filter((text) => /^\d/.test(text))).toEqual(["90", "10", "1", "1,234"]);
    for (const name of ["cat", "dog & co", "a name beyond twelve"])
      expect(written.filter((text) => text.replaceAll(" ", "") === name.replaceAll(" ", ""))).toHaveLength(2); // in lines
    expect(written).toEqual(expect.arrayContaining(["actual", "predicted"]));
  });

  it("writes names of 25 characters whole, in two lines that leave room for the axis's name", () => {
    const classNames = ["common hawthorn leaf stalk", "sugar_maple_autumn_leaf_two", "elm"];
    const matrix = classNames.map(() => [1, 1, 1]);
    const svg = parse(confusionChart({ ...chart, classNames, matrix }));
    const written = Array.from(svg.getElementsByTagName("text"), (one) => one.textContent ?? "");
    for (const name of classNames)
      expect(written.filter((one) => one.replaceAll(" ", "") === name.replaceAll(" ", ""))).toHaveLength(2);
    const longest = "sugar_maple_autumn".length; // the most characters of a line
    const cells = Array.from(svg.getElementsByTagName("rect"), (one) => Number(one.getAttribute("x")));
    const left = Math.min(...cells.filter((x) => x > 0));
    expect(left).toBeLessThan(40 + 7.3 * longest);
    const lines = Array.from(svg.getElementsByTagName("tspan"), (one) => one.textContent ?? "");
    const widest = Math.max(...lines.map(({ length }) => length));
    expect(widest).toBeLessThanOrEqual(longest);
    expect(left - 7.3 * widest).toBeGreaterThanOrEqual(30); // "actual" stands there
  });

  it("cuts long names so that they stay different", () => {
    const classNames = ["1", "2", "3"].map((end) => long + end);
    const written = new Set(texts(confusionChart({ ...chart, classNames })).filter((one) => /^a/.test(one)));
    expect(written.size).toBe(3 + 1); // and "actual"
    for (const name of written) expect(Array.from(name).length).toBeLessThanOrEqual(2 * 18); // in two lines
  });

  it("is as strong where the largest mistake is as where a class is right throughout", () => {
    const strengths = Object.fromEntries(
      Array.from(parse(confusionChart(chart)).getElementsByTagName("rect")).flatMap((rect) => {
        const [title] = Array.from(rect.getElementsByTagName("title"), (one) => one.textContent ?? "");
        return title ? [[title, Number(rect.getAttribute("fill-opacity"))]] : [];
      }),
    );
    expect(Object.keys(strengths)).toHaveLength(4);
    expect(strengths["actual cat, predicted dog & co: 10 (10.0 %)"]).toBe(0.55);
    expect(strengths["actual dog & co, predicted cat: 1 (0.1 %)"]).toBeCloseTo(0.13, 2);
    expect(strengths["actual cat, predicted cat: 90 (90.0 %)"]).toBeCloseTo(0.5, 2);
  });

  it("has a square cell for each pair of classes, colours for right and wrong", () => {
    const svg = confusionChart(chart);
    const rects = Array.from(parse(svg).getElementsByTagName("rect"));
    expect(rects).toHaveLength(9 + 4);
    for (const rect of rects)
      expect(Number(rect.getAttribute("height"))).toBeCloseTo(Number(rect.getAttribute("width")), 0);
    const filled = (color: string): number =>
      (
        svg
          .split(`var(--${color})`)[1]!
          .split("</g>")[0]!
          .match(/fill-opacity/g) ?? []
      ).length;
    expect([filled("right"), filled("wrong")]).toEqual([2, 2]);
  });
});

describe("the dot plot", () => {
  const series = ["one", "two", "three"].map((name, i) => ({ name, values: [0.9, 0.8 + i / 20] }));

  it("has a sign a model and row, and names models and rows", () => {
    const apart = series.map(({ name }, i) => ({ name, values: [0.9 - i / 10, 0.8 + i / 20] }));
    const svg = dotPlot({ ...said, rows: ["cat", "dog"], x: { label: "F1" }, series: apart });
    expect(texts(svg)).toEqual(expect.arrayContaining(["cat", "dog", "one", "two", "three", "F1"]));
    const signs = signsOf(svg);
    expect(signs).toHaveLength(3 * 3); // in two rows and the legend
    expect(new Set(signs.map(({ shape }) => shape)).size).toBe(3);
  });

  it("has all signs on the line of their row, an equal one below larger than the one it is hidden by", () => {
    const svg = dotPlot({ ...said, rows: ["cat"], x: { label: "F1" }, series: series.slice(0, 2) });
    const [circle, square] = [parse(svg).getElementsByTagName("circle")[0]!, signsOf(svg)[2]!];
    expect(Number(circle.getAttribute("r"))).toBe(7);
    const [, x, y] = /translate\(([\d.]+),([\d.]+)\)/.exec(square.place)!;
    expect([circle.getAttribute("cx"), circle.getAttribute("cy")]).toEqual([x, y]);
    expect(svg).toContain("<title>cat, one: 0.9000</title>");
  });

  it("draws where all values are the same", () => {
    expect(
      dotPlot({ ...said, rows: ["cat"], x: { label: "F1" }, series: [{ name: "a", values: [1] }] }),
    ).not.toContain("NaN");
  });
});

describe("the scatter chart", () => {
  const points = [
    { name: "small", x: 7850, y: 0.9, interval: [0.89, 0.91] as const },
    { name: "large", x: 50890, y: 0.95 },
    { name: "alike", x: 50890, y: 0.95 },
  ];
  const axes = { x: { label: "parameters", logarithmic: true, format: String }, y: { label: "accuracy" } };

  it("names every point, no two names in one place", () => {
    const svg = parse(scatterChart({ ...said, ...axes, points }));
    const named = Array.from(svg.getElementsByTagName("text")).filter(({ textContent }) =>
      ["small", "large", "alike"].includes(textContent ?? ""),
    );
    expect(named).toHaveLength(3);
    const places = named.map((text) => `${text.getAttribute("x")} ${text.getAttribute("y")}`);
    expect(new Set(places).size).toBe(3);
  });

  it("draws one point, equal values and values of 0", () => {
    for (const x of [0, 1000])
      for (const logarithmic of [true, false]) {
        const svg = scatterChart({
          ...said,
          ...axes,
          x: { ...axes.x, logarithmic },
          points: [{ name: "a", x, y: 1 }],
        });
        expect(svg).not.toMatch(/NaN|Infinity|undefined/);
        expect(texts(svg)).toContain("a");
      }
  });
});
