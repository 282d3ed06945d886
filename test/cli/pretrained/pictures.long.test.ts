/** `train --from MODEL`: trained models of other libraries learn new classes by the program that was built. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine, layers, load, type Model, sequential } from "../../../src/index.ts";
import { saveKeras } from "../../../src/io/keras/index.ts";
import { saveOnnx } from "../../../src/io/onnx/index.ts";
import { saveTfjs } from "../../../src/io/tfjs/index.ts";
import { catsAndDogs, write } from "../../node/images/pictures.ts";
import { anygrad, temporaryFolder } from "../anygrad.ts";
import { finished } from "../interruption.ts";
import { served } from "../served.ts";

const root = temporaryFolder();
const at = (name: string): string => join(root, name);
const photos = at("photos");
const quick = ["--epochs", "4", "--threads", "1", "--no-report"];
let base: Model;

/** A network for pictures of 24×24 between −1 and 1, as each format has it. */
beforeAll(async () => {
  write(photos, catsAndDogs(12));
  base = sequential(
    [
      layers.conv2d({ filters: 8, kernelSize: 3, strides: 2, activation: "relu", name: "edges" }),
      layers.batchNormalization({ name: "bn" }),
      layers.conv2d({ filters: 12, kernelSize: 3, strides: 2, activation: "relu", name: "parts" }),
      layers.globalAveragePooling2d({ name: "pool" }),
      layers.dense({ units: 7, activation: "softmax", name: "old" }),
    ],
    { inputShape: [24, 24, 3], seed: 3 },
  );
  await base.build({ engine: await createEngine({ threads: 1 }) });
  writeFileSync(at("base.safetensors"), await base.save());
  writeFileSync(at("base.keras"), saveKeras(base));
  writeFileSync(at("base.onnx"), saveOnnx(base));
  const { "model.json": json, "weights.bin": weights } = saveTfjs(base);
  mkdirSync(at("tfjs"));
  writeFileSync(at("tfjs/model.json"), json);
  writeFileSync(at("tfjs/weights.bin"), weights);
});

const weightsIn = (net: Model, name: string): number[] =>
  net.getWeights().flatMap((weight) => (weight.name.startsWith(name) ? [...weight.data] : []));

describe("train --from", () => {
  it.each(["base.keras", "base.safetensors", "tfjs", "base.onnx"])(
    "%s: frozen layers under a new head, pictures of its size, told in run.json, and evaluated",
    async (name) => {
      const out = at(`out-${name}`);
      const run = [
        "train",
        "--from",
        at(name),
        "--pixels",
        "-1..1",
        "--dataset",
        photos,
        ...quick.slice(0, 4),
      ];
      const ended = await anygrad([...run, "--out", out]);
      expect(ended.code, ended.stderr).toBe(0);
      expect(ended.stderr).toContain("images of 24×24×3, 2 classes");
      const net = await load(readFileSync(join(out, "model.safetensors")), { engine: base.engine });
      const [first] = weightsIn(base, "edges");
      expect(net.getWeights().some(({ data }) => data[0] === first)).toBe(true);
      expect(net.outputShape).toEqual([2]);
      expect(net.classNames).toEqual(["cats", "dogs"]);
      const { network, command, test } = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
      expect(network).toMatchObject({ from: at(name), unfreeze: "none", pixels: "-1..1" });
      expect(command).toContain(`train --from ${at(name)}`);
      expect(existsSync(join(out, "report.html"))).toBe(true);
      const again = await served(["evaluate", out, "--json"]);
      expect(JSON.parse(again.stdout)).toMatchObject({ test: { accuracy: test.accuracy } });
      net.dispose();
    },
    60_000,
  );

  it("goes on with --resume to the digest of a run that was not stopped, without the model's file", async () => {
    const copy = at("gone.keras");
    const settings = [[], ["--unfreeze", "2", "--dropout", "0.2"], ["--augment", "flip"]];
    for (const [i, more] of settings.entries()) {
      const [once, stopped] = [at(`whole-${i}`), at(`stopped-${i}`)];
      writeFileSync(copy, readFileSync(at("base.keras")));
      const run = ["train", "--from", copy, "--pixels", "0..1", "--dataset", photos, ...quick, ...more];
      const whole = await finished(...run, "--out", once);
      await anygrad([...run, "--stop-after", "2", "--out", stopped, "--quiet"]);
      writeFileSync(copy, "gone");
      const resumed = await finished("train", "--resume", stopped);
      expect(resumed.digest, more.join(" ")).toBe(whole.digest);
      const [a, b] = [once, stopped].map((folder) =>
        JSON.parse(readFileSync(join(folder, "run.json"), "utf8")),
      );
      expect(b.network).toEqual(a.network);
    }
  }, 120_000);

  it("--unfreeze has the last layers learn, or all, and leaves statistics as they are", async () => {
    const changed = async (unfreeze: string): Promise<string[]> => {
      const out = at(`unfrozen-${unfreeze}`);
      const run = ["train", "--from", at("base.safetensors"), "--pixels", "0..1", "--unfreeze", unfreeze];
      await finished(...run, "--dataset", photos, ...quick, "--out", out);
      const net = await load(readFileSync(join(out, "model.safetensors")), { engine: base.engine });
      const names = ["edges", "bn", "parts"].filter(
        (name) => String(weightsIn(net, name)) !== String(weightsIn(base, name)),
      );
      net.dispose();
      return names;
    };
    expect(await changed("none")).toEqual([]);
    expect(await changed("1")).toEqual(["parts"]);
    expect(await changed("parts")).toEqual(["parts"]);
    expect(await changed("all")).toEqual(["edges", "parts"]);
  }, 60_000);

  it("takes pictures of another size where --at names a layer that any size can come to", async () => {
    const run = [
      "train",
      "--from",
      at("base.safetensors"),
      "--pixels",
      "0..1",
      "--dataset",
      photos,
      ...quick,
    ];
    const ended = await anygrad([...run, "--image-size", "16", "--at", "parts"]);
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).toContain("takes 16×16×3 in place of 24×24×3");
  }, 60_000);
});

