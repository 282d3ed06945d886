/** Graph models as the converter of TensorFlow.js writes them: they give what TensorFlow gives, and train. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { loadTfjs } from "../../src/io/tfjs/index.ts";
import { load, type Prediction } from "../../src/model/index.ts";
import { failure } from "../data/failure.ts";
import { readFixture } from "../reference/comparison/fixtures.ts";
import { expectRecorded, type Listed } from "./recorded.ts";

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
const copyOf = (name: string): Row => structuredClone(rows.find((each) => each.name === name)!);

it.each(rows.map((each) => [each.name, each] as const))("%s", async (_, given) => {
  const net = await loadTfjs(filesOf(given), { engine });
  await expectRecorded(net, given.x, given.y, 2e-6);
  net.dispose();
});

describe("a graph model", () => {
  it("has layers with biases and activations, trains, and is a model file like any other", async () => {
    const net = await loadTfjs(filesOf(copyOf("dense")), { engine });
    expect(net.layers.map(({ type }) => type)).toEqual(["dense", "dense", "softmax"]);
    expect(net.layers[0]!.config).toMatchObject({ activation: "relu" });
    const again = await load(await net.save(), { engine });
    expect(await again.digest()).toBe(await net.digest());
    again.dispose();
    await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", engine });
    const x = Float32Array.from({ length: 8 * 6 }, (_, i) => ((i * 37) % 101) / 50 - 1);
    const set = { x, shape: [8, 6] };
    const { loss } = await net.fit(set, Uint8Array.of(0, 1, 2, 0, 1, 2, 0, 1), { epochs: 20, seed: 1 });
    expect(loss!.at(-1)).toBeLessThan(loss![0]!);
    net.dispose();
  });

  it("has what grappler fuses: a convolution with its bias, normalisation and activation", async () => {
    const plain = copyOf("convolutions");
    const { node } = plain.model.modelTopology;
    const relu6 = node.find(({ op }) => op === "Relu6")!;
    const bias = node.find(({ name }) => name === relu6.input![0])!;
    const conv = node.find(({ name }) => name === bias.input![0])!;
    const texts = ["BiasAdd", "Relu6"].map((each) => btoa(each));
    Object.assign(relu6, {
      op: "_FusedConv2D",
      input: [...conv.input!, bias.input![1]],
      attr: { ...conv.attr, num_args: { i: "1" }, fused_ops: { list: { s: texts } } },
    });
    plain.model.modelTopology.node = node.filter((each) => each !== bias && each !== conv);
    const net = await loadTfjs(filesOf(plain), { engine });
    expect(net.layers.map(({ config }) => config)).toContainEqual(
      expect.objectContaining({ filters: 4, activation: "relu6" }),
    );
    await expectRecorded(net, plain.x, plain.y, 2e-6);
    net.dispose();
  });

  it("gives the outputs that are asked for, by their names", async () => {
    const given = copyOf("dense");
    const inner = given.model.modelTopology.node.find(({ op }) => op === "Relu")!;
    const { signature } = given.model as { signature: { outputs: Record<string, object> } };
    signature.outputs.hidden = { name: `${inner.name}:0` };
    const both = await loadTfjs<Record<string, Prediction>>(filesOf(given), { engine });
    const predicted = await both.predict({ x: Float32Array.from(given.x.data), shape: given.x.shape });
    expect(Object.values(predicted).map(({ shape }) => shape)).toEqual([[2, 3], [2, 5]]); // biome-ignore format: one line
    const one = await loadTfjs(filesOf(given), { engine, outputs: [inner.name] });
    expect(one.outputShape).toEqual([5]);
    const wrong = () => loadTfjs(filesOf(given), { engine, outputs: ["y"] });
    expect(await failure(wrong, "INVALID_ARGUMENT")).toContain('outputs is ["y"], but the file has');
    for (const each of [both, one]) each.dispose();
  });

  it("takes sizes that the file leaves open", async () => {
    const given = copyOf("pools");
    const { node } = given.model.modelTopology;
    const input = node.find(({ op }) => op === "Placeholder")!;
    const dim = ["-1", "-1", "-1", "3"].map((size) => ({ size }));
    input.attr = { ...input.attr, shape: { shape: { dim } } };
    const error = await failure(() => loadTfjs(filesOf(given), { engine }), "UNSUPPORTED");
    expect(error).toContain('the input "x" has sizes that the file leaves open: [null, ?, ?, 3]');
    const net = await loadTfjs(filesOf(given), { engine, inputShape: [6, 5, 3] });
    await expectRecorded(net, given.x, given.y, 2e-6);
    net.dispose();
  });
});

describe("refused by name and place", () => {
  const refusal = async (change: (nodes: Node[]) => void, code = "UNSUPPORTED"): Promise<string> => {
    const given = copyOf("dense");
    change(given.model.modelTopology.node);
    return failure(() => loadTfjs(filesOf(given), { engine }), code);
  };

  it("operations that no layer computes, loops, statistics of training", async () => {
    const named =
      (op: string) =>
      (nodes: Node[]): void => {
        nodes.find((each) => each.op === "Relu")!.op = op;
      };
    expect(await refusal(named("Unique"))).toMatch(/^loadTfjs: node ".*Relu" \(Unique\): no layer here/);
    expect(await refusal(named("StatelessWhile"))).toContain("(StatelessWhile): it runs a graph over");
    expect(await refusal(named("Enter"))).toMatch(/the node ".*Relu" \(Enter\) is of a loop/);
  });

  it("graphs that are damaged", async () => {
    const cut = (nodes: Node[]): void => {
      nodes.find((each) => each.op === "Relu")!.input = ["nowhere"];
    };
    expect(await refusal(cut, "DATA_FORMAT")).toContain('takes "nowhere", which nothing in the file gives');
    const circle = (nodes: Node[]): void => {
      const relu = nodes.find((each) => each.op === "Relu")!;
      relu.input = [relu.name];
    };
    expect(await refusal(circle, "DATA_FORMAT")).toContain("wait for each other");
    const bare = (nodes: Node[]): void => {
      for (const each of nodes) if (each.op === "MatMul") each.input = each.input!.slice(0, 1);
    };
    expect(await refusal(bare, "DATA_FORMAT")).toContain("its input 1 is missing");
    const lost = copyOf("dense");
    Object.assign(lost.model.weightsManifest[0]!, { weights: [], paths: [] });
    expect(await failure(() => loadTfjs(filesOf(lost), { engine }), "DATA_FORMAT")).toContain(
      "the files of weights do not hold its numbers",
    );
  });
});
