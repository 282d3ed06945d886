/** Windows over a table that comes in parts are those over the whole. */
import { describe, expect, it } from "vitest";
import { WindowStream } from "../../../cli/dataset/predict/windowStream.ts";
import type { Preparation } from "../../../src/data/preparation.ts";
import { rowsTable } from "../../../src/data/raw/readRaw.ts";
import { encodeTable } from "../../../src/data/table/rows.ts";
import { failure } from "../../data/failure.ts";

const rows = Array.from({ length: 97 }, (_, i) => ({
  speed: (i * 7919) % 101,
  who: ["ann", "ben", "eve"][(i * i) % 3]!,
  other: i,
}));
const preparation = (steps: number, stride: number, group?: string): Preparation =>
  ({
    columns: [{ name: "speed", kind: "number", mean: 50, deviation: 25 }],
    window: { steps, stride, horizon: 0, ...(group !== undefined && { group }) },
  }) as unknown as Preparation;

/** A prediction that tells one window from another. */
const predicted = (x: Float32Array, size: number): Float32Array =>
  Float32Array.from({ length: x.length / size }, (_, i) =>
    x.subarray(i * size, (i + 1) * size).reduce((sum, value, k) => sum + value * (k + 1), 0),
  );

describe.each([
  ["one series", preparation(5, 1)],
  ["windows side by side", preparation(4, 4)],
  ["windows with gaps", preparation(3, 7)],
  ["several series", preparation(5, 2, "who")],
])("%s", (_, given) => {
  it.each([1, 2, 10, 97])("in parts of %i rows", (size) => {
    const { steps } = given.window!;
    const whole = encodeTable(rowsTable(rows, { name: "rows" }), given);
    const stream = new WindowStream("rows", given);
    for (let at = 0; at < rows.length; at += size) {
      const part = rowsTable(rows.slice(at, at + size), { name: "rows" });
      const { x, shape, ignored } = stream.add(part);
      expect(x).toHaveLength(shape[0] * steps);
      expect(ignored).toEqual(whole.ignored);
      if (shape[0] > 0) stream.keep(predicted(x, steps));
    }
    const { data, spanOf } = stream.end();
    expect(whole.spans.map((__, i) => spanOf(i))).toEqual(whole.spans);
    expect(data).toEqual(predicted(whole.x, steps));
  });
});

it("a series that is shorter than a window is refused", async () => {
  const stream = new WindowStream("rows", preparation(50, 1, "who"));
  stream.add(rowsTable(rows, { name: "rows" }));
  expect(await failure(() => stream.end(), "SHAPE_MISMATCH")).toMatch(
    /^rows: a series of \d+ rows, .* of 50/,
  );
});
