/** Why a callback ended a run, from `history.stopped` to what the command line prints and keeps. */
import { expect, it } from "vitest";
import type { Source } from "../../cli/dataset/source.ts";
import { networkSourceOf } from "../../cli/training/network.ts";
import { recordOf } from "../../cli/training/trainedRun.ts";
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
