/**
 * Bad files of every format by one table: cut short, larger than allowed, in a circle, with an unknown operator, with weights that lie elsewhere, for
 * examples of another size, with weights of other shapes. Each is one line that says what and where, and nothing is loaded in part.
 */
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { encode } from "fast-png";
import { describe, expect, it } from "vitest";
import * as nodeEntry from "../../node/index.ts";
import * as entry from "../../src/index.ts";
import { AnygradError, createEngine, layers, load, type Model, sequential } from "../../src/index.ts";
import type { JsonObject } from "../../src/io/json.ts";
import * as kerasEntry from "../../src/io/keras/index.ts";
import { loadKeras, readKerasWeights, saveKeras } from "../../src/io/keras/index.ts";
import * as npzEntry from "../../src/io/npz/index.ts";
import { readNpz, writeNpz } from "../../src/io/npz/index.ts";
import * as onnxEntry from "../../src/io/onnx/index.ts";
import { loadOnnx, saveOnnx } from "../../src/io/onnx/index.ts";
import * as safetensorsEntry from "../../src/io/safetensors/index.ts";
import { readSafetensors, writeSafetensors } from "../../src/io/safetensors/index.ts";
import * as tfjsEntry from "../../src/io/tfjs/index.ts";
import { loadTfjs, saveTfjs } from "../../src/io/tfjs/index.ts";
import * as tfliteEntry from "../../src/io/tflite/index.ts";
import { loadTflite } from "../../src/io/tflite/index.ts";
import { unzip, zip } from "../../src/io/zip/archive.ts";
import { readFixture } from "../reference/comparison/fixtures.ts";
import { floats, graph, node } from "./onnx/graph.ts";
import { tflite } from "./tflite/write.ts";

const engine = await createEngine({ threads: 1 });
const quiet = { engine, onNote: () => {} };
const text = (json: unknown): string => JSON.stringify(json);
const bytes = (json: unknown): Uint8Array => new TextEncoder().encode(text(json));
const parsed = (given: Uint8Array | string): JsonObject =>
  JSON.parse(typeof given === "string" ? given : new TextDecoder().decode(given));

/** A network of two layers that all formats have, for examples of four numbers. */
async function network(units = 3): Promise<Model> {
  const net = sequential([layers.dense({ units, name: "first" }), layers.dense({ units: 2, name: "last" })], {
    inputShape: [4],
    seed: 1,
  });
  await net.build({ engine });
  return net;
}
const net = await network();
const [keras, onnx, safetensors, tfjs] = [saveKeras(net), saveOnnx(net), await net.save(), saveTfjs(net)];
const arrays = Object.fromEntries(net.getWeights().map(({ name, ...each }) => [name, each]));
const npz = writeNpz(arrays);
const plain = writeSafetensors(arrays);
const { files } = (
  readFixture("keras/features") as { models: Record<string, { files: Record<string, string> }> }
).models.blocks!;
const h5 = new Uint8Array(gunzipSync(Buffer.from(files.h5!, "base64")));
const addition = { code: 0, inputs: [0, 1], outputs: [2] };
const numbers = { shape: [4], data: Float32Array.of(1, 2, 3, 4) };
const liteTensors = [{ shape: [1, 4] }, numbers, { shape: [1, 4] }];
const lite = tflite({ tensors: liteTensors, operators: [addition] });
const graphFile = {
  format: "graph-model",
  modelTopology: {
    node: [
      { name: "x", op: "Placeholder", attr: { shape: { shape: { dim: [{ size: "-1" }, { size: "4" }] } } } },
      { name: "y", op: "Relu", input: ["x"] },
    ],
  },
  weightsManifest: [],
};

