import { expect, it } from "vitest";
import type { Picture } from "../../../report/pictures/picture.ts";
import { enlarge, resizeToFit, shrink } from "../../../report/pictures/resize.ts";

const grey: Picture = { pixels: Uint8Array.of(0, 10, 20, 30, 40, 50), width: 3, height: 2, channels: 1 };
const flat = (width: number, height: number, channels: 1 | 3 = 1): Picture => ({
  pixels: new Uint8Array(width * height * channels).fill(9),
  width,
  height,
  channels,
});

it("enlarges every pixel to a square", () => {
  expect(enlarge(grey, 2)).toEqual({
    width: 6,
    height: 4,
    channels: 1,
    // biome-ignore format: a row a line
    pixels: Uint8Array.of(
      0, 0, 10, 10, 20, 20,
      0, 0, 10, 10, 20, 20,
      30, 30, 40, 40, 50, 50,
      30, 30, 40, 40, 50, 50,
    ),
  });
});

it("shrinks squares to their mean, at the border to that of what is there", () => {
  expect(shrink(grey, 2)).toEqual({ width: 2, height: 1, channels: 1, pixels: Uint8Array.of(20, 35) });
  const colored: Picture = { pixels: Uint8Array.of(0, 90, 1, 2, 92, 5), width: 2, height: 1, channels: 3 };
  expect(shrink(colored, 2).pixels).toEqual(Uint8Array.of(1, 91, 3));
});

it("undoes what it did, and leaves a picture alone where the factor is 1", () => {
  expect(shrink(enlarge(grey, 3), 3)).toEqual(grey);
  expect([enlarge(grey, 1), shrink(grey, 1)]).toEqual([grey, grey]);
});

it("fits pictures of any size into a square", () => {
  const sizes = [flat(28, 28), flat(224, 224, 3), flat(64, 48), flat(7, 3), flat(1, 1), flat(200, 1)].map(
    (picture) => {
      const { width, height } = resizeToFit(picture, 56);
      return [width, height];
    },
  );
  expect(sizes).toEqual([
    [56, 56],
    [56, 56],
    [32, 24],
    [56, 24],
    [56, 56],
    [50, 1],
  ]);
});
