/** Networks that PyTorch, tf2onnx and skl2onnx exported: they give what the library gives, train, and are saved as any model. */
import { expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { loadOnnx } from "../../../src/io/onnx/index.ts";
import { losses } from "../../../src/losses/index.ts";
import { load } from "../../../src/model/index.ts";
import { readFixture } from "../../reference/comparison/fixtures.ts";

interface Array64 {
  shape: number[];
  data: number[];
}
interface Row {
  name: string;
  model: string;
  x: Array64;
  y: Array64;
  outputs?: string[];
}

const rows = [...readFixture<Row[]>("onnx/pytorch"), ...readFixture<Row[]>("onnx/exporters")];
const bytesOf = ({ model }: Row): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(model, "base64"));
const row = (name: string): Row => rows.find((each) => each.name === name)!;
const engine = await createEngine();

/** [n, c, …] as [n, …, c], where a model takes or gives that. */
function channelsLast(
  { shape, data }: Array64,
  wanted: readonly number[],
): { shape: number[]; data: number[] } {
  if (String(shape.slice(1)) === String(wanted)) return { shape, data };
  const [n, c, ...places] = shape as [number, number, ...number[]];
  const size = places.reduce((product, each) => product * each, 1);
  const turned = data.map((_, i) => {
    const [example, rest] = [Math.floor(i / (c * size)), i % (c * size)];
    return data[example * c * size + (rest % c) * size + Math.floor(rest / c)]!;
  });
  return { shape: [n, ...places, c], data: turned };
}

it.each(rows.map((each) => [each.name, each] as const))("%s", async (_, given) => {
  const net = await loadOnnx(bytesOf(given), { engine, ...(given.outputs && { outputs: given.outputs }) });
  const x = channelsLast(given.x, net.inputShape);
  const { shape, data } = await net.predict({ x: Float32Array.from(x.data), shape: x.shape });
  const y = channelsLast(given.y, shape.slice(1));
  expect(shape).toEqual(y.shape);
  data.forEach((value, i) => {
    expect(Math.abs(value - y.data[i]!)).toBeLessThan(2e-6);
  });
  net.dispose();
});

it("what was imported learns, and is a model file like any other", async () => {
  const net = await loadOnnx(bytesOf(row("cnn")), { engine });
  // the exporter has folded the batch normalisation
  const types = ["conv2d", "maxPooling2d", "conv2d", "leakyRelu", "flatten", "dense"];
  expect(net.layers.map(({ type }) => type)).toEqual(types);
  expect(net.inputShape).toEqual([14, 10, 3]);
  expect(net.parameters.nonTrainable).toBe(0);
  const again = await load(await net.save(), { engine });
  expect(await again.digest()).toBe(await net.digest());
  await net.compile({
    optimizer: "sgd",
    loss: losses.sparseCategoricalCrossentropy({ fromLogits: true }),
    engine,
  });
  const x = Float32Array.from({ length: 8 * 420 }, (_, i) => ((i * 37) % 101) / 50 - 1);
  const y = Uint8Array.from({ length: 8 }, (_, i) => i);
  const { loss } = await net.fit({ x, shape: [8, 14, 10, 3] }, y, { epochs: 6, batchSize: 8, seed: 1 });
  expect(loss!.at(-1)).toBeLessThan(loss![0]!);
});
