/** `anygrad export`, `import` and `inspect`, and MODEL as a file of another library. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine, type Engine, layers, load, type Model, sequential } from "../../../src/index.ts";
import { readNpz } from "../../../src/io/npz/index.ts";
import { saveOnnx } from "../../../src/io/onnx/index.ts";
import { encodeModel } from "../../../src/io/onnx/proto.ts";
import { writeSafetensors } from "../../../src/io/safetensors/index.ts";
import { zip } from "../../../src/io/zip/archive.ts";
import { floats, graph, node } from "../../io/onnx/graph.ts";
import { tflite } from "../../io/tflite/write.ts";
import { temporaryFolder } from "../anygrad.ts";
import { served } from "../served.ts";

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const write = (name: string, bytes: Uint8Array | string): string => {
  writeFileSync(at(name), bytes);
  return at(name);
};
const x = Float32Array.from({ length: 12 * 784 }, (_, i) => ((i * 7919) % 255) / 255);
const y = Float32Array.from({ length: 12 }, (_, i) => i % 10);
let engine: Engine;
let net: Model;

beforeAll(async () => {
  engine = await createEngine({ threads: 1 });
  net = sequential(
    [
      layers.conv2d({ filters: 3, kernelSize: 3, strides: 2, activation: "relu" }),
      layers.batchNormalization(),
      layers.flatten(),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
    { inputShape: [28, 28, 1], seed: 1 },
  );
  await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", engine });
  await net.fit({ x, y, shape: [12, 28, 28, 1] } as never, { epochs: 3, batchSize: 4 });
  mkdirSync(at("run"));
  write("run/model.safetensors", await net.save({ optimizer: true }));
});

/** What a command prints. */
async function done(...args: string[]): Promise<string> {
  const ended = await served(args);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return ended.stdout;
}

async function refusal(...args: string[]): Promise<string> {
  const ended = await served(args);
  expect(ended, args.join(" ")).toMatchObject({ code: 2, stdout: "" });
  expect(ended.stderr.trimEnd().split("\n"), ended.stderr).toHaveLength(1);
  return ended.stderr.trimEnd();
}

const inspected = async (path: string): Promise<Record<string, unknown>> =>
  JSON.parse(await done("inspect", path, "--json")) as Record<string, unknown>;

describe("a trained network", () => {
  it.each(["onnx", "keras", "tfjs", "safetensors"])(
    "goes out as %s and comes in again with the same predictions",
    async (format) => {
      const [out, back] = [at(`out.${format}`), at(`back-${format}/model.safetensors`)];
      await done("export", at("run"), "--format", format, "--out", out);
      await done("import", out, "--out", back);
      const again = await load(readFileSync(back), { engine });
      const [wanted, got] = [await net.predict(x), await again.predict(x)];
      expect(got.shape).toEqual(wanted.shape);
      const differences = wanted.data.map((value, i) => Math.abs(value - got.data[i]!));
      expect(Math.max(...differences)).toBeLessThan(1e-5);
      again.dispose();
    },
  );

  it("has no date where all files of a model have the same bytes", async () => {
    await done("export", at("run"), "--format", "keras", "--out", at("undated.keras"));
    expect((await inspected(at("undated.keras"))).date).toBeUndefined();
  });

  it("goes out as npz, its weights by their names", async () => {
    await done("export", at("run"), "--format", "npz", "--out", at("weights.npz"));
    const arrays = await readNpz(readFileSync(at("weights.npz")));
    expect(Object.keys(arrays)).toEqual(net.getWeights().map(({ name }) => name));
    for (const { name, data } of net.getWeights()) expect(arrays[name]!.data).toEqual(data);
  });

  it("comes in from ONNX with its weights in a file beside, whose bytes are counted", async () => {
    mkdirSync(at("apart"));
    const { model, weights } = saveOnnx(net, { externalWeights: "weights.bin" });
    const path = write("apart/model.onnx", model);
    write("apart/weights.bin", weights!);
    expect(await inspected(path)).toMatchObject({
      bytes: model.length + weights!.length,
      beside: ["weights.bin"],
    });
    await done("import", path, "--out", at("apart.safetensors"));
    const again = await load(readFileSync(at("apart.safetensors")), { engine });
    const [wanted, got] = [await net.predict(x), await again.predict(x)];
    expect(Math.max(...wanted.data.map((value, i) => Math.abs(value - got.data[i]!)))).toBeLessThan(1e-5);
  });

  it("is told of with --json: the files, and what was made of it", async () => {
    const out = at("told");
    const report = JSON.parse(await done("export", at("run"), "--format", "tfjs", "--out", out, "--json"));
    expect(report.files.map(({ file }: { file: string }) => file)).toEqual([
      join(out, "weights.bin"),
      join(out, "model.json"),
    ]);
    expect(readdirSync(out).sort()).toEqual(["model.json", "weights.bin"]);
    const { parameters, format } = JSON.parse(
      await done("import", out, "--out", at("told.safetensors"), "--json"),
    );
    expect({ parameters, format }).toEqual({ parameters: net.parameters.total, format: "tfjs" });
  });

  it("is written in the opset that is asked for", async () => {
    await done("export", at("run"), "--format", "onnx", "--opset", "21", "--out", at("21.onnx"));
    expect((await inspected(at("21.onnx"))).opset).toEqual({ "ai.onnx": 21 });
  });

  it.each(["onnx", "keras", "tfjs"])("as %s, is scored, summed up and asked as it is", async (format) => {
    const out = at(`direct.${format}`);
    await done("export", at("run"), "--format", format, "--out", out);
    const score = async (model: string): Promise<number[][]> =>
      JSON.parse(await done("evaluate", model, "--dataset", "digits", "--limit", "60", "--json")).matrix;
    expect(await score(out)).toEqual(await score(at("run")));
    expect(await done("summary", out)).toContain("Total params: 5,122");
    const pixels = write("pixels.csv", `${Array(784).fill(1).join(",")}\n`);
    const predicted = JSON.parse(await done("predict", out, pixels, "--json")).predictions[0];
    expect(predicted.probabilities).toHaveLength(10);
  });
});

