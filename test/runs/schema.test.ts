/** What a run leaves in its folder: all that is written is read back and checked, field by field, and damage is told in one line. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { holdsCheckpoint, readCheckpoint } from "../../runs/checkpoints/unfinishedRun.ts";
import { machine } from "../../runs/machine.ts";
import { parseRun, type RunTexts, readConditions, readRunFolder } from "../../runs/reader.ts";
import { createRecorder } from "../../runs/recorder.ts";
import {
  checkTrainRecord,
  conditionsName,
  type EndedRun,
  fileNames,
  formerCheckpoint,
  runJson,
  runJsonOf,
} from "../../runs/schema.ts";
import { historyText, predictionsText, runText, stepsText } from "../../runs/writer.ts";
import { AnygradError } from "../../src/errors.ts";
import type { History } from "../../src/model/index.ts";

const history: History = {
  loss: [0.5, 1 / 3],
  accuracy: [0.25, 0.75],
  seconds: [Number.NaN, 1.5],
  learningRate: [0.1, 1e-7],
};

const labels = Uint8Array.of(0, 1, 1, 0);
const predicted = [0, 1, 0, 0];

const ended: EndedRun = {
  version: "0.1.0",
  command: "anygrad train mlp-64 --seed 1",
  record: {
    preset: "mlp-64",
    dataset: "made up",
    seed: 1,
    engine: {
      runtime: "node 20",
      variant: "simd",
      precision: "strict",
      threads: 2,
      workers: 1,
      sharedMemory: true,
      memoryBytes: 1 << 20,
      peakBytes: 1 << 19,
    },
    params: { total: 10, trainable: 8, nonTrainable: 2 },
    history,
    test: { loss: 0.5, accuracy: 0.75 },
    raw: { loss: 0.6, accuracy: 0.5 },
    seconds: 2,
    secondsPerEpoch: 1.5,
    stepMilliseconds: 0.25,
    digest: "ab".repeat(32),
    stopped: "earlyStopping: val_loss has not become better than 0.3 since epoch 2",
    out: "somewhere",
  },
  network: { dropout: 0.5 },
  recipe: {
    optimizer: "adam",
    learningRate: 0.001,
    batchSize: "all",
    epochs: 2,
    normalize: "standard",
    loss: "sparseCategoricalCrossentropy",
  },
  source: {
    train: {
      x: new Uint8Array(24),
      shape: [6, 2, 2],
      y: new Uint8Array(6),
      normalization: { scale: 2, shift: 1 },
    },
    validation: { x: new Uint8Array(8), shape: [2, 2, 2], y: new Uint8Array(2) },
    test: { x: new Uint8Array(16), shape: [4, 2, 2], y: labels },
    where: "built in",
    classNames: ["cat", "dog"],
  },
  limit: 6,
  validationSplit: 0.25,
};

const recorder = createRecorder();
for (const [step, loss] of [0.7, 0.3].entries())
  recorder.onStepEnd?.(
    {
      ...{ epoch: step, step: 0, globalStep: step, batchSize: 4, loss, learningRate: 0.1, accuracy: 0.5 },
      ...{ running_loss: [0.7, 0.5][step]!, running_accuracy: 0.5 },
    },
    {} as never,
  );

const texts: RunTexts = {
  run: runText(ended),
  history: historyText(history),
  steps: stepsText(recorder),
  predictions: predictionsText(
    { data: Float32Array.of(0.9, 0.1, 0.2, 0.8, 0.6, 0.4, 1, 0), shape: [4, 2] },
    labels,
    predicted,
  ),
};

/** The message, after it was seen to be one line of a file that is damaged. */
function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(AnygradError);
    expect((error as AnygradError).code).toBe("DATA_FORMAT");
    expect((error as AnygradError).message).not.toContain("\n");
    return (error as AnygradError).message;
  }
  throw new Error("nothing was refused");
}

it.each<[keyof RunTexts, RegExp]>([
  ["history", /history[.]csv: line 2: the epoch is .*, wanted a whole number; bring the file back/],
  ["steps", /steps[.]csv: line 2: the step is .*, wanted a whole number/],
  ["predictions", /predictions[.]csv: line 2: the example is .*, wanted a whole number/],
])("%s has lines that are counted", (name, message) => {
  for (const count of ["1e308", "-1", "0.5", "NaN", "", "1e16"]) {
    const [head, first = "", ...lines] = texts[name].split("\n");
    const twisted = [head, first.replace(/^[^,]*/, count), ...lines].join("\n");
    expect(refusalOf(() => parseRun({ ...texts, [name]: twisted }, "folder"))).toMatch(message);
  }
});

