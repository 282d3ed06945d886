/** Sparse weights: as TensorFlow's converter writes them, in blocks, and damaged. */
import { expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { loadTflite } from "../../../src/io/tflite/index.ts";
import { positionsOf, type Sparsity } from "../../../src/io/tflite/sparse.ts";
import { failure } from "../../data/failure.ts";
import { readFixture } from "../../reference/comparison/fixtures.ts";

const engine = await createEngine({ threads: 1 });
const recorded = readFixture<{ x: number[][]; y: number[][]; file: string }>("tflite/sparse");
const file = new Uint8Array(Buffer.from(recorded.file, "base64"));

it("a network predicts what TensorFlow Lite's interpreter does", async () => {
  const net = await loadTflite(file, { engine });
  const { data } = await net.predict(recorded.x);
  const wanted = recorded.y.flat();
  expect(Math.max(...wanted.map((value, i) => Math.abs(value - data[i]!)))).toBeLessThan(1e-5);
  const zeros = net
    .getWeights()
    .flatMap(({ name, data: values }) => (name.endsWith("kernel") ? [...values] : []));
  const share = zeros.filter((value) => value === 0).length / zeros.length;
  expect(share).toBeGreaterThan(0.85);
  net.dispose();
});

const listed = (segments: readonly number[], places: readonly number[]) => ({ size: 0, segments, places });
const whole = (size: number) => ({ size, segments: undefined, places: [] });

it.each<[string, Sparsity, number[], number, number[]]>([
  [
    "rows",
    { order: [0, 1], blocks: [], levels: [whole(3), listed([0, 1, 1, 3], [2, 0, 3])] },
    [3, 4],
    3,
    [2, 8, 11],
  ],
  [
    "columns first",
    { order: [1, 0], blocks: [], levels: [whole(2), listed([0, 1, 2], [2, 0])] },
    [3, 2],
    2,
    [4, 1],
  ],
  [
    "blocks of two rows by two columns",
    {
      order: [0, 1, 2, 3],
      blocks: [0, 1],
      levels: [whole(2), listed([0, 1, 2], [1, 0]), whole(2), whole(2)],
    },
    [4, 4],
    8,
    [2, 3, 6, 7, 8, 9, 12, 13],
  ],
])("%s stand where they belong", (_, sparsity, shape, stored, places) => {
  expect(positionsOf(sparsity, shape, stored)).toEqual(places);
});

it.each<[string, Partial<Sparsity>, string]>([
  ["an axis twice", { order: [0, 0] }, "are none of its shape"],
  ["an axis too many", { order: [0, 2] }, "are none of its shape"],
  ["a level too few", { levels: [whole(3)] }, "are none of its shape"],
  ["another size", { levels: [whole(4), listed([0, 1, 1, 3], [2, 0, 3])] }, "has 4 places in place of 3"],
  ["a place outside", { levels: [whole(3), listed([0, 1, 1, 3], [2, 0, 4])] }, "is not among its 4"],
  ["segments that fall", { levels: [whole(3), listed([0, 2, 1, 3], [2, 0, 3])] }, "do not fit its 3 places"],
  [
    "segments for other rows",
    { levels: [whole(3), listed([0, 1, 3], [2, 0, 3])] },
    "do not fit its 3 places",
  ],
  ["a number too few", { levels: [whole(3), listed([0, 1, 1, 2], [2, 0])] }, "holds 3 numbers for 2 places"],
])("%s is damage", async (_, change, told) => {
  const right: Sparsity = { order: [0, 1], blocks: [], levels: [whole(3), listed([0, 1, 1, 3], [2, 0, 3])] };
  expect(await failure(() => positionsOf({ ...right, ...change }, [3, 4], 3), "DATA_FORMAT")).toContain(told);
});

it("a size that would fill the memory is not gone through", async () => {
  const sparsity: Sparsity = { order: [0, 1], blocks: [], levels: [whole(1e9), whole(1e9)] };
  expect(await failure(() => positionsOf(sparsity, [1e9, 1e9], 4), "DATA_FORMAT")).toContain(
    "places in place of",
  );
});
