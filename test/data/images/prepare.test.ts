/** Pictures become examples: sizes, proportions, colors, opacity. Expected values are counted by hand or by a twin that samples. */
import { describe, expect, it } from "vitest";
import type { PixelImage } from "../../../src/data/images/image.ts";
import { describePreparation, imagePreparation } from "../../../src/data/images/preparation.ts";
import { prepareImage } from "../../../src/data/images/prepare.ts";
import type { ImagePreparation } from "../../../src/data/preparation.ts";

function gray(width: number, values: readonly number[]): PixelImage {
  const data = Uint8Array.from(values.flatMap((value) => [value, value, value, 255]));
  return { width, height: values.length / width, data };
}

const to = (height: number, width: number, more: Partial<ImagePreparation> = {}): ImagePreparation => ({
  height,
  width,
  fit: "stretch",
  color: "gray",
  ...more,
});

describe("a picture of the right size", () => {
  it("is copied", () => {
    const values = Array.from({ length: 256 }, (_, i) => i);
    for (const fit of ["cover", "contain", "stretch"] as const)
      expect(Array.from(prepareImage(gray(16, values), to(16, 16, { fit })))).toEqual(values);
  });
});

describe("shrinking", () => {
  it("takes the mean of the area", () => {
    const image = gray(4, [0, 10, 20, 30, 10, 20, 30, 40, 50, 60, 70, 80, 60, 70, 80, 90]);
    expect(Array.from(prepareImage(image, to(2, 2)))).toEqual([10, 30, 60, 80]);
  });

  it("counts parts of pixels in part", () => {
    expect(Array.from(prepareImage(gray(3, [0, 90, 240]), to(1, 2)))).toEqual([30, 190]); // (0 + 90 / 2) / 1.5
  });

  it("agrees with a twin that samples ten thousand points a pixel", () => {
    const image = gray(
      7,
      Array.from({ length: 35 }, (_, i) => (i * 97) % 256),
    );
    const [height, width, steps] = [2, 3, 105];
    const twin = Array.from({ length: height * width }, (_, at) => {
      const [row, column] = [Math.floor(at / width), at % width];
      let sum = 0;
      for (let i = 0; i < steps; i++)
        for (let j = 0; j < steps; j++) {
          const y = Math.floor(((row + (i + 0.5) / steps) * 5) / height);
          const x = Math.floor(((column + (j + 0.5) / steps) * 7) / width);
          sum += image.data[4 * (y * 7 + x)]!;
        }
      return sum / steps ** 2;
    });
    const got = prepareImage(image, to(height, width));
    twin.forEach((value, i) => {
      expect(Math.abs(got[i]! - value)).toBeLessThan(1);
    });
  });
});

describe("growing", () => {
  it("interpolates between the nearest two", () => {
    expect(Array.from(prepareImage(gray(2, [0, 100]), to(1, 4)))).toEqual([0, 25, 75, 100]);
  });
});

describe("other proportions", () => {
  const wide = gray(4, [1, 2, 3, 4, 1, 2, 3, 4]);

  it("cover crops the middle", () => {
    expect(Array.from(prepareImage(wide, to(2, 2, { fit: "cover" })))).toEqual([2, 3, 2, 3]);
    const tall = gray(1, [10, 20, 30, 40]);
    expect(Array.from(prepareImage(tall, to(2, 1, { fit: "cover" })))).toEqual([20, 30]);
  });

  it("cover does not blur where a pixel more stands out", () => {
    expect(Array.from(prepareImage(gray(3, [0, 200, 50, 0, 200, 50]), to(2, 2, { fit: "cover" })))).toEqual([
      0, 200, 0, 200,
    ]);
  });

  it("contain adds black borders", () => {
    expect(Array.from(prepareImage(wide, to(4, 4, { fit: "contain" })))).toEqual([
      0, 0, 0, 0, 1, 2, 3, 4, 1, 2, 3, 4, 0, 0, 0, 0,
    ]);
  });

  it("stretch uses all of it", () => {
    expect(Array.from(prepareImage(gray(4, [0, 10, 20, 30]), to(1, 2)))).toEqual([5, 25]);
  });

  it("a line of pixels stays one", () => {
    const line = gray(100, new Array(100).fill(200));
    expect(Array.from(prepareImage(line, to(3, 3, { fit: "contain" })))).toEqual([
      0, 0, 0, 200, 200, 200, 0, 0, 0,
    ]);
    expect(Array.from(prepareImage(line, to(2, 2, { fit: "cover" })))).toEqual([200, 200, 200, 200]);
  });
});

describe("colors", () => {
  const image: PixelImage = { width: 1, height: 1, data: Uint8Array.from([200, 100, 50, 255]) };

  it("stay three, or become gray by the weights of BT.601", () => {
    expect(Array.from(prepareImage(image, to(1, 1, { color: "rgb" })))).toEqual([200, 100, 50]);
    expect(Array.from(prepareImage(image, to(1, 1)))).toEqual([124]); // 59.8 + 58.7 + 5.7
  });

  it("are laid over white where they are transparent", () => {
    const clear = { ...image, data: Uint8Array.from([200, 100, 50, 0]) };
    expect(Array.from(prepareImage(clear, to(1, 1, { color: "rgb" })))).toEqual([255, 255, 255]);
    const half = { ...image, data: Uint8Array.from([200, 100, 0, 51]) }; // a fifth
    expect(Array.from(prepareImage(half, to(1, 1, { color: "rgb" })))).toEqual([244, 224, 204]);
  });
});

describe("what is left open", () => {
  const facts = (width: number, height: number, isGray = false) => ({ width, height, gray: isGray });

  it("is the size of the pictures where they are small and alike", () => {
    expect(imagePreparation({}, [facts(28, 20, true), facts(28, 20, true)])).toEqual({
      height: 20,
      width: 28,
      fit: "cover",
      color: "gray",
    });
  });

  it("is a square of the median shorter side, at most 64", () => {
    const sizes = (...all: [number, number][]) =>
      imagePreparation(
        {},
        all.map(([w, h]) => facts(w, h)),
      );
    expect(sizes([40, 50], [60, 48], [44, 90])).toMatchObject({ height: 44, width: 44, color: "rgb" });
    expect(sizes([4000, 3000], [4000, 3000])).toMatchObject({ height: 64, width: 64 });
  });
});

describe("what was done is told", () => {
  it.each([
    [
      { width: 512, height: 384 },
      to(32, 32, { fit: "cover", color: "rgb" }),
      "512 wide, 384 high → 32 × 32, cropped",
    ],
    [{ width: 64, height: 64 }, to(32, 32, { color: "rgb" }), "64 wide, 64 high → 32 × 32"],
    [{ width: 32, height: 32 }, to(32, 32), "32 wide, 32 high, gray"],
    [
      { width: 9, height: 9 },
      to(4, 8, { fit: "contain" }),
      "9 wide, 9 high → 8 wide, 4 high, with borders, gray",
    ],
  ] as const)("%o", (image, preparation, words) => {
    expect(describePreparation(image, preparation)).toBe(words);
  });
});