/** The description in a .keras file, changed. */
function kerasWith(change: (config: string) => string): Uint8Array {
  const inside = Object.fromEntries(unzip("test", keras));
  const config = change(new TextDecoder().decode(inside["config.json"]));
  return zip({ ...inside, "config.json": new TextEncoder().encode(config) }, false);
}
/** model.json of a layers model, changed. */
const tfjsWith = (change: (json: string) => string): object => ({
  ...tfjs,
  "model.json": change(tfjs["model.json"]),
});
/** A functional model of one layer that takes what it gives. */
const circle = {
  class_name: "Functional",
  config: {
    name: "circle",
    layers: [
      {
        class_name: "InputLayer",
        name: "x",
        config: { name: "x", batch_input_shape: [null, 4] },
        inbound_nodes: [],
      },
      {
        class_name: "Add",
        name: "a",
        config: { name: "a" },
        inbound_nodes: [
          [
            ["x", 0, 0, {}],
            ["b", 0, 0, {}],
          ],
        ],
      },
      { class_name: "ReLU", name: "b", config: { name: "b" }, inbound_nodes: [[["a", 0, 0, {}]]] },
    ],
    input_layers: [["x", 0, 0]],
    output_layers: [["b", 0, 0]],
  },
};

/** What ends in an error, the codes that it may have, and what its line says. */
type Row = readonly [format: string, run: () => Promise<unknown>, code: string, said: RegExp];

const oversized: readonly Row[] = [
  [
    ".keras, unpacked",
    () => loadKeras(keras, { ...quiet, maxBytes: 999 }),
    "MEMORY_LIMIT",
    /loadKeras: .*maxBytes/,
  ],
  [".h5", () => loadKeras(h5, { ...quiet, maxBytes: 999 }), "MEMORY_LIMIT", /loadKeras: .*maxBytes/],
  ["ONNX", () => loadOnnx(onnx, { engine, maxBytes: 99 }), "MEMORY_LIMIT", /loadOnnx: .*maxBytes/],
  [
    "ONNX, sizes without numbers",
    () =>
      loadOnnx(
        graph({
          inputs: { x: ["n", 4] },
          nodes: [node("Add", ["x", "w"], ["y"])],
          weights: [{ name: "w", dims: [1e9, 1e9], dataType: 1, floatData: [1] }],
        }),
        { engine },
      ),
    "DATA_FORMAT",
    /"w"/,
  ],
  ["TFLite", () => loadTflite(lite, { engine, maxBytes: 99 }), "MEMORY_LIMIT", /loadTflite: .*maxBytes/],
  [
    "TFLite, sizes without numbers",
    () =>
      loadTflite(
        tflite({
          tensors: [liteTensors[0]!, { ...numbers, shape: [1e9, 4] }, liteTensors[2]!],
          operators: [addition],
        }),
        { engine },
      ),
    "DATA_FORMAT",
    /do not fill its shape \[1000000000, 4\]/,
  ],
  ["TensorFlow.js", () => loadTfjs(tfjs, { ...quiet, maxBytes: 9 }), "MEMORY_LIMIT", /loadTfjs: .*maxBytes/],
  [
    "TensorFlow.js, sizes without numbers",
    () =>
      loadTfjs(
        tfjsWith((json) => json.replace('"shape":[4,3]', '"shape":[4000000,3]')),
        quiet,
      ),
    "DATA_FORMAT",
    /"first\/kernel" ends at byte 48000000 of \d+: the files of weights are not whole/,
  ],
  ["safetensors", () => load(safetensors, { engine, maxBytes: 99 }), "MEMORY_LIMIT", /load: .*maxBytes/],
  [
    "safetensors, sizes without numbers",
    () => {
      const head = bytes({ w: { dtype: "F32", shape: [1e9], data_offsets: [0, 4e9] } });
      const file = new Uint8Array(8 + head.length + 4);
      file[0] = head.length;
      file.set(head, 8);
      return readSafetensors(file);
    },
    "DATA_FORMAT",
    /tensor "w" does not lie within its \d+ bytes/,
  ],
  ["npz, unpacked", () => readNpz(npz, { maxBytes: 99 }), "MEMORY_LIMIT", /readNpz: .*maxBytes/],
  ["ONNX, of no limit at all", () => loadOnnx(onnx, { engine, maxBytes: Number.NaN }), "MEMORY_LIMIT", /NaN/],
  [
    "TensorFlow.js, a file again and again",
    () =>
      loadTfjs(
        tfjsWith((json) => json.replace('["weights.bin"]', text(new Array(1e5).fill("weights.bin")))),
        quiet,
      ),
    "DATA_FORMAT",
    /weightsManifest names the file "weights.bin" twice/,
  ],
];

