/** Models of any length as ONNX files, and files that leave lengths open as models. ONNX Runtime runs what is written in `npm run test:interop`. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { loadOnnx, saveOnnx } from "../../../src/io/onnx/index.ts";
import { decodeModel } from "../../../src/io/onnx/proto.ts";
import { layers } from "../../../src/layers/index.ts";
import { input, load, type Model, model, sequential } from "../../../src/model/index.ts";
import { failure } from "../../data/failure.ts";
import { built, exampleAt, examplesFor, openNetworks } from "../../interop/onnx/networks.ts";
import { long } from "../../long.ts";
import { floats, type Given, graph, integers, node } from "./graph.ts";

const engine = await createEngine();

async function expectSame(net: Model, again: Model, name: string, at: readonly number[]): Promise<void> {
  for (const i of at) {
    const x = examplesFor(exampleAt(net, i), 2, name);
    const [y, z] = [await net.predict(x), await again.predict(x)];
    expect(z.shape).toEqual(y.shape);
    const far = y.data.findIndex((value, k) => !(Math.abs(value - z.data[k]!) < 1e-6));
    expect(far).toBe(-1);
  }
}

/** One of each sort of node; the others are long. */
const sample = ["conv1d", "pooling", "normalizations", "multiHeadAttention", "gru, both ways", "states of both ways", "merging"]; // biome-ignore format: one line

describe.each(Object.entries(openNetworks))("%s", (name, make) => {
  (sample.includes(name) ? it : long)("is written with its length open, and read again", async () => {
    const net = await built(make, engine);
    const bytes = saveOnnx(net);
    const [first] = decodeModel("test", bytes).graph!.input;
    const { dim } = first!.type!.tensorType!.shape!;
    const { shape } = net.inputs[0]!;
    expect(dim.slice(1).map(({ dimValue, dimParam }) => dimValue ?? dimParam)).toEqual(
      shape.map((n, i) => n ?? (shape[1] === null ? `length_${i + 1}` : "length")),
    );
    const fixed = exampleAt(net, 1);
    const one = await loadOnnx(bytes, { engine, shapes: { [first!.name]: [null, ...fixed] } });
    await expectSame(net, one, name, [1]);
    const any = await loadOnnx(bytes, { engine });
    expect(any.inputs[0]!.shape).toEqual(shape);
    await expectSame(net, any, name, [0, 1, 2]);
    for (const each of [net, one, any]) each.dispose();
  });
});

describe("a file of a model of any length", () => {
  it("may be for one length, and is the same each time", async () => {
    const net = await built(openNetworks.gru!, engine);
    const sizes = (bytes: Uint8Array<ArrayBuffer>) =>
      decodeModel("test", bytes).graph!.input[0]!.type!.tensorType!.shape!.dim.map(
        ({ dimValue, dimParam }) => dimValue ?? dimParam,
      );
    expect(sizes(saveOnnx(net, { length: 9 }))).toEqual(["batch", 9, 4]);
    expect(sizes(saveOnnx(net))).toEqual(["batch", "length", 4]);
    expect(saveOnnx(net)).toEqual(saveOnnx(net));
    expect(decodeModel("test", saveOnnx(net)).graph!.node.map(({ opType }) => opType)).not.toContain(
      "Expand",
    );
  });

  it("has lengths of its inputs apart, and alike where layers want them so", async () => {
    const inputs = () => ({ a: input({ shape: [null, 3], name: "a" }), b: input({ shape: [null, 3], name: "b" }) }); // biome-ignore format: one object
    const pool = layers.globalAveragePooling1d;
    const apart = inputs();
    const one = await built(
      () => model({ inputs: apart, outputs: layers.concatenate([pool().apply(apart.a), pool().apply(apart.b)]) }) as never, // biome-ignore format: one call
      engine,
    );
    const alike = inputs();
    const other = await built(
      () => model({ inputs: alike, outputs: pool().apply(layers.add([alike.a, alike.b])) }) as never,
      engine,
    );
    const names = (net: Model) =>
      decodeModel("test", saveOnnx(net)).graph!.input.map(({ type }) => type!.tensorType!.shape!.dim[1]!.dimParam); // biome-ignore format: one call
    expect(names(one)).toEqual(["length_1", "length_2"]);
    expect(names(other)).toEqual(["length", "length"]);
    for (const [net, steps] of [
      [one, [4, 7]],
      [other, [6, 6]],
    ] as const) {
      // biome-ignore format: a pair
      const again = await loadOnnx(saveOnnx(net), { engine });
      const x = { a: examplesFor([steps[0], 3], 2), b: examplesFor([steps[1], 3], 2) } as never;
      const [y, z] = [await net.predict(x), await again.predict(x)];
      z.data.forEach((value, i) => {
        expect(value).toBeCloseTo(y.data[i]!, 6);
      });
    }
  });

  it("is refused by the layer's name where nodes cannot follow its length", async () => {
    const crop = await built(
      () => sequential([layers.centerCrop({ height: 4, width: 4 })], { inputShape: [null, null, 2] }),
      engine,
    );
    expect(await failure(() => saveOnnx(crop), "UNSUPPORTED")).toMatch(
      /layer "center_crop" has a size that nodes cannot compute for all lengths; .*\{ length: 100 \}/,
    );
    expect(saveOnnx(crop, { length: 9 }).length).toBeGreaterThan(0);
    const masked = await built(
      () => sequential([layers.masking(), layers.gru({ units: 2 })], { inputShape: [null, 3] }),
      engine,
    );
    expect(await failure(() => saveOnnx(masked), "UNSUPPORTED")).toContain('layer "masking"');
  });
});

