/** A pretrained network that is taught something new: its layers, most of them frozen, under a new head. */
import { AnygradError, quote } from "../../errors.ts";
import { dense } from "../../layers/dense.ts";
import { dropout as dropoutLayer } from "../../layers/dropout.ts";
import type { SymbolicTensor } from "../../layers/layer.ts";
import { rescaling as rescalingLayer } from "../../layers/normalization.ts";
import { globalAveragePooling2d } from "../../layers/pooling.ts";
import { globalAveragePooling1d } from "../../layers/pooling1d.ts";
import { checkCount } from "../../math/checks.ts";
import { strictOptions } from "../../math/options.ts";
import { type ExampleShape, formatShape, sameShape } from "../../tensor/shape.ts";
import { input, model } from "../functional.ts";
import { Model } from "../model.ts";
import { lengthsToTry } from "../network/connect.ts";
import { type Graph, isNamed, shownInput } from "../network/graph.ts";
import { placeNamed, truncated } from "../network/truncate.ts";
import { beforeLast } from "./features.ts";

/** Options of {@link fineTune}. */
export interface FineTuneOptions {
  /** The new classes: their names, or how many. The head ends in a softmax. */
  classes?: number | readonly string[];
  /** In place of classes: how many numbers are predicted. The head ends in nothing, for losses such as "meanSquaredError". */
  outputs?: number;
  /** The layer whose output the new head takes. Default: what stands before the last layer that has weights, the old head. */
  at?: string;
  /**
   * What goes on learning besides the head: how many of the last layers that have weights, or the name of the layer that they begin with.
   * Batch normalisation stays frozen, with the statistics that it has, as Keras's guide does it. Default 0.
   */
  unfreeze?: number | string;
  /** Share of the features that dropout sets to 0 before the head. Default 0: none. */
  dropout?: number;
  /**
   * How raw pixels become what the network was trained on, x · scale + offset: `{ scale: 1 / 127.5, offset: -1 }` for −1 … 1. It becomes a
   * layer of the model. Default: as `base.normalization` says, where it has one; else nothing, and data are normalised as they say.
   */
  rescaling?: {
    /** The factor. */
    readonly scale: number;
    /** What is added to the product. Default 0. */
    readonly offset?: number;
  };
  /**
   * Shape of an example, where it is not to be that of the base: `[96, 96, 3]` for smaller pictures, which take less time. Convolutions
   * and poolings take any size; layers whose weights depend on it must lie behind `at`. Default: that of the base.
   */
  inputShape?: ExampleShape;
  /** Seed of the head's first weights. Default 0. */
  seed?: number;
  /** Default: that of the base. */
  name?: string;
}

/**
 * A model of the layers of another one, frozen, under a new head: global average pooling where features are images or sequences, dropout
 * where it is wanted, and a dense layer, "head". The layers are shared: what learns, learns in the base, too. Compile it with
 * "sparseCategoricalCrossentropy" and fit it with `cacheFeatures: true`: then the frozen layers run once for each picture.
 *
 * @param base a model with weights: trained, loaded, or read from a file of another library
 * @throws AnygradError INVALID_ARGUMENT for unknown layers or options, SHAPE_MISMATCH for an `inputShape` that the layers do not take,
 *   NOT_READY for a base without weights, UNSUPPORTED for a base of several inputs or outputs
 * @example
 * ```js
 * import { createEngine, datasets, fineTune, layers, sequential, subset } from "anygrad";
 *
 * const engine = await createEngine();
 * const { train, test } = await datasets.digits({ train: 600, test: 200 });
 * const base = sequential(
 *   [
 *     layers.conv2d({ filters: 8, kernelSize: 5, strides: 2, activation: "relu" }),
 *     layers.flatten(),
 *     layers.dense({ units: 10, activation: "softmax" }),
 *   ],
 *   { inputShape: [28, 28, 1], seed: 1 },
 * );
 * await base.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", engine });
 * await base.fit(train, { epochs: 2 });
 *
 * const net = fineTune(base, { classes: train.classNames });
 * await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: "accuracy" });
 * await net.fit(train, { epochs: 20, cacheFeatures: true });
 * console.log((await net.evaluate(test)).accuracy > 0.7); // true
 * ```
 */