const circles: readonly Row[] = [
  [
    ".keras",
    () =>
      loadKeras(
        zip({ ...Object.fromEntries(unzip("test", keras)), "config.json": bytes(circle) }, false),
        quiet,
      ),
    "DATA_FORMAT",
    /what leads to the layer "[ab]" is a circle/,
  ],
  [
    "TensorFlow.js",
    () => loadTfjs({ modelTopology: circle, weightsManifest: [] }, quiet),
    "DATA_FORMAT",
    /what leads to the layer "[ab]" is a circle/,
  ],
  [
    "TensorFlow.js, a graph",
    () => {
      const ring = structuredClone(graphFile);
      ring.modelTopology.node[1] = { name: "y", op: "AddV2", input: ["x", "z"] };
      ring.modelTopology.node.push(
        { name: "z", op: "Relu", input: ["y"] },
        { name: "end", op: "Relu", input: ["z"] },
      );
      return loadTfjs(ring, quiet);
    },
    "DATA_FORMAT",
    /"[yz]".*(wait for each other|circle)/,
  ],
  [
    "ONNX",
    () =>
      loadOnnx(
        graph({
          inputs: { x: ["n", 4] },
          nodes: [node("Add", ["x", "b"], ["y"]), node("Relu", ["y"], ["b"])],
        }),
        { engine },
      ),
    "DATA_FORMAT",
    /"Relu_b" and "Add_y" wait for each other/,
  ],
  [
    "TFLite",
    () =>
      loadTflite(
        tflite({
          tensors: [{ shape: [1, 4] }, { shape: [1, 4] }, { shape: [1, 4] }],
          operators: [
            { code: 0, inputs: [0, 2], outputs: [1] },
            { code: 19, inputs: [1], outputs: [2] },
          ],
        }),
        { engine },
      ),
    "DATA_FORMAT",
    /"t1" and "t2" wait for each other/,
  ],
];

const unknown: readonly Row[] = [
  [
    ".keras",
    () =>
      loadKeras(
        kerasWith((json) => json.replace('"Dense"', '"Thick"')),
        quiet,
      ),
    "UNSUPPORTED",
    /layer "first" \(Thick\)/,
  ],
  [
    "TensorFlow.js",
    () =>
      loadTfjs(
        tfjsWith((json) => json.replace('"Dense"', '"Thick"')),
        quiet,
      ),
    "UNSUPPORTED",
    /layer "first" \(Thick\)/,
  ],
  [
    "TensorFlow.js, a graph",
    () => loadTfjs(parsed(text(graphFile).replace('"Relu"', '"Rely"')), quiet),
    "UNSUPPORTED",
    /"y" \(Rely\)/,
  ],
  [
    "ONNX",
    () => loadOnnx(graph({ inputs: { x: ["n", 4] }, nodes: [node("Rely", ["x"], ["y"])] }), { engine }),
    "UNSUPPORTED",
    /"Rely_y" \(Rely\)/,
  ],
  [
    "TFLite",
    () =>
      loadTflite(tflite({ tensors: liteTensors, operators: [{ ...addition, code: 32, custom: "Rely" }] }), {
        engine,
      }),
    "UNSUPPORTED",
    /operator 0, Rely/,
  ],
  [
    "safetensors",
    () =>
      load(
        Buffer.from(
          Buffer.from(safetensors).toString("latin1").replaceAll('"dense\\"', '"thick\\"'),
          "latin1",
        ),
        { engine },
      ),
    "UNSUPPORTED|DATA_FORMAT",
    /load: .*thick/,
  ],
];