it("names of columns that a terminal would obey are shown as text", () => {
  const history = texts.history.replace("accuracy", "accuracy\u001b[2J");
  const names = Object.keys(parseRun({ ...texts, history }, "folder").history);
  expect(names).toContain("accuracy\ufffd[2J");
});

type Place = readonly (string | number)[];

/** Every value within, with the way to it. */
function* placesOf(value: unknown, place: Place = []): Generator<Place> {
  if (place.length > 0) yield place;
  if (typeof value !== "object" || value === null) return;
  for (const [name, part] of Object.entries(value))
    yield* placesOf(part, [...place, Array.isArray(value) ? Number(name) : name]);
}

function changed(value: unknown, [name, ...rest]: Place, to: unknown): unknown {
  if (name === undefined) return to;
  const copy: Record<string, unknown> = structuredClone(value) as Record<string, unknown>;
  copy[name] = changed(copy[name], rest, to);
  return copy;
}

const nameOf = (place: Place): string =>
  place.map((part, i) => (typeof part === "number" ? `[${part}]` : i > 0 ? `.${part}` : part)).join("");

describe("run.json", () => {
  const written = JSON.parse(texts.run) as Record<string, unknown>;

  it("is read back as it was written", () => {
    const { date: _, ...computer } = machine();
    const environment = { date: expect.stringMatching(/^\d{4}(-\d\d){2}T\d\d(:\d\d){2}Z$/), ...computer };
    expect(runJson(written, "run.json")).toEqual({
      ...JSON.parse(JSON.stringify(runJsonOf(ended))),
      environment,
    });
    expect(Object.keys(written).slice(0, 3)).toEqual(["anygrad", "command", "preset"]);
    expect(written).not.toHaveProperty("history");
    expect(written).not.toHaveProperty("out");
  });

  // what stands below these is told as it is, whatever it is; of a recipe what decides nothing is not looked at
  const free = /^(network|environment)[.]|^recipe[.](normalize|loss)$/;
  const places = [...placesOf(written)].filter((place) => !free.test(nameOf(place)));

  it("has a check for every field that is written", () => {
    expect(places.length).toBeGreaterThan(50);
    for (const place of places) {
      const text = JSON.stringify(changed(written, place, [[]])); // nothing that a run holds is a list of lists
      const message = refusalOf(() => parseRun({ ...texts, run: text }, "out"));
      expect(message).toContain(`out/run.json: damaged, ${nameOf(place)}`);
      expect(message).toMatch(/ is \[.*, wanted .*; bring the file back, or train anew$/);
    }
  });

  it("does without what older versions did not write", () => {
    const { raw: _, stopped: __, environment: ___, ...older } = written;
    const engine = { ...(written.engine as object), workers: undefined, peakBytes: undefined };
    const dataset = { ...(written.dataset as object), validation: undefined, validationSplit: undefined };
    const run = JSON.stringify({ ...older, engine, dataset: { ...dataset, normalization: undefined } });
    expect(parseRun({ ...texts, run }, "out").settings).toEqual(JSON.parse(run));
  });

  it("names a field that is missing", () => {
    for (const name of ["preset", "digest", "test", "dataset"]) {
      const { [name]: _, ...others } = written;
      expect(refusalOf(() => parseRun({ ...texts, run: JSON.stringify(others) }, "out"))).toContain(
        `${name} is missing`,
      );
    }
    expect(refusalOf(() => parseRun({ ...texts, run: "{\n" }, "out"))).toMatch(/run.json: damaged, no JSON/);
    expect(refusalOf(() => parseRun({ ...texts, run: "[".repeat(1e6) }, "out"))).toMatch(
      /run.json: damaged, it nests deeper than 200 levels; bring the file back/,
    );
    expect(refusalOf(() => parseRun({ ...texts, run: "[]" }, "out"))).toContain("is [], wanted an object");
  });

  it("gives class names that every document can hold", () => {
    const run = JSON.stringify(changed(written, ["dataset", "classNames", 0], "a\u0000b\ud800"));
    expect(parseRun({ ...texts, run }, "out").settings.dataset.classNames).toEqual(["a\ufffdb\ufffd", "dog"]);
  });
});

describe("the tables of a run", () => {
  it("are read back as they were written", () => {
    const run = parseRun(texts, "out");
    expect(run.history).toEqual({ epoch: [1, 2], ...history });
    expect(run.steps).toEqual({
      step: [1, 2],
      epoch: [1, 2],
      loss: [0.7, 0.3],
      accuracy: [0.5, 0.5],
      learning_rate: [0.1, 0.1],
      running_loss: [0.7, 0.5],
      running_accuracy: [0.5, 0.5],
    });
    expect(run.predictions).toEqual({
      labels: [0, 1, 1, 0],
      predicted,
      probabilities: [
        [0.9, 0.1],
        [0.2, 0.8],
        [0.6, 0.4],
        [1, 0],
      ],
    });
  });

  it("are read as older versions wrote them, without running values", () => {
    const steps = "step,epoch,loss,accuracy,learning_rate\n1,1,0.7,0.5,0.1\n";
    expect(parseRun({ ...texts, steps }, "out").steps).toEqual({
      step: [1],
      epoch: [1],
      loss: [0.7],
      accuracy: [0.5],
      learning_rate: [0.1],
    });
  });

  it("and of a run whose numbers went out of bounds, say that and not that they are damaged", () => {
    const run = JSON.stringify(changed(JSON.parse(texts.run), ["test", "loss"], null));
    let thrown: unknown;
    try {
      parseRun({ ...texts, run }, "out");
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      code: "NOT_FINITE",
      message:
        "out/run.json: test.loss is NaN or infinite: the run's numbers went out of bounds, so there is nothing to tell of it; train anew with a lower learning rate",
    });
  });

  it.each<[string, Partial<RunTexts>, RegExp]>([
    [
      "a line cut short",
      { history: "epoch,loss\n1\n" },
      /history.csv: line 2 has 1 columns, the first 2; bring/,
    ],
    ["a column gone", { steps: "step,epoch,loss,accuracy\n" }, /steps.csv: lacks the column "learning_rate"/],
    ["a class without a column", { predictions: "example,label,predicted,p0\n" }, /lacks the column "p1"/],
    [
      "examples gone",
      { predictions: "example,label,predicted,p0,p1\n0,0,0,1,0\n" },
      /predictions.csv: 1 examples, but run.json says 4/,
    ],
    [
      "a class that is none",
      { predictions: texts.predictions.replace("\n1,1,1,", "\n1,1,2,") },
      /a class is 2, but there are 0 to 1/,
    ],
    [
      "another run's predictions",
      { predictions: texts.predictions.replace("\n1,1,1,", "\n1,1,0,") },
      /2 of 4 are right, but run.json says 0.75/,
    ],
  ])("refuse %s", (_, damage, message) => {
    expect(refusalOf(() => parseRun({ ...texts, ...damage }, "out"))).toMatch(message);
  });
});

