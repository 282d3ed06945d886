/** Model files of strangers: refused before memory is taken for what they only claim, in one line. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { defaultFormat } from "../../../src/io/formats.ts";
import { layers } from "../../../src/layers/index.ts";
import { load, sequential } from "../../../src/model/index.ts";
import type { SavedModel } from "../../../src/model/saving/save.ts";
import { loadVariables, saveVariables } from "../../../src/model/saving/variables.ts";
import * as ops from "../../../src/ops/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { failure } from "../../data/failure.ts";

const engine = await createEngine();
const format = await defaultFormat();
const net = sequential([layers.dense({ units: 3 })], { inputShape: [4], seed: 1 });
await net.compile({ optimizer: "adam", loss: "meanSquaredError", engine });
const bytes = await net.save();

/** The file with its description changed; a text is put in the place of it. */
function forged(change: (model: SavedModel & { layers: object[] }) => string | undefined): Uint8Array {
  const { tensors, metadata } = format.read(bytes);
  const model = JSON.parse(metadata.model!);
  const text = change(model);
  return format.write({ tensors, metadata: { ...metadata, model: text ?? JSON.stringify(model) } });
}

/** With its first layer's options changed. */
const withConfig = (config: object, inputShape = [4]): Uint8Array =>
  forged((model) => {
    const [first] = model.layers as { config: object }[];
    first!.config = { ...first!.config, ...config };
    model.inputShape = inputShape;
    return undefined;
  });

describe("load", () => {
  it.each<[string, Uint8Array, RegExp]>([
    [
      "more units than weights",
      withConfig({ units: 1e8 }),
      /"dense\/kernel" is \[4, 3\] where \[4, 100000000\]/,
    ],
    [
      "an initializer that would take minutes",
      withConfig({ units: 3000, kernelInitializer: "orthogonal" }, [3000]),
      /"dense\/kernel" is \[4, 3\] where \[3000, 3000\] is wanted/,
    ],
    [
      "an example of 2³¹ numbers",
      withConfig({}, [2 ** 31]),
      /"dense\/kernel" is \[4, 3\] where \[2147483648, 3\]/,
    ],
    [
      "layers without weights in the file",
      forged((model) => {
        model.layers = Array.from({ length: 100 }, (_, i) => ({ ...model.layers[0]!, name: `d${i}` }));
        return undefined;
      }),
      /the array "d0\/kernel" is missing/,
    ],
    ["a deep description", forged(() => "[".repeat(1e6)), /description nests deeper than 200 levels/],
    ["a wide description", forged(() => `[${"{},".repeat(2 ** 22)}{}]`), /description holds too many values/],
  ])("refuses %s before memory is taken for it", async (_, file, wanted) => {
    const before = engine.info.memoryBytes;
    expect(await failure(() => load(file, { engine }), "DATA_FORMAT")).toMatch(wanted);
    expect(engine.info.memoryBytes).toBe(before);
  });

  it("reads no more than maxBytes, also of a response that does not say how much it brings", async () => {
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(1000));
      },
    });
    const wanted =
      /^load: the file has \d+ bytes or more, of which \d+ are read at the most; raise maxBytes if it comes from/;
    for (const source of [bytes, bytes.buffer, new Blob([bytes]), new Response(bytes)])
      expect(
        await failure(() => load(source, { engine, maxBytes: bytes.length - 1 }), "MEMORY_LIMIT"),
      ).toMatch(wanted);
    expect(await failure(() => load(new Response(endless), { maxBytes: 10_000 }), "MEMORY_LIMIT")).toMatch(
      wanted,
    );
    expect(pulled).toBeLessThan(20);
    const again = await load(new Response(bytes), { engine, maxBytes: bytes.length });
    expect(await again.digest()).toBe(await net.digest());
  });
});

describe("loadVariables", () => {
  const w = engine.variable([1, 2]);
  const adam = optimizers.adam();
  adam.minimize(() => ops.sum(ops.square(w)), [w]);

  it.each([
    ["no JSON", "{", /description is no JSON/],
    ["a list", "[]", /description is damaged/],
    ["no variables", '{"adam":{"type":"adam","step":1}}', /description is damaged/],
    ["a step below 0", '{"adam":{"type":"adam","variables":["w"],"step":-1}}', /description is damaged/],
  ])("refuses an optimizer's description that is %s", async (_, text, wanted) => {
    const { tensors, metadata } = format.read(await saveVariables({ w }, { adam }));
    const file = format.write({ tensors, metadata: { ...metadata, optimizers: text } });
    const given = { w: engine.variable([0, 0]) };
    const before = given.w.toArray();
    expect(
      await failure(() => loadVariables(file, given, { adam: optimizers.adam() }), "DATA_FORMAT"),
    ).toMatch(wanted);
    expect(given.w.toArray()).toEqual(before);
  });
});
