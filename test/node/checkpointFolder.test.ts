/** Checkpoints in a folder: the newest few, and a run that goes on from them as if it had not been interrupted. */
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Callback, checkpointFolder, loadCheckpoint, type Model } from "../../node/index.ts";
import { failure } from "../data/failure.ts";
import { blobs, perceptron } from "../model/examples.ts";

const data = blobs();
const plan = { epochs: 5, batchSize: 16, seed: 1 };
const emptyFolder = (): string => mkdtempSync(join(tmpdir(), "anygrad-checkpoints-"));

async function compiled(): Promise<Model> {
  const net = perceptron();
  await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy" });
  return net;
}

it("keeps the newest, from which a run that crashed ends with the digest of one that did not", async () => {
  const folder = emptyFolder();
  const whole = await compiled();
  await whole.fit(data, plan);

  expect(await loadCheckpoint(folder)).toBeUndefined();
  const net = await compiled();
  const crash: Callback = {
    onEpochBegin(epoch) {
      if (epoch === 3) throw new Error("the power is gone");
    },
  };
  const callbacks = [crash, checkpointFolder(net, folder, { keep: 2 })];
  await expect(net.fit(data, { ...plan, callbacks })).rejects.toThrow("the power is gone");
  expect(readdirSync(folder).sort()).toEqual(["epoch-0002.safetensors", "epoch-0003.safetensors"]);
  expect(await net.digest()).not.toBe(await whole.digest());

  const again = (await loadCheckpoint(folder))!;
  expect(again.position).toMatchObject({ epoch: 3 });
  const quiet: Callback = { onEpochBegin() {} };
  await again.fit(data, { resume: true, callbacks: [quiet, checkpointFolder(again, folder, { keep: 2 })] });
  expect(await again.digest()).toBe(await whole.digest());
  expect(readdirSync(folder).sort()).toEqual(["epoch-0004.safetensors", "epoch-0005.safetensors"]);
});

it("goes by the number, not by the text, and leaves other files alone", async () => {
  const folder = emptyFolder();
  for (const name of ["epoch-9999.safetensors", "notes.txt"])
    writeFileSync(join(folder, name), "not a model");
  writeFileSync(join(folder, "epoch-10000.safetensors"), "nor this");
  expect(await failure(() => loadCheckpoint(folder), "DATA_FORMAT")).toMatch(/safetensors/);
  const net = await compiled();
  await net.fit(data, { ...plan, epochs: 1, callbacks: [checkpointFolder(net, folder, { keep: 1 })] });
  expect(readdirSync(folder).sort()).toEqual(["epoch-10000.safetensors", "notes.txt"]);
});

it("refuses to keep none, and says where it cannot write", async () => {
  const net = await compiled();
  await failure(async () => checkpointFolder(net, emptyFolder(), { keep: 0 }), "INVALID_ARGUMENT");
  const file = join(emptyFolder(), "file");
  writeFileSync(file, "");
  const callbacks = [checkpointFolder(net, join(file, "deeper"))];
  await failure(() => net.fit(data, { ...plan, callbacks }), "OUTPUT");
});