const outside = ["../weights.bin", "/etc/passwd", "a/../../b", "C:\\w", "file:w"];
const elsewhere: readonly Row[] = outside.flatMap((path): Row[] => [
  [
    `ONNX, ${path}`,
    () =>
      loadOnnx(
        graph({
          inputs: { x: ["n", 1] },
          nodes: [node("Add", ["x", "w"], ["y"])],
          weights: [
            {
              name: "w",
              dims: [1],
              dataType: 1,
              dataLocation: 1,
              externalData: [{ key: "location", value: path }],
            },
          ],
        }),
        { engine, externalData: never },
      ),
    "DATA_FORMAT",
    /the weights "w" .* not in the folder of the model/,
  ],
  [
    `TensorFlow.js, ${path}`,
    () =>
      loadTfjs(parsed(tfjs["model.json"].replace('"weights.bin"', text(path))), {
        ...quiet,
        fetchWeights: never,
      }),
    "DATA_FORMAT",
    /model\.json says that weights are in .* not in its folder/,
  ],
]);
/** What must not be asked for. */
function never(): never {
  throw new Error("a path that leads out of the folder was asked for");
}

const other = [[1, 2, 3, 4, 5]];
const sizes: readonly Row[] = [
  [
    ".keras",
    () => loadKeras(keras, { ...quiet, inputShape: [5] }),
    "SHAPE_MISMATCH",
    /takes examples of \[4\], and no inputShape \[5\]/,
  ],
  [
    "TensorFlow.js",
    () => loadTfjs(tfjs, { ...quiet, inputShape: [5] }),
    "SHAPE_MISMATCH",
    /takes examples of \[4\], and no inputShape \[5\]/,
  ],
  [
    "ONNX",
    async () => loadOnnx(onnx, { engine, shapes: { input: [null, 5] } }),
    "DATA_FORMAT",
    /"first\/MatMul" \(MatMul\): its weights \[4, 3\] do not fit \[N, 5\]/,
  ],
  ...(
    [
      [".keras", () => loadKeras(keras, quiet)],
      ["ONNX", () => loadOnnx(onnx, { engine })],
      ["TFLite", () => loadTflite(lite, { engine })],
      ["TensorFlow.js", () => loadTfjs(tfjs, quiet)],
      ["safetensors", () => load(safetensors, { engine })],
    ] as [string, () => Promise<Model>][]
  ).map(
    ([format, read]): Row => [
      `${format}, data`,
      async () => {
        const model = await read();
        try {
          return await model.predict(other);
        } finally {
          model.dispose();
        }
      },
      "SHAPE_MISMATCH",
      /predict: .*5.*4|predict: .*4.*5/,
    ],
  ),
];

const wide = await network(5);
const strangers = Object.fromEntries(wide.getWeights().map(({ name, ...each }) => [name, each]));
const unfit: readonly Row[] = [
  [
    ".keras",
    () =>
      loadKeras(
        zip(
          {
            ...Object.fromEntries(unzip("test", keras)),
            "model.weights.h5": unzip("test", saveKeras(wide)).get("model.weights.h5")!,
          },
          false,
        ),
        quiet,
      ),
    "DATA_FORMAT",
    /layer "first" \(Dense\): its kernel, \[4, 3\], is not among the weights/,
  ],
  [
    "TensorFlow.js",
    () =>
      loadTfjs(
        { ...saveTfjs(wide), "model.json": saveTfjs(wide)["model.json"].replace('"units":5', '"units":3') },
        quiet,
      ),
    "DATA_FORMAT",
    /layer "first" \(Dense\): its kernel, \[4, 3\], is not among the weights in the file: first\/kernel \[4, 5\]/,
  ],
  [
    "ONNX",
    () =>
      loadOnnx(
        graph({
          inputs: { x: ["n", 4] },
          nodes: [node("MatMul", ["x", "w"], ["y"])],
          weights: [floats("w", [5, 1], [1, 2, 3, 4, 5])],
        }),
        { engine },
      ),
    "DATA_FORMAT|SHAPE_MISMATCH",
    /"MatMul_y" \(MatMul\)/,
  ],
  [
    "TFLite",
    () =>
      loadTflite(
        tflite({
          tensors: [{ shape: [1, 4] }, { shape: [2, 5], data: new Float32Array(10) }, { shape: [1, 2] }],
          operators: [{ code: 9, inputs: [0, 1, -1], outputs: [2] }],
        }),
        { engine },
      ),
    "DATA_FORMAT|SHAPE_MISMATCH",
    /operator 0, FULLY_CONNECTED/,
  ],
  ...(
    [
      ["safetensors", () => writeSafetensors(strangers)],
      ["npz", () => readNpz(writeNpz(strangers))],
      [".keras", async () => readKerasWeights(saveKeras(wide), wide)],
      ["anygrad's own", () => wide.save()],
    ] as [string, () => Promise<never>][]
  ).map(
    ([format, read]): Row => [
      `${format}, by names`,
      async () => net.loadWeights(await read()),
      "DATA_FORMAT|SHAPE_MISMATCH",
      /loadWeights: .*first\/kernel.*\[4, 5\].*\[4, 3\]|loadWeights: .*first\/kernel.*\[4, 3\].*\[4, 5\]/,
    ],
  ),
];