describe("a model of TensorFlow Lite", () => {
  const rows = JSON.parse(readFileSync("test/fixtures/tflite/models.json", "utf8")) as {
    name: string;
    model: string;
  }[];
  const file = (name: string): Buffer => Buffer.from(rows.find((row) => row.name === name)!.model, "base64");

  it("comes in, and tells what it is made of", async () => {
    const path = write("int8.tflite", file("int8"));
    expect(await inspected(path)).toMatchObject({
      format: "tflite",
      version: "schema 3",
      producer: "MLIR Converted.",
      inputs: [{ dtype: "int8, quantised", shape: [null, 10, 8, 3] }],
      operators: expect.arrayContaining([{ type: "CONV_2D", count: 1 }]),
      arrays: expect.arrayContaining([expect.objectContaining({ dtype: "int8, quantised", bytes: 2304 })]),
    });
    expect(await done("inspect", path)).toMatch(/int8\.tflite {2}TFLite, /);
    await done("import", path, "--out", at("int8.safetensors"));
    const again = await load(readFileSync(at("int8.safetensors")), { engine });
    expect(again.inputShape).toEqual([10, 8, 3]);
    again.dispose();
  });

  it("is scored, summed up and asked as it is", async () => {
    const weights = Float32Array.from({ length: 7840 }, (_, i) => ((i * 37) % 101) / 500 - 0.1);
    const tensors = [
      { shape: [1, 28, 28, 1] },
      { shape: [2], type: 2, data: Int32Array.of(1, 784) },
      { shape: [1, 784] },
      { shape: [10, 784], data: weights },
      { shape: [1, 10] },
      { shape: [1, 10] },
    ];
    const operators = [
      { code: 22, inputs: [0, 1], outputs: [2] }, // RESHAPE
      { code: 9, inputs: [2, 3], outputs: [4] }, // FULLY_CONNECTED
      { code: 25, inputs: [4], outputs: [5], options: { 0: { float: 1 } } }, // SOFTMAX
    ];
    const path = write("digits.tflite", tflite({ tensors, operators }));
    const report = JSON.parse(await done("evaluate", path, "--dataset", "digits", "--limit", "60", "--json"));
    expect(report.matrix.flat().reduce((sum: number, n: number) => sum + n, 0)).toBe(60);
    expect(await done("summary", path)).toContain("Total params: 7,840");
    const pixels = write("row.csv", `${Array(784).fill(1).join(",")}\n`);
    const predicted = JSON.parse(await done("predict", path, pixels, "--json")).predictions[0];
    expect(predicted.probabilities).toHaveLength(10);
  });
});

