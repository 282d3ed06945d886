import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AnygradError } from "../../../src/errors.ts";
import type { NamedWeight } from "../../../src/model/network/parameters.ts";
import {
  type Callback,
  callbacks,
  type EarlyStoppingOptions,
  type EpochLogs,
  type ReduceLearningRateOnPlateauOptions,
  type TrainingRun,
} from "../../../src/model/training/callbacks/index.ts";

// A run without a model: its one weight holds the epoch it was trained for.
class FakeRun implements TrainingRun {
  learningRate = 1;
  readonly epochs: number = 100;
  readonly stepsPerEpoch = 10;
  weight = -1;
  copies = 0;
  stoppedBecause: string | undefined;
  readonly model: TrainingRun["model"] = {
    getWeights: () => {
      this.copies++;
      return [{ name: "w", shape: [1], data: Float32Array.of(this.weight) }];
    },
    setWeights: (weights: NamedWeight[]) => {
      this.weight = weights[0]!.data[0]!;
    },
  };
  stop(reason = "no reason"): void {
    this.stoppedBecause = reason;
  }
}

interface Outcome {
  run: FakeRun;
  /** The epochs that ran. */
  epochs: number;
  /** The learning rate after each of them. */
  rates: number[];
}

async function drive(callback: Callback, logs: readonly EpochLogs[], run = new FakeRun()): Promise<Outcome> {
  const rates: number[] = [];
  run.stoppedBecause = undefined;
  await callback.onTrainBegin?.(run);
  let epoch = 0;
  for (; epoch < logs.length && run.stoppedBecause === undefined; epoch++) {
    await callback.onEpochBegin?.(epoch, run);
    run.weight = epoch;
    await callback.onEpochEnd?.(epoch, logs[epoch]!, run);
    rates.push(run.learningRate);
  }
  await callback.onTrainEnd?.(run);
  return { run, epochs: epoch, rates };
}

function losses(...values: number[]): EpochLogs[] {
  return values.map((value) => ({ loss: value, val_loss: value }));
}

describe("earlyStopping", () => {
  const falling = losses(0.9, 0.7, 0.8, 0.65, 0.66, 0.649, 0.7, 0.71, 0.5, 0.72, 0.73, 0.74);

  // What Keras 3.15 does with the same values: the epochs it ran, whether it stopped, the epoch it went back to.
  const table: [EarlyStoppingOptions, number, boolean, number][] = [
    [{ patience: 0 }, 3, true, 1],
    [{ patience: 1 }, 3, true, 1],
    [{ patience: 2 }, 8, true, 5],
    [{ patience: 3 }, 12, true, 8],
    [{ patience: 4 }, 12, false, 8],
    [{ patience: 2, minDelta: 0.01 }, 6, true, 3],
    [{ patience: 2, baseline: 0.6 }, 3, true, 1],
    [{ patience: 4, baseline: 0.6 }, 5, true, 3],
    [{ patience: 1, startFromEpoch: 6 }, 8, true, 6],
  ];
  it.each(table)("%j does as Keras", async (options, epochs, stopped, restored) => {
    const callback = callbacks.earlyStopping(options);
    const outcome = await drive(callback, falling);
    expect(outcome.epochs).toBe(epochs);
    expect(outcome.run.stoppedBecause !== undefined).toBe(stopped);
    expect(outcome.run.weight).toBe(restored);
    expect(callback.bestEpoch).toBe(restored);
    expect(callback.stoppedEpoch).toBe(stopped ? epochs - 1 : undefined);
  });

  it("goes up for an accuracy, and says why it stopped", async () => {
    const logs = [0.5, 0.4, 0.6, 0.6, 0.55, 0.7].map((value) => ({ val_accuracy: value }));
    const callback = callbacks.earlyStopping({ monitor: "val_accuracy", patience: 2 });
    const { run, epochs } = await drive(callback, logs);
    expect(epochs).toBe(5);
    expect(run.weight).toBe(2);
    expect(callback.best).toBe(0.6);
    expect(run.stoppedBecause).toBe(
      "earlyStopping: val_accuracy has not become better than 0.6 since epoch 3",
    );
  });

  it("leaves the weights alone, and copies none, with restoreBestWeights: false", async () => {
    const { run } = await drive(callbacks.earlyStopping({ patience: 2, restoreBestWeights: false }), falling);
    expect(run.weight).toBe(7);
    expect(run.copies).toBe(0);
  });

  it("starts afresh in a second run", async () => {
    const callback = callbacks.earlyStopping({ patience: 1 });
    await drive(callback, losses(0.1, 0.2));
    const { epochs, run } = await drive(callback, losses(0.9, 0.8, 0.7));
    expect(epochs).toBe(3);
    expect(run.weight).toBe(2);
    expect(callback.stoppedEpoch).toBeUndefined();
  });

  it("never takes NaN for better, and ends a run that has nothing else", async () => {
    const callback = callbacks.earlyStopping({ patience: 2 });
    const recovered = await drive(callback, losses(Number.NaN, 0.5, Number.NaN, 0.4));
    expect(recovered.run.weight).toBe(3);
    const lost = await drive(callback, losses(Number.NaN, Number.NaN, Number.NaN));
    expect(lost.epochs).toBe(2);
    expect(lost.run.stoppedBecause).toMatch(/no usable value in 2 epochs/);
    expect(lost.run.weight).toBe(1);
  });

  it("ends with the weights of the best epoch it saw, whatever the losses", async () => {
    const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(values, fc.nat(5), async (sequence, patience) => {
        const { run, epochs } = await drive(callbacks.earlyStopping({ patience }), losses(...sequence));
        const seen = sequence.slice(0, epochs);
        expect(run.weight).toBe(seen.indexOf(Math.min(...seen)));
        if (run.stoppedBecause !== undefined) expect(epochs - 1 - run.weight).toBe(Math.max(patience, 1));
        else expect(epochs).toBe(sequence.length);
      }),
    );
  });
});

