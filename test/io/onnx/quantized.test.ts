/** Weights of ONNX files in fewer bits, written and read. What other runtimes make of them is what `npm run test:interop` shows. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { loadOnnx, saveOnnx } from "../../../src/io/onnx/index.ts";
import { decodeModel } from "../../../src/io/onnx/proto.ts";
import { layers } from "../../../src/layers/index.ts";
import { load, sequential } from "../../../src/model/index.ts";
import { failure } from "../../data/failure.ts";
import { built, examplesFor, networks } from "../../interop/onnx/networks.ts";
import { floats, type Given, graph, node } from "./graph.ts";

const engine = await createEngine();

/** Those whose weights lie in other orders there, and those that are seen in another shape. */
const names = ["conv1d", "conv2d", "depthwiseConv2d", "separableConv2d", "conv2dTranspose, same", "conv2dTranspose, valid", "multiHeadAttention", "embedding", "lstm", "gru, both ways", "gru, reset before", "timeDistributed", "activation layers"]; // biome-ignore format: a list

describe.each(["int8", "float16"] as const)("weights in %s", (weights) => {
  it.each(names)("are those that net.save writes: %s", async (name) => {
    const net = await built(networks[name]!, engine);
    const x = examplesFor(net.inputShape, 3, name);
    const same = await load(await net.save({ weights }), { engine });
    const wanted = await same.predict(x);
    for (const opset of [17, 21]) {
      const bytes = saveOnnx(net, { opset, weights });
      const again = await loadOnnx(bytes, { engine });
      const y = await again.predict(x);
      expect(y.shape).toEqual(wanted.shape);
      const far = Math.max(...y.data.map((value, i) => Math.abs(value - wanted.data[i]!)));
      expect(far).toBeLessThan(1e-6);
      again.dispose();
    }
    same.dispose();
    net.dispose();
  });
});

describe("a file of fewer bits", () => {
  const wide = () =>
    sequential([layers.dense({ units: 128 }), layers.dense({ units: 16 })], { inputShape: [64], seed: 1 });

  it("is a quarter and half as long, and has a scale for each output", async () => {
    const net = await built(wide, engine);
    const [whole, half, quarter] = (["float32", "float16", "int8"] as const).map((weights) =>
      saveOnnx(net, { weights }),
    );
    expect(half!.length / whole!.length).toBeLessThan(0.55);
    expect(quarter!.length / whole!.length).toBeLessThan(0.32);
    const { initializer, node: nodes } = decodeModel("test", quarter!).graph!;
    const scale = initializer.find(({ name }) => name === "dense/kernel/scale")!;
    expect(scale.dims).toEqual([128]);
    const kernel = net.getWeights().find(({ name }) => name === "dense/kernel")!;
    const column = Array.from({ length: 64 }, (_, i) => Math.abs(kernel.data[128 * i]!));
    expect(new Float32Array(scale.rawData!.slice().buffer)[0]).toBe(Math.fround(Math.max(...column) / 127));
    expect(nodes.map(({ opType }) => opType)).toEqual(["DequantizeLinear", "MatMul", "Add", "DequantizeLinear", "MatMul", "Add", "Identity"]); // biome-ignore format: a list
    const cast = decodeModel("test", half!).graph!.node.map(({ opType }) => opType);
    expect(cast.slice(0, 3)).toEqual(["Cast", "MatMul", "Add"]);
    net.dispose();
  });

  it("keeps the layers that are named in float32, and may lie beside the model", async () => {
    const net = await built(wide, engine);
    const bytes = saveOnnx(net, { weights: "int8", keep: ["dense_1"] });
    const types = decodeModel("test", bytes).graph!.initializer.map(({ name, dataType }) => [name, dataType]);
    expect(types).toContainEqual(["dense/kernel", 3]);
    expect(types).toContainEqual(["dense_1/kernel", 1]);
    const { model, weights } = saveOnnx(net, { weights: "int8", externalWeights: "w.bin" });
    const again = await loadOnnx(model, { engine, externalData: () => weights! });
    const x = examplesFor(net.inputShape, 2, "wide");
    const direct = await loadOnnx(saveOnnx(net, { weights: "int8" }), { engine });
    expect([...(await again.predict(x)).data]).toEqual([...(await direct.predict(x)).data]);
  });

  it("is refused for layers that are not there, and for numbers that float16 has not", async () => {
    const net = await built(wide, engine);
    const keep = () => saveOnnx(net, { weights: "int8", keep: ["dens"] });
    expect(await failure(keep, "INVALID_ARGUMENT")).toMatch(/saveOnnx: keep: "dens" is unknown.*dense/);
    net.setWeights(net.getWeights().map((each) => (each.name === "dense/kernel" ? { ...each, data: each.data.map(() => 1e6) } : each))); // biome-ignore format: one call
    expect(await failure(() => saveOnnx(net, { weights: "float16" }), "INVALID_ARGUMENT")).toContain(
      'saveOnnx: weights: "float16" has numbers up to ±65504, but dense/kernel has 1000000',
    );
    const other = "int4" as "int8";
    expect(await failure(() => saveOnnx(net, { weights: other }), "INVALID_ARGUMENT")).toContain("int4");
  });
});

