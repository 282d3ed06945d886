/** A model: a network, and what users do with it. The work is done next door; this file is the contract. */

import type { Engine } from "../autograd/engine.ts";
import type { Dataset } from "../data/dataset.ts";
import type { SymbolicTensor } from "../layers/index.ts";
import { strictOptions } from "../math/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Applied, type ApplyOptions, applyModel, applyNames } from "./call.ts";
import { buildModel, compileModel, release } from "./compile.ts";
import { NetworkDescription } from "./description.ts";
import type { Evaluation } from "./evaluation.ts";
import { fitModel } from "./fit.ts";
import { digestOf } from "./network/digest.ts";
import type { NamedWeight } from "./network/parameters.ts";
import { placeNamed, truncated } from "./network/truncate.ts";
import type { Classification } from "./predictions/classify.ts";
import { type PendingPrediction, pending } from "./predictions/pending.ts";
import type { PredictInput, Prediction, Predictions } from "./predictions/predict.ts";
import { configOf, type ModelConfig } from "./saving/config.ts";
import { copyModel, type SaveOptions } from "./saving/copy.ts";
import type { LoadWeightsOptions, WeightsReport, WeightsSource } from "./saving/weightsOptions.ts";
import { inForm, ready } from "./state.ts";
import type { CompileOptions } from "./training/context.ts";
import type { TrainStep } from "./training/loop.ts";
import type { BatchOptions, EvaluateOptions, FitOptions } from "./training/options.ts";
import type { History } from "./training/run/history.ts";
import type { GivenData, GivenX, GivenY, SeveralSet } from "./training/several/forms.ts";
import type { BatchSource } from "./training/stream/source.ts";

/** Imported once: to import what is there already takes longer than the work of a small network. */
let predicting: typeof import("./predictions/predict.ts") | undefined;

/**
 * A network that can be trained, evaluated, asked and saved. `sequential`, `model` and `load` make one. `Outputs` says what `predict`
 * gives: a prediction, a list of them, or a record by the names of outputs.
 */
