/** What augmentation draws: the checks of its description, and the numbers of each image and step. */
import { describe, expect, it } from "vitest";
import {
  drawColors,
  drawImages,
  drawMixture,
  elasticCells,
  elasticHills,
} from "../../src/augmentation/draw.ts";
import {
  type AugmentationOptions,
  checkAgainstImages,
  checkAugmentation,
} from "../../src/augmentation/options.ts";
import { augmentText } from "../../src/augmentation/text.ts";
import { imageParameters } from "../../src/ops/augmentImages.ts";
import { failure } from "../data/failure.ts";

const place = { height: 28, width: 20, brightest: 1 };

/** The twelve numbers of each image. */
function draw(options: AugmentationOptions, n: number, { seed = 1, step = 0 } = {}): number[][] {
  const out = new Float32Array(n * imageParameters);
  drawImages(out, options, place, { seed, step });
  return Array.from({ length: n }, (_, i) =>
    Array.from(out.subarray(i * imageParameters, (i + 1) * imageParameters)),
  );
}

const column = (rows: readonly (readonly number[])[], k: number): number[] => rows.map((row) => row[k]!);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Evenly spread over least … most: reaches both ends, has their mean and deviation. */
function expectUniform(values: readonly number[], least: number, most: number): void {
  const width = most - least;
  expect(Math.min(...values)).toBeGreaterThanOrEqual(least);
  expect(Math.max(...values)).toBeLessThanOrEqual(most);
  expect(Math.min(...values)).toBeLessThan(least + 0.01 * width);
  expect(Math.max(...values)).toBeGreaterThan(most - 0.01 * width);
  const centre = mean(values);
  expect(Math.abs(centre - (least + most) / 2)).toBeLessThan(0.03 * width);
  const deviation = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
  expect(Math.abs(deviation / width - 1 / Math.sqrt(12))).toBeLessThan(0.01);
}

describe("the description", () => {
  it("is given back in one order, without what is left out, as a copy", () => {
    const shift: [number, number] = [1, 2];
    const given = { mixup: 0.2, rotation: undefined, shift } as unknown as AugmentationOptions;
    const checked = checkAugmentation(given);
    expect(JSON.stringify(checked)).toBe('{"shift":[1,2],"mixup":0.2}');
    shift[0] = 9;
    expect(checked.shift).toEqual([1, 2]);
  });

  it.each<[object, RegExp]>([
    [{}, /nothing is to be done/],
    [{ fillValue: 3 }, /nothing is to be done/],
    [{ rotate: 3 }, /"rotate" is unknown; did you mean rotation\? There are shift, rotation/],
    [{ shift: 0 }, /shift is 0; pass pixels/],
    [{ shift: 1.5 }, /shift is 1.5/],
    [{ shift: [1] }, /shift is \[1\]/],
    [{ shift: Number.NaN }, /shift is NaN/],
    [{ rotation: -1 }, /rotation is -1; pass degrees from 0 to 180/],
    [{ rotation: "10" }, /rotation is "10"/],
    [{ zoom: 0.95 }, /zoom is 0.95/],
    [{ zoom: [1.2, 1] }, /zoom is \[1.2, 1\]/],
    [{ shear: 61 }, /shear is 61/],
    [{ flip: true }, /flip is true; pass "horizontal"/],
    [{ cutout: 2.5 }, /cutout is 2.5/],
    [{ brightness: 2 }, /brightness is 2/],
    [{ color: -0.1 }, /color is -0.1; pass a share from 0 to 1/],
    [{ elastic: 8 }, /elastic is 8; pass \{ alpha, sigma \}/],
    [{ elastic: { alpha: 8, sigm: 3 } }, /elastic is \{ alpha, sigm \}/],
    [{ elastic: { alpha: 8, sigma: 0 } }, /sigma from 0.5/],
    [{ mixup: 0 }, /mixup is 0; pass the alpha/],
    [{ mixup: Number.POSITIVE_INFINITY }, /mixup is Infinity/],
    [{ shift: 1, fillValue: Number.NaN }, /fillValue is NaN/],
    [{ brightness: 0.1, valueRange: [1, 0] }, /valueRange is \[1, 0\]/],
  ])("%j is refused", async (options, message) => {
    expect(await failure(() => checkAugmentation(options), "INVALID_ARGUMENT")).toMatch(message);
  });

  it("is refused where it is no object", async () => {
    expect(await failure(() => checkAugmentation([] as never), "INVALID_ARGUMENT")).toMatch(/got \[\]; pass/);
    expect(await failure(() => checkAugmentation(null as never), "INVALID_ARGUMENT")).toMatch(/got null/);
  });

  it("must fit the images", async () => {
    const check = (options: AugmentationOptions) => () => checkAgainstImages(options, 28, 20);
    expect(await failure(check({ shift: 20 }), "INVALID_ARGUMENT")).toMatch(/the images are 28 by 20/);
    expect(await failure(check({ shift: 0.01 }), "INVALID_ARGUMENT")).toMatch(/at least a pixel/);
    expect(await failure(check({ cutout: 21 }), "INVALID_ARGUMENT")).toMatch(/at most the shorter side/);
    check({ shift: [27, 19], cutout: 20 })();
  });

  it("has a line", () => {
    const options: AugmentationOptions = {
      shift: [1, 2],
      flip: "horizontal",
      elastic: { alpha: 34, sigma: 4 },
    };
    expect(augmentText(options)).toBe("shift=1:2,flip,elastic=34:4");
    expect(augmentText({ flip: "both", fillValue: 3, valueRange: [0, 1] })).toBe(
      "flip=both,fill=3,range=0:1",
    );
  });
});