describe("numbers that stand for steps of a scale", () => {
  const bytes = (name: string, dataType: number, dims: readonly number[], values: readonly number[]) => ({
    name,
    dataType,
    dims,
    int32Data: values,
  });

  async function outputOf(given: Given, x: unknown): Promise<number[]> {
    const net = await loadOnnx(graph(given), { engine });
    const { data } = await net.predict(x as number[][]);
    net.dispose();
    return [...data];
  }

  it("are weights by channel with a zero each", async () => {
    const given: Given = {
      inputs: { x: ["n", 2] },
      nodes: [
        node("DequantizeLinear", ["w", "s", "z"], ["k"], { axis: 1 }),
        node("MatMul", ["x", "k"], ["y"]),
      ],
      weights: [
        bytes("w", 2, [2, 2], [10, 20, 30, 40]),
        floats("s", [2], [0.5, 2]),
        bytes("z", 2, [2], [10, 30]),
      ],
    };
    // [[0, −20], [10, 20]]
    expect(await outputOf(given, [[1, 2]])).toEqual([20, 20]);
  });

  it("have scales of blocks", async () => {
    const given: Given = {
      inputs: { x: ["n", 4] },
      nodes: [
        node("DequantizeLinear", ["w", "s"], ["k"], { axis: 0, block_size: 2 }),
        node("MatMul", ["x", "k"], ["y"]),
      ],
      weights: [bytes("w", 3, [4, 1], [1, -2, 3, -4]), floats("s", [2, 1], [0.5, 10])],
      opset: 21,
    };
    expect(await outputOf(given, [[1, 1, 1, 1]])).toEqual([0.5 - 1 + 30 - 40]);
  });

  it("are weights that were floats, rounded as they are there", async () => {
    const given: Given = {
      inputs: { x: ["n", 4] },
      nodes: [
        node("QuantizeLinear", ["w", "s", "z"], ["q"]),
        node("DequantizeLinear", ["q", "s", "z"], ["k"]),
        node("Mul", ["x", "k"], ["y"]),
      ],
      weights: [floats("w", [4], [0.5, 1.5, 99, -99]), floats("s", [], [1]), bytes("z", 3, [], [0])],
    };
    // halves go to the even number
    expect(await outputOf(given, [[1, 1, 1, 1]])).toEqual([0, 2, 99, -99]);
  });

  it("are rounded on the way, by channel and within their type", async () => {
    const given: Given = {
      inputs: { x: ["n", 2, 3] },
      nodes: [
        node("QuantizeLinear", ["x", "s", "z"], ["q"], { axis: 1 }),
        node("DequantizeLinear", ["q", "s", "z"], ["y"], { axis: 1 }),
      ],
      weights: [floats("s", [2], [0.5, 0.01]), bytes("z", 2, [2], [0, 128])],
    };
    expect(await outputOf(given, [[[0.2, 0.3, 200], [0.126, -9, 9]]])).toEqual([0, 0.5, 127.5, 0.13, -1.28, 1.27].map(Math.fround)); // biome-ignore format: one line
  });

  it("of types that anygrad cannot round to are refused", async () => {
    const given: Given = {
      inputs: { x: ["n", 2] },
      nodes: [node("QuantizeLinear", ["x", "s", "z"], ["y"])],
      weights: [floats("s", [], [1]), bytes("z", 6, [], [0])],
    };
    expect(await failure(() => loadOnnx(graph(given), { engine }), "UNSUPPORTED")).toContain(
      "rounds to int32",
    );
    const wrong: Given = {
      inputs: { x: ["n", 2] },
      nodes: [node("DequantizeLinear", ["w", "s"], ["k"], { axis: 1 }), node("MatMul", ["x", "k"], ["y"])],
      weights: [bytes("w", 3, [2, 2], [1, 2, 3, 4]), floats("s", [3], [1, 1, 1])],
    };
    expect(await failure(() => loadOnnx(graph(wrong), { engine }), "DATA_FORMAT")).toContain(
      "its scales are [3]",
    );
  });
});
