/** Checkpoints in a folder: the newest few, and a run that goes on from them as if it had not been interrupted. */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
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
  expect(await failure(() => loadCheckpoint(folder), "DATA_FORMAT")).toMatch(/epoch-10000[.]safetensors/);
  const net = await compiled();
  const callbacks = [checkpointFolder(net, folder, { keep: 1, overwrite: true })];
  await net.fit(data, { ...plan, epochs: 1, callbacks });
  expect(readdirSync(folder).sort()).toEqual(["epoch-0001.safetensors", "notes.txt"]);
});

it("refuses the checkpoints of another run, and knows its own", async () => {
  const folder = emptyFolder();
  const net = await compiled();
  const callbacks = [checkpointFolder(net, folder)];
  await net.fit(data, { ...plan, epochs: 2, callbacks });
  await net.fit(data, { ...plan, epochs: 1, callbacks });
  expect(readdirSync(folder)).toEqual(["epoch-0001.safetensors"]);
  const other = await compiled();
  const text = await failure(
    () => other.fit(data, { ...plan, callbacks: [checkpointFolder(other, folder)] }),
    "INVALID_ARGUMENT",
  );
  expect(text).toMatch(/holds checkpoints of another run, such as epoch-0001.safetensors; go on/);
  expect(readdirSync(folder)).toEqual(["epoch-0001.safetensors"]);
});

it("falls back from what is damaged, names it, and ends with the digest of a whole run", async () => {
  const folder = emptyFolder();
  const whole = await compiled();
  await whole.fit(data, { ...plan, callbacks: [checkpointFolder(whole, folder)] });
  const path = join(folder, "epoch-0005.safetensors");
  const bytes = readFileSync(path);
  for (const [how, damage] of [
    ["a flipped bit", (copy: Buffer) => void copy.writeUInt8(copy.at(-9)! ^ 1, copy.length - 9)],
    ["a flipped bit of the header", (copy: Buffer) => void copy.writeUInt8(copy[500]! ^ 4, 500)],
    ["a page of zeros", (copy: Buffer) => void copy.fill(0, 2560, 2816)],
    ["the optimizer's step", (copy: Buffer) => void copy.write("9", copy.indexOf('step\\":') + 7)],
  ] as const) {
    const copy = Buffer.from(bytes);
    damage(copy);
    writeFileSync(path, copy);
    const told: string[] = [];
    const net = (await loadCheckpoint(folder, { onTrouble: (message) => told.push(message) }))!;
    expect(told, how).toEqual([
      expect.stringMatching(/epoch-0005.safetensors: damaged, .*; epoch-0004.safetensors is taken/),
    ]);
    await net.fit(data, { resume: true });
    expect(await net.digest()).toBe(await whole.digest());
  }
  writeFileSync(path, bytes.subarray(0, -64));
  expect((await loadCheckpoint(folder, { onTrouble() {} }))!.position).toMatchObject({ epoch: 4 });
});

it("writes within epochs and keeps the best, which need not be among the newest", async () => {
  const folder = emptyFolder();
  const net = await compiled();
  const losses = [0.5, 0.2, 0.9, 0.8, 0.7];
  // what is watched is set by the test: only the order of the files is of interest
  const judge: Callback = {
    onEpochEnd(epoch, logs) {
      logs.val_loss = losses[epoch]!;
    },
  };
  const callbacks = [judge, checkpointFolder(net, folder, { keep: 1, every: 3 })];
  const stop: Callback = {
    onStepEnd({ epoch, step }, run) {
      if (epoch === 4 && step === 2) run.stop();
    },
  };
  await net.fit(data, { ...plan, callbacks: [stop, ...callbacks] });
  const names = readdirSync(folder);
  expect(names).toHaveLength(2);
  expect(names[0]).toBe("epoch-0002.safetensors");
});

it("writes what was done when the run is told to stop, in the middle of an epoch", async () => {
  const folder = emptyFolder();
  const whole = await compiled();
  await whole.fit(data, plan);
  const net = await compiled();
  const controller = new AbortController();
  const stop: Callback = {
    onStepEnd({ epoch, step }) {
      if (epoch === 2 && step === 1) controller.abort();
    },
  };
  const { signal } = controller;
  const callbacks = [stop, checkpointFolder(net, folder, { keep: 1, signal })];
  await failure(() => net.fit(data, { ...plan, signal, callbacks }), "ABORTED");
  expect(readdirSync(folder)).toEqual(["epoch-0002-step-000002.safetensors"]);
  const again = (await loadCheckpoint(folder))!;
  await again.fit(data, { resume: true, callbacks: [checkpointFolder(again, folder, { keep: 1 })] });
  expect(await again.digest()).toBe(await whole.digest());
  expect(readdirSync(folder)).toEqual(["epoch-0005.safetensors"]);
});