export class Model<Outputs extends Predictions = Prediction> extends NetworkDescription {
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
    const { graph, seed, inputs } = this.state;
    const front = new Model(truncated(graph, placeNamed("truncate", graph, at)), { name: this.name, seed });
    const { normalization, normalizations, preparation } = inputs;
    return front.take({ normalization, normalizations, preparation });
  }

  /**
   * Builds the weights in an engine and fixes optimizer, loss and metrics. Compiling again keeps the weights. Await it; `fit`, `train`,
   * `evaluate`, `predict` and `classify` wait for it by themselves.
   * @throws AnygradError INVALID_ARGUMENT, MEMORY_LIMIT, UNSUPPORTED
   */
  async compile(options: CompileOptions): Promise<void> {
    return compileModel(this.state, options);
  }

  /**
   * Builds the weights in an engine without a loss, for `apply` and `predict`. `compile` takes them over.
   * @param options engine, default one that all models share that are given none
   * @throws AnygradError INVALID_ARGUMENT, MEMORY_LIMIT, UNSUPPORTED
   */
  async build(options?: { engine?: Engine }): Promise<void> {
    return buildModel(this.state, strictOptions("build", options, "engine"));
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
    const outputs = applyModel(this.state, this.name, inputs, given);
    const { graph } = this.state;
    return inForm(graph, outputs) as Applied<Outputs, T>; // the form of the outputs, and tensors of the kind of the inputs
  }

  /**
   * Gives the weights' memory back now. Never needed for correctness: a model that nobody holds is collected. Worth it
   * in a loop that makes many models in one engine, because the collector does not see wasm memory.
   */
  dispose(): void {
    const { compiled } = this.state;
    if (compiled) release(compiled);
    this.state.compiled = undefined;
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
    return fitModel(this, this.state, given, y, last);
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
    return evaluateModel(this.state, given, y, last);
  }

  /**
   * One update of the weights by one batch, for loops of your own whose batches and order are theirs. Dropout draws by the number of updates;
   * a run that was interrupted cannot be resumed afterwards.
   * @param x as `fit` takes it, or a batch { x, y }
   * @param options sampleWeight and classWeight, factors on the losses as in `fit`
   * @returns the loss before the update, and the metrics of this batch alone
   * @throws AnygradError NOT_READY, SHAPE_MISMATCH, DATA_FORMAT, INVALID_ARGUMENT, NOT_FINITE; no weight has changed then
   * @example
   * ```js
   * import { createEngine, layers, sequential } from "anygrad";
   *
   * const net = sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });
   * await net.compile({ optimizer: "sgd", loss: "mse", metrics: "mae", engine: await createEngine() });
   * for (let step = 0; step < 300; step++) await net.trainOnBatch([-1, 0, 1, 2], [-3, -1, 1, 3]);
   * const { loss, mae } = await net.testOnBatch([3, 4], [5, 7]);
   * console.log(loss < 0.1, mae < 0.3, (await net.predictOnBatch([10])).shape); // true true [1, 1]
   * ```
   */
  async trainOnBatch(data: Dataset | SeveralSet, options?: BatchOptions): Promise<Evaluation>;
  async trainOnBatch(x: GivenX, y: GivenY, options?: BatchOptions): Promise<Evaluation>;
  async trainOnBatch(given: GivenData, y?: GivenY | BatchOptions, last?: BatchOptions): Promise<Evaluation> {
    return (await import("./onBatch.ts")).trainOnBatch(this, this.state, given, y, last);
  }

  /** The loss and the metrics of one batch, as `evaluate` gives them. @param options as `trainOnBatch` takes them @throws AnygradError as `evaluate` does */
  async testOnBatch(data: Dataset | SeveralSet, options?: BatchOptions): Promise<Evaluation>;
  async testOnBatch(x: GivenX, y: GivenY, options?: BatchOptions): Promise<Evaluation>;
  async testOnBatch(given: GivenData, y?: GivenY | BatchOptions, last?: BatchOptions): Promise<Evaluation> {
    return (await import("./onBatch.ts")).testOnBatch(this.state, given, y, last);
  }

  /** The outputs of all examples at once, as `predict` gives them. @throws AnygradError as `predict` does */
  predictOnBatch(x: PredictInput): PendingPrediction<Outputs> {
    return this.predict(x, { batchSize: 2 ** 31 - 1 });
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
    predicting ??= await import("./predictions/predict.ts");
    return predicting.predictModel<Outputs>(this.state, x, options);
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
    const given = strictOptions("features", options, "at:string batchSize");
    ready(this.state, "features");
    const { featuresFor } = await import("./tuning/features.ts");
    return featuresFor(this, x, given);
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
    const { classify, onlyOutput } = await import("./predictions/classify.ts");
    const classes = classify(onlyOutput(await this.predict(x, options)), this.classNames, top ?? 1);
    return top === undefined ? classes.flat() : classes;
  }

  /** Copies of all weights, in layer order. @throws AnygradError NOT_READY */
  getWeights(): NamedWeight[] {
    return ready(this.state, "getWeights").parameters.read();
  }

  /** Overwrites all weights, in layer order. @throws AnygradError NOT_READY, SHAPE_MISMATCH (nothing is written then) */
  setWeights(weights: readonly Pick<NamedWeight, "shape" | "data">[]): void {
    const { parameters, run } = ready(this.state, "setWeights");
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
    const compiled = ready(this.state, "loadWeights");
    const { loadWeights } = await import("./saving/weights.ts");
    return loadWeights(this.state.graph, compiled, source, options);
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
    const copy = copyModel(this, this.state.inputs, ready(this.state, "save"), given);
    const { saveModel } = await import("./saving/save.ts");
    return saveModel(copy);
  }

  /** The network as JSON can hold it, without weights; `modelFromConfig` makes it again. */
  getConfig(): ModelConfig {
    const config = configOf(this.name, this.state.graph, this.state.seed);
    return JSON.parse(JSON.stringify(config)) as ModelConfig; // leaves the initializers' functions behind
  }
}
