/** Operations of keras.ops in a functional model, as real Keras has saved them, predict and learn here. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { createEngine, load, type Model } from "../../../src/index.ts";
import { loadKeras } from "../../../src/io/keras/index.ts";
import { unzip, zip } from "../../../src/io/zip/archive.ts";
import type { Prediction } from "../../../src/model/predictions/predict.ts";
import { failure } from "../../data/failure.ts";

type Values = number[] | Values[];
const recorded = JSON.parse(readFileSync("test/fixtures/keras/operations.json", "utf8")) as {
  x: number[][][];
  y: Record<string, Values>;
  file: string;
};
const file = new Uint8Array(gunzipSync(Buffer.from(recorded.file, "base64")));
const engine = await createEngine({ threads: 1 });
const net = (await loadKeras(file, { engine })) as Model<never>;
afterAll(() => engine.dispose());

/** What a model gives for the recorded input, by the names of its outputs. */
const predicted = async (model: Model<never>): Promise<Record<string, Prediction>> =>
  model.predict(recorded.x);

describe("operations of Keras", () => {
  it.each(Object.keys(recorded.y))("%s", async (name) => {
    const { data } = (await predicted(net))[name]!;
    const wanted = (recorded.y[name] as number[][]).flat(9);
    expect(data.length).toBe(wanted.length);
    const size = Math.max(1, ...wanted.map(Math.abs));
    expect(Math.max(...wanted.map((value, i) => Math.abs(value - data[i]!))) / size).toBeLessThan(2e-6);
  });

  it("are kept by save and load", async () => {
    const again = (await load(await net.save(), { engine })) as Model<never>;
    const [a, b] = [await predicted(net), await predicted(again)];
    for (const name of Object.keys(recorded.y)) expect(b[name]!.data).toEqual(a[name]!.data);
    again.dispose();
  });

  it.each<[string, string, RegExp]>([
    ["over the batch", '"axis":1,"keepdims":false', /"Sum" of these arguments is none that a layer/],
    ["that anygrad has not", '"class_name":"Cumsum"', /the operation "Cumprod" of these arguments/],
  ])("%s are refused by name", async (_, part, message) => {
    const files = unzip("test", file);
    const text = new TextDecoder()
      .decode(files.get("config.json"))
      .replaceAll(/": /g, '":')
      .replaceAll(/, "/g, ',"');
    expect(text).toContain(part);
    const changed = part.includes("axis")
      ? text.replace(/("name":"sum",)"axis":1/, '$1"axis":0')
      : text.replaceAll('"Cumsum"', '"Cumprod"');
    const config = new TextEncoder().encode(changed);
    const bytes = zip({ ...Object.fromEntries(files), "config.json": config }, false);
    expect(await failure(() => loadKeras(bytes, { engine }), "UNSUPPORTED")).toMatch(message);
  });
});
