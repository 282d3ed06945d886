/** Numbers at axes: as many as have room, and none cut. */
import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, it } from "vitest";
import { CHARACTER, spacedTicks } from "../../../report/charts/axes.ts";
import { errorChart, fitChart } from "../../../report/charts/fitChart.ts";
import { lineChart } from "../../../report/charts/lineChart.ts";
import { textWidth } from "../../../report/text/lines.ts";
import { formatQuantity } from "../../../report/text/numbers.ts";

const said = { title: "a chart", description: "of numbers" };

interface Label {
  readonly text: string;
  readonly left: number;
  readonly right: number;
}

/** The numbers of the lower axis, as wide as the widest font has them, from left to right; and the chart's width. */
function lowerAxis(svg: string): { labels: Label[]; width: number } {
  const root = new DOMParser().parseFromString(svg, "application/xml").documentElement!;
  // its numbers hang below the axis
  const texts = Array.from(root.getElementsByTagName("text")).filter(
    (each) => each.getAttribute("y") === "0.71em",
  );
  const labels = texts.map((each) => {
    const place = /translate\(([\d.]+)/.exec(each.getAttribute("transform") ?? "");
    const [x, text] = [Number(place?.[1]), each.textContent ?? ""];
    const half = (CHARACTER * textWidth(text)) / 2;
    return { text, left: x - half, right: x + half };
  });
  return { labels, width: Number(root.getAttribute("viewBox")?.split(" ")[2]) };
}

function expectRoom(svg: string): void {
  const { labels, width } = lowerAxis(svg);
  expect(labels.length).toBeGreaterThan(1);
  labels.forEach((label, i) => {
    expect(label.left).toBeGreaterThan(labels[i - 1]?.right ?? 0);
    expect(label.right).toBeLessThanOrEqual(width);
  });
}

describe.each([
  [0.2, 0.9],
  [163_000, 803_000],
  [-41_000, 41_000],
  [1_200_000, 98_700_000],
])("from %d to %d", (least, most) => {
  it("numbers of predicted against actual neither touch nor leave the picture", () => {
    const actual = [least, (least + most) / 2, most];
    expectRoom(fitChart({ ...said, actual, predicted: actual, unit: undefined }));
  });

  it("nor do those of the errors", () => {
    const far = most - least;
    const bins = [-1, 0].map((place) => ({ from: place * far, to: (place + 1) * far, count: 3 }));
    expectRoom(errorChart({ ...said, bins, unit: "€" }));
  });
});

it.each([12, 1500, 2_000_000])("the last of %d steps is written whole", (steps) => {
  const points = [1, steps / 2, steps].map((step) => [step, step] as const);
  expectRoom(
    lineChart({ ...said, series: [{ name: "rate", points }], x: { label: "step" }, y: { label: "y" } }),
  );
});

it("takes as many ticks as there is room for", () => {
  expect(spacedTicks([163_000, 803_000], 60, formatQuantity)).toEqual([500_000]);
  expect(spacedTicks([0, 1], 300, formatQuantity).length).toBeGreaterThan(4);
});
