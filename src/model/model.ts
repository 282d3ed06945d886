/** A model: a network, and what users do with it. The work is done next door; this file is the contract. */

import type { Engine } from "../autograd/engine.ts";
import type { Dataset, ExampleData, Normalization } from "../data/dataset.ts";
import type { TargetData } from "../data/given/targets.ts";
import type { Preparation } from "../data/preparation.ts";
import type { Layer } from "../layers/index.ts";
import { checkCount } from "../math/checks.ts";
import { counted, Printable } from "../math/inspect.ts";
import { strictOptions, unknownName } from "../math/options.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Classification } from "./classify.ts";
import { compileModel, memoryOf, release } from "./compile.ts";
import type { Evaluation } from "./evaluation.ts";
import { fitModel } from "./fit.ts";
import { digestOf } from "./network/digest.ts";
import { countParameters, type Graph, type ParameterCounts, weightsOf } from "./network/graph.ts";
import type { MemoryEstimate } from "./network/memory.ts";
import type { NamedWeight } from "./network/parameters.ts";
import { summary } from "./network/summary.ts";
import { type PendingPrediction, pending } from "./pending.ts";
import type { PredictInput, Prediction } from "./predict.ts";
import { configOf, type ModelConfig, type ReadModel, type SaveOptions, saveModel } from "./saving/save.ts";
import { type ModelState, ready } from "./state.ts";
import type { Compiled, CompileOptions } from "./training/context.ts";
import type { GivenData, GivenShape } from "./training/given.ts";
import type { TrainStep } from "./training/loop.ts";
import type { EvaluateOptions, FitOptions } from "./training/options.ts";
import type { History } from "./training/run/history.ts";
import type { RunPlan, RunPosition } from "./training/run/state.ts";
import type { BatchSource } from "./training/stream/source.ts";

/** Imported once: to import what is there already takes longer than the work of a small network. */
let predicting: typeof import("./predict.ts") | undefined;

/** A network that can be trained, evaluated, asked and saved. `sequential`, `model` and `load` make one. */
export class Model extends Printable {
  /** Its name, for the summary. */
  readonly name: string;
  readonly #state: ModelState;

  /** @internal */
  constructor(graph: Graph, { name = "sequential", seed = 0 }: { name?: string; seed?: number } = {}) {
    super();
    checkCount("model: seed", seed, 0);
    this.#state = { graph, seed, inputs: {} };
    this.name = name;
  }

  /** The layers in order, each once. Freezing one (`trainable = false`) takes effect at the next compile. */
  get layers(): readonly Layer[] {
    return this.#state.graph.nodes.flatMap(({ layer, first }, i) => (first === i ? [layer] : []));
  }

  /** Shape of an example. */
  get inputShape(): Shape {
    return this.#state.graph.inputShape;
  }

  /** Shape of an example's output. */
  get outputShape(): Shape {
    return this.#state.graph.nodes.at(-1)!.outputShape;
  }

