/** A model: a network, and what users do with it. The work is done next door; this file is the contract. */

import type { Engine } from "../autograd/engine.ts";
import type { Dataset, ExampleData, Normalization } from "../data/dataset.ts";
import type { TargetData } from "../data/given/targets.ts";
import type { Pictures } from "../data/images/image.ts";
import type { Preparation } from "../data/preparation.ts";
import type { RawRows } from "../data/table/rows.ts";
import { AnygradError } from "../errors.ts";
import type { Layer } from "../layers/index.ts";
import { formatBytes } from "../math/bytes.ts";
import { checkCount } from "../math/checks.ts";
import { Printable } from "../math/inspect.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Classification } from "./classify.ts";
import { digestOf } from "./network/digest.ts";
import { countParameters, type Graph, type ParameterCounts, weightsOf } from "./network/graph.ts";
import { estimateMemory, type MemoryEstimate } from "./network/memory.ts";
import type { NamedWeight } from "./network/parameters.ts";
import { summary } from "./network/summary.ts";
import { configOf, type ModelConfig, type ReadModel, type SaveOptions, saveModel } from "./saving/save.ts";
import { type GivenData, resolveDataset, targetsAndOptions } from "./training/batches.ts";
import { type Compiled, type CompileOptions, compile, compileNames } from "./training/context.ts";
import { emptyHistory, type History } from "./training/history.ts";
import { type TrainStep, train } from "./training/loop.ts";
import { type FitOptions, fitNames } from "./training/options.ts";
import type { RunPlan, RunPosition } from "./training/state.ts";
import { type BatchSource, isStream, isValidationStream } from "./training/stream/source.ts";
import type { TrainingStream } from "./training/stream/stream.ts";

/** Numbers in a shape. */
export interface Prediction {
  /** [n, ...outputs] */
  shape: number[];
  /** The outputs, row-major. */
  data: Float32Array;
}

/** What `evaluate` gives: the loss, and each metric under its name. */
export interface Evaluation {
  /** Mean loss over the examples, penalties included. */
  loss: number;
  [metric: string]: number;
}

/**
 * Examples to predict: nested arrays [n][…], flat numbers, a tensor, `{ x, shape }`, a data set (its targets are not read), or
 * a picture or list of pictures of any size. The numbers of a single example are an example, in their shape or flat. A model that
 * was trained on a table takes raw rows as objects or lists; typed arrays and data sets are encoded already.
 */
export type PredictInput = Pictures | ExampleData | GivenShape | RawRows;

/** Examples with their shape, `[n, …]`, which must be the model's; or `[n, numbers]` of all numbers of an example. */
export interface GivenShape {
  /** The numbers, row-major. */
  readonly x: ExampleData;
  /** The size of each axis. */
  readonly shape: readonly number[];
  /** How Uint8 values become floats, for a model that was trained without. */
  readonly normalization?: Normalization;
}

/** The types of the options of `evaluate`. */
export const evaluateNames = "batchSize sampleWeight:object classWeight:object signal:AbortSignal";

/** Options of `net.evaluate`. */
export interface EvaluateOptions extends Pick<FitOptions, "sampleWeight" | "classWeight"> {
  /** Examples that are computed together. Default 32. */
  batchSize?: number;
  /** Ends it with an error of code ABORTED. */
  signal?: AbortSignal;
}

/** A network that can be trained, evaluated, asked and saved. `sequential`, `model` and `load` make one. */
export class Model extends Printable {
  /** Its name, for the summary. */
  readonly name: string;
  readonly #graph: Graph;
  readonly #seed: number;
  #compiled: Compiled | undefined;
  #training = false;
  #normalization: Normalization | undefined;
  #classNames: readonly string[] | undefined;
  #preparation: Preparation | undefined;
  /** The note on raw pixels was printed. */
  #noted = false;

  /** @internal */
  constructor(graph: Graph, { name = "sequential", seed = 0 }: { name?: string; seed?: number } = {}) {
    super();
    checkCount("model: seed", seed, 0);
    this.#graph = graph;
    this.name = name;
    this.#seed = seed;
  }

  /** The layers in order, each once. Freezing one (`trainable = false`) takes effect at the next compile. */
  get layers(): readonly Layer[] {
    return this.#graph.nodes.flatMap(({ layer, first }, i) => (first === i ? [layer] : []));
  }

