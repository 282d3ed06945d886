/** Graph models as the converter of TensorFlow.js writes them: they give what TensorFlow gives, and train. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { loadTfjs } from "../../src/io/tfjs/index.ts";
import { load } from "../../src/model/index.ts";
import { failure } from "../data/failure.ts";
import { readFixture } from "../reference/comparison/fixtures.ts";

interface Listed {
  shape: number[];
  data: number[];
}
interface Node {
  name: string;
  op: string;
  input?: string[];
  attr?: Record<string, unknown>;
}
interface Row {
  name: string;
  model: { modelTopology: { node: Node[] }; weightsManifest: object[]; signature: object };
  weights: string;
  x: Listed;
  y: Listed;
}

const rows = readFixture<Row[]>("tflite/graphs");
const engine = await createEngine();
const filesOf = ({ model, weights }: Row) => ({
  "model.json": JSON.stringify(model),
  "weights.bin": Buffer.from(weights, "base64"),
});
const row = (name: string): Row => structuredClone(rows.find((each) => each.name === name)!);

it.each(rows.map((each) => [each.name, each] as const))("%s", async (_, given) => {
  const net = await loadTfjs(filesOf(given), { engine });
  const { shape, data } = await net.predict({ x: Float32Array.from(given.x.data), shape: given.x.shape });
  expect(shape).toEqual(given.y.shape);
  const size = Math.max(1, ...given.y.data.map(Math.abs));
  const worst = Math.max(...data.map((value, i) => Math.abs(value - given.y.data[i]!)));
  expect(worst / size).toBeLessThan(2e-6);
  net.dispose();
});
