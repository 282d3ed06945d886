/** What keras.applications have of their own, and masks that are joined, as real Keras has saved it, predict here what they predict there. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createEngine, load } from "../../../src/index.ts";
import { loadKeras, saveKeras } from "../../../src/io/keras/index.ts";

interface Recorded {
  readonly x: number[][];
  readonly y: number[][];
  readonly files: Readonly<Record<string, string>>;
}
const { models } = JSON.parse(readFileSync("test/fixtures/keras/features.json", "utf8")) as {
  models: Record<string, Recorded>;
};
const engine = await createEngine({ threads: 1 });
const bytesOf = (name: string, format: string): Uint8Array =>
  new Uint8Array(gunzipSync(Buffer.from(models[name]!.files[format]!, "base64")));

describe("models of Keras", () => {
  it.each([
    ["blocks", "keras"],
    ["blocks", "h5"],
    ["joined", "keras"],
    ["joined", "h5"],
  ])("%s, .%s, predicts the same here, and saved and loaded again", async (name, format) => {
    const { x, y } = models[name]!;
    const net = await loadKeras(bytesOf(name, format), { engine });
    const wanted = y.flat();
    const off = async (each: typeof net): Promise<number> => {
      const { data } = await each.predict(x);
      return Math.max(...wanted.map((value, i) => Math.abs(value - data[i]!)));
    };
    expect(await off(net)).toBeLessThan(2e-6);
    expect(await off(await loadKeras(saveKeras(net), { engine }))).toBeLessThan(2e-6);
    expect(await off(await load(await net.save(), { engine }))).toBeLessThan(2e-6);
  });

  it("have their options of training: which parts drop together", async () => {
    const { layers } = (await loadKeras(bytesOf("blocks", "keras"), { engine })).getConfig();
    const dropping = layers.filter(({ type }) => type === "dropout").map(({ config }) => config);
    expect(dropping).toEqual([
      { rate: 0.3, noiseShape: [null, 1, 1, 1] },
      { rate: 0.2, noiseShape: [null, 1, 1, 1] },
    ]);
  });
});
