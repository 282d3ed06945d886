/** Logs of runs from code: what is in them, and that a run which goes on from a checkpoint has every entry once. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type Callback,
  checkpointFolder,
  csvLogger,
  jsonLogger,
  loadCheckpoint,
  type Model,
  tensorBoard,
} from "../../../node/index.ts";
import { jsonLines } from "../../../runs/logs/lines.ts";
import { failure } from "../../data/failure.ts";
import { blobs, perceptron } from "../../model/examples.ts";
import { eventsIn } from "./events.ts";

const data = blobs();
const plan = { epochs: 4, batchSize: 16, seed: 1, validationSplit: 0.25 };
const emptyFolder = (): string => mkdtempSync(join(tmpdir(), "anygrad-logs-"));

async function compiled(): Promise<Model> {
  const net = perceptron();
  await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  return net;
}

/** Ends the run as a crash would, in a step. */
function crash(globalStep: number): Callback {
  return {
    onStepEnd(logs) {
      if (logs.globalStep === globalStep) throw new Error("the power is gone");
    },
  };
}

/** A run that crashes and goes on from its last checkpoint, and one that nothing has disturbed. */
async function disturbed(
  log: (place: string) => Callback,
  { every = 3, at = 13 } = {},
): Promise<{ whole: string; resumed: string }> {
  const [whole, resumed, checkpoints] = [emptyFolder(), emptyFolder(), emptyFolder()];
  await (await compiled()).fit(data, { ...plan, callbacks: log(whole) });
  const net = await compiled();
  const callbacks = [log(resumed), checkpointFolder(net, checkpoints, { every, keep: 1 }), crash(at)];
  await expect(net.fit(data, { ...plan, callbacks })).rejects.toThrow("the power is gone");
  const again = (await loadCheckpoint(checkpoints))!;
  expect(again.position).toMatchObject({ done: false });
  await again.fit(data, {
    ...{ resume: true, validationSplit: 0.25 },
    callbacks: [log(resumed), checkpointFolder(again, checkpoints, { every, keep: 1 })],
  });
  return { whole, resumed };
}

const timeless = (line: string): string => line.replaceAll(/"(time|seconds|examplesPerSecond)":[^,}]+/g, "");

