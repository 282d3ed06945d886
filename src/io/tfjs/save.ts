/** A model as the files that TensorFlow.js loads as a layers model. */
import type { Model } from "../../model/index.ts";
import type { JsonObject } from "../json.ts";
import { type Place, snakeCase } from "../keras/config/json.ts";
import { type Dialect, modelTo, type WrittenLayer } from "../keras/config/write.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Classes that TensorFlow.js 4 has of those that are written here; its CenterCrop and Resizing forget the batch's axis. */
const classes = words(
  "Activation Add Average AveragePooling1D AveragePooling2D BatchNormalization Bidirectional CategoryEncoding Concatenate Conv1D Conv2D Conv2DTranspose Cropping2D Dense DepthwiseConv2D Dot Dropout ELU Embedding Flatten GRU GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D GlobalMaxPooling1D GlobalMaxPooling2D LSTM LayerNormalization LeakyReLU Masking MaxPooling1D MaxPooling2D Maximum Minimum Multiply PReLU Permute ReLU RepeatVector Rescaling Reshape SeparableConv2D SimpleRNN Softmax SpatialDropout1D TimeDistributed UpSampling2D ZeroPadding2D",
);
/** Activations that it has, by our names; of two under another one. */
const activations = words(
  "linear relu relu6 elu selu gelu sigmoid tanh softplus softsign softmax logSoftmax mish",
);
const renamed: Readonly<Record<string, string>> = { silu: "swish", hardSigmoid2: "hard_sigmoid" };

const tfjs: Dialect = {
  isOld: true,
  library: "TensorFlow.js",
  activation: (name) => renamed[name] ?? (activations.has(name) ? snakeCase(name) : undefined),
  has: (className) => classes.has(className),
  lacks(type, config, input) {
    const {
      alpha = 1,
      groups = 1,
      resetAfter,
      negativeSlope,
      threshold,
      keepdims,
      backwardLayer,
      size,
      interpolation,
      noiseShape,
      zeroOutputForMask,
    } = config;
    if (groups !== 1 && type.startsWith("conv")) return "convolutions in groups";
    if (type === "elu" && alpha !== 1) return "ELU with another alpha than 1";
    if (type === "flatten" && input.length < 2) return "Flatten of one axis";
    if (type === "gru" && resetAfter === true) return "GRU with resetAfter: true";
    if (type === "relu" && (negativeSlope || threshold)) return "ReLU with negativeSlope or threshold";
    if (keepdims === true) return "global pooling with keepdims: true";
    // it takes the corners of pixels where Keras takes their centres
    if (type === "upSampling2d" && interpolation === "bilinear" && String(size) !== "1,1")
      return 'UpSampling2D with interpolation: "bilinear" between the centres of pixels';
    if (noiseShape) return "Dropout with a noiseShape";
    if (backwardLayer) return "Bidirectional with a backwardLayer of its own";
    return zeroOutputForMask === true ? "zeroOutputForMask: true" : undefined;
  },
  kind(type, config) {
    if (type === "l1" || type === "l2") return { name: "l1l2", config: { l1: 0, l2: 0, ...config } };
    return type.startsWith("lecun") ? { name: `leCun${type.slice(5)}`, config } : undefined;
  },
};

/** @throws AnygradError UNSUPPORTED for what TensorFlow.js has not, NOT_READY without weights */
export function filesOf(place: Place, net: Model): { json: string; weights: Uint8Array<ArrayBuffer> } {
  const written = modelTo(place, net, tfjs);
  const arrays = net.getWeights();
  const types = new Map(net.getConfig().layers.map(({ name, type }) => [name!, type]));
  const className = written.isSequential ? "Sequential" : "Functional";
  const config: JsonObject = {
    name: net.name,
    layers: written.layers.map((layer) => described(layer, written.isSequential)),
    ...(!written.isSequential && {
      trainable: true,
      input_layers: written.inputs,
      output_layers: written.outputs,
    }),
  };
  const weights = new Uint8Array(arrays.reduce((sum, { data }) => sum + data.byteLength, 0));
  let at = 0;
  for (const { data } of arrays) {
    weights.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  const json = {
    format: "layers-model",
    generatedBy: "anygrad",
    convertedBy: null,
    modelTopology: {
      class_name: className,
      config,
      keras_version: "tfjs-layers 4.22.0",
      backend: "tensor_flow.js",
    },
    weightsManifest: [
      {
        paths: ["weights.bin"],
        weights: arrays.map(({ name, shape }) => ({ name: nameOf(name, types), shape, dtype: "float32" })),
      },
    ],
  };
  return { json: JSON.stringify(json), weights };
}

/** A weight's name as TensorFlow.js has it: in a bidirectional layer its two layers have names of their own. */
function nameOf(full: string, types: ReadonlyMap<string, string>): string {
  const [layer, weight] = full.split("/") as [string, string];
  const type = types.get(layer)!;
  if (type.startsWith("depthwise") && weight === "kernel") return `${layer}/depthwise_kernel`;
  if (type !== "bidirectional") return full;
  const [way, ...rest] = weight.split("_");
  return `${layer}/${way}_${layer}/${rest.join("_")}`;
}

function described({ name, className, config, calls }: WrittenLayer, isSequential: boolean): JsonObject {
  const inner = config.layer as JsonObject | undefined;
  // the layer in a bidirectional one gives the names of both ways
  const own =
    className === "Bidirectional" && inner
      ? { ...config, layer: { ...inner, config: { ...(inner.config as JsonObject), name } } }
      : config;
  return {
    class_name: className,
    config: own,
    name,
    ...(!isSequential && {
      inbound_nodes: calls.map(({ tensors, states }) => [...tensors, ...states].map((each) => [...each, {}])),
    }),
  };
}
