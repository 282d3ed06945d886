/** Files that real Keras 3 and Keras 2 have saved predict here what they predict there; damaged ones are told. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createEngine, defineLayer, layers, ops, sequential } from "../../../src/index.ts";
import { loadKeras, readKerasWeights, saveKeras } from "../../../src/io/keras/index.ts";
import { unzip, zip } from "../../../src/io/zip/archive.ts";
import type { Prediction } from "../../../src/model/predictions/predict.ts";
import { failure } from "../../data/failure.ts";
import { long } from "../../long.ts";

type Values = number[] | Values[];
interface Recorded {
  readonly x: Values | Record<string, Values>;
  readonly y: Values | Record<string, Values>;
  readonly files: Readonly<Record<string, string>>;
}
const { models } = JSON.parse(readFileSync("test/fixtures/keras/models.json", "utf8")) as {
  models: Record<string, Recorded>;
};
const bytesOf = (name: string, format: string): Uint8Array =>
  new Uint8Array(gunzipSync(Buffer.from(models[name]!.files[format]!, "base64")));
const engine = await createEngine({ threads: 1 });
const quiet = { engine, onNote: () => {} };
const isRecord = (value: object): value is Record<string, Values> => !Array.isArray(value);

/** The largest difference from what Keras has predicted. */
function difference(got: unknown, wanted: Recorded["y"]): number {
  if (isRecord(wanted)) {
    const record = got as Record<string, Prediction>;
    return Math.max(...Object.entries(wanted).map(([name, values]) => difference(record[name], values)));
  }
  const flat = (wanted as number[][]).flat(9);
  const { data } = got as Prediction;
  expect(data.length).toBe(flat.length);
  return Math.max(...flat.map((value, i) => Math.abs(value - data[i]!)));
}

const files = Object.entries(models).flatMap(([name, { files }]) =>
  Object.keys(files)
    .filter((format) => format !== "weights.h5")
    .map((format) => [name, format] as const),
);

describe("files of Keras", () => {
  it.each(files)("%s, .%s, predicts the same here, and once saved and loaded again", async (name, format) => {
    const { x, y } = models[name]!;
    const net = await loadKeras(bytesOf(name, format), quiet);
    expect(difference(await net.predict(x as number[][]), y)).toBeLessThan(2e-6);
    if (JSON.stringify(net.getConfig()).includes("hardSigmoid2")) return; // Keras 3 has none
    const again = await loadKeras(saveKeras(net), quiet);
    expect(difference(await again.predict(x as number[][]), y)).toBeLessThan(2e-6);
    for (const each of [net, again]) each.dispose();
  });

  it("are compiled as they were, and train", async () => {
    const net = await loadKeras(bytesOf("functional, Keras 3", "keras"), quiet);
    expect(net.setup).toMatchObject({ optimizer: "adam", loss: "meanSquaredError, meanAbsoluteError" });
    expect(net.outputNames).toEqual(["sum", "more"]);
    const { x, y } = models["functional, Keras 3"]!;
    const given = { x, y } as never;
    const before = await net.evaluate(given);
    await net.fit(given, { epochs: 3 });
    expect((await net.evaluate(given)).loss).not.toBe(before.loss);
    net.dispose();
  });

  it("share the weights of a model within a model that is applied twice", async () => {
    const net = await loadKeras(bytesOf("functional, Keras 3", "keras"), quiet);
    const names = net.getWeights().map(({ name }) => name);
    expect(names.filter((name) => name.startsWith("hidden/"))).toEqual(["hidden/kernel", "hidden/bias"]);
    net.dispose();
  });

  it("bring weights into a model of the same layers", async () => {
    const name = "convolutions, Keras 3";
    const net = await loadKeras(bytesOf(name, "keras"), quiet);
    const wanted = await net.digest();
    for (const format of ["weights.h5", "h5", "keras"]) {
      net.setWeights(net.getWeights().map(({ shape, data }) => ({ shape, data: data.map(() => 0.5) })));
      const { missing } = await net.loadWeights(await readKerasWeights(bytesOf(name, format), net));
      expect([missing, await net.digest()]).toEqual([[], wanted]);
    }
    const other = sequential([layers.dense({ units: 2 })], { inputShape: [3], seed: 1 });
    await other.build({ engine });
    expect(await failure(() => readKerasWeights(bytesOf(name, "keras"), other), "DATA_FORMAT")).toContain(
      "kernel, [3, 2]",
    );
    net.dispose();
  });

  it("are told from others", async () => {
    const weights = bytesOf("convolutions, Keras 3", "weights.h5");
    expect(await failure(() => loadKeras(weights), "UNSUPPORTED")).toContain("readKerasWeights");
    expect(await failure(() => loadKeras(new Uint8Array(9)), "DATA_FORMAT")).toContain(
      "neither a .keras nor an .h5 file",
    );
    expect(
      await failure(() => loadKeras(zip({ "a.npy": new Uint8Array(3) }, false)), "DATA_FORMAT"),
    ).toContain('"a.npy"');
    expect(await failure(() => saveKeras({} as never), "INVALID_ARGUMENT")).toContain("pass a model");
  });
});

/** A .keras file with another description. */
function changed(name: string, change: (text: string) => string): Uint8Array {
  const inside = unzip("test", bytesOf(name, "keras"));
  const text = change(new TextDecoder().decode(inside.get("config.json")));
  return zip({ ...Object.fromEntries(inside), "config.json": new TextEncoder().encode(text) }, false);
}

