/** A model: a network, and what users do with it. The work is done next door; this file is the contract. */

import type { Engine } from "../autograd/engine.ts";
import type { Dataset, Normalization } from "../data/dataset.ts";
import type { Preparation } from "../data/preparation.ts";
import type { Layer, SymbolicTensor } from "../layers/index.ts";
import { checkCount } from "../math/checks.ts";
import { counted, Printable } from "../math/inspect.ts";
import { strictOptions, unknownName } from "../math/options.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor, Variable } from "../tensor/tensor.ts";
import { type Applied, type ApplyOptions, applyModel, applyNames, symbolsOf } from "./call.ts";
import type { Classification } from "./classify.ts";
import { buildModel, compileModel, memoryOf, release, type Setup, setupOf } from "./compile.ts";
import type { Evaluation } from "./evaluation.ts";
import { fitModel } from "./fit.ts";
import { digestOf } from "./network/digest.ts";
import { countParameters, type Graph, isNamed, type ParameterCounts, weightsOf } from "./network/graph.ts";
import type { MemoryEstimate } from "./network/memory.ts";
import type { NamedWeight } from "./network/parameters.ts";
import { summary } from "./network/summary.ts";
import { beforeLast, placeNamed, truncated } from "./network/truncate.ts";
import { type PendingPrediction, pending } from "./pending.ts";
import type { PredictInput, Prediction, Predictions } from "./predict.ts";
import {
  configOf,
  type ModelConfig,
  type ReadModel,
  type SavedInputs,
  type SaveOptions,
  saveModel,
} from "./saving/save.ts";
import type { LoadWeightsOptions, WeightsReport, WeightsSource } from "./saving/weightsOptions.ts";
import { inForm, type ModelState, ready, stateOf } from "./state.ts";
import type { Compiled, CompileOptions } from "./training/context.ts";
import type { TrainStep } from "./training/loop.ts";
import type { EvaluateOptions, FitOptions } from "./training/options.ts";
import type { History } from "./training/run/history.ts";
import type { RunPosition } from "./training/run/state.ts";
import type { GivenData, GivenX, GivenY, SeveralSet } from "./training/several/forms.ts";
import type { BatchSource } from "./training/stream/source.ts";

/** Imported once: to import what is there already takes longer than the work of a small network. */
let predicting: typeof import("./predict.ts") | undefined;

/**
 * A network that can be trained, evaluated, asked and saved. `sequential`, `model` and `load` make one. `Outputs` says what `predict`
 * gives: a prediction, a list of them, or a record by the names of outputs.
 */
export class Model<Outputs extends Predictions = Prediction> extends Printable {
  /** Its name, for the summary. */
  readonly name: string;
  readonly #state: ModelState;

  /** @internal */
  constructor(
    graph: Graph | undefined,
    {
      name = "sequential",
      seed = 0,
      ...others
    }: { name?: string; seed?: number } & Pick<ModelState, "symbols" | "begin"> = {},
  ) {
    super();
    checkCount("model: seed", seed, 0);
    this.#state = stateOf(graph, seed, others);
    this.name = name;
  }

