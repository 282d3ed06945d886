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

describe.each(Object.entries(formats))("%s", async (_, imported) => {
  const format = await imported();

  it.each([
    ["arrays and texts", file],
    ["nothing", { tensors: [], metadata: {} }],
  ])("reads the %s that it wrote, and its bytes are told from those of the others", async (_, held) => {
    const bytes = format.write(held);
    expect(await formatOf(bytes)).toBe(format);
    expect(format.read(bytes)).toEqual(held);
    const all = await Promise.all(Object.values(formats).map((each) => each()));
    expect(all.filter(({ recognizes }) => recognizes(bytes))).toEqual([format]);
  });
});

it.each([
  ["no bytes", new Uint8Array(0), "it has only 0 bytes"],
  ["bytes of no format", new Uint8Array(64), "its header is no JSON"],
])("%s get the error of the default format", async (_, bytes, what) => {
  expect(await formatOf(bytes)).toBe(await defaultFormat());
  expect(await failure(async () => (await formatOf(bytes)).read(bytes), "DATA_FORMAT")).toBe(
    `safetensors: this is not a whole safetensors file: ${what}; pass the bytes that save() gave`,
  );
});
