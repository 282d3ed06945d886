/** Weights as others have them: by name or in order, in Keras's order of axes or in PyTorch's. */
import { beforeAll, describe, expect, it } from "vitest";
import { readWeights, writeWeights } from "../../src/federated/index.ts";
import { createEngine, type Engine, layers, type Model, sequential } from "../../src/index.ts";
import type { ForeignArray } from "../../src/io/elements.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ threads: 1 });
});

async function built(list: Parameters<typeof sequential>[0], inputShape: number[]): Promise<Model> {
  const net = sequential(list, { inputShape, seed: 1 });
  await net.build({ engine });
  return net;
}

const counting = (shape: number[], dtype: "float32" | "float64" = "float32"): ForeignArray => {
  const size = shape.reduce((product, n) => product * n, 1);
  const data = Array.from({ length: size }, (_, i) => i);
  return { shape, dtype, data: dtype === "float32" ? Float32Array.from(data) : Float64Array.from(data) };
};

describe("weights of a federation", () => {
  it("go by their names where these are the model's, whatever the order", async () => {
    const net = await built([layers.dense({ units: 2, name: "d" })], [3]);
    const record = new Map([
      ["d/bias", counting([2])],
      ["d/kernel", counting([3, 2], "float64")],
    ]);
    writeWeights(net, record, "keras");
    expect(net.getWeights().map(({ data }) => [...data])).toEqual([
      [0, 1, 2, 3, 4, 5],
      [0, 1],
    ]);
    const back = readWeights(net, record, "keras");
    expect([...back.keys()]).toEqual(["d/bias", "d/kernel"]);
    expect(back.get("d/kernel")).toMatchObject({ dtype: "float32", shape: [3, 2] });
  });

  it("of PyTorch have other axes, and counters that go back as they came", async () => {
    const net = await built(
      [
        layers.conv2d({ filters: 2, kernelSize: [1, 3] }),
        layers.batchNormalization(),
        layers.globalAveragePooling2d(),
        layers.dense({ units: 3 }),
      ],
      [4, 4, 2],
    );
    const counter: ForeignArray = { shape: [], dtype: "int64", data: BigInt64Array.of(7n) };
    const record = new Map<string, ForeignArray>([
      ["0.weight", counting([2, 2, 1, 3])],
      ["0.bias", counting([2])],
      ["1.weight", counting([2])],
      ["1.bias", counting([2])],
      ["1.running_mean", counting([2])],
      ["1.running_var", counting([2])],
      ["1.num_batches_tracked", counter],
      ["4.weight", counting([3, 2])],
      ["4.bias", counting([3])],
    ]);
    writeWeights(net, record, "pytorch");
    const [kernel] = net.getWeights();
    // ours [h, w, in, out] is theirs [out, in, h, w]: element (0, w, i, o) is o · 6 + i · 3 + w
    expect([...kernel!.data]).toEqual([0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11]);
    expect([...net.getWeights().at(-2)!.data]).toEqual([0, 2, 4, 1, 3, 5]);
    const back = readWeights(net, record, "pytorch");
    expect([...back.keys()]).toEqual([...record.keys()]);
    for (const [name, array] of record) expect(back.get(name)).toEqual(array);
  });

  it("of other networks are refused, and nothing has changed then", async () => {
    const net = await built([layers.dense({ units: 2 })], [3]);
    const before = await net.digest();
    const wrong = new Map([
      ["0", counting([3, 2])],
      ["1", counting([3])],
    ]);
    for (const record of [wrong, new Map([["0", counting([3, 2])]])])
      expect(() => writeWeights(net, record, "keras")).toThrow(
        expect.objectContaining({ code: "SHAPE_MISMATCH" }),
      );
    expect(await net.digest()).toBe(before);
  });

  it("of layers that PyTorch has otherwise are refused", async () => {
    const flat = await built(
      [layers.conv2d({ filters: 1, kernelSize: 1 }), layers.flatten(), layers.dense({ units: 2 })],
      [2, 2, 1],
    );
    const arrays = new Map(
      [[1, 1, 1, 1], [1], [2, 4], [2]].map((shape, i) => [String(i), counting(shape)] as const),
    );
    expect(() => writeWeights(flat, arrays, "pytorch")).toThrow(
      expect.objectContaining({ code: "UNSUPPORTED" }),
    );
    const recurrent = await built([layers.lstm({ units: 1 })], [2, 1]);
    expect(() => writeWeights(recurrent, new Map(), "pytorch")).toThrow(
      expect.objectContaining({ code: "UNSUPPORTED" }),
    );
  });
});
