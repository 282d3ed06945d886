/** Graphs node by node: what follows from shapes is known beforehand, what no layer computes is refused by name and place. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { type LoadOnnxOptions, loadOnnx } from "../../../src/io/onnx/index.ts";
import { encodeModel, type NodeProto, type Parts } from "../../../src/io/onnx/proto.ts";
import { failure } from "../../data/failure.ts";
import { long } from "../../long.ts";
import { floats, type Given, graph, integers, node } from "./graph.ts";

const engine = await createEngine();

async function outputOf(given: Given, x: unknown, options: LoadOnnxOptions = {}): Promise<unknown> {
  const net = await loadOnnx(graph(given), { engine, ...options });
  const { shape, data } = await net.predict(x as number[][]);
  net.dispose();
  return [shape, [...data]];
}

const refusalOf = (given: Given, options: LoadOnnxOptions = {}, code = "UNSUPPORTED"): Promise<string> =>
  failure(() => loadOnnx(graph(given), { engine, ...options }), code);

describe("the largest and smallest numbers", () => {
  const x = [[[3, 1], [4, 1], [5, 9]]]; // biome-ignore format: one line
  it.each([
    [
      1,
      1,
      [
        [1, 2, 2],
        [5, 9, 4, 1],
      ],
      [
        [1, 2, 2],
        [2, 2, 1, 0],
      ],
    ],
    [
      1,
      0,
      [
        [1, 2, 2],
        [3, 1, 4, 1],
      ],
      [
        [1, 2, 2],
        [0, 0, 1, 1],
      ],
    ],
  ])("along axis %s, largest %s", async (axis, largest, values, indices) => {
    const given = (outputs: string[]): Given => ({
      inputs: { x: ["n", 3, 2] },
      nodes: [node("TopK", ["x", "k"], outputs, { axis, largest })],
      weights: [integers("k", [2])],
    });
    expect(await outputOf(given(["y", ""]), x)).toEqual(values);
    expect(await outputOf(given(["", "y"]), x)).toEqual(indices);
    expect(
      await refusalOf({ ...given(["y", ""]), nodes: [node("TopK", ["x", "k"], ["y", ""], { axis: 0 })] }),
    ).toContain("takes numbers of all examples");
  });
});

describe("shapes", () => {
  it("are computed beforehand, the batch's size among them", async () => {
    const given: Given = {
      inputs: { x: ["n", 2, 3] },
      nodes: [
        node("Shape", ["x"], ["shape"]),
        node("Gather", ["shape", "zero"], ["n"]),
        node("Unsqueeze", ["n", "axes"], ["first"]),
        node("Concat", ["first", "rest"], ["target"], { axis: 0 }),
        node("Reshape", ["x", "target"], ["y"]),
      ],
      weights: [integers("zero", [0], []), integers("axes", [0]), integers("rest", [3, 2])],
    };
    const x = [[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]]; // biome-ignore format: one line
    expect(await outputOf(given, x)).toEqual([[2, 3, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]]); // biome-ignore format: one line
  });

  it("of a file for one batch serve for any", async () => {
    const given: Given = {
      inputs: { x: [1, 4] },
      nodes: [node("Reshape", ["x", "target"], ["y"])],
      weights: [integers("target", [1, 2, 2])],
    };
    expect(await outputOf(given, [[1, 2, 3, 4], [5, 6, 7, 8]])).toEqual([[2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]]); // biome-ignore format: one line
  });

  it("that are open must be said where the network wants them", async () => {
    const given: Given = {
      inputs: { image: ["n", 1, "h", "w"] },
      nodes: [node("Flatten", ["image"], ["flat"]), node("MatMul", ["flat", "kernel"], ["y"])],
      weights: [floats("kernel", [4, 1], [0.25, 0.25, 0.25, 0.25])],
    };
    const error = await refusalOf(given);
    expect(error).toMatch(
      /the input "image" has sizes that the file leaves open: \[null, 1, h, w\], and not all.*MatMul/,
    );
    expect(error).toContain('pass them as shapes: { "image": [null, …] }');
    const x = { x: Float32Array.of(1, 2, 3, 6), shape: [1, 1, 2, 2] };
    expect(await outputOf(given, x, { shapes: { image: [null, 1, 2, 2] } })).toEqual([[1, 1], [3]]);
    expect(await refusalOf(given, { shapes: { picture: [1] } }, "INVALID_ARGUMENT")).toContain(
      'names the input "picture"',
    );
  });

  it("cannot mix the examples of a batch", async () => {
    const error = await refusalOf({
      inputs: { x: ["n", 4] },
      nodes: [node("Transpose", ["x"], ["t"], { perm: [1, 0] }), node("Reshape", ["t", "to"], ["y"])],
      weights: [integers("to", [-1])],
    });
    expect(error).toContain('the output "y" joins the examples of a batch');
  });
});

describe("nodes", () => {
  it("of images take them with their channels last", async () => {
    // 2 channels, kernel 1×1 that takes the second
    const given: Given = {
      inputs: { x: ["n", 2, 1, 2] },
      nodes: [node("Conv", ["x", "w"], ["c"]), node("Flatten", ["c"], ["y"])],
      weights: [floats("w", [1, 2, 1, 1], [0, 1])],
    };
    expect(await outputOf(given, { x: Float32Array.of(1, 10, 2, 20), shape: [1, 1, 2, 2] })).toEqual([[1, 2], [10, 20]]); // biome-ignore format: one line
  });

  it("of dense layers get the rows of a flattened image in its order", async () => {
    const given: Given = {
      inputs: { x: ["n", 2, 1, 2] },
      nodes: [node("Relu", ["x"], ["r"]), node("MaxPool", ["r"], ["p"], { kernel_shape: [1, 1] }), node("Flatten", ["p"], ["f"]), node("MatMul", ["f", "w"], ["m"]), node("Add", ["m", "b"], ["y"])], // biome-ignore format: a chain
      weights: [floats("w", [4, 1], [1, 10, 100, 1000]), floats("b", [1], [0.5])],
    };
    // [n, h, w, c]: channel 0 is 1, 2 and channel 1 is 3, 4; the file's order is 1 2 3 4
    const x = { x: Float32Array.of(1, 3, 2, 4), shape: [1, 1, 2, 2] };
    expect(await outputOf(given, x)).toEqual([[1, 1], [4321.5]]);
  });

  const typesOf = async (given: Given): Promise<string[]> => {
    const net = await loadOnnx(graph(given), { engine });
    return net.layers.map(({ type }) => type);
  };

  it("that write an activation in primitives are that activation", async () => {
    const inputs = { x: ["n", 2] };
    const erf = [
      node("Div", ["x", "root"], ["d"]),
      node("Erf", ["d"], ["e"]),
      node("Add", ["one", "e"], ["a"]),
    ];
    const gelu = [...erf, node("Mul", ["a", "x"], ["m"]), node("Mul", ["m", "half"], ["y"])];
    const weights = [floats("root", [], [Math.SQRT2]), floats("one", [], [1]), floats("half", [1], [0.5])];
    expect(await typesOf({ inputs, nodes: gelu, weights })).toEqual(["gelu"]);
    expect(await typesOf({ inputs, nodes: [node("Sigmoid", ["x"], ["s"]), node("Mul", ["s", "x"], ["y"])] })).toEqual(["silu"]); // biome-ignore format: one line
    const mish = [node("Softplus", ["x"], ["p"]), node("Tanh", ["p"], ["t"]), node("Mul", ["x", "t"], ["y"])];
    expect(await typesOf({ inputs, nodes: mish })).toEqual(["mish"]);
    const other = [node("Sigmoid", ["x"], ["s"]), node("Relu", ["x"], ["r"]), node("Mul", ["s", "r"], ["y"])];
    expect(await typesOf({ inputs, nodes: other })).toEqual(["sigmoid", "relu", "multiply"]);
  });

  it("that write a layer normalisation in primitives are one, with its weights", async () => {
    const given: Given = {
      inputs: { x: ["n", 2] },
      nodes: [
        node("ReduceMean", ["x"], ["mean"], { axes: [-1] }),
        node("Sub", ["x", "mean"], ["d"]),
        node("Pow", ["d", "two"], ["squares"]),
        node("ReduceMean", ["squares"], ["variance"], { axes: [-1] }),
        node("Add", ["variance", "epsilon"], ["v"]),
        node("Sqrt", ["v"], ["s"]),
        node("Div", ["d", "s"], ["normal"]),
        node("Mul", ["normal", "g"], ["scaled"]),
        node("Add", ["scaled", "b"], ["y"]),
      ],
      weights: [floats("two", [], [2]), floats("epsilon", [], [1e-12]), floats("g", [2], [2, 3]), floats("b", [2], [5, 7])], // biome-ignore format: one line
    };
    expect(await typesOf(given)).toEqual(["layerNormalization"]);
    expect(await outputOf(given, [[1, 3]])).toEqual([[1, 2], [3, 10]]); // biome-ignore format: one line
  });

  it("with a condition that is known are one of their branches", async () => {
    const branch = (name: string, opType: string) => ({
      name,
      type: 5,
      g: {
        name,
        node: [node(opType, ["x"], [`${name}_y`])],
        initializer: [],
        input: [],
        output: [{ name: `${name}_y` }],
      },
    });
    const attribute = [branch("then_branch", "Neg"), branch("else_branch", "Abs")];
    const given: Given = {
      inputs: { x: ["n", 2], fast: [] },
      nodes: [node("If", ["fast"], ["y"], {}, { attribute })],
    };
    expect(await outputOf(given, [[1, -2]], { constants: { fast: 1 } })).toEqual([[1, 2], [-1, 2]]); // biome-ignore format: one line
    expect(await outputOf(given, [[1, -2]], { constants: { fast: 0 } })).toEqual([[1, 2], [1, 2]]); // biome-ignore format: one line
    expect(await refusalOf(given)).toContain('the input "fast" is a single number');
  });

  it.each([
    [
      "that are unknown",
      node("Frobnicate", ["x"], ["y"]),
      'node "Frobnicate_y" (Frobnicate): no layer here computes it',
    ],
    ["that loop", node("Loop", ["x"], ["y"]), 'node "Loop_y" (Loop): it runs a graph over and over'],
    [
      "of another domain",
      node("FusedGelu", ["x"], ["y"], {}, { domain: "com.microsoft" }),
      "com.microsoft.FusedGelu",
    ],
    [
      "of the whole batch",
      node("ReduceMean", ["x"], ["y"], { axes: [0] }),
      "numbers of all examples of a batch",
    ],
    ["of five axes", node("Conv", ["x", "w"], ["y"]), "images and sequences alone"],
  ])("%s are refused", async (_, odd, message) => {
    const error = await refusalOf({
      inputs: { x: ["n", 2] },
      nodes: [odd],
      weights: [floats("w", [1], [0])],
    });
    expect(error).toContain(message);
  });

  it("that other outputs need are not read", async () => {
    const given: Given = {
      inputs: { x: ["n", 2] },
      nodes: [node("Frobnicate", ["x"], ["other"]), node("Relu", ["x"], ["y"])],
      outputs: ["other", "y"],
    };
    expect(await outputOf(given, [[1, -1]], { outputs: ["y"] })).toEqual([[1, 2], [1, 0]]); // biome-ignore format: one line
    expect(await refusalOf(given, { outputs: ["z"] }, "INVALID_ARGUMENT")).toContain(
      'but the file has "other", "y"',
    );
  });
});

describe("files that are no networks", () => {
  it("go in circles", async () => {
    const nodes = [node("Add", ["x", "b"], ["a"]), node("Relu", ["a"], ["b"]), node("Relu", ["b"], ["y"])];
    const error = await refusalOf({ inputs: { x: ["n", 2] }, nodes }, {}, "DATA_FORMAT");
    expect(error).toContain("wait for each other");
  });

  it("lack what an operator needs", async () => {
    const nodes = [node("MaxPool", ["x"], ["y"])]; // without a kernel_shape
    const error = await refusalOf({ inputs: { x: ["n", 1, 4, 4] }, nodes }, {}, "DATA_FORMAT");
    expect(error).toContain('node "MaxPool_y" (MaxPool)');
  });

  it("take what nothing gives", async () => {
    const nodes = [node("Add", ["x", "lost"], ["y"])];
    const error = await refusalOf({ inputs: { x: ["n", 2] }, nodes }, {}, "DATA_FORMAT");
    expect(error).toContain('node "Add_y" takes "lost", which nothing in the file gives');
  });

  it.each(["../weights.bin", "/etc/passwd", "a/../../b", "C:\\w", "file:w"])(
    "have weights in %s",
    async (location) => {
      const weight = {
        name: "w",
        dims: [1],
        dataType: 1,
        dataLocation: 1,
        externalData: [{ key: "location", value: location }],
      };
      const given: Given = {
        inputs: { x: ["n", 1] },
        nodes: [node("Add", ["x", "w"], ["y"])],
        weights: [weight],
      };
      const error = await refusalOf(given, { externalData: () => new Uint8Array(4) }, "DATA_FORMAT");
      expect(error).toContain("not in the folder of the model");
    },
  );

  it("say that they hold more numbers than they do", async () => {
    const given: Given = {
      inputs: { x: ["n", 1] },
      nodes: [node("Add", ["x", "w"], ["y"])],
      weights: [{ name: "w", dims: [1e9, 1e9], dataType: 1, floatData: [1] }],
    };
    await refusalOf(given, {}, "DATA_FORMAT");
    const wide = { ...given, nodes: [node("Expand", ["w", "to"], ["c"]), node("Add", ["x", "c"], ["y"])] };
    const weights = [floats("w", [1], [1]), integers("to", [1e5, 1e5])];
    await refusalOf({ ...wide, weights }, {}, "MEMORY_LIMIT");
  });

  long("make many constants, each of which is small enough, or of one many weights", async () => {
    const places = Array.from({ length: 12 }, (_, i) => i);
    const after = places.map((i) =>
      node("Add", [i === 0 ? "x" : `y${i}`, "c"], [i === 11 ? "y" : `y${i + 1}`]),
    );
    const constant = (name: string): Parts<NodeProto> => node("ConstantOfShape", ["to"], [name]);
    const given: Given = { inputs: { x: ["n", 1] }, nodes: after, weights: [integers("to", [1, 2 ** 23])] };
    const each = after.map((add, i) => ({ ...add, input: [add.input![0]!, `c${i}`] }));
    const many = { ...given, nodes: [...places.map((i) => constant(`c${i}`)), ...each] };
    expect(await refusalOf(many, {}, "MEMORY_LIMIT")).toMatch(
      /node "ConstantOfShape_c\d".*constants of \d+ numbers/,
    );
    const shared = { ...given, nodes: [constant("c"), ...after] };
    expect(await refusalOf(shared, {}, "MEMORY_LIMIT")).toMatch(/weights of 100663296 numbers/);
    const renamed = [
      constant("c0"),
      ...places.map((i) => node("Identity", [`c${i}`], [i === 11 ? "c" : `c${i + 1}`])),
    ];
    const one = {
      ...given,
      nodes: [...renamed, node("ReduceSum", ["c"], ["s"]), node("Add", ["x", "s"], ["y"])],
    };
    (await loadOnnx(graph(one), { engine })).dispose(); // one constant of twelve names
  });

  const whole = graph({
    inputs: { x: ["n", 2] },
    nodes: [node("MatMul", ["x", "w"], ["m"]), node("Relu", ["m"], ["y"])],
    weights: [floats("w", [2, 2], [1, 2, 3, 4])],
  });

  it("end too early, wherever", async () => {
    for (let length = 0; length < whole.length; length++)
      await failure(() => loadOnnx(whole.slice(0, length), { engine }), "DATA_FORMAT");
  });

  it("have a bit turned: a model, or one line", async () => {
    for (let at = 0; at < whole.length; at++) {
      const bytes = whole.slice();
      bytes[at]! ^= 1 << (at % 8);
      try {
        (await loadOnnx(bytes, { engine })).dispose();
      } catch (error) {
        expect((error as Error).name, `byte ${at}: ${String(error)}`).toBe("AnygradError");
        expect((error as Error).message).not.toContain("\n");
      }
    }
  });

  it("lie in one another without end", async () => {
    let inner: NonNullable<Parameters<typeof encodeModel>[0]["graph"]> = { name: "g", node: [] };
    for (let depth = 0; depth < 60; depth++)
      inner = {
        name: "g",
        node: [node("If", ["c"], ["y"], {}, { attribute: [{ name: "then_branch", type: 5, g: inner }] })],
      };
    const bytes = encodeModel({ irVersion: 8, opsetImport: [{ domain: "", version: 17 }], graph: inner });
    expect(await failure(() => loadOnnx(bytes, { engine }), "DATA_FORMAT")).toContain("deeper than 32");
  });
});