/** One line, of one of the codes, that says what and where; and a network that is there is as it was. */
async function expectRefused([, run, code, said]: Row): Promise<void> {
  const before = await net.digest();
  const error: unknown = await run().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AnygradError);
  const { code: got, message } = error as AnygradError;
  expect(`${got}: ${message}`).toMatch(new RegExp(`^(${code}): `));
  expect(message).toMatch(said);
  expect(message).not.toContain("\n");
  expect(message.length).toBeLessThanOrEqual(500);
  expect(await net.digest()).toBe(before);
}

/** A response that never ends. */
function endless(): Response {
  return new Response(
    new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(1000).fill(49)) }),
  );
}
const model = { modelTopology: circle, weightsManifest: [] };
const folder = mkdtempSync(join(tmpdir(), "anygrad-limits-"));
await nodeEntry.saveModel(net, join(folder, "model.safetensors"));
await checkpointIn(folder);
const pictures = join(folder, "pictures");
for (const name of ["one", "two"]) mkdirSync(join(pictures, name), { recursive: true });
const png = join(pictures, "one", "a.png");
writeFileSync(png, encode({ width: 100, height: 100, channels: 1, data: new Uint8Array(10_000) }));
for (const copy of ["one/b.png", "two/a.png", "two/b.png"]) copyFileSync(png, join(pictures, copy));

async function checkpointIn(at: string): Promise<void> {
  const trained = await network();
  await trained.compile({ engine, loss: "meanSquaredError" });
  const callbacks = [nodeEntry.checkpointFolder(trained, at)];
  await trained.fit({ x: [[1, 2, 3, 4]], y: [[0, 1]] }, { epochs: 1, seed: 1, callbacks });
}

/** What each reader of the package does with its least limit, by its name; a response that has no end is one. */
const limits: Readonly<Record<string, readonly (() => Promise<unknown>)[]>> = {
  load: [() => load(safetensors, { maxBytes: 99 }), () => load(endless(), { maxBytes: 99 })],
  loadWeights: [
    () => net.loadWeights(safetensors, { maxBytes: 99 }),
    () => net.loadWeights(endless(), { maxBytes: 99 }),
  ],
  loadVariables: [
    () => entry.loadVariables(new Uint8Array(100), {}, {}, { maxBytes: 99 }),
    () => entry.loadVariables(endless(), {}, {}, { maxBytes: 99 }),
  ],
  loadKeras: [
    () => loadKeras(keras, { ...quiet, maxBytes: 99 }),
    () => loadKeras(endless(), { ...quiet, maxBytes: 99 }),
  ],
  readKerasWeights: [
    () => readKerasWeights(keras, net, { maxBytes: 99 }),
    () => readKerasWeights(endless(), net, { maxBytes: 99 }),
  ],
  loadOnnx: [
    () => loadOnnx(onnx, { engine, maxBytes: 99 }),
    () => loadOnnx(endless(), { engine, maxBytes: 99 }),
  ],
  loadTflite: [
    () => loadTflite(lite, { engine, maxBytes: 99 }),
    () => loadTflite(endless(), { engine, maxBytes: 99 }),
  ],
  loadTfjs: [
    () => loadTfjs(tfjs, { ...quiet, maxBytes: 9 }),
    () => loadTfjs(endless(), { ...quiet, maxBytes: 99 }),
    () => loadTfjs(bytes(model), { ...quiet, maxBytes: 99 }),
  ],
  readSafetensors: [
    () => readSafetensors(plain, { maxBytes: 99 }),
    () => readSafetensors(new Blob([plain as Uint8Array<ArrayBuffer>]), { maxBytes: 99 }),
    () => readSafetensors(endless(), { maxBytes: 99 }),
  ],
  readNpz: [() => readNpz(npz, { maxBytes: 99 }), () => readNpz(endless(), { maxBytes: 99 })],
  readIdx: [
    () => entry.readIdx(idx(100), { maxBytes: 99 }),
    () => entry.readIdx(new Uint8Array(gzipSync(idx(1e6))), { maxBytes: 99_999 }),
    () => entry.readIdx(endless(), { maxBytes: 99 }),
  ],
  readCsv: [
    () => entry.readCsv("0,1\n1,2\n", { maxBytes: 4 }),
    () => entry.readCsv(endless(), { maxBytes: 99 }),
  ],
  readTable: [
    () => entry.readTable("a,b\n1,2\n3,4\n", { label: "b", maxBytes: 4 }),
    () => entry.readTable(endless(), { label: "b", maxBytes: 99 }),
  ],
  loadModel: [() => nodeEntry.loadModel(folder, { maxBytes: 99 })],
  loadCheckpoint: [() => nodeEntry.loadCheckpoint(folder, { maxBytes: 99 })],
  readImage: [() => nodeEntry.readImage(png, { maxPixels: 99 })],
  readImages: [() => nodeEntry.readImages(pictures, { maxPixels: 99 })],
};
function idx(count: number): Uint8Array {
  const file = new Uint8Array(8 + count);
  file.set([0, 0, 8, 1]);
  new DataView(file.buffer).setUint32(4, count);
  return file;
}