describe("inspect", () => {
  it("tells a file of PyTorch's exporter: versions, ends, operators, arrays", async () => {
    const [{ name, model }] = JSON.parse(readFileSync("test/fixtures/onnx/pytorch.json", "utf8"));
    const path = write(`${name}.onnx`, Buffer.from(model, "base64"));
    const text = await done("inspect", path);
    expect(text).toMatch(/mlp\.onnx {2}ONNX, /);
    expect(text).toContain("producer   pytorch 1.13.0");
    expect(text).toMatch(/^operators {2}Gemm ×\d/m);
    expect(text).toMatch(/^ {2}0\.weight +float32 +\d+×\d+/m);
  });

  it("tells a graph that cannot be imported, and import says why", async () => {
    const bytes = graph({
      inputs: { x: ["n", 4] },
      nodes: [node("Mystery", ["x", "w"], ["h"], {}, { domain: "com.acme" }), node("Relu", ["h"], ["y"])],
      weights: [floats("w", [2, 2], [1, 2, 3, 4])],
    });
    const path = write("mystery.onnx", bytes);
    expect(await inspected(path)).toMatchObject({
      format: "onnx",
      bytes: bytes.length,
      inputs: [{ name: "x", dtype: "float32", shape: ["n", 4] }],
      operators: [
        { type: "com.acme.Mystery", count: 1 },
        { type: "Relu", count: 1 },
      ],
      arrays: [{ name: "w", dtype: "float32", shape: [2, 2], bytes: 16 }],
    });
    const message = await refusal("import", path, "--out", at("mystery.safetensors"));
    expect(message).toMatch(/^anygrad: .*mystery\.onnx: .*Mystery/);
    expect(existsSync(at("mystery.safetensors"))).toBe(false);
  });

  it("tells who wrote an ONNX file, when and what for", async () => {
    const given = { name: "g", node: [], input: [], output: [] };
    const path = write(
      "dated.onnx",
      encodeModel({
        irVersion: 8,
        producerName: "skl2onnx",
        producerVersion: "1.17",
        opsetImport: [
          { domain: "", version: 15 },
          { domain: "ai.onnx.ml", version: 3 },
        ],
        metadataProps: [{ key: "creation_date", value: "2024-03-01" }],
        graph: given,
      }),
    );
    expect(await inspected(path)).toMatchObject({
      producer: "skl2onnx 1.17",
      date: "2024-03-01",
      opset: { "ai.onnx": 15, "ai.onnx.ml": 3 },
    });
  });

  it.each(["keras", "h5", "weights.h5"])("tells a .%s file of Keras", async (format) => {
    const { models } = JSON.parse(readFileSync("test/fixtures/keras/models.json", "utf8"));
    const file = models["convolutions, Keras 3"].files[format];
    const path = write(`theirs.${format}`, gunzipSync(Buffer.from(file, "base64")));
    const facts = await inspected(path);
    expect(facts).toMatchObject({ format: format === "keras" ? "keras" : "h5" });
    expect(
      (facts.arrays as { name: string; shape: number[] }[]).some(({ shape }) => shape.length === 4),
    ).toBe(true);
    if (format === "weights.h5") return;
    expect(facts).toMatchObject({ producer: "Keras", version: "3.15.1" });
    expect(facts.layers).toContainEqual({ type: "Conv2D", count: expect.any(Number) });
    expect(await done("import", path, "--out", at(`${format}.safetensors`), "--json")).toContain(
      `"${format}"`,
    );
    if (format === "keras") expect(facts.date).toMatch(/^20\d\d-\d\d-\d\d@/);
  });

  it("tells a layers model and a graph model of TensorFlow.js", async () => {
    const { models } = JSON.parse(readFileSync("test/fixtures/tfjs/models.json", "utf8"));
    const text = await done("inspect", write("model.json", JSON.stringify(models.convolutions.json)));
    expect(text).toMatch(/TensorFlow\.js, .*KiB/);
    expect(text).toMatch(/^layers .*Conv2D/m);
    const dim = [{ size: "-1" }, { size: "3" }];
    const graphModel = {
      format: "graph-model",
      generatedBy: "2.11.0",
      convertedBy: "TensorFlow.js Converter v4.0.0",
      modelTopology: { node: [{ name: "x", op: "Placeholder" }, { op: "Relu" }, { op: "Relu" }] },
      signature: { inputs: { x: { name: "x:0", dtype: "DT_FLOAT", tensorShape: { dim } } } },
      weightsManifest: [
        {
          paths: ["a.bin"],
          weights: [{ name: "w", shape: [3], dtype: "float32", quantization: { dtype: "uint8" } }],
        },
      ],
    };
    expect(await inspected(write("graph.json", JSON.stringify(graphModel)))).toMatchObject({
      producer: "2.11.0, TensorFlow.js Converter v4.0.0",
      inputs: [{ name: "x", dtype: "float32", shape: [null, 3] }],
      operators: [
        { type: "Relu", count: 2 },
        { type: "Placeholder", count: 1 },
      ],
      arrays: [{ name: "w", dtype: "uint8", shape: [3], bytes: 3 }],
    });
    expect(await refusal("summary", at("graph.json"))).toMatch(/graph\.json: .*a\.bin/);
  });

  it("tells arrays: safetensors of others, npz with what is no number, and a model of anygrad", async () => {
    const foreign = writeSafetensors(
      { w: { shape: [2], data: Float32Array.of(1, 2) } },
      { dtype: "float16", metadata: { format: "pt" } },
    );
    expect(await inspected(write("theirs.safetensors", foreign))).toMatchObject({
      arrays: [{ name: "w", dtype: "float16", shape: [2], bytes: 4 }],
      texts: { format: "pt" },
    });
    const { refused } = JSON.parse(readFileSync("test/fixtures/npz/npz.json", "utf8"));
    const npz = await inspected(write("objects.npz", Buffer.from(refused.objects, "base64")));
    expect(npz).toMatchObject({ format: "npz", arrays: [{ name: "it", dtype: "|O" }] });
    expect(await inspected(at("run"))).toMatchObject({
      producer: "anygrad",
      inputs: [{ shape: [null, 28, 28, 1] }],
      layers: expect.arrayContaining([{ type: "batchNormalization", count: 1 }]),
    });
  });
});

