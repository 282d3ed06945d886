/** `anygrad export --weights`, `--keep` and `--inference`, and what is told of the loss. */
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
  createEngine,
  datasets,
  type Engine,
  layers,
  load,
  type QuantizationReport,
  sequential,
} from "../../../src/index.ts";
import { readSafetensors } from "../../../src/io/safetensors/index.ts";
import { temporaryFolder } from "../anygrad.ts";
import { served } from "../served.ts";

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
let engine: Engine;

beforeAll(async () => {
  engine = await createEngine({ threads: 1 });
  const net = sequential(
    [
      layers.conv2d({ filters: 4, kernelSize: 5, strides: 2 }),
      layers.batchNormalization({ momentum: 0.8 }),
      layers.relu(),
      layers.flatten(),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
    { inputShape: [28, 28, 1], seed: 1 },
  );
  await net.compile({
    optimizer: "adam",
    loss: "sparseCategoricalCrossentropy",
    metrics: "accuracy",
    engine,
  });
  await net.fit((await datasets.digits({ train: 600, test: 1 })).train, { epochs: 4 });
  writeFileSync(at("model.safetensors"), await net.save());
  await net.build();
  const bare = sequential([layers.flatten(), layers.dense({ units: 10 })], { inputShape: [28, 28, 1] });
  await bare.build({ engine });
  writeFileSync(at("bare.safetensors"), await bare.save());
});

const stored = ["export", at("model.safetensors"), "--format", "safetensors"];
const digits = ["--dataset", "digits", "--limit", "200"];

async function done(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const ended = await served(args);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return ended;
}

describe("export --weights", () => {
  it.each(["int8", "float16"])("%s tells scores, sizes and layers, as a table and as JSON", async (type) => {
    const out = at(`${type}.safetensors`);
    const { stdout, stderr } = await done(...stored, "--weights", type, "--out", out, ...digits);
    expect(stderr).toContain(`${out}: `);
    const json = await done(...stored, "--weights", type, "--out", out, ...digits, "--json");
    const { quantization, files, digest } = JSON.parse(json.stdout) as {
      quantization: QuantizationReport;
      files: { bytes: number }[];
      digest: string;
    };
    expect(quantization).toMatchObject({ weights: type, metric: "accuracy" });
    expect(quantization.after.bytes).toBe(statSync(out).size);
    expect(files[0]!.bytes).toBe(statSync(out).size);
    expect(quantization.before.bytes).toBe(statSync(at("model.safetensors")).size);
    expect(quantization.layers.map(({ name }) => name).sort()).toEqual(["conv2d", "dense"]);
    expect(quantization.before.scores.accuracy).toBeGreaterThan(0.5);
    expect(Math.abs(quantization.drop)).toBeLessThan(0.05);
    expect(stdout).toMatch(new RegExp(`^ +float32 +${type}\naccuracy +0\\.\\d{4} +0\\.\\d{4} +`));
    expect(stdout).toMatch(/\nsize +\S+ KiB +\S+ KiB +\d\d\.\d %\n/);
    expect(stdout).toMatch(/\ndense +4,?840|\ndense +5,760/);
    // what was scored is what evaluate scores
    const score = await done("evaluate", out, ...digits, "--json");
    expect(JSON.parse(score.stdout).test.accuracy).toBe(quantization.after.scores.accuracy);
    expect(digest).toHaveLength(64);
  });

  it("in ONNX are those of safetensors", async () => {
    const [file, same] = [at("small.onnx"), at("small.safetensors")];
    await done("export", at("model.safetensors"), "--format", "onnx", "--weights", "int8", "--out", file);
    await done(...stored, "--weights", "int8", "--out", same);
    const scores = await Promise.all(
      [file, same].map(async (path) => {
        const { stdout } = await done("evaluate", path, ...digits, "--json");
        return (JSON.parse(stdout) as { test: { accuracy: number } }).test.accuracy;
      }),
    );
    expect(scores[0]).toBe(scores[1]);
    expect(statSync(file).size).toBeLessThan(statSync(at("model.safetensors")).size / 2);
  });

  it("of a model that is int8 already says so", async () => {
    const once = at("once.safetensors");
    await done(...stored, "--weights", "int8", "--out", once);
    const twice = [
      "export",
      once,
      "--format",
      "safetensors",
      "--weights",
      "int8",
      "--out",
      at("twice.safetensors"),
    ];
    const { stderr } = await done(...twice);
    expect(stderr).toContain("its weights are int8 already");
    expect(readFileSync(at("twice.safetensors"))).toEqual(readFileSync(once));
  });

  it("of a model without a loss is scored by the one that fits its end", async () => {
    const out = at("scored.safetensors");
    const args = [
      "export",
      at("bare.safetensors"),
      "--format",
      "safetensors",
      "--weights",
      "int8",
      "--out",
      out,
    ];
    const { stdout } = await done(...args, ...digits, "--json");
    expect(JSON.parse(stdout).quantization.metric).toBe("accuracy");
  });

  it("keeps layers, and folds with --inference, also into other formats", async () => {
    const out = at("kept.safetensors");
    await done(...stored, "--weights", "int8", "--keep", "dense", "--inference", "--out", out);
    const { arrays } = await readSafetensors(readFileSync(out));
    expect(Object.entries(arrays).map(([name, { dtype }]) => `${name} ${dtype}`)).toEqual([
      "conv2d/kernel int8",
      "scale//conv2d/kernel float32",
      "conv2d/bias float32",
      "dense/kernel float32",
      "dense/bias float32",
    ]);
    expect((await load(readFileSync(out), { engine })).layers.map(({ type }) => type)).toEqual([
      "conv2d",
      "flatten",
      "dense",
    ]);
    const folded = [
      "export",
      at("model.safetensors"),
      "--format",
      "onnx",
      "--inference",
      "--out",
      at("folded.onnx"),
    ];
    await done(...folded);
    const { stdout } = await done("inspect", at("folded.onnx"));
    expect(stdout).not.toContain("BatchNormalization");
  });

  it.each([
    [
      "another format",
      ["--format", "keras", "--weights", "int8"],
      /--weights int8 is for --format safetensors or onnx; leave it out of keras/,
    ],
    ["another type", ["--weights", "int4"], /--weights "int4" is unknown; did you mean int8/],
    ["a layer that is not there", ["--weights", "int8", "--keep", "dense,conv"], /keep: "conv" is unknown/],
    ["layers alone", ["--keep", "dense"], /pass --weights int8, too/],
    ["data alone", digits, /pass --weights int8 or float16, too/],
    ["data of another size", ["--weights", "int8", "--dataset", at("wide.csv")], /7 values/],
    ["data that are not there", ["--weights", "int8", "--dataset", "nowhere"], /"nowhere" is unknown/],
  ])("refuses %s, and writes nothing", async (_, args, message) => {
    writeFileSync(at("wide.csv"), `a,b,c,d,e,f,g,label\n${"1,2,3,4,5,6,7,1\n8,7,6,5,4,3,2,0\n".repeat(20)}`);
    const out = at("refused.safetensors");
    const ended = await served([...stored, ...args, "--out", out, "--quiet"]);
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(ended.stderr).toMatch(message);
    expect(existsSync(out)).toBe(false);
  });
});