describe("what anygrad has not", () => {
  const name = "convolutions, Keras 3";
  const replaced = (from: string | RegExp, to: string): Uint8Array => {
    const file = changed(name, (text) => {
      expect(text).toMatch(from);
      return text.replace(from, to);
    });
    return file;
  };

  it.each([
    [
      "a class",
      /"class_name": "LeakyReLU"/,
      '"class_name": "Leaking"',
      'layer "leaky_re_lu" (Leaking): "Leaking" is no layer',
    ],
    [
      "an option's value",
      '"data_format": "channels_last"',
      '"data_format": "channels_first"',
      'layer "conv2d" (Conv2D): data_format is',
    ],
    ["an option", '"depth_multiplier": 1', '"depth_multipliers": 1', "depthMultipliers"],
    [
      "an activation",
      '"activation": "elu"',
      '"activation": "exponential"',
      'activation: "exponential" is no activation',
    ],
    ["an initializer", '"class_name": "GlorotUniform"', '"class_name": "Odd"', 'the initializer "Odd"'],
    ["a regularizer", '"class_name": "L2"', '"class_name": "Odd"', 'the regularizer "Odd"'],
    [
      "numbers of another type",
      /"config": {"name": "float32"}/g,
      '"config": {"name": "mixed_float16"}',
      "mixed_float16",
    ],
    ["code", '"class_name": "LeakyReLU"', '"class_name": "Lambda"', "it holds code of Python"],
    [
      "a model of one's own",
      /"class_name": "Sequential"/,
      '"class_name": "Mine"',
      'the model is of the class "Mine"',
    ],
  ])("%s is told with its place", async (_, from, to, told) => {
    expect(await failure(() => loadKeras(replaced(from, to), quiet), "UNSUPPORTED")).toContain(told);
  });

  it("is taken where it is passed", async () => {
    const leaking = defineLayer({
      name: "Leaking",
      options: { negativeSlope: 0.3 },
      call: (x, { options }) => ops.leakyRelu(x, options),
    });
    const file = replaced('"class_name": "LeakyReLU"', '"class_name": "Leaking"');
    const net = await loadKeras(file, { ...quiet, custom: [leaking] });
    const { x, y } = models[name]!;
    expect(difference(await net.predict(x as number[][]), y)).toBeLessThan(2e-6);
    expect(await failure(() => saveKeras(net), "UNSUPPORTED")).toContain("Leaking");
    net.dispose();
  });

  it("of how it was compiled is told, and left", async () => {
    const notes: string[] = [];
    const file = changed("functional, Keras 3", (text) =>
      text.replace('"class_name": "Adam"', '"class_name": "Ftrl"'),
    );
    const net = await loadKeras(file, { engine, onNote: (note) => notes.push(note) });
    expect(notes.join()).toContain("the optimizer (Ftrl is none of anygrad's)");
    expect(net.setup.loss).toBe("meanSquaredError, meanAbsoluteError");
    net.dispose();
  });
});

describe("sizes that are open", () => {
  const open = changed("convolutions, Keras 3", (text) =>
    text.replaceAll("[null, 6, 5, 3]", "[null, null, null, 3]"),
  );

  it("stay so, or are those that are asked for", async () => {
    const { x, y } = models["convolutions, Keras 3"]!;
    for (const inputShape of [undefined, [6, 5, 3], [null, 5, 3]]) {
      const net = await loadKeras(open, { ...quiet, ...(inputShape && { inputShape }) });
      expect(net.inputs[0]!.shape).toEqual(inputShape ?? [null, null, 3]);
      expect(difference(await net.predict(x as number[][]), y)).toBeLessThan(2e-6);
      net.dispose();
    }
  });

  it("are refused where the file has others", async () => {
    const call = () =>
      loadKeras(bytesOf("convolutions, Keras 3", "keras"), { ...quiet, inputShape: [8, 8, 3] });
    expect(await failure(call, "SHAPE_MISMATCH")).toContain("takes examples of [6, 5, 3]");
  });
});

describe("damaged files", () => {
  const codes = ["DATA_FORMAT", "UNSUPPORTED", "MEMORY_LIMIT", "SHAPE_MISMATCH"];
  const fault = (bytes: Uint8Array): Promise<{ code?: string; message: string } | undefined> =>
    loadKeras(bytes, quiet).then(
      (net) => void net.dispose(),
      (error) => error,
    );

  long.each(["h5", "keras"])(
    "a .%s file cut anywhere is an error of one line",
    async (format) => {
      const whole = bytesOf("operations, Keras 3", format);
      for (let length = 0; length < whole.length; length += format === "keras" ? 1 : 7) {
        const error = await fault(whole.slice(0, length));
        expect(codes, `${length} bytes: ${error?.message}`).toContain(error?.code);
        expect(error!.message.length).toBeLessThanOrEqual(500);
        expect(error!.message).not.toContain("\n");
      }
    },
    60_000,
  );

  long(
    "bits that are flipped end in such an error, or in a model",
    async () => {
      const whole = bytesOf("operations, Keras 3", "h5");
      for (let at = 0; at < whole.length; at += 3) {
        const flipped = whole.slice();
        flipped[at]! ^= 1 << (at % 8);
        const error = await fault(flipped);
        if (error) expect(codes, `byte ${at}: ${error.message}`).toContain(error.code);
      }
    },
    60_000,
  );

  it("a circle of layers is told", async () => {
    const file = changed("operations, Keras 3", (text) =>
      text.replace(/"keras_history": \["(?:input|keras)[^"]*", 0, 0\]/g, '"keras_history": ["add", 0, 0]'),
    );
    expect((await fault(file))?.code).toMatch(/DATA_FORMAT|UNSUPPORTED/);
  });

  it("more than maxBytes is not unpacked", async () => {
    const call = () => loadKeras(bytesOf("operations, Keras 3", "keras"), { ...quiet, maxBytes: 1000 });
    expect(await failure(call, "MEMORY_LIMIT")).toContain("raise maxBytes");
  });
});
