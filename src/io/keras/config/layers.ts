/** A layer from its class and options in Keras. */

import { quote } from "../../../errors.ts";
import { type Layer, layerFromConfig, layers } from "../../../layers/index.ts";
import { isObject, type JsonObject } from "../../json.ts";
import { own } from "../../own.ts";
import { type Place, sameName } from "./json.ts";
import { optionsFrom } from "./options.ts";
import type { Origin } from "./values.ts";

/** Classes that are one of our layers by another name; of older versions, and of layers that have options besides. */
const classes: Readonly<Record<string, string>> = {
  Convolution1D: "conv1d",
  Convolution2D: "conv2d",
  Deconvolution2D: "conv2dTranspose",
  SeparableConvolution1D: "separableConv1d",
  SeparableConvolution2D: "separableConv2d",
  BatchNormalizationV1: "batchNormalization",
  BatchNormalizationV2: "batchNormalization",
  ThresholdedReLU: "relu",
  Identity: "activation",
  Swish: "silu",
};

/** Classes that keras.applications define for themselves: the layers that they are, and the options by which they are known. */
const ofApplications: Readonly<
  Record<string, { knownBy: string; type: string; options(given: JsonObject): JsonObject }>
> = {
  StochasticDepth: {
    knownBy: "drop_path_rate",
    type: "dropout",
    options: ({ drop_path_rate: rate = 0 }) => ({ rate, noiseShape: [null, 1, 1, 1] }),
  },
  // a factor a channel
  LayerScale: {
    knownBy: "projection_dim",
    type: "depthwiseConv2d",
    options: () => ({ kernelSize: 1, useBias: false }),
  },
};

/** Classes that are something else, and what to do. */
const advice: Readonly<Record<string, string>> = {
  Lambda:
    "it holds code of Python; define a layer that does the same, by defineLayer, and pass it as custom under this layer's class",
  CuDNNLSTM: "load the model in Python's Keras 2 and save it with LSTM layers",
  CuDNNGRU: "load the model in Python's Keras 2 and save it with GRU layers",
};

/** Our layers, but for those that are no layers of Keras. */
const kinds: readonly string[] = Object.keys(layers).filter(
  (name) => name !== "lambda" && name !== "sequenceRows",
);

const cells: Readonly<Record<string, string>> = {
  LSTMCell: "lstm",
  GRUCell: "gru",
  SimpleRNNCell: "simpleRNN",
};

/** Our name of a class; undefined for one that is none of our layers. */
export function typeOf(className: string): string | undefined {
  return own(classes, className) ?? sameName(className, kinds);
}

/**
 * A layer.
 * @param name in our model; undefined for one that another wraps
 * @param given options that are known from elsewhere: the size of batches, statistics to come
 * @throws AnygradError UNSUPPORTED for classes and options that anygrad has not
 */
export function layerFrom(
  place: Place,
  className: string,
  config: JsonObject,
  origin: Origin,
  name?: string,
  given: Readonly<Record<string, unknown>> = {},
): Layer {
  const trainable = config.trainable !== false;
  const own = origin.custom.definition("layer", className);
  if (own) {
    const { module: _, ...rest } = config;
    const options = place.try(() => optionsFrom(place, className, rest, origin));
    return place.try(() => own({ ...options, name, trainable })) as Layer;
  }
  const application = Object.hasOwn(ofApplications, className) ? ofApplications[className]! : undefined;
  if (application && application.knownBy in config) {
    const { type, options } = application;
    return place.try(() => layerFromConfig({ type, name, trainable, config: options(config) }));
  }
  if (className === "RNN") return cellLayer(place, config, origin, name);
  const type = typeOf(className);
  if (type === undefined) throw unknownClass(place, className);
  const { layer, backward_layer: backward, ...rest } = config;
  const options = {
    ...optionsFrom(place, type, rest, origin),
    ...(className === "Identity" && { activation: "linear" }),
    ...(type === "gru" && !("reset_after" in config) && { resetAfter: !origin.isLegacy }),
    ...given,
  };
  const wrapped = isObject(layer) ? { layer: innerLayer(place, layer, origin) } : {};
  if (type === "bidirectional" && isObject(backward) && isObject(layer) && !mirrors(layer, backward))
    Object.assign(wrapped, { backwardLayer: innerLayer(place, backward, origin) });
  // as a file of ours has it: every layer checks its own options
  return place.try(() => layerFromConfig({ type, name, trainable, config: { ...options, ...wrapped } }));
}

/** A layer that another wraps. */
function innerLayer(place: Place, { class_name: className, config }: JsonObject, origin: Origin): Layer {
  const name = place.string(className, "class_name of its layer");
  if (["Sequential", "Functional", "Model"].includes(name))
    throw place.unsupported(`it wraps a whole model (${name}); one layer is what it takes here`);
  return layerFrom(place.in(`its ${name}`), name, place.object(config, "config of its layer"), origin);
}

/** Whether one layer is the other but for its direction: what Keras makes by itself for the way back. */
function mirrors(forward: JsonObject, backward: JsonObject): boolean {
  const plain = ({ class_name: name, config }: JsonObject): string =>
    JSON.stringify([name, config], (key, value) =>
      ["name", "go_backwards", "shared_object_id", "build_config", "seed"].includes(key) ? undefined : value,
    );
  const directions = [forward, backward].map(
    ({ config }) => isObject(config) && config.go_backwards === true,
  );
  return plain(forward) === plain(backward) && directions[0] !== directions[1];
}

/** RNN with a cell is the layer that has that cell built in. */
function cellLayer(place: Place, config: JsonObject, origin: Origin, name: string | undefined): Layer {
  const { cell, ...rest } = config;
  const { class_name: className, config: options } = place.object(cell, "cell");
  const type = typeof className === "string" ? own(cells, className) : undefined;
  if (type === undefined)
    throw place.unsupported(
      `its cell is ${quote(className)}; those of anygrad are ${Object.keys(cells).join(", ")}, one a layer`,
    );
  const { name: _, trainable: __, ...ofCell } = place.object(options, "config of its cell");
  return layerFrom(place, type, { ...ofCell, ...rest }, origin, name);
}

function unknownClass(place: Place, className: string): Error {
  return place.unsupported(
    own(advice, className) ??
      `${quote(className)} is no layer of anygrad; define one of this name by defineLayer and pass it, as { custom: [it] }, or save the model without it`,
  );
}