describe("the numbers of an image", () => {
  const everything: AugmentationOptions = {
    shift: 2,
    rotation: 10,
    zoom: 0.1,
    shear: 5,
    flip: "both",
    cutout: 8,
    brightness: 0.2,
  };

  it("are the same again, others with another seed or step, and do not depend on the size of the batch", () => {
    const first = draw(everything, 8);
    expect(draw(everything, 8)).toEqual(first);
    expect(draw(everything, 3)).toEqual(first.slice(0, 3));
    for (const other of [{ seed: 2 }, { step: 1 }, { seed: 1 + 2 ** 32 }, { step: 2 ** 32 }])
      for (const [i, row] of draw(everything, 8, other).entries()) expect(row).not.toEqual(first[i]);
    expect(new Set(first.map(String)).size).toBe(8);
  });

  it("of one kind do not depend on the other kinds", () => {
    const all = draw(everything, 16);
    expect(column(draw({ brightness: 0.2 }, 16), 6)).toEqual(column(all, 6));
    for (const [i, row] of draw({ cutout: 8 }, 16).entries())
      expect(row.slice(7, 11)).toEqual(all[i]!.slice(7, 11));
  });

  it("leave the matrix alone where nothing is geometric", () => {
    for (const row of draw({ brightness: 0.2 }, 5))
      expect(row.slice(0, 6).map((value) => value + 0)).toEqual([1, 0, 0, 0, 1, 0]); // −0 is 0
  });

  it("shift by whole pixels, each way as likely", () => {
    const rows = draw({ shift: [3, 1] }, 4000);
    for (const [at, farthest] of [
      [2, 1],
      [5, 3],
    ] as const) {
      const moves = column(rows, at);
      const counts = Array.from(
        { length: 2 * farthest + 1 },
        (_, k) => moves.filter((move) => move === k - farthest).length,
      );
      expect(counts.reduce((sum, count) => sum + count)).toBe(4000);
      for (const count of counts) expect(Math.abs(count * counts.length - 4000)).toBeLessThan(500);
    }
    const shares = draw({ shift: [0.1, 0] }, 500);
    expect([Math.max(...column(shares, 5)), Math.min(...column(shares, 5))]).toEqual([3, -3]);
    expect(column(shares, 2).every((move) => move === 0)).toBe(true);
  });

  it("rotate evenly, about the centre", () => {
    const rows = draw({ rotation: 30 }, 4000);
    expectUniform(
      rows.map(([xx, xy]) => (Math.atan2(xy!, xx!) * 180) / Math.PI),
      -30,
      30,
    );
    for (const [xx = 0, xy = 0, x1 = 0, yx = 0, yy = 0, y1 = 0] of rows.slice(0, 50)) {
      expect(xx * 9.5 + xy * 13.5 + x1).toBeCloseTo(9.5, 4);
      expect(yx * 9.5 + yy * 13.5 + y1).toBeCloseTo(13.5, 4);
      expect(xx * yy - xy * yx).toBeCloseTo(1, 5);
    }
  });

  it("zoom evenly, in both directions alike", () => {
    const rows = draw({ zoom: 0.2 }, 4000);
    expectUniform(
      rows.map(([xx]) => 1 / xx!),
      0.8,
      1.2,
    );
    expectUniform(
      draw({ zoom: [1, 1.5] }, 4000).map(([xx]) => 1 / xx!),
      1,
      1.5,
    );
    for (const row of rows) expect(row[4]).toBe(row[0]);
  });

  it("shear rows along", () => {
    const rows = draw({ shear: 20 }, 4000);
    expectUniform(
      rows.map(([, xy]) => (Math.atan(xy!) * 180) / Math.PI),
      -20,
      20,
    );
    for (const [xx, , , yx, yy] of rows) expect([xx, yx! + 0, yy]).toEqual([1, 0, 1]);
  });

  it("flip half of the images, in the asked direction", () => {
    const share = (flip: "horizontal" | "vertical" | "both", at: number): number =>
      mean(column(draw({ flip }, 4000), at).map((sign) => (sign === -1 ? 1 : 0)));
    for (const [flip, x, y] of [
      ["horizontal", 0.5, 0],
      ["vertical", 0, 0.5],
      ["both", 0.5, 0.5],
    ] as const) {
      expect(Math.abs(share(flip, 0) - x)).toBeLessThan(0.03);
      expect(Math.abs(share(flip, 4) - y)).toBeLessThan(0.03);
    }
    const both = draw({ flip: "both" }, 4000);
    expect(Math.abs(mean(both.map((row) => (row[0] === row[4] ? 1 : 0))) - 0.5)).toBeLessThan(0.03);
    for (const row of both)
      expect([row[2], row[5]]).toEqual([row[0] === -1 ? 19 : 0, row[4] === -1 ? 27 : 0]);
  });

  it("brighten evenly, blank a square with its centre anywhere", () => {
    expectUniform(column(draw({ brightness: 0.3 }, 4000), 6), -0.3, 0.3);
    const rows = draw({ cutout: 5 }, 4000);
    for (const [, , , , , , , top = 0, bottom = 0, left = 0, right = 0] of rows)
      expect([bottom - top, right - left]).toEqual([5, 5]);
    expect(new Set(column(rows, 7))).toEqual(new Set(Array.from({ length: 28 }, (_, k) => k - 2)));
    expect(new Set(column(rows, 9))).toEqual(new Set(Array.from({ length: 20 }, (_, k) => k - 2)));
  });
});