describe("what is refused, in one line", () => {
  const run = (...args: string[]): string[] => ["train", "--dataset", photos, ...args];
  it.each<[string, () => string[], RegExp]>([
    ["bytes of unknown meaning", () => run("--from", at("base.keras")), /does not say .* --pixels 0\.\.1 \|/],
    [
      "pixels that are said already",
      () => run("--from", at("says.safetensors"), "--pixels", "0..1"),
      /--pixels is for models that do not say/,
    ],
    [
      "a range that is none",
      () => run("--from", at("base.keras"), "--pixels", "0..2"),
      /--pixels "0\.\.2" is unknown/,
    ],
    ["a preset beside", () => run("mlp-64", "--from", at("base.keras")), /--from .* and mlp-64 both name/],
    ["--unfreeze alone", () => run("--unfreeze", "2"), /--unfreeze is for a trained model/],
    [
      "a layer that is not there",
      () => run("--from", at("base.keras"), "--pixels", "0..1", "--unfreeze", "part"),
      /--unfreeze: .*"part" is unknown; did you mean parts\?/,
    ],
    [
      "options of presets",
      () => run("--from", at("base.keras"), "--activation", "relu"),
      /--activation changes the network of a preset; leave it out of train --from/,
    ],
    [
      "data of another kind",
      () => ["train", "--from", at("base.keras"), "--pixels", "0..1", "--limit", "20"],
      /takes examples of 24×24×3, and its layers .* none of 28×28×1/,
    ],
    [
      "a name that is none",
      () => run("--from", "mobilnet"),
      /mobilnet: no model there; did you mean mobilenet\?/,
    ],
    ["a package that is not there", () => run("--from", "mobilenet"), /npm install nsfwjs, or pass a file/],
  ])("%s", async (_, args, message) => {
    const says = sequential(
      [layers.rescaling({ scale: 1 / 255 }), layers.flatten(), layers.dense({ units: 2 })],
      {
        inputShape: [24, 24, 3],
      },
    );
    await says.build({ engine: base.engine });
    writeFileSync(at("says.safetensors"), await says.save());
    const { code, stderr, stdout } = await served([...args(), "--out", at("refused")]);
    expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: "" });
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(message);
    expect(existsSync(at("refused/model.safetensors"))).toBe(false);
  });
});