  /** Numbers of parameters, as the layers are frozen or not now. */
  get parameters(): ParameterCounts {
    return countParameters(weightsOf(this.#state.graph));
  }

  /** How Uint8 inputs become floats; taken from the training data. A first layer `rescaling` does it in its stead. */
  get normalization(): Normalization | undefined {
    return this.#state.inputs.normalization;
  }

  /** One name a class; taken from the training data. */
  get classNames(): readonly string[] | undefined {
    return this.#state.inputs.classNames;
  }

  /** What was made of pictures or rows of a table before the network saw them; taken from the training data. */
  get preparation(): Preparation | undefined {
    return this.#state.inputs.preparation;
  }

  /** Whether it has weights. */
  get isCompiled(): boolean {
    return this.#state.compiled !== undefined;
  }

  /** How it was compiled and how its last run was set up. @internal */
  get setup(): {
    optimizer: string;
    loss: string;
    plan: RunPlan | undefined;
    stepsPerEpoch: number | undefined;
  } {
    const { updater, loss, run } = ready(this.#state, "setup");
    return {
      optimizer: updater.optimizer.type,
      loss: loss.type ?? "own",
      plan: run?.plan,
      stepsPerEpoch: run?.stepsPerEpoch,
    };
  }

  /** What the loss takes: class indices, or numbers in the shape of the outputs. @internal */
  get targets(): "labels" | "dense" {
    return ready(this.#state, "targets").loss.targets;
  }

  /** The engine that holds the weights. @throws AnygradError NOT_READY before compile */
  get engine(): Engine {
    return ready(this.#state, "engine").engine;
  }

  /** Where the last run stands, also of a loaded model; undefined where there is none that `resume` could go on with. */
  get position(): RunPosition | undefined {
    return this.#state.compiled?.run?.position;
  }

  /** A layer by its name. @throws AnygradError INVALID_ARGUMENT */
  getLayer(name: string): Layer {
    const { nodes } = this.#state.graph;
    const node = nodes.find((n) => n.name === name);
    if (node) return node.layer;
    throw unknownName(
      "getLayer: layer",
      name,
      nodes.map((n) => n.name),
    );
  }

  /** The table of layers that Keras prints. */
  summary(): string {
    return summary(this.#state.graph, this.name);
  }

  /**
   * Estimated bytes of wasm memory for a training step, before anything is allocated.
   * @param options batchSize, default 32, and ema as `fit` takes it, default 0
   */
  memory(options?: { batchSize?: number; ema?: number }): MemoryEstimate {
    return memoryOf(this.#state, strictOptions("memory", options, "batchSize:number ema:number"));
  }

  /**
   * Builds the weights in an engine and fixes optimizer, loss and metrics. Compiling again keeps the weights. Await it; `fit`, `train`,
   * `evaluate`, `predict` and `classify` wait for it by themselves.
   * @throws AnygradError INVALID_ARGUMENT, MEMORY_LIMIT, UNSUPPORTED
   */
  async compile(options: CompileOptions): Promise<void> {
    return compileModel(this.#state, options);
  }

  /**
   * Gives the weights' memory back now. Never needed for correctness: a model that nobody holds is collected. Worth it
   * in a loop that makes many models in one engine, because the collector does not see wasm memory.
   */
  dispose(): void {
    const { compiled } = this.#state;
    if (compiled) release(compiled);
    this.#state.compiled = undefined;
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
  train(
    given: GivenData | BatchSource,
    y?: TargetData | FitOptions,
    last?: FitOptions,
  ): AsyncGenerator<TrainStep, History, void> {
    return fitModel(this, this.#state, given, y, last);
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
    const { evaluateModel } = await import("./evaluation.ts");
    return evaluateModel(this.#state, given, y, last);
  }

  /**
   * The outputs for examples: class probabilities where the last layer is a softmax, numbers in the unit of the label where a
   * regression was trained on a table.
   * @param x Uint8 pixels are normalised as the training data was; floats are used as they are; pictures are brought to the
   *   size and colors of the training's, `net.preparation.image`; raw rows of a table are scaled as the training's
   * @returns a promise of shape and data; its `print()` prints them when they are there
   * @throws AnygradError NOT_READY, SHAPE_MISMATCH; DATA_FORMAT for a picture that cannot be decoded; of raw rows also INVALID_ARGUMENT for
   *   names that are no column and DATA_FORMAT for what training did not know
   */
  predict(x: PredictInput, options?: { batchSize?: number }): PendingPrediction {
    return pending(this.#predict(x, options));
  }

  async #predict(x: PredictInput, options?: { batchSize?: number }): Promise<Prediction> {
    predicting ??= await import("./predict.ts");
    return predicting.predictModel(this.#state, x, options);
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
    const classes = classify(await this.predict(x, options), this.classNames, top ?? 1);
    return top === undefined ? classes.flat() : classes;
  }

  /** Copies of all weights, in layer order. @throws AnygradError NOT_READY */
  getWeights(): NamedWeight[] {
    return ready(this.#state, "getWeights").parameters.read();
  }

  /** Overwrites all weights, in layer order. @throws AnygradError NOT_READY, SHAPE_MISMATCH (nothing is written then) */
  setWeights(weights: readonly Pick<NamedWeight, "shape" | "data">[]): void {
    const { parameters, run } = ready(this.#state, "setWeights");
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
    return saveModel(this.getConfig(), this.#state.inputs, ready(this.#state, "save"), given);
  }

  /** The network as JSON can hold it, without weights; `modelFromConfig` makes it again. */
  getConfig(): ModelConfig {
    const config = configOf(this.name, this.#state.graph, this.#state.seed);
    return JSON.parse(JSON.stringify(config)) as ModelConfig; // leaves the initializers' functions behind
  }

  /** Has `load` write what it has read into the weights. @throws AnygradError DATA_FORMAT @internal */
  async restore(
    read: ReadModel,
    into: (compiled: Compiled, read: ReadModel) => Promise<void>,
  ): Promise<void> {
    await into(ready(this.#state, "load"), read);
    const { normalization, classNames, preparation } = read.model;
    this.#state.inputs = { normalization, classNames, preparation };
  }

  /** One line in a console, in place of a tree of private parts. */
  override toString(): string {
    const { inputShape, outputShape, parameters } = this;
    const state = this.#state.compiled ? "compiled" : "not compiled";
    return `Model "${this.name}": ${counted(this.layers.length, "layer")}, ${formatShape(inputShape)} to ${formatShape(outputShape)}, ${counted(parameters.total, "parameter")}, ${state}`;
  }
}