export function fineTune(base: Model, options: FineTuneOptions): Model {
  const given = strictOptions(
    "fineTune",
    options,
    "classes outputs at:string unfreeze:number|string dropout rescaling:object inputShape:object seed name:string",
  );
  const { classes, outputs, at, unfreeze = 0, dropout = 0, seed = 0, name = base?.name } = given;
  if (typeof base?.truncate !== "function")
    throw wrong(`got ${quote(base)}; pass a model, such as load(bytes) gives`);
  const { graph, normalization } = base;
  if (isNamed(graph))
    throw new AnygradError(
      "UNSUPPORTED",
      "fineTune: the base has several inputs or outputs; make the model by model({ inputs, outputs }) of its layers",
    );
  if (!base.isCompiled)
    throw new AnygradError(
      "NOT_READY",
      "fineTune: the base has no weights yet; load it, or call await base.build() and base.loadWeights(bytes)",
    );
  const numbers = outputs === undefined ? undefined : checkCount("fineTune: outputs", outputs, 1);
  if ((classes === undefined) === (numbers === undefined))
    throw wrong("pass either classes, to tell them apart, or outputs, how many numbers are predicted");
  const units = numbers ?? unitsOf(classes);
  const { inputShape = shownInput(graph) } = given;
  const front = frontOf(base, at ?? beforeLast("fineTune", graph), inputShape);
  freeze(front.graph, unfreeze);
  const x = input({ shape: inputShape });
  const scale =
    given.rescaling ?? (normalization && { scale: normalization.scale, offset: normalization.shift });
  let y: SymbolicTensor = front.apply(scale ? rescalingLayer(scale).apply(x) : x);
  if (y.shape.length === 3) y = globalAveragePooling2d().apply(y);
  else if (y.shape.length === 2) y = globalAveragePooling1d().apply(y);
  if (dropout > 0) y = dropoutLayer({ rate: dropout }).apply(y);
  y = dense({ units, ...(outputs === undefined && { activation: "softmax" }), name: "head" }).apply(y);
  const net = model({ inputs: x, outputs: y, name, seed }) as Model;
  net.take({
    classNames: typeof classes === "object" ? [...classes] : undefined,
    preparation: preparedFor(base, inputShape),
  });
  return net;
}

/** What is done to pictures before, in the size that is wanted now. */
function preparedFor({ preparation }: Model, [height, width]: ExampleShape): Model["preparation"] {
  const { image } = preparation ?? {};
  return image && height && width ? { ...preparation, image: { ...image, height, width } } : preparation; // of any size, as they were
}

/** The layers up to a place, for examples of this shape. @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH */
function frontOf({ graph, name }: Model, at: string, inputShape: ExampleShape): Model {
  const place = placeNamed("fineTune: at", graph, at);
  const { sizes: shape, others } = lengthsToTry("fineTune: inputShape", inputShape);
  try {
    const front = truncated({ ...graph, inputs: [{ ...graph.inputs[0]!, shape, others }] }, place);
    for (const { layer, name: named, weights } of front.nodes) {
      const known = graph.nodes.find((node) => node.layer === layer)!.weights;
      const other = weights.find((weight, i) => !sameShape(weight.shape, known[i]!.shape));
      if (other)
        throw new AnygradError(
          "SHAPE_MISMATCH",
          `the ${other.name} of the layer ${quote(named)} would have another shape`,
        );
    }
    return new Model(front, { name });
  } catch (error) {
    if (!(error instanceof AnygradError) || String(inputShape) === String(shownInput(graph))) throw error;
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `fineTune: the layers up to ${quote(at)} do not take examples of ${formatShape(inputShape)}, other than the base's ${formatShape(shownInput(graph))}: ${error.message.slice(0, 200)}; leave inputShape out, or name a layer before by at: "…"`,
      { cause: error },
    );
  }
}

function unitsOf(classes: FineTuneOptions["classes"]): number {
  if (typeof classes === "number") return checkCount("fineTune: classes", classes, 2);
  const isNames = Array.isArray(classes) && classes.every((each) => typeof each === "string");
  if (isNames && classes.length > 1 && new Set(classes).size === classes.length) return classes.length;
  throw wrong(
    `classes is ${quote(classes)}; pass how many there are, or a list of at least two different names`,
  );
}

/** Freezes all layers but the last ones. @throws AnygradError INVALID_ARGUMENT */
function freeze(graph: Graph, unfreeze: number | string): void {
  const { nodes } = graph;
  const weighted = nodes.filter(({ weights }, i) => weights.length > 0 && nodes[i]!.first === i);
  const learning =
    typeof unfreeze === "string"
      ? nodes.slice(placeNamed("fineTune: unfreeze", graph, unfreeze))
      : weighted.slice(
          weighted.length - Math.min(weighted.length, checkCount("fineTune: unfreeze", unfreeze, 0)),
        );
  const chosen = new Set(learning.map(({ layer }) => layer));
  for (const { layer } of nodes) layer.trainable = chosen.has(layer) && !layer.traits?.statistics;
}

const wrong = (fault: string): AnygradError => new AnygradError("INVALID_ARGUMENT", `fineTune: ${fault}`);