describe("csvLogger", () => {
  it("writes a line an epoch", async () => {
    const file = join(emptyFolder(), "new", "log.csv");
    const net = await compiled();
    const history = await net.fit(data, { ...plan, callbacks: csvLogger(file, { separator: ";" }) });
    const [head, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(head).toBe(
      "epoch;step;loss;accuracy;seconds;learningRate;val_loss;val_accuracy;examplesPerSecond",
    );
    const cells = lines.map((line) => line.split(";").map(Number));
    expect(cells.map(([epoch]) => epoch)).toEqual([1, 2, 3, 4]);
    expect(cells.map(([, step]) => step)).toEqual(
      [1, 2, 3, 4].map((epoch) => epoch * (net.position!.stepsPerEpoch ?? 0)),
    );
    expect(cells.map((line) => line[2])).toEqual(history.loss);
    expect(cells.map((line) => line[6])).toEqual(history.val_loss);
  });

  it("begins anew with a new run", async () => {
    const file = join(emptyFolder(), "log.csv");
    writeFileSync(file, "epoch,step\n1,2\n".repeat(100));
    const log = csvLogger(file);
    for (const epochs of [3, 2]) {
      await (await compiled()).fit(data, { ...plan, epochs, callbacks: log });
      expect(readFileSync(file, "utf8").trimEnd().split("\n")).toHaveLength(1 + epochs);
    }
  });

  it.each([{ updateFreq: "batch" }, { updateFreq: 2 }, { updateFreq: "epoch" }] as const)(
    "has every line once after a crash: %o",
    async (options) => {
      const { whole, resumed } = await disturbed((place) => csvLogger(join(place, "log.csv"), options));
      const linesOf = (place: string): string[][] =>
        readFileSync(join(place, "log.csv"), "utf8")
          .split("\n")
          .map((line) => line.split(","));
      const [lines, again] = [linesOf(whole), linesOf(resumed)];
      const timed = ["seconds", "examplesPerSecond"].map((name) => lines[0]!.indexOf(name));
      const comparable = (table: string[][]): string[][] =>
        table.map((line) => line.filter((_, column) => !timed.includes(column)));
      expect(comparable(again)).toEqual(comparable(lines));
    },
  );
});

describe("jsonLogger", () => {
  it("writes steps and epochs", async () => {
    const file = join(emptyFolder(), "log.jsonl");
    const net = await compiled();
    const callbacks = jsonLogger(file, { updateFreq: "batch" });
    const history = await net.fit(data, { ...plan, epochs: 2, callbacks });
    const lines = readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const perEpoch = lines.length / 2 - 1;
    expect(lines.map(({ event }) => event)).toEqual(
      [0, 1].flatMap(() => [...new Array(perEpoch).fill("step"), "epoch"]),
    );
    expect(lines[0]).toMatchObject({ event: "step", epoch: 1, epochs: 2, step: 1 });
    expect(Object.keys(lines[0])).toEqual([
      ...["event", "time", "epoch", "epochs", "step", "loss", "running_loss", "learningRate"],
      ...["accuracy", "running_accuracy", "examplesPerSecond"],
    ]);
    expect(Date.parse(lines[0].time)).toBeGreaterThan(Date.now() - 600_000);
    expect(lines[0].examplesPerSecond).toBeGreaterThan(0);
    expect(lines.at(-1)).toMatchObject({ event: "epoch", epoch: 2, step: 2 * perEpoch });
    expect(lines.at(-1).val_accuracy).toBe(history.val_accuracy![1]);
  });

  it("writes what is no number as null", () => {
    const file = join(emptyFolder(), "log.jsonl");
    const log = jsonLines(file);
    log.begin();
    const scores = { loss: Number.NaN, accuracy: Infinity };
    log.write({ event: "epoch", time: 0, epoch: 1, epochs: 2, step: 3, scores, weights: () => [] });
    log.close();
    expect(readFileSync(file, "utf8")).toBe(
      '{"event":"epoch","time":"1970-01-01T00:00:00.000Z","epoch":1,"epochs":2,"step":3,"loss":null,"accuracy":null}\n',
    );
  });

  it.skipIf(!existsSync("/dev/full"))("tells of a full disk once, and lets the run go on", async () => {
    const told: string[] = [];
    const net = await compiled();
    const callbacks = jsonLogger("/dev/full", {
      updateFreq: "batch",
      onTrouble: (message) => told.push(message),
    });
    expect((await net.fit(data, { ...plan, callbacks })).loss).toHaveLength(plan.epochs);
    expect(told).toEqual([
      "/dev/full: cannot be written (ENOSPC: the disk is full); free space on it; training goes on, and the log is tried again",
    ]);
  });

  it.each([2, 5, 8, 11, 12, 13])("has every line once after a crash in step %i", async (at) => {
    const { whole, resumed } = await disturbed(
      (place) => jsonLogger(join(place, "log.jsonl"), { updateFreq: "batch" }),
      { every: 2, at },
    );
    const linesOf = (place: string): string[] =>
      readFileSync(join(place, "log.jsonl"), "utf8").split("\n").map(timeless);
    expect(linesOf(resumed)).toEqual(linesOf(whole));
  });

  it("says what a file has lost that others have changed meanwhile, and goes on", async () => {
    const [folder, checkpoints] = [emptyFolder(), emptyFolder()];
    const file = join(folder, "log.jsonl");
    const told: string[] = [];
    const log = (): Callback => jsonLogger(file, { onTrouble: (message) => told.push(message) });
    const net = await compiled();
    await net.fit(data, { ...plan, epochs: 2, callbacks: [log(), checkpointFolder(net, checkpoints)] });
    rmSync(file);
    const again = (await loadCheckpoint(checkpoints))!;
    await again.fit(data, { ...plan, resume: true, epochs: 4, callbacks: log() });
    expect(told).toEqual([
      expect.stringMatching(
        /log[.]jsonl has 0 of the \d+ bytes that this run has written; the log goes on without it$/,
      ),
    ]);
    const lines = readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ epoch }) => epoch)).toEqual([3, 4]);
  });
});

