/** Pictures of every form become the pixels that their makers wrote. */
import { encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { decodeImage } from "../../../node/images/decode.ts";
import type { PixelImage } from "../../../src/data/images/image.ts";
import { jpeg, type PngForm, png, square } from "./pictures.ts";

const colors = [
  [220, 30, 30],
  [30, 200, 40],
  [40, 60, 220],
  [240, 220, 40],
  [128, 128, 128],
  [10, 10, 10],
];

/** The color in the middle of each of the six squares. */
function squares({ width, data }: PixelImage): number[][] {
  return [4, 12].flatMap((y) =>
    [4, 12, 20].map((x) => Array.from(data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3))),
  );
}

function largestDifference(got: number[][], wanted: number[][]): number {
  return Math.max(...got.flatMap((color, i) => color.map((value, j) => Math.abs(value - wanted[i]![j]!))));
}

/** Says that it has the most pixels that a JPEG can have. */
function enlarged(bytes: Uint8Array): Uint8Array {
  const frame = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0);
  return Uint8Array.from(bytes).fill(0xff, frame + 5, frame + 9);
}

describe("JPEG", () => {
  it.each(["baseline", "progressive", "subsampled", "cmyk"])("%s", async (name) => {
    const image = await decodeImage(jpeg(name));
    expect([image.width, image.height]).toEqual([24, 16]);
    expect(largestDifference(squares(image), colors)).toBeLessThan(8);
  });

  it("gray, by the weights of BT.601", async () => {
    const wanted = colors.map(([red, green, blue]) => {
      const value = 0.299 * red! + 0.587 * green! + 0.114 * blue!;
      return [value, value, value];
    });
    expect(largestDifference(squares(await decodeImage(jpeg("gray"))), wanted)).toBeLessThan(3);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("EXIF orientation %i is turned upright", async (orientation) => {
    const image = await decodeImage(jpeg(`orientation/${orientation}`));
    expect([image.width, image.height]).toEqual([24, 16]);
    expect(largestDifference(squares(image), colors)).toBeLessThan(8);
  });

  it("leaves no ImageData behind in a runtime that has none", async () => {
    const before = "ImageData" in globalThis;
    await decodeImage(jpeg("baseline"));
    expect("ImageData" in globalThis).toBe(before);
  });

  it("goes on after a damaged one", async () => {
    const damaged = jpeg("baseline");
    damaged.fill(0xff, 200, 300);
    await decodeImage(damaged).catch(() => {});
    expect(largestDifference(squares(await decodeImage(jpeg("baseline"))), colors)).toBeLessThan(8);
  });
});

describe("PNG", () => {
  const rgba = async (form: PngForm): Promise<number[]> => Array.from((await decodeImage(png(form))).data);

  it("rgb, gray, gray with opacity, rgb with opacity", async () => {
    expect(await rgba({ width: 1, height: 1, colorType: 2, rows: [[1, 2, 3]] })).toEqual([1, 2, 3, 255]);
    expect(await rgba({ width: 2, height: 1, colorType: 0, rows: [[7, 9]] })).toEqual([
      7, 7, 7, 255, 9, 9, 9, 255,
    ]);
    expect(await rgba({ width: 1, height: 1, colorType: 4, rows: [[7, 100]] })).toEqual([7, 7, 7, 100]);
    expect(await rgba({ width: 1, height: 1, colorType: 6, rows: [[1, 2, 3, 4]] })).toEqual([1, 2, 3, 4]);
  });

  it("gray of 1, 2 and 4 bits, rows that end within a byte", async () => {
    const gray = async (depth: number, width: number, rows: number[][]): Promise<number[]> =>
      (await rgba({ width, height: rows.length, depth, colorType: 0, rows })).filter((_, i) => i % 4 === 0);
    expect(await gray(1, 3, [[0b10100000], [0b01000000]])).toEqual([255, 0, 255, 0, 255, 0]);
    expect(await gray(2, 5, [[0b00011011, 0b11000000]])).toEqual([0, 85, 170, 255, 255]);
    expect(await gray(4, 3, [[0x0f, 0x80]])).toEqual([0, 255, 136]);
  });

  it("16 bits, rounded to 8", async () => {
    const rows = [[0x80, 0x00, 0xff, 0xff, 0x00, 0x81]];
    expect(await rgba({ width: 1, height: 1, depth: 16, colorType: 2, rows })).toEqual([128, 255, 1, 255]);
  });

  it("palettes, with opacity", async () => {
    const palette = [255, 0, 0, 0, 255, 0, 0, 0, 255];
    const form = { width: 3, height: 1, colorType: 3, palette };
    const wanted = [0, 0, 255, 255, 255, 0, 0, 255, 0, 255, 0, 255];
    expect(await rgba({ ...form, rows: [[2, 0, 1]] })).toEqual(wanted);
    expect(await rgba({ ...form, depth: 2, rows: [[0b10000100]] })).toEqual(wanted);
    expect(
      (await rgba({ ...form, rows: [[2, 0, 1]], transparency: [0, 128] })).filter((_, i) => i % 4 === 3),
    ).toEqual([255, 0, 128]);
  });

  it("a color that stands for nothing", async () => {
    const rows = [[7, 9]];
    const form = { width: 2, height: 1, colorType: 0, rows, transparency: [0, 9] };
    expect((await rgba(form)).filter((_, i) => i % 4 === 3)).toEqual([255, 0]);
    const color = { width: 3, height: 1, colorType: 2, rows: [[1, 2, 3, 3, 2, 1, 1, 2, 4]] };
    const clear = await rgba({ ...color, transparency: [0, 1, 0, 2, 0, 3] });
    expect(clear.filter((_, i) => i % 4 === 3)).toEqual([0, 255, 255]);
  });

  it.each([1, 3])("interlaced, %i channels, as one that is not", async (channels) => {
    const [width, height] = [11, 9];
    const data = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 37) % 256);
    const plain = await decodeImage(encode({ width, height, channels, data }));
    const interlaced = await decodeImage(encode({ width, height, channels, data }, { interlace: "Adam7" }));
    expect(Array.from(interlaced.data)).toEqual(Array.from(plain.data));
    expect(Array.from(plain.data.subarray(0, 3))).toEqual(channels === 1 ? [0, 0, 0] : [0, 37, 74]);
  });
});

