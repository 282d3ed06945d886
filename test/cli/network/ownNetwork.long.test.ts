/** Networks of the user's own on the command line: model files, and saved models that need nothing else. */
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
  createEngine,
  dataset,
  datasets,
  layers,
  saveModel,
  sequential,
  writeReport,
} from "../../../node/index.ts";
import { packageFile } from "../../../node/packageFile.ts";
import { long } from "../../long.ts";
import { anygrad } from "../anygrad.ts";
import { served } from "../served.ts";
import { file, folder, mine, refusal } from "./modules.ts";

const list = `import { layers } from "anygrad";
export default [layers.flatten(), layers.dense({ units: 10, activation: "softmax" })];
`;
const small = ["--limit", "60", "--epochs", "1", "--quiet"];

interface Run {
  preset: string;
  digest: string;
  params: { total: number };
}
async function trained(...args: string[]): Promise<Run> {
  const { code, stdout, stderr } = await anygrad(["train", ...args, ...small, "--json"]);
  expect({ code, stderr: stderr.replace("said by the module\n", "") }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Run;
}

const out = join(folder, "run");
let run: Run;
beforeAll(async () => {
  run = await trained(mine, "--out", out, "--no-report", "--set", "units=8");
}, 60_000);

describe("train", () => {
  it("takes a function of the data's shape; stdout stays one object though the module prints", () => {
    expect(run).toMatchObject({ preset: "mine.mjs", params: { total: 784 * 8 + 8 + 8 * 10 + 10 } });
    const { network } = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    expect(network).toEqual({
      file: "mine.mjs",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      set: "units=8",
    });
  });

  it("gives the same bits from the file, from what the run kept of it, and from another copy of the package", async () => {
    expect((await trained("--model", join(out, "network.json"))).digest).toBe(run.digest);
    const elsewhere = join(folder, "elsewhere");
    const copy = join(elsewhere, "node_modules/anygrad");
    mkdirSync(copy, { recursive: true });
    for (const part of ["dist", "package.json"])
      cpSync(packageFile(part), join(copy, part), { recursive: true });
    cpSync(mine, join(elsewhere, "mine.mjs"));
    expect((await trained(join(elsewhere, "mine.mjs"), "--set", "units=8")).digest).toBe(run.digest);
  });

  it("takes a list of layers, an async function, a model, a network that is no chain", async () => {
    const graph = `import { input, layers, model } from "anygrad";
const x = input({ shape: [28, 28, 1] });
const flat = layers.flatten().apply(x);
const a = layers.dense({ units: 8 }).apply(flat);
const b = layers.dense({ units: 8 }).apply(flat);
export default model({ inputs: x, outputs: layers.dense({ units: 10, activation: "softmax" }).apply(layers.add([a, b])) });
`;
    const [fromList, fromFunction, fromModel] = [
      await trained(file("list.mjs", list)),
      await trained(file("async.mjs", list.replace("[layers", "async () => [layers"))),
      await trained(file("graph.mjs", graph)),
    ];
    expect(fromList.params.total).toBe(7850);
    expect(fromFunction.digest).toBe(fromList.digest);
    expect(fromModel.params.total).toBe(2 * 785 * 8 + 90);
    // softmax regression, and the preset of that network
    const softmax = await trained("softmax", "--optimizer", "adam");
    expect(fromList.digest).toBe(softmax.digest);
  });

  it.each<[string, string, string[], RegExp]>([
    ["a syntax error", "const = 3", [], /syntax\.mjs: SyntaxError: .*\(syntax\.mjs:1\)$/],
    [
      "no default export",
      "export const net = 3",
      [],
      /: it has no default export but net; write export default/,
    ],
    [
      "an export that is no network",
      "export default 3",
      [],
      /: it gives a number, 3; what is wanted is a model/,
    ],
    ["a function that throws", "\nexport default () => { null.x; }", [], /TypeError: .*\(throws\.mjs:2\)$/],
    ["a thrown number", "export default () => { throw 5; }", [], /: it throws 5$/],
    [
      "an import that is not there",
      'import "nope"; export default 1',
      [],
      /: it imports "nope", which is not installed/,
    ],
    [
      "a bad option",
      'import { layers } from "anygrad";\nexport default () =>\n  [layers.dense({ units: -1 })];',
      [],
      /dense: units is -1;.*:3\)$/,
    ],
    [
      "layers that do not fit",
      'import { layers } from "anygrad"; export default [layers.conv2d({ filters: 1, kernelSize: 99 })]',
      [],
      /the window spans 99 pixels but the input has only 28/,
    ],
    [
      "another number of classes",
      list.replace("units: 10", "units: 7"),
      [],
      /gives 7 numbers but the data has 10 classes; end in/,
    ],
    [
      "no probabilities",
      list.replace(', activation: "softmax"', ""),
      [],
      /last activation is linear, which gives no probabilities/,
    ],
    [
      "another size of examples",
      'import { layers, sequential } from "anygrad"; export default sequential([layers.flatten(), layers.dense({ units: 10, activation: "softmax" })], { inputShape: [8, 8, 1] })',
      [],
      /takes 8×8×1 but an example of the data is 28×28×1; export a function/,
    ],
    [
      "several outputs",
      'import { input, layers, model } from "anygrad"; const x = input({ shape: [28, 28, 1] }); const all = layers.flatten().apply(x); export default model({ inputs: x, outputs: { kind: layers.dense({ units: 10 }).apply(all), size: layers.dense({ units: 1 }).apply(all) } })',
      [],
      /has the outputs "kind", "size", and the command line trains those of one input and one output; train it by net\.fit/,
    ],
    [
      "a layer of one's own",
      "export default [{ type: 'mine', config: {} }]",
      [],
      /layer 0 is of the type "mine".*hold anygrad's own layers and those that have a definition/,
    ],
    [
      "a compiled model",
      'import { layers, sequential } from "anygrad"; const net = sequential([layers.flatten(), layers.dense({ units: 10, activation: "softmax" })], { inputShape: [28, 28, 1] }); await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy" }); export default net;',
      [],
      /its model is compiled; export it before compile/,
    ],
    [
      "an option of presets",
      list,
      ["--dropout", "0.5"],
      /^--dropout changes the network of a preset, but options\.mjs has its own/,
    ],
    ["--set without a function", list, ["--set", "a=1"], /--set a: it exports no function/],
    [
      "--set that is misspelt",
      readFileSync(mine, "utf8"),
      ["--set", "unit=8"],
      /--set unit: its function does not read unit; did you mean units\?/,
    ],
    [
      "--set of what the data give",
      readFileSync(mine, "utf8"),
      ["--set", "classes=8"],
      /--set classes: the function gets classes from the data/,
    ],
  ])("refuses %s in one line", async (what, text, args, message) => {
    const names: Record<string, string> = {
      "a syntax error": "syntax",
      "a function that throws": "throws",
      "an option of presets": "options",
    };
    const path = file(`${names[what] ?? what.replace(/\W/g, "-")}.mjs`, text);
    expect(await refusal(["train", path, ...small, ...args])).toMatch(message);
  });

  it.each<[string, string[], RegExp]>([
    ["a file that is not there", ["nix.mjs"], /^nix\.mjs: no file there; pass a \.mjs/],
    ["a folder", ["./"], /: a folder, no file \(data are named by --dataset\);/],
    [
      "JSON of something else",
      [file("other.json", '{"a":1}')],
      /it holds no network: "inputShape" and "layers" are wanted/,
    ],
    ["damaged JSON", [file("damaged.json", "{")], /it is no JSON/],
    [
      "JSON with a damaged layer",
      [file("layer.json", '{"inputShape":[28,28,1],"layers":[null]}')],
      /item 0 of its list is no layer but null/,
    ],
    ["a preset as --model", ["--model", "mlp-64"], /mlp-64 is a preset; write it without --model/],
    ["two networks", ["--model", mine, "mlp-64"], /both name a network; leave one of them out/],
    ["--set for a preset", ["mlp-64", "--set", "units=3"], /--set is for the function of a model file/],
    ["--set without a value", [mine, "--set", "units"], /write NAME=VALUE/],
  ])("refuses %s", async (_, args, message) => {
    expect(await refusal(["train", ...args, ...small])).toMatch(message);
  });
});

