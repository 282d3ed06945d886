/** Files of Keras that leave lengths open: models that take any, without inputShape. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { loadKeras, saveKeras } from "../../../src/io/keras/index.ts";
import { loadTfjs, saveTfjs } from "../../../src/io/tfjs/index.ts";
import { unzip, zip } from "../../../src/io/zip/archive.ts";
import type { Model } from "../../../src/model/index.ts";
import { failure } from "../../data/failure.ts";

interface Recorded {
  readonly keras: string;
  readonly h5?: string;
  readonly rows: readonly { readonly shape: number[]; readonly x: number[]; readonly y: number[] }[];
}
const { models } = JSON.parse(readFileSync("test/fixtures/keras/open.json", "utf8")) as {
  models: Record<string, Recorded>;
};
const engine = await createEngine({ threads: 1 });
const quiet = { engine, onNote: () => {} };
const bytesOf = (packed: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(gunzipSync(Buffer.from(packed, "base64")));

async function expectRecorded(net: Model, { rows }: Recorded): Promise<void> {
  for (const { shape, x, y } of rows) {
    const { data } = await net.predict({ x: Float32Array.from(x), shape });
    expect(data.length).toBe(y.length);
    expect(Math.max(...y.map((value, i) => Math.abs(value - data[i]!)))).toBeLessThan(2e-6);
  }
}

describe.each(Object.entries(models))("%s", (name, recorded) => {
  it.each(["keras", "h5"] as const)("from a .%s file, at several lengths", async (kind) => {
    const packed = recorded[kind];
    if (packed === undefined) return expect(name).toBe("operations"); // which .h5 files of Keras 3 hold no more
    const net = await loadKeras(bytesOf(packed), quiet);
    expect(net.inputs[0]!.shape).toContain(null);
    await expectRecorded(net, recorded);
    net.dispose();
  });

  it("goes to Keras and TensorFlow.js and back", async () => {
    const net = await loadKeras(bytesOf(recorded.keras), quiet);
    if (name !== "operations") {
      await expectRecorded(await loadKeras(saveKeras(net), quiet), recorded);
      // TensorFlow.js has neither
      if (name !== "attending" && name !== "text")
        await expectRecorded(await loadTfjs(saveTfjs(net), quiet), recorded);
    }
    const [{ shape, x }] = recorded.rows as [Recorded["rows"][0]];
    const fixed = await loadKeras(bytesOf(recorded.keras), { ...quiet, inputShape: shape.slice(1) });
    const given = { x: Float32Array.from(x), shape };
    expect((await fixed.predict(given)).data).toEqual((await net.predict(given)).data);
    expect(fixed.inputShape).toEqual(shape.slice(1));
  });
});

it("a length that a layer needs is asked for", async () => {
  const files = unzip("test", bytesOf(models.flattened!.keras));
  const text = new TextDecoder().decode(files.get("config.json"));
  const config = new TextEncoder().encode(text.replaceAll("GlobalMaxPooling1D", "Flatten").replaceAll(/, "keepdims": \w+|"keepdims": \w+,/g, "")); // biome-ignore format: one text
  const bytes = zip({ ...Object.fromEntries(files), "config.json": config }, false);
  const error = await failure(() => loadKeras(bytes, quiet), "SHAPE_MISMATCH");
  expect(error).toMatch(/"dense_\d+" has a kernel, which depends on the length/);
  expect(error).toMatch(/the size of the input "[^"]*" open, \[null, 3\]: .*\{ inputShape: /);
});