describe("what is no picture is told", () => {
  it.each([
    ["an empty file", new Uint8Array(), "an empty file"],
    ["text", new TextEncoder().encode("hello, this is no picture"), "neither PNG nor JPEG"],
    ["GIF", new TextEncoder().encode("GIF89a.............."), "GIF; convert it to PNG or JPEG"],
    ["WebP", new TextEncoder().encode("RIFF....WEBPVP8 ...."), "WebP; convert"],
    ["HEIC", new TextEncoder().encode("\0\0\0\x18ftypheic........"), "HEIC; convert"],
    ["a PNG that is cut off", square(9, [1, 2, 3]).slice(0, 50), "a damaged PNG"],
    ["a PNG with a wrong byte", square(9, [1, 2, 3]).with(45, 99), "a damaged PNG"],
    ["a JPEG that is cut off", jpeg("baseline").slice(0, 500), "a JPEG that is cut off"],
    [
      "a JPEG of more pixels than its bytes can stand for",
      enlarged(jpeg("baseline")),
      "65535 × 65535 pixels that is cut off",
    ],
    ["a JPEG without a frame", jpeg("baseline").slice(0, 40), "ends within its header"],
  ])("%s", async (_, bytes, reason) => {
    await expect(decodeImage(bytes)).rejects.toMatchObject({
      code: "DATA_FORMAT",
      message: expect.stringContaining(reason),
    });
  });
});
