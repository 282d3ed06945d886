/** anygrad/node: a model in a file comes back with its weights and its run; what is no model says so. */
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadModel, type Model, saveModel } from "../../node/index.ts";
import { failure } from "../data/failure.ts";
import { blobs, perceptron } from "../model/examples.ts";

const data = blobs();
async function compiled(): Promise<Model> {
  const net = perceptron();
  await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy" });
  return net;
}
const folder = (): string => mkdtempSync(join(tmpdir(), "anygrad-node-"));

it("a model goes on from its file as if it had never left", async () => {
  const path = join(folder(), "deep/er", "model.safetensors");
  const net = await compiled();
  await net.fit(data, { epochs: 1, batchSize: 16, seed: 1 });
  await saveModel(net, path, { optimizer: true });
  const again = await loadModel(path);
  expect(await again.digest()).toBe(await net.digest());
  for (const model of [net, again])
    await model.fit(data, { epochs: 2, batchSize: 16, seed: 1, resume: true });
  expect(await again.digest()).toBe(await net.digest());
  expect(readdirSync(join(path, ".."))).toEqual(["model.safetensors"]); // nothing partial is left
  const ofFolder = await loadModel(join(path, "..")); // as of a run
  expect(await ofFolder.digest()).toBe(await (await loadModel(path)).digest());
});

it("says what is missing, and what is no model", async () => {
  const path = join(folder(), "model.safetensors");
  expect(await failure(() => loadModel(path), "DATA_MISSING")).toMatch(
    /no model there; save one with saveModel/,
  );
  writeFileSync(path, "nothing of the kind");
  await failure(() => loadModel(path), "DATA_FORMAT");
});

it("says where it cannot write", async () => {
  const file = join(folder(), "file");
  writeFileSync(file, "");
  const net = await compiled();
  expect(await failure(() => saveModel(net, join(file, "model.safetensors")), "OUTPUT")).toMatch(
    /cannot be written/,
  );
});