describe("tensorBoard", () => {
  it("writes the curves of Keras's names, histograms where asked, and settings", async () => {
    const folder = emptyFolder();
    const net = await compiled();
    const history = await net.fit(data, {
      ...{ ...plan, epochs: 2 },
      callbacks: tensorBoard(folder, { updateFreq: 5, histogramFreq: 2, hparams: { units: 8 } }),
    });
    const train = eventsIn(join(folder, "train"));
    const steps = net.position!.stepsPerEpoch!;
    expect(train.filter(({ tag }) => tag === "epoch_loss")).toEqual(
      history.loss.map((value, i) => ({
        tag: "epoch_loss",
        step: (i + 1) * steps,
        value: Math.fround(value),
      })),
    );
    expect([...new Set(train.map(({ tag }) => tag))]).toEqual([
      ...[
        "batch_loss",
        "batch_running_loss",
        "batch_learning_rate",
        "batch_accuracy",
        "batch_running_accuracy",
      ],
      ...[
        "batch_examples_per_second",
        "epoch_loss",
        "epoch_accuracy",
        "epoch_seconds",
        "epoch_learning_rate",
      ],
      "epoch_examples_per_second",
      ...net.getWeights().map(({ name }) => `${name}/histogram`),
    ]);
    expect(train.filter(({ tag }) => tag === "batch_loss").map(({ step }) => step)).toEqual(
      Array.from({ length: Math.floor((2 * steps) / 5) }, (_, i) => 5 * (i + 1)),
    );
    expect(eventsIn(join(folder, "validation")).map(({ tag, step }) => [tag, step])).toEqual(
      [steps, 2 * steps].flatMap((step) => [
        ["epoch_loss", step],
        ["epoch_accuracy", step],
      ]),
    );
    expect(eventsIn(folder)).toEqual([{ tag: "_hparams_/session_start_info", step: 0, value: undefined }]);
  });

  it("has every event once after a crash, and tells readers from which step on", async () => {
    const { whole, resumed } = await disturbed((place) => tensorBoard(place, { updateFreq: 1 }));
    for (const series of ["train", "validation"]) {
      const comparable = (place: string): object[] =>
        eventsIn(join(place, series)).filter(
          ({ tag, start }) => start === undefined && !/second/.test(String(tag)),
        );
      expect(comparable(resumed)).toEqual(comparable(whole));
    }
    // every 3 steps, crashed in the fourteenth: the twelfth is kept
    expect(eventsIn(join(resumed, "train")).filter(({ start }) => start)).toEqual([
      { start: true, step: 13 },
    ]);
    expect(readdirSync(join(resumed, "train"))).toHaveLength(2);
  });

  it("takes away what an earlier run has written, and nothing of others", async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, "train"));
    const foreign = "events.out.tfevents.1500000000.host";
    writeFileSync(join(folder, "train", foreign), "of another program");
    for (let run = 0; run < 2; run++) {
      await (await compiled()).fit(data, { ...plan, epochs: 1, callbacks: tensorBoard(folder) });
      const names = readdirSync(join(folder, "train")).sort();
      expect(names).toEqual([
        foreign,
        expect.stringMatching(/^events[.]out[.]tfevents[.]\d{10}[.].*[.]anygrad$/),
      ]);
    }
  });
});

describe("wrong use", () => {
  it.each([
    ["no file", () => csvLogger(""), /^csvLogger: the file is ""/],
    [
      "a frequency that is none",
      () => jsonLogger("a", { updateFreq: 0 }),
      /^jsonLogger: updateFreq is 0; pass "epoch", "batch" or/,
    ],
    [
      "histograms of half an epoch",
      () => tensorBoard("a", { histogramFreq: 0.5 }),
      /^tensorBoard: histogramFreq is 0[.]5/,
    ],
    [
      "a list as a setting",
      () => tensorBoard("a", { hparams: { units: [1] as never } }),
      /^tensorBoard: hparams[.]units is \[1\]/,
    ],
    ["an unknown option", () => csvLogger("a", { append: true } as never), /^csvLogger: .*append/],
  ])("%s is refused", async (_, make, message) => {
    expect(await failure(make, "INVALID_ARGUMENT")).toMatch(message);
  });

  it.each([csvLogger, jsonLogger, tensorBoard])(
    "a place that cannot be written ends the run before its first step",
    async (log) => {
      const folder = emptyFolder();
      writeFileSync(join(folder, "file"), "");
      const net = await compiled();
      const message = await failure(
        () => net.fit(data, { ...plan, callbacks: log(join(folder, "file", "log")) }),
        "OUTPUT",
      );
      expect(message).toMatch(/cannot be written/);
      expect(net.position?.step ?? 0).toBe(0);
    },
  );
});