describe("the folder of a run", () => {
  const folder = mkdtempSync(join(tmpdir(), "anygrad-runs-"));
  const write = (name: string, content: string): void => writeFileSync(join(folder, name), content);

  it("holds a checkpoint, conditions and, in the end, the run", async () => {
    expect(await holdsCheckpoint(folder)).toBe(false);
    write(formerCheckpoint.settings, JSON.stringify({ preset: "mlp-64", options: { epochs: 3 } }));
    expect(await readCheckpoint(folder)).toBeUndefined();
    write(formerCheckpoint.state, "weights");
    expect(await holdsCheckpoint(folder)).toBe(true);
    expect(await readCheckpoint(folder)).toMatchObject({ preset: "mlp-64", options: { epochs: 3 } });
    write(formerCheckpoint.settings, JSON.stringify({ preset: 1, options: {} }));
    await expect(readCheckpoint(folder)).rejects.toThrow(
      /checkpoint.json: damaged, preset is 1, wanted a text/,
    );

    expect(await readConditions(folder)).toBeUndefined();
    const conditions = { anygrad: "0.1.0", settings: ["--seed", "1"], jobs: 2, fair: false };
    write(conditionsName, JSON.stringify({ ...conditions, threads: "auto", loadAverage: null }));
    expect(await readConditions(folder)).toEqual({ ...conditions, threads: "auto", loadAverage: null });
    write(conditionsName, JSON.stringify({ ...conditions, threads: "all", loadAverage: null }));
    await expect(readConditions(folder)).rejects.toThrow(/conditions.json: damaged, threads is "all"/);

    for (const name of ["run", "history", "steps", "predictions"] as const) {
      await expect(readRunFolder(folder)).rejects.toThrow(`${folder}: no ${fileNames[name]} there; pass`);
      write(fileNames[name], texts[name]);
    }
    expect(await readRunFolder(folder)).toEqual(parseRun(texts, folder));
    await expect(readRunFolder(join(folder, "gone"))).rejects.toThrow(/gone: no folder there; pass/);
  });
});

describe("what train --json prints", () => {
  it("is read with the checks of run.json", () => {
    const printed = JSON.parse(JSON.stringify(ended.record));
    expect(checkTrainRecord(printed, "record")).toEqual(printed);
    expect(checkTrainRecord({ ...printed, test: null }, "record").test).toBeNull();
    for (const name of ["seed", "engine", "digest", "stopped", "out", "test"])
      expect(refusalOf(() => checkTrainRecord({ ...printed, [name]: [[]] }, "record:"))).toContain(name);
  });
});
