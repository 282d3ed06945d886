/** Files operator by operator: quantised numbers, what is refused by name and place, and what is no whole file. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { type LoadTfliteOptions, loadTflite } from "../../../src/io/tflite/index.ts";
import { failure } from "../../data/failure.ts";
import { long, thorough } from "../../long.ts";
import { readFixture } from "../../reference/comparison/fixtures.ts";
import { type Fields, flatbuffer, type GivenGraph, modelOf, tflite } from "./write.ts";

const engine = await createEngine();

async function outputOf(graph: GivenGraph, x: unknown, options: LoadTfliteOptions = {}): Promise<number[]> {
  const net = await loadTflite(tflite(graph), { engine, ...options });
  const { data } = await net.predict(x as number[][]);
  net.dispose();
  return [...data];
}

const refusalOf = (graph: GivenGraph, code = "UNSUPPORTED"): Promise<string> =>
  failure(() => loadTflite(tflite(graph), { engine }), code);

const [add, fullyConnected, custom, quantize, whileOperator] = [0, 9, 32, 114, 119];

describe("quantised weights", () => {
  it("stand for numbers by the scales and zeros of their rows", async () => {
    const graph: GivenGraph = {
      tensors: [
        { shape: [1, 2] },
        { shape: [2, 2], type: 9, data: Int8Array.of(10, -20, 3, 127), scales: [0.5, 2], zeros: [4, -1] },
        { shape: [1, 2] },
      ],
      operators: [{ code: fullyConnected, inputs: [0, 1, -1], outputs: [2] }],
    };
    // rows (10 − 4) / 2, (−20 − 4) / 2 and (3 + 1) · 2, (127 + 1) · 2
    expect(await outputOf(graph, [[1, 10]])).toEqual([3 - 120, 8 + 2560]);
  });

  it("of one scale, unsigned, of half a byte, and of half precision", async () => {
    const sum = (weights: GivenGraph["tensors"][number]): GivenGraph => ({
      tensors: [{ shape: [1, 3] }, weights, { shape: [1, 3] }],
      operators: [{ code: add, inputs: [0, 1], outputs: [2] }],
    });
    const bytes = { shape: [3], type: 3, data: Uint8Array.of(0, 128, 255), scales: [0.25], zeros: [128] };
    expect(await outputOf(sum(bytes), [[0, 0, 1]])).toEqual([-32, 0, 32.75]);
    const halves = { shape: [3], type: 17, data: Uint8Array.of(0x7f, 0x08), scales: [0.5] };
    expect(await outputOf(sum(halves), [[0, 0, 0]])).toEqual([-0.5, 3.5, -4]);
    const small = { shape: [3], type: 1, data: Uint16Array.of(0x3c00, 0xc000, 0x3555) };
    expect(await outputOf(sum(small), [[0, 0, 0]])).toEqual([1, -2, Math.fround(0.333251953125)]);
  });

  it("whose range begins at zero are rectified, as the converter leaves it to the range", async () => {
    const graph = (zero: number): GivenGraph => ({
      tensors: [
        { shape: [1, 2], type: 9, scales: [0.1], zeros: [0] },
        { shape: [2], type: 9, data: Int8Array.of(-10, 10), scales: [0.1], zeros: [0] },
        { shape: [1, 2], type: 9, scales: [0.1], zeros: [zero] },
        { shape: [1, 2] },
      ],
      operators: [
        { code: add, inputs: [0, 1], outputs: [2] },
        { code: quantize, inputs: [2], outputs: [3] },
      ],
    });
    expect(await outputOf(graph(-128), [[0.5, 0.5]])).toEqual([0, 1.5]);
    expect(await outputOf(graph(0), [[0.5, 0.5]])).toEqual([-0.5, 1.5]);
  });
});

it("the largest numbers of each example and where they stand", async () => {
  const bytes = tflite({
    tensors: [
      { shape: [1, 4] },
      { shape: [], type: 2, data: Int32Array.of(2) },
      { shape: [1, 2] },
      { shape: [1, 2], type: 2 },
    ],
    operators: [{ code: 48, inputs: [0, 1], outputs: [2, 3] }],
    outputs: [2, 3],
  });
  const net = await loadTflite<never>(bytes, { engine });
  const outputs: Record<string, { data: Float32Array }> = await net.predict([
    [3, 1, 4, 1],
    [0, 5, -1, 5],
  ] as never);
  expect(Object.values(outputs).map(({ data }) => [...data])).toEqual([
    [4, 3, 5, 5],
    [2, 0, 1, 3],
  ]);
});

describe("refused by name and place", () => {
  const one = (operator: Partial<GivenGraph["operators"][number]>): GivenGraph => ({
    tensors: [{ shape: [1, 2] }, { shape: [1, 2] }],
    operators: [{ code: add, inputs: [0], outputs: [1], ...operator }],
  });

  it("custom operators, those that no layer computes, and graphs within", async () => {
    expect(await refusalOf(one({ code: custom, custom: "TFLite_Detection_PostProcess" }))).toContain(
      'node "t1" (operator 0, TFLite_Detection_PostProcess): it is an operator of its maker',
    );
    expect(await refusalOf(one({ code: 103 }))).toContain("(operator 0, UNIQUE): no layer here computes it");
    expect(await refusalOf(one({ code: whileOperator }))).toContain(
      "(operator 0, WHILE): it runs a graph over",
    );
    expect(await refusalOf(one({ code: 250 }))).toContain("(operator 0, operator 250)");
  });

  it("outputs that do not depend on an input, unless others are named", async () => {
    const weight = { shape: [1, 2], data: Float32Array.of(1, 2) };
    const graph: GivenGraph = {
      tensors: [{ shape: [1, 2] }, weight, { shape: [1, 2] }, { shape: [1, 2] }],
      operators: [
        { code: add, inputs: [0, 1], outputs: [2] },
        { code: add, inputs: [1, 1], outputs: [3] },
      ],
      outputs: [2, 3],
    };
    expect(await refusalOf(graph)).toContain('the output "t3" does not depend on an input');
    expect(await outputOf(graph, [[1, 1]], { outputs: ["t2"] })).toEqual([2, 3]);
    const stranger = failure(() => loadTflite(tflite(graph), { engine, outputs: ["y"] }), "INVALID_ARGUMENT");
    expect(await stranger).toContain('the file has "t2", "t3"');
  });

  it("texts, sparse numbers, and sizes that are open", async () => {
    const texts = { shape: [1], type: 5, data: Uint8Array.of(0) };
    const graph = {
      ...one({ inputs: [0, 1], outputs: [2] }),
      tensors: [{ shape: [1, 2] }, texts, { shape: [1] }],
    };
    expect(await refusalOf(graph)).toContain('the tensor "t1": it holds texts');
    const open = { ...one({}), tensors: [{ shape: [-1, -1] }, { shape: [1] }] };
    expect(await refusalOf(open)).toContain('pass them as shapes: { "t0": [null, …] }');
  });
});

describe("files that are damaged", () => {
  const graph: GivenGraph = {
    tensors: [
      { shape: [1, 2] },
      { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
      { shape: [2], data: Float32Array.of(5, 6) },
      { shape: [1, 2] },
    ],
    operators: [{ code: fullyConnected, inputs: [0, 1, 2], outputs: [3], options: { 0: { byte: 1 } } }],
  };
  const damage = (fields: ReturnType<typeof modelOf>, code = "DATA_FORMAT"): Promise<string> =>
    failure(() => loadTflite(flatbuffer(fields), { engine }), code);
  const whole = modelOf(graph);

  it("have another version, no graph, and numbers of tensors and buffers that are not there", async () => {
    expect(await damage({ ...whole, 0: { int: 2 } }, "UNSUPPORTED")).toContain("of version 2");
    expect(await damage({ 0: { int: 3 } })).toContain("it has no graph");
    const wrong = { ...graph, operators: [{ code: add, inputs: [0, 9], outputs: [3] }] };
    expect(await damage(modelOf(wrong))).toContain("it names the tensor 9 of 4");
    expect(await damage({ ...whole, 4: { tables: [{}] } })).toContain("it names the buffer 2 of 1");
    expect(await damage({ ...whole, 1: { tables: [] } })).toContain("the operator 0 is none of its 0");
  });

  it("have numbers that do not fill their shapes, or scales that are not as many", async () => {
    const [x, , bias, y] = graph.tensors;
    const huge = { shape: [2 ** 30, 2 ** 30], data: Float32Array.of(1) };
    const tensors = [x!, huge, bias!, y!];
    expect(await damage(modelOf({ ...graph, tensors }))).toContain('the tensor "t1": the file is damaged');
    const scaled = { shape: [2, 2], type: 9, data: new Int8Array(4), scales: [1, 2, 3] };
    expect(await damage(modelOf({ ...graph, tensors: [x!, scaled, bias!, y!] }))).toContain("3 scales");
  });

  it("ask for more weights than they hold, or for the same numbers over and over", async () => {
    const wide = [{ shape: [1, 2 ** 30] }, ...graph.tensors.slice(1)];
    const kept = [{ ...graph.operators[0]!, options: { 2: { byte: 1 } } }]; // all axes but the last
    expect(await damage(modelOf({ ...graph, tensors: wide, operators: kept }))).toContain("do not fit");
    const fields = modelOf({
      ...graph,
      tensors: [...graph.tensors, ...new Array(400).fill({ shape: [500] })],
    });
    const numbers = { 0: { bytes: new Uint8Array(2000) } };
    const held = (fields[4] as { tables: Fields[] }).tables;
    const [main] = (fields[2] as { tables: Fields[] }).tables;
    const tensors = (main![0] as { tables: Fields[] }).tables;
    const shared = tensors.map((each, i) => (i < 4 ? each : { ...each, 2: { int: held.length } }));
    const again = {
      ...fields,
      2: { tables: [{ ...main!, 0: { tables: shared } }] },
      4: { tables: [...held, numbers] },
    };
    expect(await damage(again, "MEMORY_LIMIT")).toContain("have their numbers in common");
  });

  const bytes = tflite(graph);

  it("end too early, wherever", async () => {
    for (let length = 0; length < bytes.length; length++)
      await failure(() => loadTflite(bytes.slice(0, length), { engine }), "DATA_FORMAT");
  });

  it("point at themselves", async () => {
    for (let at = 0; at + 4 <= bytes.length; at += thorough ? 4 : 12) {
      const turned = bytes.slice();
      turned.fill(0, at, at + 4); // an offset of nothing leads back to where it stands
      await modelOrLine(turned, `byte ${at}`);
    }
  });

  it("have a bit turned: a model, or one line", async () => {
    for (let at = 0; at < bytes.length; at += thorough ? 1 : 7) {
      const turned = bytes.slice();
      turned[at]! ^= 1 << (at % 8);
      await modelOrLine(turned, `byte ${at}`);
    }
  });

  long("recorded ones have bytes turned, and take little memory", async () => {
    const rows = readFixture<{ name: string; model: string }[]>("tflite/models");
    const before = process.memoryUsage().arrayBuffers;
    for (const { name, model } of rows.filter((each) => each.model.length < 7000)) {
      const recorded = new Uint8Array(Buffer.from(model, "base64"));
      for (let at = 0; at < recorded.length; at += 61) {
        const turned = recorded.slice();
        turned[at] = (turned[at]! + 1 + ((at * 7919) % 254)) % 256;
        await modelOrLine(turned, `${name}, byte ${at}`);
        expect(process.memoryUsage().arrayBuffers - before, `${name}, byte ${at}`).toBeLessThan(2 ** 28);
      }
    }
  });

  async function modelOrLine(turned: Uint8Array<ArrayBuffer>, place: string): Promise<void> {
    try {
      (await loadTflite(turned, { engine })).dispose();
    } catch (error) {
      expect((error as Error).name, `${place}: ${String(error)}`).toBe("AnygradError");
      expect((error as Error).message, place).not.toContain("\n");
      expect((error as Error).message.length, place).toBeLessThanOrEqual(500);
    }
  }
});
