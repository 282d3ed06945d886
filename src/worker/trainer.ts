/** The worker's side: a model and an engine that do what the page asks for. */

import type { Augmentation } from "../augmentation/augmentation.ts";
import type { AugmentationOptions } from "../augmentation/options.ts";
import { createEngine, type Engine } from "../autograd/engine.ts";
import type { EngineOptions } from "../backend/backend.ts";
import type { Dataset, TrainTest } from "../data/dataset.ts";
import { AnygradError } from "../errors.ts";
import type { Snapshot } from "../io/snapshot.ts";
import { metricFromConfig } from "../metrics/named.ts";
import type { CompileOptions, FitOptions, History, Model, TrainStep } from "../model/index.ts";
import type { WeightsSource } from "../model/saving/weightsOptions.ts";
import type { Callback, HookName, TrainingRun } from "../model/training/callbacks/index.ts";
import { emptyHistory } from "../model/training/run/history.ts";
import type { Batch, BatchSource, StreamPosition } from "../model/training/stream/source.ts";
import { lossFrom, networkFrom, optimizerFrom } from "./made.ts";
import { eachOf } from "./messages/eachOf.ts";
import { type Handlers, Link, type Port } from "./messages/link.ts";
import type {
  CompileOrder,
  FitOrder,
  HookCall,
  PageMethods,
  RunOrder,
  SentData,
  SentHistory,
  StreamAddress,
  TrainerMethods,
} from "./messages/protocol.ts";
import { owned, shared } from "./messages/transfer.ts";

/** @returns what takes the page's messages */
export function serveTrainer(port: Port): (message: unknown) => void {
  const link: Link<PageMethods, TrainerMethods> = new Link(port, new Trainer(() => link).handlers);
  return (message) => link.receive(message);
}

type Run = AsyncGenerator<TrainStep, History, void>;

class Trainer {
  readonly #page: () => Link<PageMethods, TrainerMethods>;
  readonly #kept = new Map<number, Dataset>();
  readonly #aborts = new Map<number, AbortController>();
  readonly #runs = new Map<number, Run>();
  #engineOptions: EngineOptions = {};
  #engine: Promise<Engine> | undefined;
  #model: Model | undefined;

  constructor(page: () => Link<PageMethods, TrainerMethods>) {
    this.#page = page;
  }