describe("--shapes", () => {
  const open = (): Promise<string> =>
    Promise.resolve(
      write(
        "open.onnx",
        graph({
          inputs: { x: ["n", 4, "length"] },
          nodes: [node("Flatten", ["x"], ["flat"]), node("MatMul", ["flat", "kernel"], ["y"])],
          weights: [floats("kernel", [24, 1], new Array<number>(24).fill(1))],
        }),
      ),
    );

  it("says sizes that an ONNX file leaves open, of its only input, or by names", async () => {
    const path = await open();
    expect(await refusal("import", path, "--out", at("open.safetensors"))).toMatch(
      /leaves open: .*pass them by --shapes, as in --shapes NAME=3x224x224/,
    );
    for (const shapes of ["4x6", "x=4x6", "?x4x6"]) {
      const told = JSON.parse(
        await done("import", path, "--shapes", shapes, "--out", at("open.safetensors"), "--json"),
      );
      expect(told).toMatchObject({ inputShape: [4, 6] });
    }
  });

  it("is refused where it says nothing", async () => {
    const out = ["--out", at("open.safetensors")];
    expect(await refusal("import", await open(), "--shapes", "4xx6", ...out)).toMatch(
      /--shapes is "4xx6"; pass/,
    );
    expect(await refusal("import", await open(), "--shapes", "4x6,5", ...out)).toMatch(/--shapes is "4x6,5"/);
    expect(await refusal("import", at("run"), "--shapes", "4x6", ...out)).toMatch(
      /says all of them; leave it out/,
    );
  });
});

describe("a model without a loss", () => {
  it("is evaluated by the loss that fits its end, and code is told to compile it", async () => {
    await done("export", at("run"), "--format", "keras", "--out", at("lossless.keras"));
    await done("import", at("lossless.keras"), "--out", at("lossless.safetensors"));
    const { test } = JSON.parse(
      await done(
        "evaluate",
        "--from",
        at("lossless.safetensors"),
        "--dataset",
        "digits",
        "--pixels",
        "0..1",
        "--limit",
        "20",
        "--json",
      ),
    );
    expect(test.accuracy).toBeGreaterThanOrEqual(0);
    const again = await load(readFileSync(at("lossless.safetensors")), { engine });
    await expect(again.evaluate({ x, y, shape: [12, 28, 28, 1] } as never)).rejects.toThrow(
      /^evaluate: the model has no loss; await net\.compile/,
    );
    again.dispose();
  });
});

