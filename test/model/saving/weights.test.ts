/** Weights of other files and libraries in a model: PyTorch's networks give what they gave there, and what does not fit is told. */
import { describe, expect, it } from "vitest";
import { createEngine, type Layer, layers, load, type Model, sequential } from "../../../src/index.ts";
import { readSafetensors, writeSafetensors } from "../../../src/io/safetensors/index.ts";
import { zip } from "../../../src/io/zip/archive.ts";
import type { GivenWeights, LoadWeightsOptions } from "../../../src/model/saving/weightsOptions.ts";
import { failure } from "../../data/failure.ts";
import { type Recorded, readFixture } from "../../reference/comparison/fixtures.ts";

const engine = await createEngine({ threads: 1 });

async function compiled(list: Layer[], inputShape: number[], seed = 1): Promise<Model> {
  const net = sequential(list, { inputShape, seed });
  await net.compile({ loss: "meanSquaredError", engine });
  return net;
}

const { cases } = readFixture<{
  cases: Record<string, { state: Record<string, Recorded>; x: Recorded; y: Recorded }>;
}>("pytorch/pytorch");

/** The same networks here, and what their layers are called there. */
const networks: Readonly<Record<string, { list: () => Layer[]; rename: Record<string, string> }>> = {
  cnn: {
    list: () => [
      layers.conv2d({ filters: 4, kernelSize: [2, 3] }),
      layers.batchNormalization({ epsilon: 1e-5 }),
      layers.relu(),
      layers.flatten(),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 2 }),
    ],
    rename: { 0: "conv2d", 1: "batch_normalization", 5: "dense" },
  },
  conv1d: { list: () => [layers.conv1d({ filters: 4, kernelSize: 3, strides: 2 })], rename: { 0: "conv1d" } },
  conv2dTranspose: {
    list: () => [layers.conv2dTranspose({ filters: 2, kernelSize: [2, 3], strides: 2 })],
    rename: { 0: "conv2d_transpose" },
  },
  depthwiseConv2d: {
    list: () => [layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 })],
    rename: { 0: "depthwise_conv2d" },
  },
  layerNormalization: {
    list: () => [layers.layerNormalization({ epsilon: 1e-5 })],
    rename: { 0: "layer_normalization" },
  },
  groupNormalization: {
    list: () => [layers.groupNormalization({ groups: 2, epsilon: 1e-5 })],
    rename: { 0: "group_normalization" },
  },
  prelu: { list: () => [layers.dense({ units: 4 }), layers.prelu()], rename: { 0: "dense", 1: "prelu" } },
  embedding: {
    list: () => [layers.embedding({ inputDim: 5, outputDim: 3 })],
    rename: { 0: "embedding" },
  },
  lstm: {
    list: () => [layers.lstm({ units: 4, returnSequences: true, name: "net" })],
    rename: {},
  },
  gru: { list: () => [layers.gru({ units: 4, returnSequences: true, name: "net" })], rename: {} },
  simpleRNN: { list: () => [layers.simpleRNN({ units: 4, returnSequences: true, name: "net" })], rename: {} },
};

describe("PyTorch's weights", () => {
  it.each(Object.entries(networks))("%s", async (name, { list, rename }) => {
    const { state, x, y } = cases[name]!;
    const net = await compiled(list(), x.shape.slice(1));
    const typed: GivenWeights = Object.fromEntries(
      Object.entries(state).map(([key, { shape, data }]) => [
        Object.keys(rename).length > 0 ? key : `net.${key}`,
        { shape, data: Float32Array.from(data) },
      ]),
    );
    const report = await net.loadWeights(typed, { layout: "pytorch", rename });
    expect(report.loaded).toEqual(net.getWeights().map((weight) => weight.name));
    const given = { x: Float32Array.from(x.data), shape: x.shape };
    const got = await net.predict(given);
    expect(got.shape).toEqual(y.shape);
    const scale = Math.max(...y.data.map(Math.abs));
    expect(Math.max(...got.data.map((value, i) => Math.abs(value - y.data[i]!))) / scale).toBeLessThan(1e-5);
  });

  it("are matched by their order, too", async () => {
    const { state, x } = cases.cnn!;
    const named = await compiled(networks.cnn!.list(), x.shape.slice(1));
    const ordered = await compiled(networks.cnn!.list(), x.shape.slice(1), 2);
    const typed = Object.fromEntries(
      Object.entries(state).map(([key, { shape, data }]) => [key, { shape, data: Float32Array.from(data) }]),
    );
    await named.loadWeights(typed, { layout: "pytorch", rename: networks.cnn!.rename });
    await ordered.loadWeights(typed, { layout: "pytorch", match: "order" });
    expect(await ordered.digest()).toBe(await named.digest());
  });

  it("are matched by their order where Python's safetensors has sorted them: counters first, 10 before 2", async () => {
    const list = () => Array.from({ length: 12 }, () => layers.dense({ units: 1, useBias: false }));
    const sorted = Array.from({ length: 12 }, (_, i) => `${i}.weight`).sort();
    const file = writeSafetensors([
      { name: "11.num_batches_tracked", shape: [], data: BigInt64Array.of(3n) },
      ...sorted.map((name) => ({ name, shape: [1, 1], data: Float32Array.of(Number.parseInt(name, 10)) })),
    ]);
    for (const source of [file, await readSafetensors(file)]) {
      const net = await compiled(list(), [1]);
      const { loaded } = await net.loadWeights(source, { layout: "pytorch", match: "order" });
      expect(loaded.length).toBe(12);
      expect(net.getWeights().map(({ data }) => data[0])).toEqual(Array.from({ length: 12 }, (_, i) => i));
    }
  });
});