describe("recoloring", () => {
  const colors = (n: number, { color = 0.5, seed = 1, step = 0 } = {}): [Float32Array, Float32Array] => {
    const drawn: [Float32Array, Float32Array] = [new Float32Array(n), new Float32Array(n)];
    drawColors(...drawn, color, { middle: 0.5, brightest: 1 }, { seed, step });
    return drawn;
  };

  it("spreads contrast about the middle of the range, and what is added, evenly", () => {
    const [factors, addends] = colors(4000).map((values) => Array.from(values));
    expectUniform(factors!, 0.5, 1.5);
    expectUniform(
      addends!.map((addend, i) => addend + 0.5 * factors![i]! - 0.5), // what becomes of the middle
      -0.25,
      0.25,
    );
  });

  it("is the same again, another with another seed or step, and does not depend on the size of the batch", () => {
    const [factors, addends] = colors(12);
    expect(colors(12)).toEqual([factors, addends]);
    expect(colors(6)).toEqual([factors.slice(0, 6), addends.slice(0, 6)]);
    for (const other of [{ seed: 2 }, { step: 1 }]) expect(colors(12, other)[0]).not.toEqual(factors);
  });
});

describe("mixing", () => {
  it("takes a permutation and shares of at least one half", () => {
    const { partners, shares } = drawMixture(64, 0.2, { seed: 3, step: 7 });
    expect([...partners].sort((a, b) => a - b)).toEqual(Array.from({ length: 64 }, (_, i) => i));
    for (const share of shares) expect(share >= 0.5 && share <= 1).toBe(true);
    expect(drawMixture(64, 0.2, { seed: 3, step: 7 })).toEqual({ partners, shares });
    expect(drawMixture(64, 0.2, { seed: 3, step: 8 }).shares).not.toEqual(shares);
  });

  // of λ ~ Beta(α, α): E[(λ − ½)²] = 1 / (4 (2α + 1)), which the larger of λ and 1 − λ has too
  it.each([0.05, 0.2, 0.5, 1, 2, 8, 100])("draws from Beta(%f, same)", (alpha) => {
    const { shares } = drawMixture(20_000, alpha, { seed: 1, step: 0 });
    const wanted = 1 / (4 * (2 * alpha + 1));
    expect(Math.abs(mean([...shares].map((share) => (share - 0.5) ** 2)) / wanted - 1)).toBeLessThan(0.04);
  });

  it("draws Beta(1, 1) evenly", () => {
    expectUniform([...drawMixture(8000, 1, { seed: 5, step: 0 }).shares], 0.5, 1);
  });
});

describe("elastic hills", () => {
  it.each([0.5, 1, 2.5, 4, 30])("have Simard's variance at every pixel, sigma %f", (sigma) => {
    const cells = elasticCells(28, sigma);
    const hills = elasticHills(28, sigma);
    expect(hills).toHaveLength(28 * cells);
    // noise of variance 1 on every point, smoothed in one direction by a Gaussian: 1 / (2 √π sigma)
    const wanted = 1 / (2 * Math.sqrt(Math.PI) * sigma);
    for (let pixel = 0; pixel < 28; pixel++) {
      const row = hills.subarray(pixel * cells, (pixel + 1) * cells);
      const variance = row.reduce((sum, weight) => sum + weight * weight, 0);
      expect(Math.abs(variance / wanted - 1)).toBeLessThan(2e-3);
    }
  });
});
