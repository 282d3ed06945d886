/** What `saveOnnx` writes, read by `loadOnnx`. That other runtimes read it the same way is what `npm run test:interop` shows. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { loadOnnx, saveOnnx } from "../../../src/io/onnx/index.ts";
import { decodeModel } from "../../../src/io/onnx/proto.ts";
import { defineLayer } from "../../../src/layers/defineLayer.ts";
import { layers } from "../../../src/layers/index.ts";
import { input, model, sequential } from "../../../src/model/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { failure } from "../../data/failure.ts";
import { built, examplesFor, networks } from "../../interop/onnx/networks.ts";

const engine = await createEngine();

it.each(Object.entries(networks))("%s", async (name, make) => {
  const net = await built(make, engine);
  const x = examplesFor(net.inputShape, 3, name);
  const y = await net.predict(x);
  for (const opset of [17, 21]) {
    const again = await loadOnnx(saveOnnx(net, { opset }), { engine });
    const z = await again.predict(x);
    expect(z.shape).toEqual(y.shape);
    z.data.forEach((value, i) => {
      expect(Math.abs(value - y.data[i]!)).toBeLessThan(1e-6);
    });
    again.dispose();
  }
  net.dispose();
});

const small = () => sequential([layers.dense({ units: 300 }), layers.relu()], { inputShape: [3], seed: 1 });

describe("a file", () => {
  it("says its opset and producer, and is the same each time", async () => {
    const net = await built(small, engine);
    const bytes = saveOnnx(net, { opset: 19 });
    expect(saveOnnx(net, { opset: 19 })).toEqual(bytes);
    const { producerName, opsetImport, irVersion, graph } = decodeModel("test", bytes);
    expect([producerName, irVersion, opsetImport]).toEqual(["anygrad", 9, [{ domain: "", version: 19 }]]);
    expect(graph!.input[0]!.type!.tensorType!.shape!.dim[0]!.dimParam).toBe("batch");
    expect(graph!.node.map(({ opType }) => opType)).toEqual(["MatMul", "Add", "Relu", "Identity"]);
  });

  it("may have its weights in another", async () => {
    const net = await built(small, engine);
    const { model: bytes, weights } = saveOnnx(net, { externalWeights: "weights.bin" });
    expect(bytes.length).toBeLessThan(1000);
    const again = await loadOnnx(bytes, { engine, externalData: () => weights! });
    expect(again.getWeights().map(({ data }) => data)).toEqual(net.getWeights().map(({ data }) => data));
    expect(await failure(() => loadOnnx(bytes, { engine }), "DATA_MISSING")).toContain(
      '"weights.bin" beside the model',
    );
    const cut = () => loadOnnx(bytes, { engine, externalData: () => weights!.subarray(0, 100) });
    expect(await failure(cut, "DATA_FORMAT")).toContain("do not belong together");
    const many = () => loadOnnx(bytes, { engine, externalData: () => weights!, maxBytes: 2000 });
    await failure(many, "MEMORY_LIMIT");
  });

  it("has several inputs and outputs by their names", async () => {
    const a = input({ shape: [2], name: "a" });
    const b = input({ shape: [3], name: "b" });
    const both = layers.dense({ units: 2, name: "joined" }).apply(layers.concatenate([a, b]));
    const net = model({ inputs: { a, b }, outputs: { sum: both, active: layers.relu().apply(both) } });
    await net.compile({ optimizer: "sgd", loss: "meanSquaredError", engine });
    const again = await loadOnnx<Record<string, { data: Float32Array; shape: number[] }>>(saveOnnx(net), {
      engine,
    });
    expect([again.inputNames, again.outputNames]).toEqual([["a", "b"], ["sum", "active"]]); // biome-ignore format: one line
    const x = { a: [[1, 2]], b: [[3, 4, 5]] };
    const [one, other] = [await net.predict(x), await again.predict(x)];
    expect(other.active!.data).toEqual(one.active.data);
    expect(other.sum!.data).toEqual(one.sum.data);
  });

  it("has layers of one's own, which compute by ops", async () => {
    const half = defineLayer({ name: "half", call: (x) => ops.multiply(ops.cos(x), 0.5) });
    const net = await built(
      () => sequential([half(), layers.lambda((x) => ops.square(x))], { inputShape: [4] }),
      engine,
    );
    const again = await loadOnnx(saveOnnx(net), { engine });
    const x = examplesFor([4], 2);
    const [one, other] = [await net.predict(x), await again.predict(x)];
    other.data.forEach((value, i) => {
      expect(value).toBeCloseTo(one.data[i]!, 6);
    });
  });
});

describe("refused, by the layer's name", () => {
  const refusal = async (make: Parameters<typeof built>[0]): Promise<string> => {
    const net = await built(make, engine);
    return failure(() => saveOnnx(net), "UNSUPPORTED");
  };

  it("masks", async () => {
    const error = await refusal(() =>
      sequential([layers.masking(), layers.lstm({ units: 2 })], { inputShape: [4, 3] }),
    );
    expect(error).toContain(
      'layer "masking" (masking) cannot be exported: ONNX has no node for its op stepMask',
    );
  });

  it("what mixes the examples of a batch", async () => {
    const mixing = defineLayer({
      name: "mixing",
      call: (x) => ops.subtract(x, ops.mean(x, { axis: 0, keepdims: true })),
    });
    const error = await refusal(() => sequential([mixing()], { inputShape: [4] }));
    expect(error).toContain('"mixing"');
  });

  it("numbers that code has made of the input", async () => {
    const reading = defineLayer({
      name: "reading",
      call: (x, { tensor }) => ops.add(x, tensor(Math.max(...x.data))),
      outputShape: (shape) => shape,
    });
    const error = await refusal(() => sequential([reading()], { inputShape: [4] }));
    expect(error).toContain('layer "reading" computes by other means than ops');
  });

  it("other opsets and paths", async () => {
    const net = await built(small, engine);
    expect(await failure(() => saveOnnx(net, { opset: 9 }), "INVALID_ARGUMENT")).toContain("opset");
    expect(await failure(() => saveOnnx(net, { externalWeights: "../w" }), "INVALID_ARGUMENT")).toContain(
      "beside the model",
    );
  });
});
