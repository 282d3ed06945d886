/** Networks that TensorFlow's converter wrote: they give what the interpreter of TensorFlow Lite gives, train, and are saved as any model. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { loadTflite } from "../../../src/io/tflite/index.ts";
import { load } from "../../../src/model/index.ts";
import { readFixture } from "../../reference/comparison/fixtures.ts";
import { expectRecorded, type Listed } from "../recorded.ts";

interface Row {
  name: string;
  model: string;
  x: Listed;
  y: Listed;
  /** What the network gave before it was quantised. */
  float?: Listed;
}

const rows = readFixture<Row[]>("tflite/models");
const engine = await createEngine();
const bytesOf = ({ model }: Row): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(model, "base64"));
const row = (name: string): Row => rows.find((each) => each.name === name)!;
const opened = (name: string) => loadTflite(bytesOf(row(name)), { engine });

/** Where the interpreter rounds to 8 bits between layers and we do not. */
const rounding: Readonly<Record<string, number>> = {
  "dynamic range": 0.005,
  int8: 0.02,
  "int8 within": 0.01,
};

it.each(rows.map((each) => [each.name, each] as const))("%s", async (name, given) => {
  const net = await loadTflite(bytesOf(given), { engine });
  await expectRecorded(net, given.x, given.y, rounding[name] ?? 2e-6);
  net.dispose();
});

describe("quantised", () => {
  it.each(Object.keys(rounding))(
    "%s: nearer to the network of floats than the interpreter is",
    async (name) => {
      const { x, y, float } = row(name);
      const net = await opened(name);
      const { data } = await net.predict({ x: Float32Array.from(x.data), shape: x.shape });
      const off = (list: ArrayLike<number>): number =>
        Math.max(...float!.data.map((value, i) => Math.abs(value - list[i]!)));
      expect(off(data)).toBeLessThan(1.1 * off(y.data));
      net.dispose();
    },
  );
});

describe("what was imported", () => {
  it("has layers with their activations", async () => {
    const net = await opened("dense");
    expect(net.layers.map(({ type }) => type)).toEqual(["dense", "dense", "softmax"]);
    expect(net.layers[0]!.config).toMatchObject({ activation: "relu" });
    expect(net.parameters).toMatchObject({ total: 53, nonTrainable: 0 });
    const convolutions = await opened("dynamic range");
    expect(convolutions.layers.slice(0, 3).map(({ type }) => type)).toEqual([
      "conv2d",
      "depthwiseConv2d",
      "averagePooling2d",
    ]);
    expect(convolutions.layers[1]!.config).toMatchObject({ activation: "relu6" });
  });

  it.each(["block", "lstm, last", "int8"])("learns, and is a model file like any other: %s", async (name) => {
    const net = await opened(name);
    const again = await load(await net.save(), { engine });
    expect(await again.digest()).toBe(await net.digest());
    again.dispose();
    await net.compile({ optimizer: "adam", loss: "meanSquaredError", engine });
    const count = net.inputShape.reduce((product, n) => product * n, 8);
    const x = Float32Array.from({ length: count }, (_, i) => ((i * 37) % 101) / 50 - 1);
    const y = Float32Array.from({ length: 8 * net.outputShape[0]! }, (_, i) => (i % 3) / 3);
    const set = { x, shape: [8, ...net.inputShape] };
    const { loss } = await net.fit(set, y, { epochs: 8, batchSize: 8, seed: 1 });
    expect(loss!.at(-1)).toBeLessThan(loss![0]!);
    net.dispose();
  });
});
