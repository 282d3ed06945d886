/** Runs to interrupt, and what they are when nothing interrupts them. */
import { expect } from "vitest";
import { createEngine, type Engine } from "../../../../src/autograd/engine.ts";
import { type Dataset, oneHot } from "../../../../src/data/dataset.ts";
import { metrics } from "../../../../src/metrics/index.ts";
import {
  type CompileOptions,
  callbacks,
  type FitOptions,
  type History,
  load,
  type Model,
  type TrainStep,
} from "../../../../src/model/index.ts";
import { optimizers } from "../../../../src/optimizers/index.ts";
import { schedules } from "../../../../src/optimizers/schedules/index.ts";
import { blobs, convolution, perceptron, quarters } from "../../examples.ts";

export const engine = await createEngine({ threads: 1 });
export const loss = "sparseCategoricalCrossentropy";
export const data = quarters({ n: 56 }); // 3 steps of 24, 24 and 8
export const stepsPerEpoch = 3;
export const held = quarters({ n: 20, seed: 2 });
/** Labels that mislead, so that validation gets worse and callbacks have something to do. */
export const misleading: Dataset = {
  ...held,
  y: held.y.map((label, i) => (i % 3 === 0 ? label : (label + 1) % 4)),
};

export interface Case {
  net?: () => Model;
  data?: Dataset;
  compile?: Partial<CompileOptions>;
  /** Made anew for every part of the run, as a process that begins again makes them. */
  fit?: () => FitOptions;
}

export const cosine = schedules.warmup({
  schedule: schedules.cosine({ initialLearningRate: 0.02, decaySteps: 9 }),
  warmupSteps: 2,
});
export const cases: Record<string, Case> = {
  "adam on a cosine with warm-up": { compile: { optimizer: optimizers.adam({ learningRate: cosine }) } },
  "adamw with clipping": {
    compile: { optimizer: optimizers.adamw({ learningRate: 0.01, weightDecay: 0.1, globalClipnorm: 0.5 }) },
  },
  "rmsprop, all metrics": {
    compile: {
      optimizer: "rmsprop",
      metrics: ["accuracy", "auc", metrics.f1({ average: "class" }), "precision", metrics.topK({ k: 2 })],
    },
  },
  "momentum, validation, weights of classes": {
    compile: { optimizer: optimizers.sgd({ learningRate: 0.05, momentum: 0.9 }), metrics: ["accuracy"] },
    fit: () => ({ validationSplit: 0.2, classWeight: { 0: 2 } }),
  },
  "nesterov without shuffle": {
    compile: { optimizer: optimizers.sgd({ learningRate: 0.05, momentum: 0.9, nesterov: true }) },
    fit: () => ({ shuffle: false }),
  },
  "early stopping that stops": {
    compile: { optimizer: optimizers.adam({ learningRate: 0.03 }) },
    fit: () => ({ validationData: misleading, callbacks: [callbacks.earlyStopping({ patience: 1 })] }),
  },
  "early stopping that does not": {
    fit: () => ({ validationData: held, callbacks: [callbacks.earlyStopping({ patience: 9 })] }),
  },
  "a plateau, and early stopping before it": {
    compile: { optimizer: optimizers.adam({ learningRate: 0.03 }) },
    fit: () => ({
      validationData: misleading,
      callbacks: [
        callbacks.earlyStopping({ patience: 3 }),
        callbacks.reduceLearningRateOnPlateau({ patience: 1, factor: 0.3, cooldown: 1 }),
      ],
    }),
  },
  "a rate set at each epoch's begin": {
    fit: () => ({ callbacks: [callbacks.learningRateSchedule((_, rate) => rate * 0.7)] }),
  },
  "a stop within an epoch": {
    fit: () => ({
      callbacks: [{ onStepEnd: ({ globalStep }, run) => void (globalStep === 7 && run.stop()) }],
    }),
  },
  "averaged weights": { fit: () => ({ ema: 0.8 }) },
  "averaged weights, early stopping that stops": {
    compile: { optimizer: optimizers.adam({ learningRate: 0.03 }) },
    fit: () => ({
      ema: 0.9,
      validationData: misleading,
      callbacks: [callbacks.earlyStopping({ patience: 1 })],
    }),
  },
  "statistics estimated anew, without shuffle": {
    fit: () => ({ recalibrate: 2, validationData: held, shuffle: false }),
  },
  "both, early stopping that does not stop": {
    compile: { metrics: ["accuracy"] },
    fit: () => ({
      ema: 0.9,
      recalibrate: 2,
      validationData: held,
      callbacks: [callbacks.earlyStopping({ patience: 9 })],
    }),
  },
  "one-hot targets, dense layers": {
    net: () => perceptron({ dropout: 0.4 }),
    data: { ...blobs({ n: 56 }), y: oneHot(blobs({ n: 56 }).y, 3) },
    compile: { loss: "categoricalCrossentropy", metrics: ["categoricalAccuracy", "meanSquaredError"] },
  },
};

export const plan: FitOptions = { epochs: 4, batchSize: 24, seed: 11 };

export async function begin({ net = convolution, compile }: Case, on: Engine = engine): Promise<Model> {
  const made = net();
  await made.compile({ optimizer: "adam", loss, engine: on, ...compile });
  return made;
}

export interface Ended {
  steps: TrainStep[];
  history: History;
  bytes: Uint8Array;
  digest: string;
}

/** Walks a run, to its end or a number of steps. */
export async function walk(run: AsyncGenerator<TrainStep, History>, most = Number.POSITIVE_INFINITY) {
  const steps: TrainStep[] = [];
  for (;;) {
    if (steps.length === most) {
      await run.return({ loss: [], seconds: [], learningRate: [] });
      return { steps, history: undefined };
    }
    const { done, value } = await run.next();
    if (done) return { steps, history: value };
    const { epochLogs: _, ...logs } = value;
    steps.push(logs as TrainStep);
  }
}

export async function uninterrupted(it: Case): Promise<Ended> {
  const net = await begin(it);
  const { steps, history } = await walk(net.train(it.data ?? data, { ...plan, ...it.fit?.() }));
  return { steps, history: history!, bytes: await net.save({ optimizer: true }), digest: await net.digest() };
}

export const untimed = ({ seconds: _, ...history }: History): object => history;

/** A model's run in parts is the uninterrupted one. */
export async function expectSame(
  wanted: Ended,
  net: Model,
  steps: TrainStep[],
  history: History | undefined,
): Promise<void> {
  expect(steps).toEqual(wanted.steps);
  expect(untimed(history!)).toEqual(untimed(wanted.history));
  expect(history!.seconds).toHaveLength(history!.loss.length);
  expect(await net.digest()).toBe(wanted.digest);
  expect(await net.save({ optimizer: true })).toEqual(wanted.bytes);
}

/** Interrupts a run behind its first steps, saves it, loads it and takes it up: it must end as the whole one. */
export async function interruptedAt(it_: Case, wanted: Ended, most: number): Promise<void> {
  const set = it_.data ?? data;
  const net = await begin(it_);
  const first = await walk(net.train(set, { ...plan, ...it_.fit?.() }), most);
  if (most === 0) return; // a generator that is never asked does not begin
  const again = await load(await net.save({ optimizer: true }), { engine });
  const { epoch, step, stepsPerEpoch: n = Number.NaN } = again.position!;
  if (most < wanted.steps.length) expect([epoch, step]).toEqual([Math.floor(most / n), most % n]);
  const rest = await walk(again.train(set, { ...plan, ...it_.fit?.(), resume: true }));
  await expectSame(wanted, again, [...first.steps, ...rest.steps], rest.history);
}