describe("every reader of the package has a limit", () => {
  const modules = {
    entry,
    nodeEntry,
    kerasEntry,
    npzEntry,
    onnxEntry,
    safetensorsEntry,
    tfjsEntry,
    tfliteEntry,
  };
  const readers = Object.values(modules).flatMap((each) =>
    Object.keys(each).filter((name) => /^(load|read)[A-Z]|^load$/.test(name)),
  );
  it.each([...new Set([...readers, "loadWeights"])])("%s", async (name) => {
    expect(Object.keys(limits)).toContain(name);
    for (const run of limits[name]!)
      await expectRefused([name, run, "MEMORY_LIMIT|DATA_FORMAT", /raise max(Bytes|Pixels)|pixels/]);
  });
});

describe.each<[string, readonly Row[]]>([
  ["larger than allowed", oversized],
  ["a circle", circles],
  ["an operator that nobody knows", unknown],
  ["weights that lie elsewhere", elsewhere],
  ["examples of another size", sizes],
  ["weights of other shapes", unfit],
])("%s", (_, rows) => {
  it.each(rows.map((row) => [row[0], row] as const))("%s", (_name, row) => expectRefused(row));
});

describe("cut short", () => {
  const wholes: readonly (readonly [string, Uint8Array, (bytes: Uint8Array) => Promise<unknown>])[] = [
    [".keras", keras, (cut) => loadKeras(cut, quiet)],
    [".h5", h5, (cut) => loadKeras(cut, quiet)],
    ["ONNX", onnx, (cut) => loadOnnx(cut, { engine })],
    ["TFLite", lite, (cut) => loadTflite(cut, { engine })],
    [
      "model.json",
      new TextEncoder().encode(tfjs["model.json"]),
      (cut) => loadTfjs({ ...tfjs, "model.json": cut }, quiet),
    ],
    ["weights.bin", tfjs["weights.bin"], (cut) => loadTfjs({ ...tfjs, "weights.bin": cut }, quiet)],
    ["anygrad's own", safetensors, (cut) => load(cut, { engine })],
    ["safetensors", plain, (cut) => readSafetensors(cut)],
    ["npz", npz, (cut) => readNpz(cut)],
  ];
  const shares = [0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99];

  it.each(wholes)("%s, anywhere", async (name, whole, read) => {
    for (const length of [...shares.map((share) => Math.floor(share * whole.length)), whole.length - 1])
      await expectRefused([
        name,
        () => read(whole.slice(0, length)),
        "DATA_FORMAT|UNSUPPORTED|MEMORY_LIMIT",
        /^\w+: /,
      ]);
  });
});