describe("reduceLearningRateOnPlateau", () => {
  const plateaus = losses(1, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.8, 0.8, 0.79995, 0.8, 0.8, 0.8, 0.8);

  // The learning rate of Keras 3.15 after each epoch.
  const table: [ReduceLearningRateOnPlateauOptions, number[]][] = [
    [{ patience: 2 }, [1, 1, 1, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.125, 0.125, 0.0625, 0.0625, 0.03125]],
    [
      { patience: 2, cooldown: 2 },
      [1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125, 0.125, 0.125, 0.0625, 0.0625],
    ],
    [{ patience: 1, minLearningRate: 0.2 }, [1, 1, 0.5, 0.25, ...new Array<number>(10).fill(0.2)]],
    [
      { patience: 3, mode: "max" },
      [1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125, 0.125, 0.125, 0.0625, 0.0625],
    ],
    [
      { patience: 2, minDelta: 0.15 },
      [1, 1, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125, 0.125, 0.0625, 0.0625, 0.03125, 0.03125, 0.015625],
    ],
    [
      { patience: 2, minDelta: 0, cooldown: 1 },
      [1, 1, 1, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.125, 0.125, 0.0625],
    ],
  ];
  it.each(table)("%j does as Keras", async (options, wanted) => {
    const { rates } = await drive(
      callbacks.reduceLearningRateOnPlateau({ factor: 0.5, ...options }),
      plateaus,
    );
    expect(rates).toEqual(wanted);
  });

  it("waits ten epochs and divides by ten by default, and starts afresh in a second run", async () => {
    const callback = callbacks.reduceLearningRateOnPlateau();
    const flat = losses(...new Array<number>(11).fill(1));
    for (const { rates } of [await drive(callback, flat), await drive(callback, flat)])
      expect(rates).toEqual([...new Array<number>(10).fill(1), 0.1]);
  });
});

describe("learningRateSchedule", () => {
  it("gets the epoch and the rate so far, and sets the epoch's", async () => {
    const callback = callbacks.learningRateSchedule((epoch, rate) => (epoch < 2 ? rate : rate / 2));
    const { rates } = await drive(callback, losses(1, 1, 1, 1));
    expect(rates).toEqual([1, 1, 0.5, 0.25]);
  });

  it("refuses a rate that is none", async () => {
    const callback = callbacks.learningRateSchedule((epoch) => (epoch === 1 ? Number.NaN : 1));
    await expect(drive(callback, losses(1, 1))).rejects.toThrow(
      /^learningRateSchedule: the rate of epoch 1 is NaN; pass a number from 0/,
    );
  });
});

describe("csvLogger", () => {
  it("writes a header and a line an epoch, numbers in full", async () => {
    const lines: string[] = [];
    const callback = callbacks.csvLogger({ write: (line) => void lines.push(line) });
    await drive(callback, [
      { loss: 0.1 + 0.2, val_loss: 1e-7 },
      { loss: 0.25, val_loss: Number.NaN, extra: 1 },
      { loss: 0.125 },
    ]);
    expect(lines).toEqual(["epoch,loss,val_loss", "1,0.30000000000000004,1e-7", "2,0.25,NaN", "3,0.125,"]);
  });

  it("waits for an async sink", async () => {
    const lines: string[] = [];
    const write = async (line: string) => {
      await new Promise((resolve) => setTimeout(resolve, line.startsWith("epoch") ? 5 : 0));
      lines.push(line);
    };
    await drive(callbacks.csvLogger({ write }), losses(1));
    expect(lines).toEqual(["epoch,loss,val_loss", "1,1,1"]);
  });

  it("goes on with a file: no header, the columns named, another separator", async () => {
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    await drive(
      callbacks.csvLogger({ write, header: false, columns: ["val_loss"], separator: ";" }),
      losses(3),
    );
    expect(lines).toEqual(["1;3"]);
  });

  it("quotes names that need it", async () => {
    const lines: string[] = [];
    await drive(callbacks.csvLogger({ write: (line) => void lines.push(line) }), [{ 'a,"b"': 1, "c\nd": 2 }]);
    expect(lines[0]).toBe('epoch,"a,""b""","c\nd"');
  });
});