  /** Shape of an example. */
  get inputShape(): Shape {
    return this.#graph.inputShape;
  }

  /** Shape of an example's output. */
  get outputShape(): Shape {
    return this.#graph.nodes.at(-1)!.outputShape;
  }

  /** Numbers of parameters, as the layers are frozen or not now. */
  get parameters(): ParameterCounts {
    return countParameters(weightsOf(this.#graph));
  }

  /** How Uint8 inputs become floats; taken from the training data. A first layer `rescaling` does it in its stead. */
  get normalization(): Normalization | undefined {
    return this.#normalization;
  }

  /** One name a class; taken from the training data. */
  get classNames(): readonly string[] | undefined {
    return this.#classNames;
  }

  /** What was made of pictures or rows of a table before the network saw them; taken from the training data. */
  get preparation(): Preparation | undefined {
    return this.#preparation;
  }

  /** Whether it has weights. */
  get isCompiled(): boolean {
    return this.#compiled !== undefined;
  }

  /** How it was compiled and how its last run was set up. @internal */
  get setup(): {
    optimizer: string;
    loss: string;
    plan: RunPlan | undefined;
    stepsPerEpoch: number | undefined;
  } {
    const { updater, loss, run } = this.#ready("setup");
    return {
      optimizer: updater.optimizer.type,
      loss: loss.type ?? "own",
      plan: run?.plan,
      stepsPerEpoch: run?.stepsPerEpoch,
    };
  }

  /** What the loss takes: class indices, or numbers in the shape of the outputs. @internal */
  get targets(): "labels" | "dense" {
    return this.#ready("targets").loss.targets;
  }

  /** The engine that holds the weights. @throws AnygradError NOT_READY before compile */
  get engine(): Engine {
    return this.#ready("engine").engine;
  }

  /** Where the last run stands, also of a loaded model; undefined where there is none that `resume` could go on with. */
  get position(): RunPosition | undefined {
    return this.#compiled?.run?.position;
  }

  /** A layer by its name. @throws AnygradError INVALID_ARGUMENT */
  getLayer(name: string): Layer {
    const node = this.#graph.nodes.find((n) => n.name === name);
    if (node) return node.layer;
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `getLayer: there is no layer "${name}"; there are ${this.#graph.nodes.map((n) => n.name).join(", ")}`,
    );
  }

  /** The table of layers that Keras prints. */
  summary(): string {
    return summary(this.#graph, this.name);
  }

  /**
   * Estimated bytes of wasm memory for a training step, before anything is allocated.
   * @param options batchSize, default 32, and ema as `fit` takes it, default 0
   */
  memory(options?: { batchSize?: number; ema?: number }): MemoryEstimate {
    const { batchSize = 32, ema = 0 } = strictOptions("memory", options, "batchSize:number ema:number");
    return estimateMemory(this.#graph, batchSize, this.#compiled?.updater.slots.length ?? 2, ema > 0);
  }

  /**
   * Builds the weights in an engine and fixes optimizer, loss and metrics. Compiling again keeps the weights.
   * @throws AnygradError INVALID_ARGUMENT, MEMORY_LIMIT, UNSUPPORTED
   */
  async compile(options: CompileOptions): Promise<void> {
    const given = strictOptions("compile", options, compileNames);
    const before = this.#compiled;
    const engine = given.engine ?? before?.engine;
    this.#compiled = await this.#explained({}, () =>
      compile(this.#graph, this.#seed, engine ? { ...given, engine } : given),
    );
    if (!before) return;
    this.#compiled.parameters.write(before.parameters.read());
    release(before);
  }

  /**
   * Gives the weights' memory back now. Never needed for correctness: a model that nobody holds is collected. Worth it
   * in a loop that makes many models in one engine, because the collector does not see wasm memory.
   */
  dispose(): void {
    if (this.#compiled) release(this.#compiled);
    this.#compiled = undefined;
  }

  /**
   * Trains the model, on a data set, on examples and their targets in any form (nested arrays, typed arrays, tensors), or on a
   * stream of batches that need never be all in memory: an iterable of `{ x, y }` or `[x, y]`, or a function that makes one for
   * each epoch.
   * @returns a number per epoch for loss, metrics, their validation values, seconds and learning rate
   * @throws AnygradError NOT_READY, SHAPE_MISMATCH, DATA_FORMAT, INVALID_ARGUMENT, NOT_FINITE, MEMORY_LIMIT, ABORTED
   * @example
   * ```js
   * import { createEngine, layers, optimizers, sequential } from "anygrad";
   *
   * const net = sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });
   * await net.compile({ optimizer: optimizers.sgd({ learningRate: 0.1 }), loss: "meanSquaredError", engine: await createEngine() });
   * await net.fit([-1, 0, 1, 2], [-3, -1, 1, 3], { epochs: 100 });
   * const { data } = await net.predict([10]);
   * console.log(Math.round(data[0])); // 19
   * ```
   */
  async fit(data: Dataset | BatchSource, options?: FitOptions): Promise<History>;
  async fit(x: ExampleData | GivenShape, y: TargetData, options?: FitOptions): Promise<History>;
  async fit(
    data: GivenData | BatchSource,
    y?: TargetData | FitOptions,
    options?: FitOptions,
  ): Promise<History> {
    const run = this.train(data as ExampleData, y as TargetData, options);
    for (;;) {
      const { done, value } = await run.next();
      if (done) return value;
    }
  }

  /** Trains as `fit` does, a step at a time: `for await (const step of net.train(data, options))`. */
  train(data: Dataset | BatchSource, options?: FitOptions): AsyncGenerator<TrainStep, History, void>;
  train(
    x: ExampleData | GivenShape,
    y: TargetData,
    options?: FitOptions,
  ): AsyncGenerator<TrainStep, History, void>;
  async *train(
    given: GivenData | BatchSource,
    y?: TargetData | FitOptions,
    last?: FitOptions,
  ): AsyncGenerator<TrainStep, History, void> {
    const [targets, second] = targetsAndOptions(y, last);
    const asked: FitOptions = strictOptions("fit", second, fitNames);
    const compiled = this.#trainable("fit");
    const stream = isStream(given, targets) ? await this.#openStream(given, compiled, asked) : undefined;
    try {
      const data = stream?.sample ?? (await this.#dataset("fit", given as GivenData, targets));
      return yield* this.#train(compiled, data, asked, stream);
    } finally {
      await stream?.close();
    }
  }

  /** @param data a batch where there is a stream */
  async *#train(
    compiled: Compiled,
    data: Dataset,
    asked: FitOptions,
    stream: TrainingStream | undefined,
  ): AsyncGenerator<TrainStep, History, void> {
    await this.#notePixels("fit", data.x, this.#normalizationFor(data));
    const options = { ...asked };
    const { validationData: judged } = asked;
    if (judged && !isValidationStream(judged)) {
      const set = this.#dataset("fit: validationData", judged as GivenData, undefined, data.classNames);
      options.validationData = await set;
      const { preparation } = await set;
      if (preparation !== data.preparation) {
        const { checkSamePreparation } = await import("./evaluation.ts");
        checkSamePreparation("fit: validationData", preparation, data.preparation);
      }
    }
    this.#normalization = this.#normalizationFor(data);
    this.#classNames = data.classNames ?? this.#classNames;
    this.#preparation = data.preparation ?? this.#preparation;
    compiled.target = this.#preparation?.target;
    const trainee = {
      graph: this.#graph,
      compiled,
      normalization: this.#normalization,
      classNames: this.#classNames,
      getWeights: () => this.getWeights(),
      setWeights: (weights: NamedWeight[]) => this.setWeights(weights),
    };
    if (this.#training)
      throw new AnygradError(
        "NOT_READY",
        "fit: the model is being trained already; wait for that run to end, or abort it",
      );
    this.#training = true;
    const run = train(trainee, data, options, stream);
    try {
      for (;;) {
        const { done, value } = await this.#explained(options, () => run.next());
        if (done) return value;
        yield value;
      }
    } finally {
      this.#training = false;
      await run.return(emptyHistory()); // a caller that leaves early ends the run in order
    }
  }

  /**
   * The mean loss, penalties included, and the metrics over a data set, over examples and their targets, or over a stream of
   * batches, as `fit` takes them.
   * @param options batchSize, default 32, but not for streams; sampleWeight (a stream brings its own in its batches) and
   *   classWeight, factors on the losses as in `fit`; signal, to abort
   * @throws AnygradError NOT_READY, SHAPE_MISMATCH, DATA_FORMAT, INVALID_ARGUMENT
   */
  async evaluate(data: Dataset | BatchSource, options?: EvaluateOptions): Promise<Evaluation>;
  async evaluate(x: ExampleData | GivenShape, y: TargetData, options?: EvaluateOptions): Promise<Evaluation>;
  async evaluate(
    given: GivenData | BatchSource,
    y?: TargetData | EvaluateOptions,
    last?: EvaluateOptions,
  ): Promise<Evaluation> {
    const [targets, second] = targetsAndOptions(y, last);
    const options = strictOptions("evaluate", second, evaluateNames);
    const compiled = this.#trainable("evaluate");
    const { evaluateModel } = await import("./evaluation.ts");
    const model = {
      graph: this.#graph,
      compiled,
      classNames: this.#classNames,
      preparation: this.#preparation,
      normalizationOf: (data: Dataset) => this.#normalization ?? this.#normalizationFor(data),
      notePixels: this.#notePixels.bind(this, "evaluate"),
    };
    return evaluateModel(model, given, targets, options);
  }

  /**
   * The outputs for examples: class probabilities where the last layer is a softmax, numbers in the unit of the label where a
   * regression was trained on a table.
   * @param x Uint8 pixels are normalised as the training data was; floats are used as they are; pictures are brought to the
   *   size and colors of the training's, `net.preparation.image`; raw rows of a table are scaled as the training's
   * @throws AnygradError NOT_READY, SHAPE_MISMATCH; DATA_FORMAT for a picture that cannot be decoded; of raw rows also INVALID_ARGUMENT for
   *   names that are no column and DATA_FORMAT for what training did not know
   */
  async predict(x: PredictInput, options?: { batchSize?: number }): Promise<Prediction> {
    const { batchSize = 32 } = strictOptions("predict", options, "batchSize");
    const compiled = this.#ready("predict");
    const { examplesOf, predict } = await import("./predict.ts");
    const examples = await examplesOf(x, this.#preparation, this.inputShape);
    const normalization = this.#normalization ?? this.#normalizationFor(examples);
    await this.#notePixels("predict", examples.values, normalization);
    return predict(this.#graph, compiled, examples, batchSize, normalization, this.#preparation?.target);
  }

  /**
   * The likeliest class of each example; with `top` a list for each, of its likeliest classes, the best first.
   * @param x as `predict` takes it
   * @param options top: how many classes; batchSize, default 32
   * @returns label (the class's name, its number where the training data had no names), classId and probability
   * @throws AnygradError NOT_READY, SHAPE_MISMATCH, INVALID_ARGUMENT
   */
  async classify(x: PredictInput, options?: { batchSize?: number }): Promise<Classification[]>;
  async classify(x: PredictInput, options: { top: number; batchSize?: number }): Promise<Classification[][]>;
  async classify(
    x: PredictInput,
    given?: { top?: number; batchSize?: number },
  ): Promise<Classification[] | Classification[][]> {
    const { top, ...options } = strictOptions("classify", given, "top batchSize");
    const { classify } = await import("./classify.ts");
    const classes = classify(await this.predict(x, options), this.#classNames, top ?? 1);
    return top === undefined ? classes.flat() : classes;
  }

  /** Copies of all weights, in layer order. @throws AnygradError NOT_READY */
  getWeights(): NamedWeight[] {
    return this.#ready("getWeights").parameters.read();
  }

  /** Overwrites all weights, in layer order. @throws AnygradError NOT_READY, SHAPE_MISMATCH (nothing is written then) */
  setWeights(weights: readonly Pick<NamedWeight, "shape" | "data">[]): void {
    const { parameters, run } = this.#ready("setWeights");
    parameters.write(weights);
    if (run) run.weights = undefined;
  }

  /** Hex SHA-256 over the weights: the name of a run. */
  async digest(): Promise<string> {
    return digestOf(this.getWeights());
  }

  /**
   * The model as safetensors bytes, architecture included. With `optimizer: true` also the run it is in: call it between
   * steps of `train`, in the last of the callbacks, or after.
   * @throws AnygradError NOT_READY; NOT_FINITE for weights that are NaN or infinite
   */
  async save(options?: SaveOptions): Promise<Uint8Array<ArrayBuffer>> {
    const given = strictOptions("save", options, "optimizer:boolean");
    const compiled = this.#ready("save");
    const inputs = {
      ...(this.#normalization && { normalization: this.#normalization }),
      ...(this.#classNames && { classNames: this.#classNames }),
      ...(this.#preparation && { preparation: this.#preparation }),
    };
    return saveModel(this.getConfig(), inputs, compiled, given);
  }

  /** The network as JSON can hold it, without weights; `modelFromConfig` makes it again. */
  getConfig(): ModelConfig {
    const config = configOf(this.name, this.#graph, this.#seed);
    return JSON.parse(JSON.stringify(config)) as ModelConfig; // leaves the initializers' functions behind
  }

  /** Has `load` write what it has read into the weights. @throws AnygradError DATA_FORMAT @internal */
  async restore(
    read: ReadModel,
    into: (compiled: Compiled, read: ReadModel) => Promise<void>,
  ): Promise<void> {
    await into(this.#ready("load"), read);
    const { normalization, classNames, preparation } = read.model;
    this.#normalization = normalization;
    this.#classNames = classNames;
    this.#preparation = preparation;
  }

  /** Where the run begins or goes on. */
  async #openStream(
    source: BatchSource,
    { run, loss }: Compiled,
    options: FitOptions,
  ): Promise<TrainingStream> {
    const { openTraining } = await import("./training/stream/stream.ts");
    const shapes = {
      input: this.inputShape,
      output: this.outputShape,
      targets: loss.targets,
      classNames: this.#classNames,
    };
    return openTraining(source, shapes, options, options.resume ? run : undefined);
  }

  /** One line in a console, in place of a tree of private parts. */
  override toString(): string {
    const { inputShape, outputShape, parameters } = this;
    const state = this.#compiled ? "compiled" : "not compiled";
    return `Model "${this.name}": ${this.layers.length} layers, ${formatShape(inputShape)} to ${formatShape(outputShape)}, ${parameters.total} parameters, ${state}`;
  }

  #ready(action: string): Compiled {
    if (this.#compiled) return this.#compiled;
    throw new AnygradError(
      "NOT_READY",
      `${action}: the model is not compiled; call await net.compile({ optimizer, loss }) first`,
    );
  }

  /** With loss and metrics: a model may have been loaded without those of one's own. */
  #trainable(action: string): Compiled {
    const compiled = this.#ready(action);
    for (const { absent } of [compiled.loss, ...compiled.metrics]) absent?.(action);
    return compiled;
  }

  /** None for a model that rescales by itself. */
  #normalizationFor(data: Pick<Dataset, "normalization">): Normalization | undefined {
    const rescales = this.#graph.nodes.every(
      ({ inputs, layer }) => !inputs.includes(-1) || layer.traits?.rescales,
    );
    return rescales ? undefined : data.normalization;
  }

  /** What was given as a data set: itself, or made of examples and targets. @param classNames those that are known */
  async #dataset(
    subject: string,
    given: GivenData,
    y: unknown,
    classNames: readonly string[] | undefined = this.#classNames,
  ): Promise<Dataset> {
    return resolveDataset(subject, given, y, { inputShape: this.inputShape, classNames });
  }

  /** Says once that values look like pixels from 0 to 255 that nothing brings to 0 … 1. */
  async #notePixels(
    subject: string,
    x: Dataset["x"],
    normalization: Normalization | undefined,
  ): Promise<void> {
    const others =
      x instanceof Uint8Array ? normalization : this.inputShape.length !== 3 || x.some((v) => v % 1);
    if (this.#noted || others) return;
    if (this.#graph.nodes.some(({ layer: { traits } }) => traits?.rescales || traits?.statistics)) return;
    this.#noted = (await import("../data/given/pixels.ts")).notePixels(subject, x, normalization);
  }

  /** Adds to a memory error how much the whole step would need. */
  async #explained<T>({ batchSize = 32, ema = 0 }: FitOptions, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AnygradError) || error.code !== "MEMORY_LIMIT") throw error;
      const { total } = this.memory({ batchSize, ema });
      throw new AnygradError(
        "MEMORY_LIMIT",
        `${error.message} (this model needs about ${formatBytes(total)} to train at batch size ${batchSize})`,
        { cause: error },
      );
    }
  }
}

function release({ parameters, updater, run }: Compiled): void {
  run?.average?.release();
  parameters.release();
  updater.release();
}
