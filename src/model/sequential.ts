/** The simplest model: a chain of layers, which may grow while it is written. */
import type { Engine } from "../autograd/engine.ts";
import { AnygradError, quote } from "../errors.ts";
import { type Layer, SymbolicTensor } from "../layers/layer.ts";
import { strictOptions } from "../math/options.ts";
import { type ExampleShape, formatShape } from "../tensor/shape.ts";
import { Model } from "./model.ts";
import { chain, chainEnds, connect, lengthsToTry } from "./network/connect.ts";
import type { Graph, Place } from "./network/graph.ts";

/** Options of {@link sequential}. */
export interface SequentialOptions {
  /**
   * Shape of an example, without the batch axis; null where a length is open, as in `[null, 8]`. Default: that of `input({ shape })` or of the layer at the beginning of the list, where
   * they say it, else that of the first data that the model is given.
   */
  inputShape?: ExampleShape;
  /** Seed of the first weights. Default 0. */
  seed?: number;
  /** Default "sequential". */
  name?: string;
}

/** What a chain is made of: layers, other models of one input and output, and at its beginning what `input` gave. */
export type ChainItem = Layer | Model | SymbolicTensor;

function isInput(item: ChainItem | undefined): item is SymbolicTensor {
  return item instanceof SymbolicTensor && typeof item.source === "string";
}

/** A chain of layers. `sequential` makes one. */
export class Sequential extends Model {
  readonly #items: ChainItem[];
  #inputShape: ExampleShape | undefined;

  /** @internal */
  constructor(items: readonly ChainItem[], { inputShape, ...others }: SequentialOptions) {
    super(undefined, { ...others, begin: (shape) => this.#begin(shape) });
    if (!Array.isArray(items))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `sequential: got ${quote(items)} where a list of layers is wanted; pass sequential([…], { inputShape: [28, 28, 1] })`,
      );
    if (inputShape !== undefined) lengthsToTry("sequential: inputShape", inputShape);
    this.#items = [...items];
    this.#inputShape = inputShape;
    this.#rebuild();
  }

  /** The layers in order. Freezing one (`trainable = false`) takes effect at the next compile. */
  override get layers(): readonly Layer[] {
    return this.#items.flatMap((item) =>
      item instanceof SymbolicTensor ? [] : item instanceof Model ? item.layers : [item],
    );
  }

  /**
   * Adds a layer, or a model of one input and output, at the end. Compile afterwards: weights of the layers before stay.
   * @returns the model itself
   * @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT; nothing is added then
   * @example
   * ```js
   * import { layers, sequential } from "anygrad";
   *
   * const net = sequential();
   * net.add(layers.dense({ units: 8, activation: "relu" }));
   * net.add(layers.dense({ units: 1 }));
   * await net.build({ inputShape: [4] });
   * console.log(net.outputShape, net.parameters.total); // [1] 49
   * ```
   */
  add(item: ChainItem): this {
    this.#items.push(item);
    try {
      this.#rebuild();
    } catch (error) {
      this.#items.pop();
      this.#rebuild();
      throw error;
    }
    return this;
  }

  /** Takes the last layer away, and gives it. @throws AnygradError INVALID_ARGUMENT where there is none */
  pop(): Layer | Model {
    const last = this.#items.at(-1);
    if (!last || last instanceof SymbolicTensor)
      throw new AnygradError("INVALID_ARGUMENT", "pop: the model has no layers; add one first");
    this.#items.pop();
    this.#rebuild();
    return last;
  }

  /**
   * Builds the weights in an engine without a loss, for `apply` and `predict`.
   * @param options engine, default one that all models share that are given none; inputShape, where it was not said before
   * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH, NOT_READY where nothing says the shape, MEMORY_LIMIT, UNSUPPORTED
   */
  override async build(options?: { engine?: Engine; inputShape?: ExampleShape }): Promise<void> {
    const { inputShape, ...others } = strictOptions("build", options, "inputShape engine");
    if (inputShape !== undefined) {
      const known = this.#shape;
      if (known && String(known) !== String(inputShape))
        throw new AnygradError(
          "INVALID_ARGUMENT",
          `build: inputShape is ${quote(inputShape)} but the model takes ${formatShape(known)}; leave it out, or make another model`,
        );
      lengthsToTry("build: inputShape", inputShape);
      this.#begin(inputShape);
    }
    return super.build(others);
  }

  get #shape(): ExampleShape | undefined {
    const [first] = this.#items;
    if (isInput(first)) return first.shape;
    return this.#inputShape ?? (first as Layer | Model | undefined)?.inputShape;
  }

  #begin(shape: ExampleShape): void {
    this.#inputShape = shape;
    this.#rebuild();
  }

  #rebuild(): void {
    const shape = this.#shape;
    const [first, ...others] = this.#items;
    const layers = (isInput(first) ? others : this.#items) as (Layer | Model)[];
    const graph = shape && layers.length > 0 ? chainOf(layers, shape) : undefined;
    this.reconnect(graph);
  }
}

/**
 * A chain of layers. @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT
 * @param items layers, and models of one input and output; `add` brings more
 * @example
 * ```js
 * import { createEngine, datasets, layers, sequential } from "anygrad";
 *
 * const net = sequential([layers.flatten(), layers.dense({ units: 10, activation: "softmax" })],
 *                        { inputShape: [28, 28, 1], seed: 1 });
 * await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"],
 *                     engine: await createEngine() });
 * const { train, test } = await datasets.digits({ train: 1000, test: 200, seed: 1 });
 * const history = await net.fit(train, { epochs: 2, batchSize: 32, validationData: test, seed: 1 });
 * console.log(history.val_accuracy); // [0.41, 0.535]
 * ```
 */
export function sequential(items: readonly ChainItem[] = [], options?: SequentialOptions): Sequential {
  return new Sequential(items, strictOptions("sequential", options, "inputShape seed name:string"));
}

/** The network of a chain, in which a model stands by its layers. @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT */
function chainOf(items: readonly (Layer | Model)[], shape: ExampleShape): Graph {
  if (!items.some((item) => item instanceof Model)) return chain(items as readonly Layer[], shape);
  const places: Place[] = [];
  for (const item of items) {
    const from = places.length;
    const { nodes } =
      item instanceof Model ? item.graph : { nodes: [{ layer: item, inputs: [-1], first: 0 }] };
    for (const { layer, inputs, first } of nodes) {
      const within = item instanceof Model ? item.name : undefined;
      places.push({
        layer,
        inputs: inputs.map((at) => (at < 0 ? from - 1 : from + at)),
        first: from + first,
        within,
      });
    }
  }
  const { inputs, forms } = chainEnds("sequential: inputShape", shape);
  return connect(places, { forms, inputs: inputs.map((each) => ({ ...each, name: "input_layer" })) });
}