describe("hooks", () => {
  it("are called as given", async () => {
    const calls: string[] = [];
    const callback = callbacks.hooks({
      onTrainBegin: () => void calls.push("train begin"),
      onEpochBegin: (epoch) => void calls.push(`epoch ${epoch}`),
      onEpochEnd: async (epoch, logs, run) => {
        calls.push(`loss ${logs.loss}`);
        if (epoch === 1) run.stop("enough");
      },
      onTrainEnd: () => void calls.push("train end"),
    });
    const { run } = await drive(callback, losses(3, 2, 1));
    expect(calls).toEqual(["train begin", "epoch 0", "loss 3", "epoch 1", "loss 2", "train end"]);
    expect(run.stoppedBecause).toBe("enough");
  });

  it("that are misspelt or no functions are refused", () => {
    const misspelt: object = { onEpochend: () => {} };
    expect(() => callbacks.hooks(misspelt)).toThrow(
      /^hooks: "onEpochend" is unknown; did you mean onEpochEnd\? There are onTrainBegin, /,
    );
    expect(() => callbacks.hooks(JSON.parse('{"onEpochEnd": 1}'))).toThrow(
      /^hooks: onEpochEnd is 1; pass a value of type function/,
    );
  });
});

describe("bad input", () => {
  it.each(["earlyStopping", "reduceLearningRateOnPlateau"] as const)(
    "%s says what the logs hold when its monitor is missing",
    async (name) => {
      const logs = [{ loss: 1, accuracy: 0.5 }];
      await expect(drive(callbacks[name](), logs)).rejects.toThrow(
        `${name}: the logs hold no "val_loss", only loss, accuracy; pass validationData or validationSplit`,
      );
      await expect(drive(callbacks[name]({ monitor: "acc", mode: "max" }), logs)).rejects.toThrow(
        /add the metric/,
      );
      await expect(drive(callbacks[name](), logs)).rejects.toBeInstanceOf(AnygradError);
    },
  );

  it("earlyStopping misses its monitor already before startFromEpoch", async () => {
    await expect(drive(callbacks.earlyStopping({ startFromEpoch: 5 }), [{ loss: 1 }])).rejects.toThrow(
      /val_loss/,
    );
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "patience -1",
      () => callbacks.earlyStopping({ patience: -1 }),
      /^earlyStopping: patience is -1; pass a whole number from 0/,
    ],
    ["patience 1.5", () => callbacks.reduceLearningRateOnPlateau({ patience: 1.5 }), /patience is 1.5/],
    [
      "startFromEpoch NaN",
      () => callbacks.earlyStopping({ startFromEpoch: Number.NaN }),
      /startFromEpoch is NaN/,
    ],
    ["minDelta -1", () => callbacks.earlyStopping({ minDelta: -1 }), /minDelta is -1/],
    ["baseline NaN", () => callbacks.earlyStopping({ baseline: Number.NaN }), /baseline is NaN/],
    [
      "factor 1",
      () => callbacks.reduceLearningRateOnPlateau({ factor: 1 }),
      /^reduceLearningRateOnPlateau: factor is 1; pass a number above 0 and below 1/,
    ],
    ["cooldown", () => callbacks.reduceLearningRateOnPlateau({ cooldown: -2 }), /cooldown is -2/],
    [
      "minLearningRate",
      () => callbacks.reduceLearningRateOnPlateau({ minLearningRate: -2 }),
      /minLearningRate is -2/,
    ],
    [
      "a mode",
      () => callbacks.earlyStopping(JSON.parse('{"mode": "up"}')),
      /mode is "up"; pass "auto", "min" or "max"/,
    ],
    ["no monitor", () => callbacks.earlyStopping({ monitor: "" }), /monitor is ""/],
    [
      "a name without a direction",
      () => callbacks.earlyStopping({ monitor: "val_cosine" }),
      /"val_cosine" says .* pass mode/,
    ],
    ["no sink", () => callbacks.csvLogger(JSON.parse("{}")), /^csvLogger: write is undefined/],
    [
      "no function",
      () => callbacks.learningRateSchedule(JSON.parse("0.1")),
      /^learningRateSchedule: its argument is 0.1; pass a function/,
    ],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(message);
    expect(run).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });

  it("auto knows the directions of every metric of this package", () => {
    for (const monitor of ["loss", "val_loss", "val_meanSquaredError", "meanAbsoluteError"])
      expect(callbacks.earlyStopping({ monitor }).best).toBe(Infinity);
    for (const monitor of [
      "val_accuracy",
      "top5Accuracy",
      "binaryAccuracy",
      "val_auc",
      "f1",
      "f1_3",
      "recall_12",
      "precision",
    ])
      expect(callbacks.earlyStopping({ monitor }).best).toBe(-Infinity);
  });
});
