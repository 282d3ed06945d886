/**
 * A model that trains in a worker. It has the methods of a model on the page; what reads or writes weights is awaited
 * here too. The description stays on the page, the weights live in the worker.
 */

import { type EngineInfo, type EngineOptions, engineNames } from "../backend/backend.ts";
import type { Dataset, ExampleData } from "../data/dataset.ts";
import type { TargetData } from "../data/given/targets.ts";
import { AnygradError } from "../errors.ts";
import type { Layer } from "../layers/index.ts";
import { Printable } from "../math/inspect.ts";
import { strictOptions } from "../math/options.ts";
import type {
  Classification,
  EvaluateOptions,
  Evaluation,
  FitOptions,
  GivenShape,
  History,
  MemoryEstimate,
  MemoryOptions,
  Model,
  ParameterCounts,
  PredictInput,
  Prediction,
  RunPosition,
  SaveOptions,
  TrainStep,
} from "../model/index.ts";
import type { NamedWeight } from "../model/network/parameters.ts";
import { type PendingPrediction, pending } from "../model/predictions/pending.ts";
import type { Predictions } from "../model/predictions/predict.ts";
import { printable } from "../model/predictions/printing.ts";
import { saveNames } from "../model/saving/saveOptions.ts";
import {
  type LoadWeightsOptions,
  type WeightsReport,
  type WeightsSource,
  weightsNames,
} from "../model/saving/weightsOptions.ts";
import { targetsAndOptions } from "../model/training/given.ts";
import { type BatchOptions, batchNames, evaluateNames } from "../model/training/options.ts";
import { finishedHistory } from "../model/training/run/history.ts";
import type {
  GivenData,
  SeveralExamples,
  SeveralSet,
  SeveralTargets,
} from "../model/training/several/forms.ts";
import { type BatchSource, isStream } from "../model/training/stream/source.ts";
import type { Shape } from "../tensor/shape.ts";
import {
  checkSendable,
  sendableCompile,
  sendableEngine,
  type WorkerCompileOptions,
} from "./compileOptions.ts";
import { type Connection, connect } from "./connection.ts";
import type { Link } from "./messages/link.ts";
import type { PageMethods, TrainerMethods } from "./messages/protocol.ts";
import { owned } from "./messages/transfer.ts";
import {
  PageData,
  sendableInputs,
  sendableWeights,
  type TransferOptions,
  transferNames,
} from "./pageData.ts";
import { PageRuns } from "./pageRuns.ts";

/** Options of {@link inWorker}. */
export interface WorkerModelOptions {
  /** Options of the engine in the worker, as createEngine takes them. */
  engine?: EngineOptions;
}

/** A model that trains in a worker; `inWorker` makes one. */
export class WorkerModel<Outputs extends Predictions = Prediction> extends Printable {
  readonly #model: Model<Outputs>;
  readonly #connection: Promise<Connection>;
  readonly #link: Promise<Link<TrainerMethods, PageMethods>>;
  readonly #runs = new PageRuns((run) => void this.#call("abort", run).catch(() => {}));
  readonly #data: PageData;