describe("summary", () => {
  it("prints the network of a file or a preset for a shape", async () => {
    const own = await served([
      "summary",
      mine,
      "--input-shape",
      "8x8x3",
      "--classes",
      "4",
      "--set",
      "units=2",
    ]);
    expect(own.stdout).toContain(`Total params: ${192 * 2 + 2 + 8 + 4} `);
    const cnn = await served(["summary", "cnn", "--input-shape", "96x96x3", "--classes", "3"]);
    expect(cnn.stdout).toContain("(None, 6, 6, 128)");
    expect(await refusal(["summary"])).toMatch(/no network; name a preset/);
    expect(await refusal(["summary", "cnn", "--input-shape", "8x"])).toMatch(
      /--input-shape is "8x"; pass the shape/,
    );
  });

  it("prints a saved model, and what it takes", async () => {
    const saved = await served(["summary", out]);
    expect(saved.stdout).toContain("Total params: 6,370");
    expect(saved.stdout).toContain("takes       examples of 28×28×1\n");
    expect(saved.stdout).toContain("pixels      bytes, times 0.003922\n");
    expect(await refusal(["summary", out, "--classes", "3"])).toMatch(
      /saved model, which --classes cannot change/,
    );
  });
});

describe("a model saved from code", () => {
  const path = join(folder, "flowers.safetensors");
  const rows = Array.from({ length: 20 }, (_, i) => [10 * (i % 2) + (i % 3), 200, 3 * i, 4]);
  beforeAll(async () => {
    const net = sequential([layers.dense({ units: 1, activation: "sigmoid" })], { inputShape: [4], seed: 1 });
    await net.compile({
      optimizer: "adam",
      loss: "binaryCrossentropy",
      engine: await createEngine({ threads: 1 }),
    });
    const data = { ...dataset({ x: rows, y: rows.map((_, i) => [i % 2]) }), classNames: ["even", "odd"] };
    await net.fit(data, { epochs: 60, batchSize: 4, seed: 1 });
    await saveModel(net, path);
  });

  it("is shown, tested and asked with the names of its own classes", async () => {
    expect((await served(["summary", path])).stdout).toContain("2 classes  even, odd\n");
    const set = file(
      "flowers.csv",
      `label,a,b,c,d\n${rows.map((row, i) => [i % 2, ...row].join(",")).join("\n")}`,
    );
    const tested = await served(["evaluate", path, "--dataset", set, "--json"]);
    expect([tested.code, tested.stderr]).toEqual([0, ""]);
    expect(JSON.parse(tested.stdout).perClass.map(({ name }: { name: string }) => name)).toEqual([
      "even",
      "odd",
    ]);
  });

  long("is tested on no data that nobody named", async () => {
    const wanted = /does not say which data it was trained on; name the set with --dataset/;
    expect(await refusal(["evaluate", path])).toMatch(wanted);
    const pictures = join(folder, "pictures.safetensors");
    const engine = await createEngine({ threads: 1 });
    const net = sequential([layers.flatten(), layers.dense({ units: 10, activation: "softmax" })], {
      inputShape: [28, 28, 1],
      seed: 1,
    });
    await net.compile({ loss: "sparseCategoricalCrossentropy", engine });
    await saveModel(net, pictures);
    expect(await refusal(["evaluate", pictures])).toMatch(wanted); // digits would fit
    const { train, test } = await datasets.digits({ train: 40, test: 20 });
    const history = await net.fit(train, { seed: 1 });
    await writeReport(net, history, test, join(folder, "mine"), { dataset: "my digits" });
    expect(await refusal(["evaluate", join(folder, "mine")])).toMatch(wanted);
    await writeReport(net, history, test, join(folder, "known"));
    const { code, stdout } = await served(["evaluate", join(folder, "known"), "--limit", "20", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ dataset: "digits", test: { accuracy: expect.any(Number) } });
  });

  it("refuses data with classes that it does not know", async () => {
    const set = file(
      "three.csv",
      `label,a,b,c,d\n${rows.map((row, i) => [i % 3, ...row].join(",")).join("\n")}`,
    );
    expect(await refusal(["evaluate", path, "--dataset", set])).toMatch(/it has 3 classes, but the model 2;/);
  });
});

describe("without a preset", () => {
  it("the data choose, and it is said", async () => {
    const set = file(
      "table.csv",
      `label,a,b,c\n${Array.from({ length: 30 }, (_, i) => `${i % 2},${i},${2 * i},3`).join("\n")}`,
    );
    const { stderr, code } = await anygrad(["train", "--dataset", set, "--epochs", "1"]);
    expect(code).toBe(0);
    expect(stderr).toContain("no network is named: table fits the data; anygrad presets lists the others\n");
    const digits = await anygrad(["train", "--limit", "20", "--epochs", "1"]);
    expect(digits.stderr).not.toContain("no network is named");
    expect(digits.stderr).toContain("cnn-32-32 on digits");
  });
});
