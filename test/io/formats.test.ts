/** The table of formats: each reads what it wrote, and its bytes are found to be its own. */
import { describe, expect, it } from "vitest";
import type { ArrayFile } from "../../src/io/arrays.ts";
import { defaultFormat, formatOf, formats } from "../../src/io/formats.ts";
import { failure } from "../data/failure.ts";

const file: ArrayFile = {
  tensors: [
    { name: "dense/kernel", shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
    { name: "dense/bias", shape: [3], data: Float32Array.of(-1, 0, 0.5) },
  ],
  metadata: { format: "test" },
};

describe.each(Object.entries(formats))("%s", (_, format) => {
  it.each([
    ["arrays and texts", file],
    ["nothing", { tensors: [], metadata: {} }],
  ])("reads the %s that it wrote, and its bytes are told from those of the others", (_, held) => {
    const bytes = format.write(held);
    expect(formatOf(bytes)).toBe(format);
    expect(format.read(bytes)).toEqual(held);
    expect(Object.values(formats).filter(({ recognizes }) => recognizes(bytes))).toEqual([format]);
  });
});

it.each([
  ["no bytes", new Uint8Array(0)],
  ["bytes of no format", new Uint8Array(64)],
])("%s get the error of the default format", async (_, bytes) => {
  expect(formatOf(bytes)).toBe(defaultFormat);
  expect(await failure(() => formatOf(bytes).read(bytes), "DATA_FORMAT")).toMatch(
    /pass the bytes that save\(\) gave$/,
  );
});
