/** Models that real TensorFlow.js has saved predict here what they predict there, also in shards and as whole numbers. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createEngine, type Layer, layers, type Model, sequential } from "../../src/index.ts";
import { loadTfjs, saveTfjs } from "../../src/io/tfjs/index.ts";
import type { Prediction } from "../../src/model/predictions/predict.ts";
import { failure } from "../data/failure.ts";

interface Recorded {
  readonly x: number[][];
  readonly y: number[][];
  readonly json: {
    modelTopology: object;
    weightsManifest: [
      { paths: string[]; weights: { name: string; shape: number[]; dtype: string; quantization?: object }[] },
    ];
  };
  readonly weights: string;
}
const { models } = JSON.parse(readFileSync("test/fixtures/tfjs/models.json", "utf8")) as {
  models: Record<string, Recorded>;
};
const bytesOf = (name: string): Uint8Array => new Uint8Array(Buffer.from(models[name]!.weights, "base64"));
const engine = await createEngine({ threads: 1 });
const quiet = { engine, onNote: () => {} };

/** The largest difference from what TensorFlow.js has predicted. */
function difference(got: Prediction | Prediction[], { y }: Recorded): number {
  const list = [got].flat();
  expect(list.length).toBe(y.length);
  return Math.max(
    ...list.map(({ data }, i) =>
      Math.max(...(y[i]!.flat(9) as number[]).map((value, at) => Math.abs(value - data[at]!))),
    ),
  );
}

describe("models of TensorFlow.js", () => {
  it.each(Object.keys(models))("%s predicts the same here, and saved and loaded again", async (name) => {
    const { x, json } = models[name]!;
    const net = await loadTfjs(json, { ...quiet, fetchWeights: () => bytesOf(name) });
    const given = (x.length > 1 ? x : x[0]) as number[][];
    expect(difference((await net.predict(given)) as Prediction, models[name]!)).toBeLessThan(2e-6);
    const again = await loadTfjs(saveTfjs(net), quiet);
    expect(difference((await again.predict(given)) as Prediction, models[name]!)).toBeLessThan(2e-6);
    for (const each of [net, again]) each.dispose();
  });

  it("come as files by names, as a list of files, and as a save handler gets them", async () => {
    const { json } = models.convolutions!;
    const weights = bytesOf("convolutions");
    const cut = [weights.slice(0, 101), weights.slice(101, 300), weights.slice(300)];
    const paths = cut.map((_, i) => `group1-shard${i + 1}of3.bin`);
    const manifest = { ...json, weightsManifest: [{ ...json.weightsManifest[0], paths }] };
    const text = JSON.stringify(manifest);
    const named = Object.fromEntries(paths.map((path, i) => [path, cut[i]!]));
    const listed = [
      new File([text], "model.json"),
      ...cut.map((piece, i) => new File([piece as BlobPart], paths[i]!)),
    ];
    const digests = await Promise.all(
      [
        loadTfjs({ "model.json": text, ...named }, quiet),
        loadTfjs({ "folder/model.json": new TextEncoder().encode(text), ...named }, quiet),
        loadTfjs(listed, quiet),
        loadTfjs(new Blob([text]), { ...quiet, fetchWeights: async (path) => named[path]! }),
        loadTfjs(
          {
            modelTopology: json.modelTopology,
            weightSpecs: json.weightsManifest[0].weights,
            weightData: weights.buffer,
          },
          quiet,
        ),
      ].map(async (loading) => (await loading).digest()),
    );
    expect(new Set(digests).size).toBe(1);
  });

  it("have weights of one and two bytes, and halves", async () => {
    const topology = {
      class_name: "Sequential",
      config: {
        name: "one",
        layers: [{ class_name: "Dense", config: { name: "dense", units: 2, batch_input_shape: [null, 1] } }],
      },
    };
    const weights = [
      {
        name: "dense/kernel",
        shape: [1, 2],
        dtype: "float32",
        quantization: { dtype: "uint8", scale: 0.5, min: -1 },
      },
      {
        name: "dense/bias",
        shape: [2],
        dtype: "float32",
        quantization: { dtype: "float16", original_dtype: "float32" },
      },
    ];
    const json = { modelTopology: topology, weightsManifest: [{ paths: ["w"], weights }] };
    const net = await loadTfjs(
      { "model.json": JSON.stringify(json), w: Uint8Array.of(3, 7, 0, 0x3c, 0, 0xc0) },
      quiet,
    );
    expect(net.getWeights().map(({ data }) => [...data])).toEqual([
      [0.5, 2.5],
      [1, -2],
    ]);
    const wide = { ...weights[0]!, quantization: { dtype: "uint16", scale: 0.001, min: 1 } };
    const other = {
      modelTopology: topology,
      weightsManifest: [{ paths: ["w"], weights: [wide, weights[1]!] }],
    };
    const second = await loadTfjs(
      { "model.json": JSON.stringify(other), w: Uint8Array.of(0, 1, 255, 255, 0, 0x3c, 0, 0xc0) },
      quiet,
    );
    expect([...second.getWeights()[0]!.data]).toEqual([1.256, 66.535].map(Math.fround));
    for (const each of [net, second]) each.dispose();
  });
});