  readonly handlers: Handlers<TrainerMethods> = {
    open: async ({ engine, saved }) => {
      this.#engineOptions = engine;
      if (!saved) return;
      const { load } = await import("../model/load.ts");
      this.#model = await load(saved, { engine: await this.#theEngine() });
    },
    compile: (order) => this.#compile(order),
    position: () => this.#ready("position").position,
    classNames: () => this.#model?.classNames,
    engineInfo: () => this.#ready("engineInfo").engine.info,
    fit: (order) =>
      this.#abortable(order, async (signal) =>
        sendable(await this.#ready("fit").fit(...(await this.#fitting(order, signal)))),
      ),
    begin: async (order) => {
      const model = this.#ready("fit");
      this.#runs.set(order.run, model.train(...(await this.#fitting(order, this.#signal(order)))));
    },
    next: async (run) => {
      const step = await this.#runs.get(run)!.next();
      if (!step.done) return step;
      this.#end(run);
      return { done: true, value: sendable(step.value) };
    },
    leave: async (run) => {
      await this.#runs.get(run)?.return(emptyHistory());
      this.#end(run);
    },
    abort: (run) => this.#aborts.get(run)?.abort(),
    forget: (kept) => void this.#kept.delete(kept),
    evaluate: (order) => {
      const data = this.#unpack(order.run, order.data);
      return this.#abortable(order, (signal) =>
        this.#ready("evaluate").evaluate(data, { ...order.options, signal }),
      );
    },
    onBatch: ({ task, data, options }) => this.#ready(task)[task](data, options),
    predict: ({ x, options }) => this.#ready("predict").predict(x, options),
    getWeights: () => this.#ready("getWeights").getWeights(),
    setWeights: (weights) => this.#ready("setWeights").setWeights(weights),
    loadWeights: ({ source, options }) =>
      this.#ready("loadWeights").loadWeights(source as WeightsSource, options),
    digest: () => this.#ready("digest").digest(),
    save: (options) => this.#ready("save").save(options),
    dataset: async ({ name, options }) => {
      const onProgress = (progress: Parameters<PageMethods["progress"]>[0]): void =>
        void this.#page().call("progress", progress);
      const { datasets } = await import("../data/datasets.ts");
      const read = datasets[name] as (options: object) => Promise<TrainTest>;
      return shared(await read(name === "digits" ? options : { ...options, onProgress }));
    },
  };

  async #compile({ config, options }: CompileOrder): Promise<void> {
    const engine = await this.#theEngine();
    const model = this.#model ?? (await networkFrom(config));
    config.layers.forEach(({ trainable }, i) => {
      model.layers[i]!.trainable = trainable;
    });
    const read = (sent: unknown): Promise<unknown> => eachOf(sent, metricFromConfig);
    const metrics = (await read(options.metrics)) as CompileOptions["metrics"];
    const weighted = options.weightedMetrics && (await read(options.weightedMetrics));
    const weightedMetrics = weighted as CompileOptions["weightedMetrics"];
    const loss = (await eachOf(options.loss, lossFrom)) as CompileOptions["loss"];
    const optimizer = await optimizerFrom(options.optimizer);
    await model.compile({ ...options, loss, optimizer, metrics, weightedMetrics, engine });
    this.#model = model;
  }

  #theEngine(): Promise<Engine> {
    this.#engine ??= createEngine(this.#engineOptions);
    return this.#engine;
  }

  #ready(action: string): Model {
    if (this.#model) return this.#model;
    throw new AnygradError(
      "NOT_READY",
      `${action}: the model is not compiled; call await net.compile({ optimizer, loss }) first`,
    );
  }

  async #fitting(order: FitOrder, signal: AbortSignal): Promise<[Dataset | BatchSource, FitOptions]> {
    const { run, data, validation, augment, augments = {}, options, callbacks } = order;
    const augmenting = augment && (await augmentationOf(augment));
    const several = await Promise.all(
      Object.entries(augments).map(async ([name, each]) => [name, await augmentationOf(each)] as const),
    );
    return [
      this.#unpack(run, data),
      {
        ...options,
        signal,
        callbacks: callbacks.map((hooks, i) => this.#callback(run, i, hooks)),
        ...(augmenting && { augment: augmenting }),
        ...(several.length > 0 && { augment: Object.fromEntries(several) }),
        ...(validation && {
          validationData: "given" in validation ? validation.given : this.#unpack(run, validation),
        }),
      },
    ];
  }

  #unpack(run: number, sent: SentData): Dataset | BatchSource {
    if ("stream" in sent) return this.#stream({ run, stream: sent.stream });
    if ("kept" in sent) return this.#kept.get(sent.kept)!;
    if (sent.keep !== undefined) this.#kept.set(sent.keep, sent.data);
    return sent.data;
  }

  /** A stream whose batches are on the page. */
  #stream(address: StreamAddress): BatchSource {
    const page = this.#page;
    return async function* ({ epoch, step }) {
      try {
        for (let open: StreamPosition | undefined = { epoch, step }; ; open = undefined) {
          const batch = await page().call("nextBatch", { ...address, open });
          if (batch === undefined) return;
          yield batch as Batch;
        }
      } finally {
        await page().call("closeStream", address);
      }
    };
  }

  async #abortable<T>(order: RunOrder<object>, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await work(this.#signal(order));
    } finally {
      this.#end(order.run);
    }
  }

  /** What the page's `abort` will give. */
  #signal({ run, aborted }: RunOrder<object>): AbortSignal {
    const controller = new AbortController();
    if (aborted) controller.abort();
    this.#aborts.set(run, controller);
    return controller.signal;
  }

  #end(run: number): void {
    this.#aborts.delete(run);
    this.#runs.delete(run);
  }

  /** A callback on the page as one of ours: each hook is a call that training waits for. */
  #callback(run: number, callback: number, hooks: readonly HookName[]): Callback {
    let state: Snapshot = null;
    const ask = async (hook: HookName, control: TrainingRun, said: Partial<HookCall> = {}): Promise<void> => {
      const { epochs, stepsPerEpoch, learningRate } = control;
      const weights = hook === "onStepEnd" ? undefined : control.model.getWeights();
      const about = { epoch: 0, logs: {}, epochs, stepsPerEpoch, learningRate, weights };
      const reply = await this.#page().call("hook", { run, callback, hook, ...about, ...said });
      if (reply.state !== undefined) state = reply.state;
      if (reply.weights) control.model.setWeights(reply.weights);
      if (reply.learningRate !== undefined) control.learningRate = reply.learningRate;
      if (reply.stop !== undefined) control.stop(reply.stop);
    };
    const all: Required<Pick<Callback, HookName>> = {
      onTrainBegin: (control) => ask("onTrainBegin", control),
      onEpochBegin: (epoch, control) => ask("onEpochBegin", control, { epoch }),
      onStepEnd: (logs, control) => ask("onStepEnd", control, { logs }),
      onEpochEnd: (epoch, logs, control) => ask("onEpochEnd", control, { epoch, logs }),
      onTrainEnd: (control) => ask("onTrainEnd", control),
      save: () => state,
      restore: (saved) => {
        state = owned(saved);
        const restored = this.#page().call("restore", { run, callback, state: owned(saved) });
        restored.catch(() => this.#aborts.get(run)?.abort()); // the page knows why
      },
    };
    return Object.fromEntries(hooks.map((hook) => [hook, all[hook]]));
  }
}

async function augmentationOf(options: AugmentationOptions): Promise<Augmentation> {
  return (await import("../augmentation/augmentation.ts")).augmentation(options);
}

function sendable(history: History): SentHistory {
  return { logs: history, stopped: history.stopped };
}
