/**
 * A model that trains in a worker. It has the methods of a model on the page; what reads or writes weights is awaited
 * here too. The description stays on the page, the weights live in the worker.
 */

import { checkIsAugmentation } from "../augmentation/augmentation.ts";
import { type EngineInfo, type EngineOptions, engineNames } from "../backend/backend.ts";
import type { Dataset, ExampleData } from "../data/dataset.ts";
import type { TargetData } from "../data/given/targets.ts";
import { isPictures } from "../data/images/image.ts";
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
  Model,
  ParameterCounts,
  PredictInput,
  Prediction,
  RunPosition,
  SaveOptions,
  TrainStep,
} from "../model/index.ts";
import type { NamedWeight } from "../model/network/parameters.ts";
import { shownCallbacks } from "../model/training/callbacks/progress.ts";
import { recalibrationOf } from "../model/training/callbacks/recalibrate.ts";
import { type GivenData, isDataset, resolveDataset, targetsAndOptions } from "../model/training/given.ts";
import { evaluateNames, fitNames } from "../model/training/options.ts";
import { finishedHistory } from "../model/training/run/history.ts";
import {
  type BatchSource,
  isBatchSource,
  isStream,
  isValidationStream,
} from "../model/training/stream/source.ts";
import type { Shape } from "../tensor/shape.ts";
import { sendableCompile, sendableEngine, type WorkerCompileOptions } from "./compileOptions.ts";
import { type Connection, connect } from "./connection.ts";
import type { Link } from "./messages/link.ts";
import type { FitOrder, PageMethods, SentData, TrainerMethods } from "./messages/protocol.ts";
import { owned } from "./messages/transfer.ts";
import { PageRun } from "./pageRun.ts";

/** Options of {@link inWorker}. */
export interface WorkerModelOptions {
  /** Options of the engine in the worker, as createEngine takes them. */
  engine?: EngineOptions;
}

/** Options of what is given data. */
export interface TransferOptions {
  /**
   * Give the data away: its arrays move to the worker without a copy and are empty here afterwards; the same data
   * set can be passed to this model again. Default false: one copy. Shared memory is never copied.
   */
  transfer?: boolean;
}

const transferNames = "transfer:boolean";

/** Inputs as a worker can take them: pictures are read here, where the page's own may be. */
async function sendable(x: PredictInput, inputShape: Shape): Promise<PredictInput> {
  if (isPictures(x)) return (await import("../data/images/index.ts")).pixelsOfAll(x);
  const { shape } = x as { shape?: unknown };
  if (Array.isArray(x) || (!ArrayBuffer.isView(x) && !Array.isArray(shape))) return x; // nested lists, and raw rows of a table
  const { givenExamples } = await import("../data/given/examples.ts");
  const { values, shape: whole, normalization } = givenExamples("predict", x, inputShape);
  return { x: values, shape: whole, ...(normalization && { normalization }) };
}

/** A model that trains in a worker; `inWorker` makes one. */
export class WorkerModel extends Printable {
  readonly #model: Model;
  readonly #connection: Promise<Connection>;
  readonly #link: Promise<Link<TrainerMethods, PageMethods>>;
  readonly #runs = new Map<number, PageRun>();
  readonly #kept = new WeakMap<Dataset, number>();
  readonly #collected: FinalizationRegistry<number>;
  #classNames: readonly string[] | undefined;
  /** It was given a stream, of whose classes the worker knows. */
  #streamed = false;
  #count = 0;

