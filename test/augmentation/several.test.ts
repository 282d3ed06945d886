/** Augmentation of networks of several inputs, by their names. */
import { describe, expect, it } from "vitest";
import { augmentation } from "../../src/augmentation/augmentation.ts";
import { createEngine } from "../../src/engine/createEngine.ts";
import { layers } from "../../src/layers/index.ts";
import { type FitOptions, input, load, model } from "../../src/model/index.ts";
import { failure } from "../data/failure.ts";

describe("several inputs", () => {
  const [photo, depth, size] = [
    input({ shape: [6, 6, 1], name: "photo" }),
    input({ shape: [6, 6, 1], name: "depth" }),
    input({ shape: [2], name: "size" }),
  ];
  const seen = layers.flatten().apply(layers.concatenate([photo, depth]));
  const outputs = layers.dense({ units: 1 }).apply(layers.concatenate([seen, size]));
  const several = () => model({ inputs: [photo, depth, size], outputs, seed: 1 });
  const n = 10;
  const image = { shape: [n, 6, 6, 1], data: Float32Array.from({ length: n * 36 }, (_, i) => Math.sin(i)) };
  const x = { photo: image, depth: image, size: { shape: [n, 2], data: new Float32Array(2 * n).fill(0.5) } };
  const y = Array.from({ length: n }, (_, i) => i / n);
  const shift = augmentation({ shift: 2, flip: "horizontal" });
  const trained = async (augment: FitOptions["augment"], stop?: boolean): Promise<string> => {
    const on = await createEngine({ threads: 1 });
    const net = several();
    await net.compile({ loss: "mse", optimizer: "sgd", engine: on });
    const fit = { epochs: 2, batchSize: 4, seed: 3, augment };
    if (!stop) {
      await net.fit(x as never, y, fit);
      return net.digest();
    }
    let bytes: Uint8Array | undefined;
    for await (const { globalStep } of net.train(x as never, y, fit))
      if (globalStep === 3) bytes = await net.save({ optimizer: true });
    const again = await load(bytes!, { engine: on });
    await again.fit(x as never, y, { resume: true, augment });
    return again.digest();
  };

  it("are changed each by its own, the others left, and a run is resumed to its bits", async () => {
    const plain = await trained(undefined);
    const own = await trained({ photo: shift });
    expect(own).not.toBe(plain);
    expect(await trained({ photo: shift, depth: shift })).not.toBe(own);
    expect(await trained({ photo: shift })).toBe(own);
    expect(await trained({ photo: shift }, true)).toBe(own);
  });

  it("refuse one for all, names that are no inputs, what is no image, and mixing", async () => {
    expect(await failure(() => trained(shift), "INVALID_ARGUMENT")).toContain("photo, depth, size");
    expect(await failure(() => trained({ foto: shift }), "INVALID_ARGUMENT")).toContain("photo");
    // for one input it means all defaults: nobody means nothing by it
    expect(await failure(() => trained({}), "INVALID_ARGUMENT")).toContain("photo, depth, size");
    expect(await failure(() => trained({ size: shift }), "SHAPE_MISMATCH")).toContain("augmentation");
    const mixing = { photo: augmentation({ mixup: 0.2 }) };
    expect(await failure(() => trained(mixing), "INVALID_ARGUMENT")).toContain("mixup");
  });
});
