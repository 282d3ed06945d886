/** What ONNX Runtime gives where exporters' graphs take an unusual form; its figures, from onnxruntime 1.32. */
import { expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { loadOnnx } from "../../../src/io/onnx/index.ts";
import { failure } from "../../data/failure.ts";
import { floats, type Given, graph, integers, node } from "./graph.ts";

const engine = await createEngine();

async function outputOf(given: Given, x: unknown): Promise<unknown> {
  const net = await loadOnnx(graph(given), { engine });
  const { shape, data } = await net.predict(x as number[][]);
  net.dispose();
  return [shape, [...data]];
}

const gemm = (c: readonly number[]): Given => ({
  inputs: { x: [2, 2] },
  nodes: [node("Gemm", ["x", "w", "c"], ["y"])],
  weights: [floats("w", [2, 2], [1, 0, 0, 1]), floats("c", c, new Array<number>(c.reduce((a, b) => a * b, 1)).fill(1))], // biome-ignore format: a line an array
});

it.each([[[2, 2]], [[2, 1]]])("a Gemm whose c %j has a row an example is refused", async (c) => {
  const error = await failure(() => loadOnnx(graph(gemm(c)), { engine }), "DATA_FORMAT");
  expect(error).toContain(`node "Gemm_y" (Gemm): the shapes [N, 2] and [${c.join(", ")}] do not fit`);
});

it("a Gemm adds what depends on the input before its activation", async () => {
  const given: Given = {
    inputs: { x: ["n", 2] },
    nodes: [node("Gemm", ["x", "w", "x"], ["h"], { beta: { float: 1.5 } }), node("Relu", ["h"], ["y"])],
    weights: [floats("w", [2, 2], [-3, 0, 0, 1])],
  };
  expect(await outputOf(given, [[1, -1], [-1, 1]])).toEqual([[2, 2], [0, 0, 1.5, 2.5]]); // biome-ignore format: a line a case
});

it.each(["MaxPool", "AveragePool"])("a window of %s that begins behind the image is none", async (op) => {
  const attributes = { kernel_shape: [2, 2], strides: [2, 2], pads: [1, 1, 1, 1], ceil_mode: 1 };
  const given: Given = {
    inputs: { x: ["n", 1, 3, 3] },
    nodes: [node(op, ["x"], ["y"], attributes)],
    opset: 19,
  };
  const x = [[1, 2, 3].map((row) => [1, 2, 3].map((column) => [row * 3 + column]))];
  const data = op === "MaxPool" ? [4, 6, 10, 12] : [4, 5.5, 8.5, 10];
  expect(await outputOf(given, x)).toEqual([[1, 2, 2, 1], data]);
});

const resize = (attributes: Record<string, string>, scale: number): Given => ({
  inputs: { x: ["n", 1, 1, 7] },
  nodes: [node("Resize", ["x", "", "s"], ["y"], { mode: "nearest", ...attributes })],
  weights: [floats("s", [4], [1, 1, 1, scale])],
});
const row = [[[0, 1, 2, 3, 4, 5, 6].map((n) => [n])]];

it("a Resize finds its pixels in float32", async () => {
  const up = resize({ coordinate_transformation_mode: "asymmetric", nearest_mode: "floor" }, 2.2);
  const places = [0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5, 6];
  expect(await outputOf(up, row)).toEqual([[1, 1, 15, 1], places]);
});

it("a Resize to sizes takes the batch that the file has fixed", async () => {
  const given: Given = {
    ...resize({ coordinate_transformation_mode: "asymmetric", nearest_mode: "floor" }, 1),
    inputs: { x: [3, 1, 1, 7] },
    nodes: [node("Resize", ["x", "", "", "to"], ["y"], { coordinate_transformation_mode: "asymmetric" })],
    weights: [integers("to", [3, 1, 1, 14])],
  };
  const net = await loadOnnx(graph(given), { engine });
  expect(net.outputShape).toEqual([1, 14, 1]);
});

it("a Resize that keeps proportions is refused", async () => {
  const given: Given = {
    inputs: { x: ["n", 1, 2, 7] },
    nodes: [node("Resize", ["x", "", "", "to"], ["y"], { keep_aspect_ratio_policy: "not_larger", axes: [2, 3] })], // biome-ignore format: one node
    weights: [integers("to", [4, 7])],
    opset: 18,
  };
  expect(await failure(() => loadOnnx(graph(given), { engine }), "UNSUPPORTED")).toContain("(Resize)");
});

it("CastLike has the type of what it is like, of the input too", async () => {
  const halves: Given = {
    inputs: { x: ["n", 2] },
    nodes: [
      node("CastLike", ["one", "x"], ["a"]),
      node("CastLike", ["two", "x"], ["b"]),
      node("Div", ["a", "b"], ["half"]),
      node("Mul", ["x", "half"], ["y"]),
    ],
    weights: [integers("one", [1]), integers("two", [2])],
  };
  expect(await outputOf(halves, [[3, 4]])).toEqual([[1, 2], [1.5, 2]]); // biome-ignore format: a line a case
  const whole: Given = {
    ...halves,
    nodes: [node("CastLike", ["x", "two"], ["y"])],
  };
  expect(await outputOf(whole, [[3.7, -1.2]])).toEqual([[1, 2], [3, -1]]); // biome-ignore format: a line a case
});

it("whole numbers are divided without what is behind the point", async () => {
  const given: Given = {
    inputs: { x: ["n", 3] },
    nodes: [node("Div", ["x", "two"], ["y"])],
    weights: [integers("two", [2])],
  };
  expect(await outputOf(given, [[3, 4, -5]])).toEqual([[1, 3], [1, 2, -2]]); // biome-ignore format: a line a case
});

it.each([
  ["of two nodes", "y"],
  ["of a node and an input", "x"],
])("a name %s is told", async (_, name) => {
  const given: Given = {
    inputs: { x: ["n", 2] },
    nodes: [node("Relu", ["x"], ["y"]), node("Neg", ["x"], [name])],
  };
  const error = await failure(() => loadOnnx(graph(given), { engine }), "DATA_FORMAT");
  expect(error).toContain(`"${name}" is given twice`);
});
