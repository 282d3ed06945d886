/** Networks that TensorFlow's converter wrote: they give what the interpreter of TensorFlow Lite gives, train, and are saved as any model. */
import { expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { loadTflite } from "../../src/io/tflite/index.ts";
import { load } from "../../src/model/index.ts";
import { readFixture } from "../reference/comparison/fixtures.ts";

interface Listed {
  shape: number[];
  data: number[];
}
interface Row {
  name: string;
  model: string;
  x: Listed;
  y: Listed;
  float?: Listed;
}

const rows = readFixture<Row[]>("tflite/models");
const engine = await createEngine();
const bytesOf = ({ model }: Row): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(model, "base64"));

it.each(rows.map((each) => [each.name, each] as const))("%s", async (_, row) => {
  const net = await loadTflite(bytesOf(row), { engine });
  const { shape, data } = await net.predict({ x: Float32Array.from(row.x.data), shape: row.x.shape });
  expect(shape).toEqual(row.y.shape);
  const size = Math.max(1, ...row.y.data.map(Math.abs));
  const worst = Math.max(...data.map((value, i) => Math.abs(value - row.y.data[i]!)));
  expect(worst / size).toBeLessThan(2e-6);
  net.dispose();
});