describe("what is no such model", () => {
  const { json } = models.convolutions!;
  const fault = (source: object, code: Parameters<typeof failure>[1], more: object = {}): Promise<string> =>
    failure(() => loadTfjs(source, { ...quiet, ...more }), code);

  it("is told: missing and short files, other numbers", async () => {
    expect(await fault({ modelTopology: 1 }, "DATA_FORMAT")).toContain("no modelTopology");
    expect(await fault(json, "DATA_MISSING")).toContain('"weights.bin"');
    const short = bytesOf("convolutions").slice(0, -1);
    expect(await fault(json, "DATA_FORMAT", { fetchWeights: () => short })).toContain("are not whole");
    const long = new Uint8Array([...bytesOf("convolutions"), 0]);
    expect(await fault(json, "DATA_FORMAT", { fetchWeights: () => long })).toContain("files of weights have");
    expect(await fault(json, "MEMORY_LIMIT", { maxBytes: 99, fetchWeights: () => long })).toContain(
      "raise maxBytes",
    );
    const [group] = json.weightsManifest;
    const [first, ...rest] = group.weights;
    const texts = {
      ...json,
      weightsManifest: [{ ...group, weights: [{ ...first!, dtype: "string" }, ...rest] }],
    };
    expect(await fault(texts, "UNSUPPORTED", { fetchWeights: () => long })).toContain('it holds "string"');
    const lost = { ...json, weightsManifest: [{ ...group, weights: [] }] };
    expect(await fault(lost, "DATA_FORMAT", { fetchWeights: () => new Uint8Array(0) })).toContain(
      "is not among the weights",
    );
  });

  it("is told of a model that TensorFlow.js has no layers for", async () => {
    const message = async (layer: Layer): Promise<string> => {
      const net = sequential([layer], { inputShape: [4, 6], seed: 1 });
      await net.build({ engine });
      const said = await failure(() => saveTfjs(net), "UNSUPPORTED");
      expect(said).toMatch(/^saveTfjs: layer "\w+" .*; export it by saveOnnx of anygrad\/onnx/);
      return said;
    };
    expect(await message(layers.groupNormalization({ groups: 2 }))).toContain("has no GroupNormalization");
    expect(await message(layers.gru({ units: 2 }))).toContain("resetAfter: true");
    expect(await message(layers.dropout({ rate: 0.5, noiseShape: [null, 1, 1] }))).toContain(
      "has no Dropout with",
    );
    expect(await message(layers.activation("hardSwish"))).toContain('no activation "hardSwish"');
  });

  it("is told of enlarging between pixels, which TensorFlow.js does otherwise", async () => {
    const enlarged = async (interpolation: "nearest" | "bilinear"): Promise<Model> => {
      const layer = layers.upSampling2d({ size: [2, 1], interpolation });
      const net = sequential([layer], { inputShape: [2, 3, 1], seed: 1 });
      await net.build({ engine });
      return net;
    };
    const smooth = await enlarged("bilinear");
    expect(await failure(() => saveTfjs(smooth), "UNSUPPORTED")).toContain("between the centres of pixels");
    const files = saveTfjs(await enlarged("nearest"));
    const notes: string[] = [];
    const read = async (json: string): Promise<void> => {
      const onNote = (note: string): number => notes.push(note);
      (await loadTfjs({ ...files, "model.json": json }, { engine, onNote })).dispose();
    };
    await read(files["model.json"]);
    expect(notes).toEqual([]);
    await read(files["model.json"].replace('"nearest"', '"bilinear"'));
    expect(notes.join()).toContain('layer "up_sampling2d" (UpSampling2D) computes as in Keras');
  });
});

it("a promise of a model that fails is an error of one line", async () => {
  const lost = Promise.reject(new Error("offline"));
  expect(await failure(() => loadTfjs(lost, { engine }), "DATA_DOWNLOAD")).toMatch(/loadTfjs: .*offline/);
});
