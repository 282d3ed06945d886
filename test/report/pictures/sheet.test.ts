import { decode } from "fast-png";
import { describe, expect, it } from "vitest";
import { hasPictures, type Picture, pictureOf } from "../../../report/pictures/picture.ts";
import { enlarge } from "../../../report/pictures/resize.ts";
import { pictureSheet, pngOf, pngUri, sheetLayout } from "../../../report/pictures/sheet.ts";
import { dataset } from "../../../src/data/dataset.ts";
import { failure } from "../../data/failure.ts";

const grey = (width: number, height: number, value: number): Picture => ({
  pixels: new Uint8Array(width * height).fill(value),
  width,
  height,
  channels: 1,
});
const red: Picture = { pixels: Uint8Array.of(255, 0, 0), width: 1, height: 1, channels: 3 };

describe("pictureOf", () => {
  const values = Uint8Array.from({ length: 24 }, (_, i) => i);
  const of = (shape: number[]) => dataset({ x: values, shape, y: new Uint8Array(shape[0]!) });

  it("takes an example out, grey, in colour, or the first of other numbers of channels", () => {
    expect(pictureOf(of([2, 3, 4, 1]), 1)).toEqual({
      pixels: values.slice(12),
      width: 4,
      height: 3,
      channels: 1,
    });
    expect(pictureOf(of([4, 1, 2, 3]), 1)).toEqual({
      pixels: Uint8Array.of(6, 7, 8, 9, 10, 11),
      width: 2,
      height: 1,
      channels: 3,
    });
    expect(pictureOf(of([3, 2, 2, 2]), 2).pixels).toEqual(Uint8Array.of(16, 18, 20, 22));
  });

  it("knows what is no picture", () => {
    expect(hasPictures(of([2, 3, 4, 1]))).toBe(true);
    expect(hasPictures(of([2, 3, 4]))).toBe(true);
    expect(hasPictures(of([2, 12]))).toBe(false);
    expect(hasPictures(dataset({ x: new Float32Array(4), shape: [1, 2, 2, 1], y: [0] }))).toBe(false);
  });
});

describe("pictureSheet", () => {
  it("puts pictures row by row, with gaps between and none around", () => {
    const sheet = pictureSheet([grey(2, 1, 10), grey(2, 1, 20), grey(2, 1, 30)], { columns: 2, gap: 1 });
    expect(sheet).toEqual({
      width: 5,
      height: 3,
      channels: 1,
      // biome-ignore format: a row a line
      pixels: Uint8Array.of(
        10, 10, 255, 20, 20,
        255, 255, 255, 255, 255,
        30, 30, 255, 255, 255,
      ),
    });
  });

  it("enlarges, and keeps smaller pictures in the middle of their place", () => {
    const sheet = pictureSheet([grey(3, 3, 0), grey(1, 1, 9)], {
      columns: 2,
      scale: 2,
      gap: 0,
      background: [7, 7, 7],
    });
    expect([sheet.width, sheet.height]).toEqual([12, 6]);
    const row = (y: number): number[] => Array.from(sheet.pixels.subarray(12 * y, 12 * y + 12));
    expect(row(1)).toEqual([0, 0, 0, 0, 0, 0, 7, 7, 7, 7, 7, 7]);
    expect(row(2)).toEqual([0, 0, 0, 0, 0, 0, 7, 7, 9, 9, 7, 7]);
  });

  it("is in colour as soon as one picture or the background is", () => {
    expect(pictureSheet([grey(1, 1, 5), red], { columns: 2, gap: 1, background: [1, 2, 3] })).toEqual({
      width: 3,
      height: 1,
      channels: 3,
      pixels: Uint8Array.of(5, 5, 5, 1, 2, 3, 255, 0, 0),
    });
    expect(pictureSheet([grey(1, 1, 5)], { background: [0, 0, 1] }).channels).toBe(3);
  });

  it("is about square when no columns are named, and never wider than its pictures", () => {
    const columns = (count: number, width: number, height: number): number =>
      sheetLayout(Array(count).fill(grey(width, height, 0)), { gap: 0 }).columns;
    expect([columns(16, 4, 4), columns(8, 8, 4), columns(8, 4, 8), columns(1, 4, 4)]).toEqual([4, 2, 4, 1]);
    expect(sheetLayout([red, red], { columns: 10 }).columns).toBe(2);
  });

  it("refuses a sheet of nothing", async () => {
    expect(await failure(async () => pictureSheet([]), "INVALID_ARGUMENT")).toContain("no picture");
  });
});

describe("pngOf", () => {
  it("is read back pixel by pixel, grey and in colour", () => {
    const shaded: Picture = {
      pixels: Uint8Array.from({ length: 35 }, (_, i) => 7 * i),
      width: 7,
      height: 5,
      channels: 1,
    };
    const colored: Picture = {
      pixels: Uint8Array.from({ length: 45 }, (_, i) => 255 - 5 * i),
      width: 3,
      height: 5,
      channels: 3,
    };
    for (const picture of [shaded, colored, enlarge(colored, 3)]) {
      const { data, width, height, channels, depth } = decode(pngOf(picture));
      expect({ pixels: Uint8Array.from(data), width, height, channels }).toEqual(picture);
      expect(depth).toBe(8);
    }
  });

  it("fits a page as a data: URI, also where it is large", () => {
    const picture = pictureSheet(Array(400).fill(grey(28, 28, 3)), { scale: 2 });
    const [head, body] = pngUri(picture).split(",");
    expect(head).toBe("data:image/png;base64");
    expect(decode(Buffer.from(body!, "base64")).width).toBe(picture.width);
  });
});
