import { decode } from "fast-png";
import sixel from "sixel";
import { describe, expect, it } from "vitest";
import { itermPicture, kittyPicture, sixelPicture } from "../../../report/pictures/inlinePicture.ts";
import type { Picture } from "../../../report/pictures/picture.ts";
import { pngOf } from "../../../report/pictures/sheet.ts";
import { Random } from "../../../src/math/philox.ts";

const random = new Random(1, 0);
const noise: Picture = {
  pixels: Uint8Array.from({ length: 90 * 90 }, () => random.bits() & 255),
  width: 90,
  height: 90,
  channels: 1,
};
const png = pngOf(noise);

/** Escape as ␛ and bell as ␇, so that regular expressions can name them. */
const readable = (text: string): string => text.replaceAll("\x1b", "␛").replaceAll("\x07", "␇");

describe("pictures within a terminal's text", () => {
  it("kitty: pieces of at most 4096 characters that are the PNG together, settings in the first", () => {
    const text = readable(kittyPicture(png, 72));
    const pieces = [...text.matchAll(/␛_G([^;]*);([^␛]*)␛\\/g)];
    expect(pieces.map(([whole]) => whole).join("")).toBe(text);
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces[0]![1]).toBe("a=T,f=100,q=2,c=72,m=1");
    expect(new Set(pieces.slice(1, -1).map((piece) => piece[1]))).toEqual(new Set(["m=1"]));
    expect(pieces.at(-1)![1]).toBe("m=0");
    for (const piece of pieces) expect(piece[2]!.length).toBeLessThanOrEqual(4096);
    const sent = Buffer.from(pieces.map((piece) => piece[2]).join(""), "base64");
    expect(Uint8Array.from(decode(sent).data)).toEqual(noise.pixels);
    const small = pngOf({ ...noise, height: 1, pixels: noise.pixels.slice(0, 90) });
    expect(readable(kittyPicture(small, 9))).toMatch(/^␛_Ga=T,f=100,q=2,c=9,m=0;[^;]+␛\\$/);
  });

  it("iTerm2: one sequence with size and width", () => {
    const text = readable(itermPicture(png, 80));
    const [, settings, data] = /^␛]1337;File=([^:]*):([^␇]*)␇$/.exec(text)!;
    expect(settings).toBe(`inline=1;size=${png.length};width=80;preserveAspectRatio=1`);
    expect(Uint8Array.from(Buffer.from(data!, "base64"))).toEqual(png);
  });

  it("sixel: colours that a decoder reads back, grey and RGB", () => {
    const { decode: decodeSixel } = sixel;
    const halves = (channels: 1 | 3, left: number[], right: number[]): Picture => ({
      pixels: Uint8Array.from(Array.from({ length: 40 * 25 }, (_, i) => (i % 40 < 20 ? left : right)).flat()),
      width: 40,
      height: 25,
      channels,
    });
    for (const [picture, left, right] of [
      [halves(3, [255, 0, 0], [0, 0, 255]), [255, 0, 0], [0, 0, 255]],
      [halves(1, [0], [255]), [0, 0, 0], [255, 255, 255]],
    ] as const) {
      const text = sixelPicture(pngOf(picture));
      expect(readable(text)).toMatch(/^␛P[^␛]*␛\\$/);
      const { data32, width, height } = decodeSixel(/^␛P0;1q(.*)␛/.exec(readable(text))![1]!);
      expect([width, height]).toEqual([40, 25]);
      const colorAt = (at: number): number[] => [0, 8, 16].map((shift) => (data32[at]! >> shift) & 255);
      const drawn = Array.from({ length: 40 * 25 }, (_, at) => colorAt(at));
      expect(drawn).toEqual(drawn.map((_, at) => (at % 40 < 20 ? left : right)));
    }
  });
});