  /** Has another network take the place of this one, whose weights go to it where layers are the same. @internal */
  reconnect(graph: Graph | undefined): void {
    if (this.#state.compiled) this.dispose();
    this.#state.network = graph;
    delete this.#state.symbols;
  }

  /** The layers in order, each once. Freezing one (`trainable = false`) takes effect at the next compile. */
  get layers(): readonly Layer[] {
    return this.#state.graph.nodes.flatMap(({ layer, first }, i) => (first === i ? [layer] : []));
  }

  /** Whether any layer learns; set to false, all are frozen, from the next compile on, in models that share them, too. */
  get trainable(): boolean {
    return this.layers.some((layer) => layer.trainable);
  }

  set trainable(value: boolean) {
    for (const layer of this.layers) layer.trainable = value;
  }

  /** Whether data go in or come out by the names of several inputs or outputs. @internal */
  get isNamed(): boolean {
    return isNamed(this.#state.graph);
  }

  /** Its inputs, to make another model from: `model({ inputs: net.inputs, outputs: net.getLayer("dense").output })`. */
  get inputs(): readonly SymbolicTensor[] {
    return symbolsOf(this.#state).inputs;
  }

  /** Its outputs, which further layers can be applied to. */
  get outputs(): readonly SymbolicTensor[] {
    const { graph } = this.#state;
    const { nodes } = symbolsOf(this.#state);
    return graph.outputs.map(({ node }) => nodes[node]!);
  }

  /** The names of its inputs, by which data of several are given. */
  get inputNames(): readonly string[] {
    return this.#state.graph.inputs.map(({ name = "input_layer" }) => name);
  }

  /** The names of its outputs, by which targets, losses and metrics of several are given. */
  get outputNames(): readonly string[] {
    return this.#state.graph.outputs.map(({ name }) => name);
  }

  /** Shape of an example; of several inputs that of the row that holds all their numbers, see `inputs`. */
  get inputShape(): Shape {
    return this.#state.graph.inputShape;
  }

  /** Shape of an example's output; of several outputs that of a row of all their numbers, see `outputs`. */
  get outputShape(): Shape {
    return this.#state.graph.outputShape;
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
  get setup(): Setup {
    return setupOf(ready(this.#state, "setup"));
  }

  /** What the loss takes. @internal */
  get targets(): "labels" | "dense" {
    return ready(this.#state, "targets").aim.kind;
  }

  /** The engine that holds the weights. @throws AnygradError NOT_READY before compile */
  get engine(): Engine {
    return ready(this.#state, "engine").engine;
  }

  /** Where the last run stands, also of a loaded model; undefined where there is none that `resume` could go on with. */
  get position(): RunPosition | undefined {
    return this.#state.compiled?.run?.position;
  }

  /** A layer by its name; `output` of it is the tensor that it gives in the model. @throws AnygradError INVALID_ARGUMENT */
  getLayer(name: string): Layer {
    const { nodes } = this.#state.graph;
    symbolsOf(this.#state);
    const node = nodes.find((each) => each.name === name);
    if (node) return node.layer;
    const names = nodes.map((each) => each.name);
    throw unknownName("getLayer: layer", name, names);
  }

  /**
   * The network up to a layer, whose output is the new model's. Layers and weights are shared: the two are one where they are the same.
   * @throws AnygradError INVALID_ARGUMENT for a layer that is not there
   * @example
   * ```js
   * import { createEngine, layers, sequential } from "anygrad";
   *
   * const net = sequential(
   *   [layers.dense({ units: 8, activation: "relu", name: "features" }), layers.dense({ units: 2 })],
   *   { inputShape: [4], seed: 1 },
   * );
   * await net.build({ engine: await createEngine() });
   * const front = net.truncate("features");
   * await front.build();
   * console.log((await front.predict([[1, 2, 3, 4]])).shape); // [1, 8]
   * ```
   */
  truncate(at: string): Model {
    const { graph, seed, inputs } = this.#state;
    const front = new Model(truncated(graph, placeNamed("truncate", graph, at)), { name: this.name, seed });
    const { normalization, normalizations, preparation } = inputs;
    return front.take({ normalization, normalizations, preparation });
  }

  /** What is known of the data before the model has seen any. @internal */
  take(inputs: SavedInputs): this {
    this.#state.inputs = { ...this.#state.inputs, ...inputs };
    return this;
  }

  /** @internal */
  get graph(): Graph {
    return this.#state.graph;
  }

  /** Freezes the layers up to one, it included, or all: they keep their weights from the next compile on. @throws AnygradError INVALID_ARGUMENT */
  freeze(upTo?: string): this {
    const { graph } = this.#state;
    const end = upTo === undefined ? graph.nodes.length : placeNamed("freeze", graph, upTo);
    graph.nodes.forEach(({ layer }, i) => {
      if (i <= end) layer.trainable = false;
    });
    return this;
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
   * Builds the weights in an engine without a loss, for `apply` and `predict`. `compile` takes them over.
   * @param options engine, default a new one with default options
   * @throws AnygradError INVALID_ARGUMENT, MEMORY_LIMIT, UNSUPPORTED
   */
  async build(options?: { engine?: Engine }): Promise<void> {
    return buildModel(this.#state, strictOptions("build", options, "engine"));
  }

  /**
   * The model as a function. Of symbolic tensors it makes a part of another model, with the same weights at each place; of tensors of
   * its engine, [n, ...], it computes the outputs, within `valueAndGrad` differentiably by `trainableVariables`.
   * @param inputs one, or several as a list or by their names
   * @param options of tensors: training, default false; seed and step, by which dropout draws
   * @returns the output, or several in the form in which the model has them
   * @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT; NOT_READY for tensors before `build` or `compile`
   * @example
   * ```js
   * import { createEngine, layers, ops, optimizers, sequential } from "anygrad";
   *
   * const engine = await createEngine();
   * const net = sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });
   * await net.build({ engine });
   * const [x, y] = [engine.tensor([[-1], [0], [1], [2]]), engine.tensor([[-3], [-1], [1], [3]])];
   * const loss = () => ops.mean(ops.square(ops.subtract(net.apply(x, { training: true }), y)));
   * const sgd = optimizers.sgd({ learningRate: 0.1 });
   * for (let step = 0; step < 100; step++) sgd.minimize(loss, net.trainableVariables);
   * console.log(Math.round(net.apply(engine.tensor([[10]])).item())); // 19
   * ```
   */
  apply<T extends SymbolicTensor | Tensor>(
    inputs: T | readonly T[] | Readonly<Record<string, T>>,
    options?: ApplyOptions,
  ): Applied<Outputs, T> {
    const given = strictOptions("apply", options, applyNames);
    const outputs = applyModel(this.#state, this.name, inputs, given);
    const { graph } = this.#state;
    return inForm(graph, outputs) as Applied<Outputs, T>; // the form of the outputs, and tensors of the kind of the inputs
  }

  /** The weights in layer order, which change with it. @throws AnygradError NOT_READY before `build` or `compile` */
  get variables(): readonly Variable[] {
    return ready(this.#state, "variables").parameters.all.map(({ value }) => value as Variable);
  }

  /** Those that training changes, for `optimizer.minimize`. @throws AnygradError NOT_READY before `build` or `compile` */
  get trainableVariables(): readonly Variable[] {
    return ready(this.#state, "variables").parameters.trainable.map(({ value }) => value as Variable);
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
  async fit(data: Dataset | SeveralSet | BatchSource, options?: FitOptions): Promise<History>;
  async fit(x: GivenX, y: GivenY, options?: FitOptions): Promise<History>;
  async fit(data: GivenData | BatchSource, y?: GivenY | FitOptions, options?: FitOptions): Promise<History> {
    const run = this.train(data as GivenX, y as GivenY, options);
    for (;;) {
      const { done, value } = await run.next();
      if (done) return value;
    }
  }

  /** Trains as `fit` does, a step at a time: `for await (const step of net.train(data, options))`. */
  train(
    data: Dataset | SeveralSet | BatchSource,
    options?: FitOptions,
  ): AsyncGenerator<TrainStep, History, void>;
  train(x: GivenX, y: GivenY, options?: FitOptions): AsyncGenerator<TrainStep, History, void>;
  train(
    given: GivenData | BatchSource,
    y?: GivenY | FitOptions,
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
  async evaluate(data: Dataset | SeveralSet | BatchSource, options?: EvaluateOptions): Promise<Evaluation>;
  async evaluate(x: GivenX, y: GivenY, options?: EvaluateOptions): Promise<Evaluation>;
  async evaluate(
    given: GivenData | BatchSource,
    y?: GivenY | EvaluateOptions,
    last?: EvaluateOptions,
  ): Promise<Evaluation> {
    const { evaluateModel } = await import("./evaluation.ts");
    return evaluateModel(this.#state, given, y, last);
  }

  /**
   * The outputs for examples: class probabilities where the last layer is a softmax, numbers in the unit of the label where a
   * regression was trained on a table. Of several outputs a list, or a record by their names, as `model` was given them.
   * @param x Uint8 pixels are normalised as the training data was; floats are used as they are; pictures are brought to the
   *   size and colors of the training's, `net.preparation.image`; raw rows of a table are scaled as the training's
   * @returns a promise of shape and data; its `print()` prints them when they are there
   * @throws AnygradError NOT_READY, SHAPE_MISMATCH; DATA_FORMAT for a picture that cannot be decoded; of raw rows also INVALID_ARGUMENT for
   *   names that are no column and DATA_FORMAT for what training did not know
   */
  predict(x: PredictInput, options?: { batchSize?: number }): PendingPrediction<Outputs> {
    return pending(this.#predict(x, options));
  }

  async #predict(x: PredictInput, options?: { batchSize?: number }): Promise<Outputs> {
    predicting ??= await import("./predict.ts");
    return predicting.predictModel<Outputs>(this.#state, x, options);
  }

  /**
   * What a layer within the network gives for examples, or for a data set: that of it with the targets, to train another model on.
   * @param x as `predict` takes it
   * @param options at: the layer's name, default what feeds the last layer with weights; batchSize, default 32
   * @throws AnygradError NOT_READY, SHAPE_MISMATCH, INVALID_ARGUMENT
   */
  features(x: Dataset, options?: { at?: string; batchSize?: number }): Promise<Dataset>;
  features(x: PredictInput, options?: { at?: string; batchSize?: number }): Promise<Prediction>;
  async features(
    x: PredictInput,
    options?: { at?: string; batchSize?: number },
  ): Promise<Prediction | Dataset> {
    const { at, ...others } = strictOptions("features", options, "at:string batchSize");
    ready(this.#state, "features");
    const { featuresFor } = await import("./tuning/features.ts");
    return featuresFor(this.truncate(at ?? beforeLast(this.#state.graph)), x, others);
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
    const { classify, onlyOutput } = await import("./classify.ts");
    const classes = classify(onlyOutput(await this.predict(x, options)), this.classNames, top ?? 1);
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

  /**
   * Overwrites weights by those of a file, or of another library, by their names: nothing, where `strict` and something does not fit.
   * @param source bytes of a safetensors file, as a view, a Blob or File, a Response or a promise of one; or arrays by name, such
   *   as `readNpz` of anygrad/npz gives
   * @returns what was loaded, and what did not fit
   * @throws AnygradError NOT_READY, INVALID_ARGUMENT, SHAPE_MISMATCH, DATA_FORMAT, DATA_DOWNLOAD; UNSUPPORTED for files that are read in
   *   another way
   */
  async loadWeights(source: WeightsSource, options?: LoadWeightsOptions): Promise<WeightsReport> {
    const compiled = ready(this.#state, "loadWeights");
    const { loadWeights } = await import("./saving/weights.ts");
    return loadWeights(this.#state.graph, compiled, source, options);
  }

  /** Hex SHA-256 over the weights: the name of a run. */
  async digest(): Promise<string> {
    return digestOf(this.getWeights());
  }

  /**
   * The model as safetensors bytes, architecture included. With `optimizer: true` also the run it is in: call it between
   * steps of `train`, in the last of the callbacks, or after.
   * @throws AnygradError NOT_READY; NOT_FINITE for weights that are NaN or infinite; UNSUPPORTED for a layer that is a changed copy or
   *   a function, INVALID_ARGUMENT for two definitions of one name
   */
  async save(options?: SaveOptions): Promise<Uint8Array<ArrayBuffer>> {
    const given = strictOptions("save", options, "optimizer:boolean");
    return saveModel(this.getConfig(), this.layers, this.#state.inputs, ready(this.#state, "save"), given);
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
    const { normalization, classNames, preparation, normalizations } = read.model;
    this.#state.inputs = {
      normalization,
      classNames,
      preparation,
      ...(normalizations && { normalizations }),
    };
  }

  /** One line in a console, in place of a tree of private parts. */
  override toString(): string {
    if (!this.#state.network) return `Model "${this.name}": the shape of an example is not known yet`;
    const { inputShape, outputShape, parameters } = this;
    const state = this.#state.compiled ? "compiled" : "not compiled";
    return `Model "${this.name}": ${counted(this.layers.length, "layer")}, ${formatShape(inputShape)} to ${formatShape(outputShape)}, ${counted(parameters.total, "parameter")}, ${state}`;
  }
}
