/** Charts without a browser: well-formed, told apart by more than colour, the same bytes each time, and PNG with text. */
import { DOMParser } from "@xmldom/xmldom";
import { decode } from "fast-png";
import { expect, it } from "vitest";
import { openRasterizer } from "../../../node/rasterFiles.ts";
import { type LineChart, lineChart, wholeTicks } from "../../../report/charts/lineChart.ts";
import { dark, light, type Palette } from "../../../report/charts/palette.ts";
import { pictureChart } from "../../../report/charts/pictureChart.ts";
import { standalone } from "../../../report/charts/svg.ts";

const chart: LineChart = {
  title: "Loss of <cats> & dogs",
  description: "It falls.",
  series: [
    { name: "test <&>", points: [3, 2, Number.NaN, 1].map((y, i) => [i + 1, y] as const) },
    { name: "training", points: [4, 3, 2, 0.5].map((y, i) => [i + 1, y] as const) },
  ],
  x: { label: "epoch" },
  y: { label: "loss", logarithmic: true },
};

function parse(svg: string) {
  return new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  }).parseFromString(svg, "image/svg+xml").documentElement!;
}

const texts = (svg: string): string[] =>
  Array.from(parse(svg).getElementsByTagName("text"), ({ textContent }) => textContent ?? "");

it("is well-formed, and says what it shows", () => {
  const svg = parse(lineChart(chart));
  expect(svg.getAttribute("role")).toBe("img");
  expect(svg.getAttribute("aria-label")).toBe("Loss of <cats> & dogs. It falls.");
  expect(texts(lineChart(chart))).toEqual(
    expect.arrayContaining(["test <&>", "training", "loss", "epoch", "1", "2", "3", "4"]),
  );
});

it("gives the same bytes, with no number longer than a hundredth of a pixel", () => {
  expect(lineChart(chart)).toBe(lineChart(chart));
  expect(lineChart(chart)).not.toMatch(/\d[.]\d{3}/);
});

it("tells series apart by dash, and names them above where names are long", () => {
  expect(lineChart(chart).match(/stroke-dasharray="[^"]+"/g)).toHaveLength(1);
  const long = {
    ...chart,
    series: chart.series.map((s, i) => ({ ...s, name: `${s.name} of a long name ${i}` })),
  };
  expect(texts(lineChart(long))).toContain("training of a long name 1");
});

it("shows one point, none, and equal values", () => {
  for (const points of [
    [[1, 0.5]],
    [],
    [
      [1, 0.5],
      [2, 0.5],
    ],
  ] as [number, number][][])
    expect(lineChart({ ...chart, series: [{ name: "a", points }] })).not.toMatch(/NaN|Infinity/);
});

it("puts ticks at whole numbers, few enough", () => {
  expect(wholeTicks([1, 10], 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(wholeTicks([0.5, 1.5], 10)).toEqual([1]);
  expect(wholeTicks([1, 9380], 6)).toEqual([2000, 4000, 6000, 8000]);
});

it("becomes a file of its own, and a PNG with text, with no fonts but the package's", async () => {
  const file = standalone(lineChart(chart), chart);
  expect(file).not.toMatch(/var\(|currentColor|href/);
  expect(parse(file).getElementsByTagName("title")[0]?.textContent).toBe(chart.title);
  const rasterizer = await openRasterizer();
  const png = decode(rasterizer(file));
  expect([png.width, png.height]).toEqual([3 * 440, 3 * 270]);
  const without = decode(rasterizer(file.replace(/<text.*?<\/text>/g, "")));
  expect(inked(png) - inked(without)).toBeGreaterThan(4000); // pixels of text
  expect(rasterizer(file)).toEqual(rasterizer(file));
});

it("has colours with a contrast of 4.5 to their ground, in light and dark", () => {
  for (const palette of [light, dark])
    for (const name of ["ink", "quiet", "link", ...Array.from({ length: 8 }, (_, i) => `series-${i + 1}`)])
      for (const ground of [palette.paper, palette.raised])
        expect(contrast(palette[name as keyof Palette], ground), name).toBeGreaterThanOrEqual(4.5);
});

function inked({ data, channels }: { data: ArrayLike<number>; channels: number }): number {
  let count = 0;
  for (let i = 0; i < data.length; i += channels) if (data[i]! < 200) count++;
  return count;
}

// of WCAG 2.2
function contrast(a: string, b: string): number {
  const luminance = (color: string): number =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
      const value = Number.parseInt(color.slice(1 + 2 * i, 3 + 2 * i), 16) / 255;
      return sum + weight * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    }, 0);
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

it("makes PNG of pixels that stay squares, however far they are enlarged", async () => {
  const pixels = Uint8Array.from([0, 255, 255, 0]);
  const picture = { pixels, width: 2, height: 2, channels: 1 } as const;
  const text = { title: "t", description: "d" };
  const drawn = pictureChart({ ...text, pictures: [{ picture, lines: [] }], columns: 1, size: 90 });
  const { data, width, channels } = decode((await openRasterizer())(standalone(drawn, text), { zoom: 1 }));
  const row = Array.from({ length: 86 }, (_, i) => data[(30 * width + 12 + i) * channels]!);
  expect(row.filter((value) => value !== 0 && value !== 255)).toEqual([]);
});
