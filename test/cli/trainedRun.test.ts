/** Why a callback ended a run, from `history.stopped` to what the command line prints and keeps. */
import { expect, it } from "vitest";
import type { Source } from "../../cli/dataset/source.ts";
import { networkSourceOf } from "../../cli/training/network.ts";
import { adviceOn, recordOf } from "../../cli/training/trainedRun.ts";
import { createRecorder } from "../../runs/recorder.ts";
import { runJsonOf } from "../../runs/schema.ts";
import { createEngine } from "../../src/autograd/engine.ts";
import { dataset } from "../../src/data/dataset.ts";
import { layers, sequential } from "../../src/index.ts";
import { findPreset } from "../../src/presets/index.ts";

it("the reason of an early end is in the record and in run.json, and only then", async () => {
  const engine = await createEngine({ threads: 1 });
  const set = dataset({
    x: [
      [0, 1],
      [1, 0],
    ],
    y: [0, 1],
  });
  const source: Source = {
    train: set,
    test: set,
    name: "two",
    task: "classification",
    classes: 2,
    classNames: ["a", "b"],
    where: "here",
  };
  const { recipe } = findPreset("mlp-64")!;
  const recordAfter = async (stopAt: number | undefined) => {
    const net = sequential([layers.dense({ units: 2, activation: "softmax" })], { inputShape: [2] });
    await net.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy", engine });
    const recorder = createRecorder();
    const history = await net.fit(set, {
      epochs: 3,
      callbacks: [
        recorder,
        { onEpochEnd: (epoch, _, run) => (epoch + 1 === stopAt ? run.stop("good enough") : undefined) },
      ],
    });
    const [seconds, digest] = [recorder.seconds, await net.digest()];
    const run = {
      preset: networkSourceOf("mlp-64"),
      network: {},
      dataset: "two",
      seed: 1,
      recipe,
      options: {},
      source,
      engine,
      net,
    };
    const record = recordOf(
      { ...run, history, recorder, seconds, digest, folder: undefined, best: undefined },
      { loss: 1, accuracy: 0.5 },
    );
    return runJsonOf({ version: "0", command: "", record, network: {}, recipe, source });
  };
  expect(await recordAfter(2)).toMatchObject({ stopped: "good enough" });
  expect(await recordAfter(undefined)).not.toHaveProperty("stopped");
});

it("a poor score of few pictures, learned from scratch, brings advice; others do not", () => {
  const image = { height: 1, width: 2, color: "gray", fit: "cover" } as const;
  const pictures = (n: number, preparation: object = { image }): Source => {
    const x = new Uint8Array(2 * n);
    const train = { x, shape: [n, 1, 2, 1], y: new Int32Array(n), preparation };
    const facts = {
      name: "p",
      task: "classification",
      classes: 2,
      classNames: ["a", "b"],
      where: "",
    } as const;
    return { train, test: train, ...facts };
  };
  const advice = (source: Source, accuracy: number, options: object = {}, preset = "photos") =>
    adviceOn(
      { preset: networkSourceOf(preset), source, options, dataset: "my photos" },
      { loss: 1, accuracy },
    );
  expect(advice(pictures(160), 0.55)).toBe(
    "160 pictures are few to learn from scratch: bring more, or begin with a network that has seen many, anygrad train --from mobilenet --dataset 'my photos' (npm install nsfwjs)",
  );
  expect(advice(pictures(160), 0.55, {}, "softmax")).toMatch(
    /^160 pictures are few to learn from scratch: train photos, which is made for few, bring more, or begin/,
  );
  expect(advice(pictures(160), 0.9)).toBeUndefined();
  expect(advice(pictures(5000), 0.55)).toBeUndefined();
  expect(advice(pictures(160), 0.55, { from: "mobilenet" })).toBeUndefined();
  expect(advice(pictures(160, {}), 0.55)).toBeUndefined();
});