  /** @internal */
  constructor(model: Model, options?: WorkerModelOptions) {
    super();
    const { engine: asked } = strictOptions("inWorker", options, "engine");
    const engine = strictOptions("inWorker: engine", asked, engineNames);
    this.#model = model;
    this.#classNames = model.classNames;
    const saved = model.isCompiled ? model.save({ optimizer: true }) : undefined;
    this.#connection = connect({
      hook: (call) => this.#runs.get(call.run)!.call(call),
      restore: ({ run, callback, state }) => this.#runs.get(run)!.restore(callback, state),
      progress: () => {},
      nextBatch: ({ run, stream, open }) => this.#runs.get(run)!.nextBatch(stream, open),
      closeStream: async ({ run, stream }) => this.#runs.get(run)?.closeStream(stream),
    });
    this.#link = this.#open(engine, saved);
    this.#link.catch(() => {}); // every call fails by it, and tells
    this.#collected = new FinalizationRegistry((kept) => void this.#call("forget", kept).catch(() => {}));
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

  /** A layer by its name. @throws AnygradError INVALID_ARGUMENT */
  getLayer(name: string): Layer {
    return this.#model.getLayer(name);
  }

  /** The table of layers that Keras prints. */
  summary(): string {
    return this.#model.summary();
  }

  /** Estimated bytes of wasm memory for a training step. @param options as the model on the page takes them */
  memory(options?: Parameters<Model["memory"]>[0]): MemoryEstimate {
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
  async fit(data: Dataset | BatchSource, options?: FitOptions & TransferOptions): Promise<History>;
  async fit(
    x: ExampleData | GivenShape,
    y: TargetData,
    options?: FitOptions & TransferOptions,
  ): Promise<History>;
  async fit(
    given: GivenData | BatchSource,
    y?: TargetData | (FitOptions & TransferOptions),
    last?: FitOptions & TransferOptions,
  ): Promise<History> {
    const [data, options] = await this.#fitting(given, y, last);
    const { logs, stopped } = await this.#supervise(options, async (run, page) =>
      this.#call("fit", await this.#fitOrder(data, options, run, page)),
    );
    return finishedHistory(logs, stopped);
  }

  /** Trains as `fit` does, a step at a time: the worker makes a step when asked for one. */
  train(
    data: Dataset | BatchSource,
    options?: FitOptions & TransferOptions,
  ): AsyncGenerator<TrainStep, History, void>;
  train(
    x: ExampleData | GivenShape,
    y: TargetData,
    options?: FitOptions & TransferOptions,
  ): AsyncGenerator<TrainStep, History, void>;
  async *train(
    given: GivenData | BatchSource,
    y?: TargetData | (FitOptions & TransferOptions),
    last?: FitOptions & TransferOptions,
  ): AsyncGenerator<TrainStep, History, void> {
    const [data, options] = await this.#fitting(given, y, last);
    const [run, page] = this.#begin(options);
    let ended = false;
    try {
      await this.#call("begin", await this.#fitOrder(data, options, run, page));
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
      this.#end(run, page);
    }
  }

  /**
   * The mean loss, penalties included, and the metrics over a data set, or over examples and their targets as `fit` takes them.
   * @param options batchSize, default 32; sampleWeight and classWeight, factors on the losses as in `fit`; signal, to abort; transfer, to give the data away
   * @throws AnygradError NOT_READY, SHAPE_MISMATCH, DATA_FORMAT, ABORTED
   */
  async evaluate(
    data: Dataset | BatchSource,
    options?: EvaluateOptions & TransferOptions,
  ): Promise<Evaluation>;
  async evaluate(
    x: ExampleData | GivenShape,
    y: TargetData,
    options?: EvaluateOptions & TransferOptions,
  ): Promise<Evaluation>;
  async evaluate(
    given: GivenData | BatchSource,
    y?: TargetData | (EvaluateOptions & TransferOptions),
    last?: EvaluateOptions & TransferOptions,
  ): Promise<Evaluation> {
    const [targets, asked] = targetsAndOptions(y, last);
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
      : await this.#dataset("evaluate", given as GivenData, targets);
    return this.#supervise({ signal }, async (run, page) => {
      const sent = await this.#pack("evaluate", data, transfer, page);
      return this.#call("evaluate", { run, aborted: page.aborted, data: sent, options: owned(options) });
    });
  }

  /**
   * The outputs for examples: class probabilities where the last layer is a softmax.
   * @throws AnygradError NOT_READY, SHAPE_MISMATCH
   */
  async predict(x: PredictInput, given?: { batchSize?: number }): Promise<Prediction> {
    const options = strictOptions("predict", given, "batchSize");
    return this.#call("predict", { x: owned(await sendable(x, this.inputShape)), options });
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
    const classes = await this.#call("classify", {
      x: owned(await sendable(x, this.inputShape)),
      options: { ...options, top: top ?? 1 },
    });
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

  /** Hex SHA-256 over the weights: the name of a run. */
  async digest(): Promise<string> {
    return this.#call("digest", undefined);
  }

  /** The model as safetensors bytes: `load` makes a model on the page of them. */
  async save(options?: SaveOptions): Promise<Uint8Array<ArrayBuffer>> {
    return this.#call("save", strictOptions("save", options, "optimizer:boolean"));
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

  #begin(options: Pick<FitOptions, "callbacks" | "signal" | "verbose">): [number, PageRun] {
    const run = ++this.#count;
    const callbacks = shownCallbacks(options); // shown here, where the user looks
    const page = new PageRun({ ...options, callbacks }, () => void this.#call("abort", run).catch(() => {}));
    this.#runs.set(run, page);
    return [run, page];
  }

  #end(run: number, page: PageRun): void {
    page.end();
    this.#runs.delete(run);
  }

  async #supervise<T>(
    options: Pick<FitOptions, "callbacks" | "signal" | "verbose">,
    work: (run: number, page: PageRun) => Promise<T>,
  ): Promise<T> {
    const [run, page] = this.#begin(options);
    try {
      return await work(run, page);
    } catch (error) {
      throw page.explain(error);
    } finally {
      this.#end(run, page);
    }
  }

  async #fitOrder(
    data: Dataset | BatchSource,
    {
      callbacks,
      signal,
      verbose: _,
      validationData,
      augment,
      transfer = false,
      ...options
    }: FitOptions & TransferOptions,
    run: number,
    page: PageRun,
  ): Promise<FitOrder> {
    if (augment) checkIsAugmentation(augment);
    const epochs = options.resume ? 1 : (options.epochs ?? 1) - (options.initialEpoch ?? 0);
    const pack = (subject: string, given: Dataset | BatchSource): Promise<SentData> =>
      this.#pack(subject, given, transfer, page, epochs);
    return {
      run,
      aborted: page.aborted,
      callbacks: page.hooks,
      data: await pack("fit", data),
      validation:
        validationData &&
        (isDataset(validationData) || isValidationStream(validationData)
          ? await pack("fit: validationData", validationData)
          : { given: owned(validationData) }),
      augment: augment?.options,
      options: owned({ ...options, recalibrate: recalibrationOf({ ...options, callbacks }) }),
    };
  }

  /** What was given to `fit` as a data set or a stream, and options, validation data too. */
  async #fitting(
    given: GivenData | BatchSource,
    y: unknown,
    last: (FitOptions & TransferOptions) | undefined,
  ): Promise<[Dataset | BatchSource, FitOptions & TransferOptions]> {
    const [targets, asked] = targetsAndOptions(y, last);
    const options: FitOptions & TransferOptions = strictOptions("fit", asked, `${fitNames} ${transferNames}`);
    const data = isStream(given, targets) ? given : await this.#dataset("fit", given as GivenData, targets);
    this.#streamed ||= isBatchSource(data);
    if (isBatchSource(data)) return [data, options];
    this.#classNames = data.classNames ?? this.#classNames;
    const { validationData } = options;
    if (!validationData || isValidationStream(validationData)) return [data, options];
    const validation = await this.#dataset("fit: validationData", validationData as GivenData, undefined);
    return [data, { ...options, validationData: validation }];
  }

  async #dataset(subject: string, given: GivenData, y: unknown): Promise<Dataset> {
    if (this.#streamed) this.#classNames = (await this.#call("classNames", undefined)) ?? this.#classNames;
    return resolveDataset(subject, given, y, { inputShape: this.inputShape, classNames: this.#classNames });
  }

  /**
   * A copy, or the data themselves to be kept by the worker, or the number under which it keeps them; of a stream its place,
   * since its batches are sent when the worker asks for them.
   */
  async #pack(
    subject: string,
    data: Dataset | BatchSource,
    transfer: boolean,
    page: PageRun,
    epochs = 1,
  ): Promise<SentData> {
    if (isBatchSource(data)) {
      const { SourceReader } = await import("../model/training/stream/reader.ts");
      const reader = new SourceReader(subject, data);
      reader.checkEpochs(epochs);
      return { stream: page.addStream(reader) };
    }
    const kept = this.#kept.get(data);
    if (kept !== undefined) return { kept };
    if ((data.x.length === 0 || data.y.length === 0) && (data.shape[0] ?? 0) > 0)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject}: the arrays of this data set have been given away (transfer: true) to another worker; load it again, or leave transfer off`,
      );
    if (!transfer) return { data: owned(data) };
    const keep = ++this.#count;
    this.#kept.set(data, keep);
    this.#collected.register(data, keep);
    return { data, keep };
  }
}