  /** @internal */
  constructor(model: Model<Outputs>, options?: WorkerModelOptions) {
    super();
    const { engine: asked } = strictOptions("inWorker", options, "engine");
    const engine = strictOptions("inWorker: engine", asked, engineNames);
    checkSendable(model);
    this.#model = model;
    this.#data = new PageData(
      model,
      () => this.#call("classNames", undefined),
      (kept) => void this.#call("forget", kept).catch(() => {}),
    );
    const saved = model.isCompiled ? model.save({ optimizer: true }) : undefined;
    this.#connection = connect(this.#runs.handlers);
    this.#link = this.#open(engine, saved);
    this.#link.catch(() => {}); // every call fails by it, and tells
  }

  /** Its name, for the summary. */
  get name(): string {
    return this.#model.name;
  }

  /** The layers in order. Freezing one (`trainable = false`) takes effect at the next compile. */
  get layers(): readonly Layer[] {
    return this.#model.layers;
  }

  /** Shape of an example. */
  get inputShape(): Shape {
    return this.#model.inputShape;
  }

  /** Shape of an example's output. */
  get outputShape(): Shape {
    return this.#model.outputShape;
  }

  /** Numbers of parameters, as the layers are frozen or not now. */
  get parameters(): ParameterCounts {
    return this.#model.parameters;
  }

  /** The names of its inputs. */
  get inputNames(): readonly string[] {
    return this.#model.inputNames;
  }

  /** The names of its outputs. */
  get outputNames(): readonly string[] {
    return this.#model.outputNames;
  }

  /** A layer by its name. @throws AnygradError INVALID_ARGUMENT */
  getLayer(name: string): Layer {
    return this.#model.getLayer(name);
  }

  /** The table of layers that Keras prints. */
  summary(): string {
    return this.#model.summary();
  }

  /**
   * Estimated bytes of wasm memory for a training step, as a model on the page tells them before it is compiled: the kernels, which would say
   * it more exactly, are in the worker.
   * @param options as the model on the page takes them
   */
  memory(options: MemoryOptions & ({ recompute: true } | { microBatch: number })): Promise<MemoryEstimate>;
  memory(options?: MemoryOptions & { recompute?: false }): MemoryEstimate;
  memory(
    options?: MemoryOptions & { recompute?: boolean; microBatch?: number },
  ): MemoryEstimate | Promise<MemoryEstimate> {
    return this.#model.memory(options);
  }

  /** What runs in the worker: variant, threads, memory. @throws AnygradError NOT_READY before compile */
  async engineInfo(): Promise<EngineInfo> {
    return this.#call("engineInfo", undefined);
  }

  /** Where the last run stands; undefined where there is none that `resume` could go on with. */
  async position(): Promise<RunPosition | undefined> {
    return this.#call("position", undefined);
  }

  /**
   * Builds the weights in the worker and fixes optimizer, loss and metrics. Compiling again keeps the weights.
   * @throws AnygradError INVALID_ARGUMENT, MEMORY_LIMIT, UNSUPPORTED (also where there are no workers)
   */
  async compile(options: WorkerCompileOptions): Promise<void> {
    const config = this.#model.getConfig();
    return this.#call("compile", { config, options: await sendableCompile(options) });
  }

  /**
   * Trains the model in the worker. Callbacks run here, and training waits for them; their `run.model` has the weights
   * in every hook but `onStepEnd`.
   * @throws AnygradError as `fit` on the page does, and WORKER where the worker has ended
   */
  async fit(
    data: Dataset | SeveralSet | BatchSource,
    options?: FitOptions & TransferOptions,
  ): Promise<History>;
  async fit(
    x: ExampleData | GivenShape | SeveralExamples,
    y: TargetData | SeveralTargets,
    options?: FitOptions & TransferOptions,
  ): Promise<History>;
  async fit(
    given: GivenData | BatchSource,
    y?: TargetData | SeveralTargets | (FitOptions & TransferOptions),
    last?: FitOptions & TransferOptions,
  ): Promise<History> {
    const [data, options] = await this.#data.fitting(given, y, last);
    const { logs, stopped } = await this.#runs.supervise(options, async (run, page) =>
      this.#call("fit", await this.#data.fitOrder(data, options, run, page)),
    );
    return finishedHistory(logs, stopped);
  }

  /** Trains as `fit` does, a step at a time: the worker makes a step when asked for one. */
  train(
    data: Dataset | SeveralSet | BatchSource,
    options?: FitOptions & TransferOptions,
  ): AsyncGenerator<TrainStep, History, void>;
  train(
    x: ExampleData | GivenShape | SeveralExamples,
    y: TargetData | SeveralTargets,
    options?: FitOptions & TransferOptions,
  ): AsyncGenerator<TrainStep, History, void>;
  async *train(
    given: GivenData | BatchSource,
    y?: TargetData | SeveralTargets | (FitOptions & TransferOptions),
    last?: FitOptions & TransferOptions,
  ): AsyncGenerator<TrainStep, History, void> {
    const [data, options] = await this.#data.fitting(given, y, last);
    const [run, page] = this.#runs.begin(options);
    let ended = false;
    try {
      await this.#call("begin", await this.#data.fitOrder(data, options, run, page));
      for (;;) {
        const { done, value } = await this.#call("next", run);
        ended = done ?? false;
        if (done) return finishedHistory(value.logs, value.stopped);
        yield value;
      }
    } catch (error) {
      ended = true;
      throw page.explain(error);
    } finally {
      // a caller that leaves early ends the run in order
      if (!ended) await this.#call("leave", run);
      this.#runs.end(run, page);
    }
  }

  /**
   * The mean loss, penalties included, and the metrics over a data set, or over examples and their targets as `fit` takes them.
   * @param options batchSize, default 32; sampleWeight and classWeight, factors on the losses as in `fit`; signal, to abort; transfer, to give the data away
   * @throws AnygradError NOT_READY, SHAPE_MISMATCH, DATA_FORMAT, ABORTED
   */
  async evaluate(
    data: Dataset | SeveralSet | BatchSource,
    options?: EvaluateOptions & TransferOptions,
  ): Promise<Evaluation>;
  async evaluate(
    x: ExampleData | GivenShape | SeveralExamples,
    y: TargetData | SeveralTargets,
    options?: EvaluateOptions & TransferOptions,
  ): Promise<Evaluation>;
  async evaluate(
    given: GivenData | BatchSource,
    y?: TargetData | SeveralTargets | (EvaluateOptions & TransferOptions),
    last?: EvaluateOptions & TransferOptions,
  ): Promise<Evaluation> {
    const [targets, asked] = targetsAndOptions(y, last, this.#model.isNamed ? this.#model.outputNames : []);
    const {
      transfer = false,
      signal,
      ...options
    }: EvaluateOptions & TransferOptions = strictOptions(
      "evaluate",
      asked,
      `${evaluateNames} ${transferNames}`,
    );
    const data = isStream(given, targets)
      ? given
      : await this.#data.resolve("evaluate", given as GivenData, targets);
    return this.#runs.supervise({ signal }, async (run, page) => {
      const sent = await this.#data.pack("evaluate", data, transfer, page);
      return this.#call("evaluate", { run, aborted: page.aborted, data: sent, options: owned(options) });
    });
  }

  /** One update of the weights by one batch, as that of a model on the page. @throws AnygradError as it does, and WORKER */
  async trainOnBatch(data: Dataset | SeveralSet, options?: BatchOptions): Promise<Evaluation>;
  async trainOnBatch(
    x: ExampleData | GivenShape | SeveralExamples,
    y: TargetData | SeveralTargets,
    options?: BatchOptions,
  ): Promise<Evaluation>;
  async trainOnBatch(given: GivenData, y?: unknown, last?: BatchOptions): Promise<Evaluation> {
    return this.#onBatch("trainOnBatch", given, y, last);
  }

  /** The loss and the metrics of one batch. @throws AnygradError as `evaluate` does */
  async testOnBatch(data: Dataset | SeveralSet, options?: BatchOptions): Promise<Evaluation>;
  async testOnBatch(
    x: ExampleData | GivenShape | SeveralExamples,
    y: TargetData | SeveralTargets,
    options?: BatchOptions,
  ): Promise<Evaluation>;
  async testOnBatch(given: GivenData, y?: unknown, last?: BatchOptions): Promise<Evaluation> {
    return this.#onBatch("testOnBatch", given, y, last);
  }

  async #onBatch(
    task: "trainOnBatch" | "testOnBatch",
    given: GivenData,
    y: unknown,
    last: BatchOptions | undefined,
  ): Promise<Evaluation> {
    const [targets, asked] = targetsAndOptions(y, last, this.#model.isNamed ? this.#model.outputNames : []);
    const options = strictOptions(task, asked, batchNames);
    const data = await this.#data.resolve(task, given, targets);
    return this.#call("onBatch", { task, data: owned(data), options: owned(options) });
  }

  /** The outputs of all examples at once, as `predict` gives them. @throws AnygradError as `predict` does */
  predictOnBatch(x: PredictInput): PendingPrediction<Outputs> {
    return this.predict(x, { batchSize: 2 ** 31 - 1 });
  }

  /**
   * The outputs for examples: class probabilities where the last layer is a softmax.
   * @returns a promise of shape and data; its `print()` prints them when they are there
   * @throws AnygradError NOT_READY, SHAPE_MISMATCH
   */
  predict(x: PredictInput, options?: { batchSize?: number }): PendingPrediction<Outputs> {
    return pending(this.#predict(x, options));
  }

  async #predict(x: PredictInput, given?: { batchSize?: number }): Promise<Outputs> {
    const options = strictOptions("predict", given, "batchSize");
    const sent = owned(await sendableInputs(x, this.#model));
    return printable((await this.#call("predict", { x: sent, options })) as Outputs); // the model there is this one
  }

  /**
   * The likeliest class of each example; with `top` a list for each, of its likeliest classes, the best first.
   * @throws AnygradError NOT_READY, SHAPE_MISMATCH, INVALID_ARGUMENT
   */
  async classify(x: PredictInput, options?: { batchSize?: number }): Promise<Classification[]>;
  async classify(x: PredictInput, options: { top: number; batchSize?: number }): Promise<Classification[][]>;
  async classify(
    x: PredictInput,
    given?: { top?: number; batchSize?: number },
  ): Promise<Classification[] | Classification[][]> {
    const { top, ...options } = strictOptions("classify", given, "top batchSize");
    const { classify, onlyOutput } = await import("../model/predictions/classify.ts");
    // made here: a message of a million lists takes a second, and memory for two more of each
    const outputs = onlyOutput(await this.#predict(x, options));
    const classes = classify(outputs, await this.#call("classNames", undefined), top ?? 1);
    return top === undefined ? classes.flat() : classes;
  }

  /** Copies of all weights, in layer order. @throws AnygradError NOT_READY */
  async getWeights(): Promise<NamedWeight[]> {
    return this.#call("getWeights", undefined);
  }

  /** Overwrites all weights, in layer order. @throws AnygradError NOT_READY, SHAPE_MISMATCH */
  async setWeights(weights: readonly Pick<NamedWeight, "shape" | "data">[]): Promise<void> {
    return this.#call("setWeights", owned(weights));
  }

  /** Overwrites weights by those of a file, as `loadWeights` of a model on the page does, where `rename` is no function. */
  async loadWeights(source: WeightsSource, options?: LoadWeightsOptions): Promise<WeightsReport> {
    const given = strictOptions("loadWeights", options, weightsNames);
    const sent = owned(await sendableWeights(source, given));
    return this.#call("loadWeights", { source: sent, options: given });
  }

  /** Hex SHA-256 over the weights: the name of a run. */
  async digest(): Promise<string> {
    return this.#call("digest", undefined);
  }

  /** The model as safetensors bytes: `load` makes a model on the page of them. */
  async save(options?: SaveOptions): Promise<Uint8Array<ArrayBuffer>> {
    return this.#call("save", strictOptions("save", options, saveNames));
  }

  /** One line in a console. */
  override toString(): string {
    return this.#model.toString().replace(/(not )?compiled$/, "in a worker");
  }

  /** Ends the worker; the weights are gone with it. What still waits for it fails with NOT_READY. */
  dispose(): void {
    const error = new AnygradError(
      "NOT_READY",
      "inWorker: the model has been disposed, and its worker with it; make it again by inWorker",
    );
    this.#connection.then(({ close }) => close(error)).catch(() => {});
  }

  async #open(
    engine: EngineOptions,
    saved: Promise<Uint8Array> | undefined,
  ): Promise<Link<TrainerMethods, PageMethods>> {
    const { link } = await this.#connection;
    await link.call("open", { engine: await sendableEngine(engine), saved: await saved });
    return link;
  }

  readonly #call: Link<TrainerMethods, PageMethods>["call"] = async (method, argument) =>
    (await this.#link).call(method, argument);
}