describe("a file that leaves lengths open", () => {
  const outputsAt = async (given: Given, lengths: readonly number[]) => {
    const any = await loadOnnx(graph(given), { engine });
    for (const steps of lengths) {
      const fixed = await loadOnnx(graph(given), { engine, shapes: { x: [null, 1, steps] } });
      const x = { x: Float32Array.from({ length: 2 * steps }, (_, i) => (i * 7) % 11), shape: [2, ...fixed.inputShape] }; // biome-ignore format: one object
      const [y, z] = [await fixed.predict(x), await any.predict(x)];
      expect(z.shape).toEqual(y.shape);
      expect(z.data).toEqual(y.data);
    }
    return any;
  };
  const kernel = floats("w", [1, 1, 3], [1, 2, 3]);
  const convolution = (attributes: Record<string, number[] | string>): Given => ({
    inputs: { x: ["n", 1, "time"] },
    nodes: [node("Conv", ["x", "w"], ["y"], { strides: [2], ...attributes })],
    weights: [kernel],
  });

  it("pads as it says, at even lengths and odd ones", async () => {
    // [0, 1] is what Keras's "same" pads at even lengths, and no others
    const explicit = await outputsAt(convolution({ pads: [0, 1] }), [8, 9, 11]);
    expect(explicit.layers.map(({ type }) => type)).toContain("zeroPadding1d");
    const same = await outputsAt(convolution({ auto_pad: "SAME_UPPER" }), [8, 9, 11]);
    expect(same.layers.map(({ type }) => type)).toEqual(["conv1d"]);
  });

  it("cuts pieces off from either end", async () => {
    await outputsAt(
      {
        inputs: { x: ["n", 1, "time"] },
        nodes: [node("Slice", ["x", "from", "to", "axes"], ["y"])],
        weights: [integers("from", [-4]), integers("to", [-1]), integers("axes", [2])],
      },
      [8, 5, 13],
    );
  });

  it("masks what comes later, by numbers that the length makes", async () => {
    const masked = (...nodes: Given["nodes"]): Given => ({
      inputs: { x: ["n", 1, "time"] },
      nodes: [
        node("Shape", ["x"], ["shape"]),
        node("Gather", ["shape", "two"], ["steps"]),
        node("Range", ["zero", "steps", "one"], ["places"]),
        node("Unsqueeze", ["places", "first"], ["columns"]),
        node("Unsqueeze", ["places", "second"], ["rows"]),
        node("Transpose", ["x"], ["turned"], { perm: [0, 2, 1] }),
        node("Conv", ["x", "gain"], ["scaled"]),
        node("MatMul", ["turned", "scaled"], ["scores"]),
        ...nodes,
        node("Softmax", ["masked"], ["y"], { axis: -1 }),
      ],
      weights: [
        ...["zero", "one", "two"].map((name, i) => integers(name, [i], [])),
        integers("first", [0]),
        integers("second", [1]),
        floats("never", [], [Number.NEGATIVE_INFINITY]),
        floats("none", [], [0]),
        floats("gain", [1, 1, 1], [0.5]),
      ],
    });
    const chosen = await outputsAt(
      masked(
        node("LessOrEqual", ["columns", "rows"], ["seen"]),
        node("Where", ["seen", "scores", "never"], ["masked"]),
      ),
      [8, 5, 13],
    );
    const added = await outputsAt(
      masked(
        node("Greater", ["columns", "rows"], ["later"]),
        node("Where", ["later", "never", "none"], ["mask"]),
        node("Add", ["scores", "mask"], ["masked"]),
      ),
      [8, 5, 13],
    );
    for (const net of [chosen, added]) {
      const x = { shape: [1, 3, 1], data: Float32Array.of(1, 0, 2) };
      const { data } = await net.predict(x as never);
      expect([data[1], data[2], data[5]]).toEqual([0, 0, 0]);
      await net.compile({ optimizer: "sgd", loss: "meanSquaredError", engine });
      const y = { shape: [1, 3, 3], data: new Float32Array(9) };
      await net.fit({ x, y } as never, { epochs: 1, batchSize: 1 });
      const trained = await net.predict(x as never);
      expect(trained.data).not.toEqual(data);
      expect((await (await load(await net.save())).predict(x as never)).data).toEqual(trained.data);
    }
  });

  it("normalizes groups as exporters write it, and gives the numbers their shape back", async () => {
    await outputsAt(
      {
        inputs: { x: ["n", 1, "time"] },
        nodes: [
          node("Conv", ["x", "w"], ["four"]),
          node("Shape", ["four"], ["shape"]),
          node("Reshape", ["four", "grouped"], ["groups"]),
          node("InstanceNormalization", ["groups", "ones", "zeros"], ["normal"]),
          node("Reshape", ["normal", "shape"], ["whole"]),
          node("Mul", ["whole", "gamma"], ["y"]),
        ],
        weights: [
          floats("w", [4, 1, 3], [1, 2, 3, -1, 0, 1, 2, -2, 1, 0.5, 1, -3]),
          integers("grouped", [0, 2, -1]),
          floats("ones", [2], [1, 1]),
          floats("zeros", [2], [0, 0]),
          floats("gamma", [4, 1], [1, 2, 3, 4]),
        ],
      },
      [8, 5, 13],
    );
  });

  it("is refused by name where the length is part of a layer or a number", async () => {
    const pooled: Given = {
      inputs: { x: ["n", 1, "time"] },
      nodes: [node("MaxPool", ["x"], ["y"], { kernel_shape: [3], strides: [2], ceil_mode: 1 })],
    };
    expect(await failure(() => loadOnnx(graph(pooled), { engine }), "UNSUPPORTED")).toMatch(
      /\[null, 1, time\].*node "MaxPool_y" \(MaxPool\): how much it pads depends on the length/,
    );
    const divided: Given = {
      inputs: { x: ["n", "time"] },
      nodes: [
        node("Shape", ["x"], ["shape"]),
        node("Gather", ["shape", "one"], ["size"]),
        node("Cast", ["size"], ["steps"], { to: 1 }),
        node("Div", ["x", "steps"], ["y"]),
      ],
      weights: [integers("one", [1], [])],
    };
    expect(await failure(() => loadOnnx(graph(divided), { engine }), "UNSUPPORTED")).toContain(
      '"Div_y" depends on the length',
    );
    const fixed = await loadOnnx(graph(divided), { engine, shapes: { x: [null, 4] } });
    expect([...(await fixed.predict([[4, 8, 12, 16]])).data]).toEqual([1, 2, 3, 4]);
  });

  it("learns, and is a model of any length like any other", async () => {
    const net = await built(openNetworks.conv1d!, engine);
    const again = await loadOnnx(saveOnnx(net), { engine });
    await again.compile({ optimizer: "sgd", loss: "meanSquaredError", engine });
    const { x, shape } = examplesFor([12, 4], 6);
    const data = { x: { shape, data: x }, y: { shape: [6, 3, 6], data: new Float32Array(6 * 3 * 6) } };
    const history = await again.fit(data as never, { epochs: 8, batchSize: 3 });
    expect(history.loss.at(-1)).toBeLessThan(history.loss[0]!);
    expect((await again.predict(examplesFor([23, 4], 1))).shape).toEqual([1, 6, 6]);
  });
});