describe("what is refused, in one line, with nothing written", () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  it.each([
    ["model.gguf", bytes("GGUF\u0003\0\0\0"), /this is a GGUF file .* \.safetensors or \.onnx/],
    ["model.pt", zip({ "m/data.pkl": Uint8Array.of(0x80, 2) }, false), /a pickle .* torch\.onnx\.export/],
    ["model.pth", Uint8Array.of(0x80, 2, 0x8a, 10), /a pickle .* safetensors/],
    ["model.pkl", bytes("(dp0\nS'w'\n."), /a pickle/],
    ["renamed.onnx", Uint8Array.of(0x80, 4, 0x95), /a pickle/],
    ["model.tflite", bytes("\u001c\0\0\0TFL3...."), /model\.tflite: the file is damaged: 4 bytes at 28/],
    ["net.json", bytes('{"layers":[],"inputShape":[4]}'), /a network without weights/],
    ["notes.txt", bytes("hello"), /this is no model: .* pass the folder of a run/],
    ["empty.onnx", new Uint8Array(0), /the file is empty/],
    ["cut.onnx", Uint8Array.of(8, 8, 58, 200, 1, 0), /cut\.onnx: this is no whole ONNX file/],
    ["cut.npz", bytes("PK\u0003\u0004cut"), /cut\.npz: this is not a whole zip archive/],
  ])("%s", async (name, content, wanted) => {
    const path = write(name, content);
    expect(await refusal("inspect", path)).toMatch(wanted);
    const out = at(`${name}.out`);
    expect(await refusal("import", path, "--out", out)).toMatch(wanted);
    expect(await refusal("export", path, "--format", "onnx", "--out", out)).toMatch(wanted);
    expect(existsSync(out)).toBe(false);
  });

  it("a file that is not there, a format that is not, and options that do not fit", async () => {
    expect(await refusal("inspect", at("nowhere.onnx"))).toMatch(/nowhere\.onnx: no model there/);
    expect(await refusal("export", at("run"), "--format", "onx", "--out", at("a"))).toMatch(
      /--format "onx" is unknown; did you mean onnx\?/,
    );
    expect(await refusal("export", at("run"), "--format", "keras")).toMatch(/--out/);
    expect(
      await refusal("export", at("run"), "--format", "keras", "--opset", "17", "--out", at("a")),
    ).toMatch(/--opset is for --format onnx/);
    for (const args of [["export", "--format", "onnx"], ["import"]])
      expect(await refusal(args[0]!, at("run"), ...args.slice(1), "--out", folder)).toMatch(
        /--out: .* is a folder; name a file, such as .*model\./,
      );
    expect(existsSync(at("a"))).toBe(false);
  });

  it("arrays without a network, and weights in a file that leads out of the folder", async () => {
    await done("export", at("run"), "--format", "npz", "--out", at("arrays.npz"));
    expect(await refusal("import", at("arrays.npz"), "--out", at("a"))).toMatch(/no network; .*loadWeights/);
    const foreign = writeSafetensors({ w: { shape: [1], data: Float32Array.of(1) } });
    expect(await refusal("summary", write("arrays.safetensors", foreign))).toMatch(
      /arrays\.safetensors: it holds arrays and no network; .*readSafetensors/,
    );
    const { models } = JSON.parse(readFileSync("test/fixtures/tfjs/models.json", "utf8"));
    const { json } = models.convolutions;
    const leading = {
      ...json,
      weightsManifest: [{ ...json.weightsManifest[0], paths: ["../../secret.bin"] }],
    };
    const path = write("leading.json", JSON.stringify(leading));
    for (const args of [
      ["import", path, "--out", at("a")],
      ["inspect", path],
    ])
      expect(await refusal(...args)).toMatch(/secret\.bin", which is not in its folder; do not trust/);
    const missing = { ...json, weightsManifest: [{ ...json.weightsManifest[0], paths: ["gone.bin"] }] };
    expect(await refusal("import", write("missing.json", JSON.stringify(missing)), "--out", at("a"))).toMatch(
      /it names the file "gone\.bin" beside it, which is not there/,
    );
  });
});