describe("a file", async () => {
  const build = (seed: number, units = 3) =>
    compiled([layers.dense({ units, name: "a" }), layers.dense({ units: 2, name: "b" })], [4], seed);
  const first = await build(1);
  const bytes = await first.save({ optimizer: true });

  it("of a model gives its weights, and nothing of its optimizer", async () => {
    const net = await build(2);
    const report = await net.loadWeights(new Blob([bytes]));
    expect(report).toEqual({
      loaded: ["a/kernel", "a/bias", "b/kernel", "b/bias"],
      missing: [],
      unexpected: [],
      mismatched: [],
    });
    expect(await net.digest()).toBe(await first.digest());
  });

  const others: [string, LoadWeightsOptions, number, string, string][] = [
    ["of another size", {}, 5, "SHAPE_MISMATCH", "a/kernel is [4, 5] but [4, 3] in the file, and 2 others"],
    ["without a weight", { skip: ["b/bias"] }, 3, "INVALID_ARGUMENT", "the file lacks b/bias;"],
    [
      "with other names",
      { rename: { a: "c" } },
      3,
      "INVALID_ARGUMENT",
      "the file lacks a/kernel, a/bias; the model lacks c/kernel, c/bias",
    ],
    [
      "with a function that gives no name",
      { rename: () => 3 as never },
      3,
      "INVALID_ARGUMENT",
      'rename("a/kernel") gave 3',
    ],
    ["in an unknown layout", { layout: "torch" as never }, 3, "INVALID_ARGUMENT", "pytorch"],
    [
      "of two layers for one",
      { match: "order", skip: ["b"] },
      3,
      "INVALID_ARGUMENT",
      "the file has 1 layers with weights (a) but the model 2 (a, b)",
    ],
  ];
  it.each(others)("%s is refused, and nothing is written", async (_, options, units, code, message) => {
    const net = await build(2, units);
    const before = await net.digest();
    expect(await failure(() => net.loadWeights(bytes, options), code)).toContain(message);
    expect(await net.digest()).toBe(before);
  });

  it("that fits in part is loaded in part, where that is asked for", async () => {
    const net = await build(2, 5);
    const before = net.getWeights();
    const report = await net.loadWeights(bytes, {
      strict: false,
      skip: [/^a\/bias/],
      rename: (name) => name.replace("b/", "c/"),
    });
    expect(report).toEqual({
      loaded: [],
      missing: ["a/bias", "b/kernel", "b/bias"],
      unexpected: ["c/kernel", "c/bias"],
      mismatched: [{ name: "a/kernel", shape: [4, 5], fileShape: [4, 3] }],
    });
    expect(net.getWeights()).toEqual(before);
    const loaded = await (await build(2)).loadWeights(bytes, { strict: false, skip: ["a"] });
    expect(loaded.loaded).toEqual(["b/kernel", "b/bias"]);
  });

  it.each([
    ["a zip archive", zip({ "data.pkl": new Uint8Array(3) }, false), "safetensors.torch.save_file"],
    ["pickles", Uint8Array.of(0x80, 2, 0x8a, 10), "Python's pickles"],
    ["HDF5", Uint8Array.of(0x89, 0x48, 0x44, 0x46, 13, 10), "anygrad/keras"],
    ["GGUF", new TextEncoder().encode("GGUF\u0003"), "llama.cpp"],
    ["TFLite", new TextEncoder().encode("\u001c\0\0\0TFL3"), "loadTflite"],
    ["ONNX", Uint8Array.of(8, 8, 18, 7, 112, 121), "loadOnnx"],
    ["TensorFlow.js", new TextEncoder().encode('{ "modelTopology": {} }'), "loadTfjs"],
    ["Git LFS", new TextEncoder().encode("version https://git-lfs.github.com/spec/v1"), "git lfs pull"],
    ["a page of HTML", new TextEncoder().encode("<!DOCTYPE html><html></html>"), "check the address"],
  ])("of %s is refused with the way out, by load, too", async (_, given, message) => {
    const bytes = given as Uint8Array<ArrayBuffer>;
    expect(await failure(() => first.loadWeights(bytes), "UNSUPPORTED")).toContain(message);
    const said = await failure(() => load(bytes, { engine }), "UNSUPPORTED");
    expect(said).toContain(message);
    expect(said.length).toBeLessThan(500);
  });
});