it("goes on where the disk is full, says so, and writes again when there is room", async () => {
  const folder = emptyFolder();
  const net = await compiled();
  const told: string[] = [];
  const away = `${folder}-away`;
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  // a file in place of the folder: nothing can be written
  const block: Callback = {
    async onEpochEnd(epoch) {
      if (epoch === 1) {
        await until(() => existsSync(join(folder, "epoch-0001.safetensors")));
        renameSync(folder, away);
        writeFileSync(folder, "");
      }
      if (epoch !== 2) return;
      await until(() => told.length > 0);
      rmSync(folder);
      renameSync(away, folder);
    },
  };
  const callbacks = [block, checkpointFolder(net, folder, { onTrouble: (message) => told.push(message) })];
  await net.fit(data, { ...plan, callbacks });
  expect(told).toEqual([
    expect.stringMatching(/cannot be written .*; training goes on, epoch-0001.safetensors stays$/s),
  ]);
  expect(readdirSync(folder)).toEqual([3, 4, 5].map((epoch) => `epoch-000${epoch}.safetensors`));
});

it("is held by one process at a time, which a dead one lets go of, and its halves are swept", async () => {
  const folder = emptyFolder();
  const net = await compiled();
  const callbacks = [checkpointFolder(net, folder)];
  const train = () => net.fit(data, { ...plan, epochs: 1, callbacks });
  const lock = (pid: number, host = hostname()) =>
    writeFileSync(join(folder, ".anygrad.lock"), JSON.stringify({ host, pid, birth: "" }));
  lock(process.ppid);
  expect(await failure(train, "OUTPUT")).toMatch(
    new RegExp(`is in use by process ${process.ppid}; wait for its end`),
  );
  lock(1, "elsewhere");
  expect(await failure(train, "OUTPUT")).toMatch(
    /by process 1 on elsewhere; .* if it is gone, remove .*lock$/,
  );
  lock(spawnSync("true").pid);
  await train();
  writeFileSync(join(folder, ".anygrad.lock"), ""); // after a power cut
  const half = `epoch-0009.safetensors.${spawnSync("true").pid}-0f8fad5b-d9cb-469f-a165-70867728950e.partial`;
  writeFileSync(join(folder, half), "half of one");
  await train();
  expect(readdirSync(folder)).toEqual(["epoch-0001.safetensors"]);
});

it("refuses to keep none, and says where it cannot write", async () => {
  const net = await compiled();
  await failure(async () => checkpointFolder(net, emptyFolder(), { keep: 0 }), "INVALID_ARGUMENT");
  const file = join(emptyFolder(), "file");
  writeFileSync(file, "");
  const callbacks = [checkpointFolder(net, join(file, "deeper"))];
  await failure(() => net.fit(data, { ...plan, callbacks }), "OUTPUT");
});

it("gives the best of those that are there, in place of the newest", async () => {
  const folder = emptyFolder();
  const net = await compiled();
  const digests: string[] = [];
  const judged = [0.5, 0.9, 0.7, 0.9, 0.6];
  const judge: Callback = {
    async onEpochEnd(epoch, logs) {
      logs.val_accuracy = judged[epoch]!;
      digests.push(await net.digest());
    },
  };
  const callbacks = [judge, checkpointFolder(net, folder, { keep: 2, monitor: "val_accuracy" })];
  await net.fit(data, { ...plan, callbacks });
  expect(readdirSync(folder).sort()).toEqual(
    [2, 4, 5].map((epoch) => `epoch-000${epoch}.safetensors`), // of equal ones the first
  );
  const best = (await loadCheckpoint(folder, { best: true }))!;
  expect(best.position).toMatchObject({ epoch: 2, done: false });
  expect(await best.digest()).toBe(digests[1]);
  expect((await loadCheckpoint(folder))!.position).toMatchObject({ epoch: 5, done: true });
});

it("has no best where nothing was judged", async () => {
  const folder = emptyFolder();
  const net = await compiled();
  await net.fit(data, { ...plan, epochs: 1, callbacks: checkpointFolder(net, folder) });
  expect(await loadCheckpoint(folder, { best: true })).toBeUndefined();
});
