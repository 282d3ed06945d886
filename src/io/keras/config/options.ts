/** Options of layers: Keras's by ours. What means nothing here is left out at the values at which it does. */

import { quote } from "../../../errors.ts";
import { isObject, type Json, type JsonObject } from "../../json.ts";
import { own } from "../../own.ts";
import { camelCase, type Place, unwrapped } from "./json.ts";
import { activationFrom, constraintFrom, initializerFrom, type Origin, regularizerFrom } from "./values.ts";

/** Options that mean nothing here, whatever they are: how Keras works, what it knows of shapes, first values of weights that are in the file. */
const ignored = new Set(
  "name trainable batch_input_shape batch_shape input_shape input_dtype input_length batch_size implementation fused seed use_cudnn autocast query_shape key_shape value_shape renorm_momentum moving_mean_initializer moving_variance_initializer fill_value fill_mode shared_object_id force_generator rng_type lora_alpha supports_masking".split(
    " ",
  ),
);

/** Options that mean nothing at these values. */
const neutral: Readonly<Record<string, readonly Json[]>> = {
  data_format: ["channels_last"],
  sparse: [false],
  ragged: [false],
  optional: [false],
  time_major: [false],
  synchronized: [false],
  renorm: [false],
  rms_scaling: [false],
  crop_to_aspect_ratio: [false],
  pad_to_aspect_ratio: [false],
  antialias: [false],
  use_gate: [false],
  softmax_robust_masking: [false],
  attention_axes: [1],
};

/** The same of layers of a type: what their classes inherit, and have no use for. */
const neutralOf: Readonly<Record<string, Readonly<Record<string, readonly Json[] | true>>>> = {
  conv2dTranspose: { groups: [1], dilation_rate: [1] },
  depthwiseConv1d: { groups: [1], filters: true, kernel_initializer: true },
  depthwiseConv2d: { groups: [1], filters: true, kernel_initializer: true },
  separableConv1d: { groups: [1], kernel_initializer: true },
  separableConv2d: { groups: [1], kernel_initializer: true },
  softmax: { axis: [-1] },
  categoryEncoding: { dtype: true },
  discretization: { dtype: true },
  timeDistributed: { dtype: true },
};

const renames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  leakyRelu: { alpha: "negativeSlope" },
  relu: { theta: "threshold" },
  multiHeadAttention: { head_size: "keyDim" },
  attention: { causal: "useCausalMask" },
  additiveAttention: { causal: "useCausalMask" },
};

/** Lists of one number stand for it, in options of these names and in layers of sequences. */
const listsOfOne = new Set(["kernel_size", "strides", "pool_size", "dilation_rate", "size", "output_shape"]);

/**
 * The options of a layer.
 * @param type our name of the layer
 * @param config Keras's options
 * @throws AnygradError UNSUPPORTED for one that means something here and is not mapped
 */
export function optionsFrom(
  place: Place,
  type: string,
  config: JsonObject,
  origin: Origin,
): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(config)) {
    const value = unwrapped(given ?? null);
    if (name === "axis" && type === "normalization") {
      options.axis = Array.isArray(value) ? onlyOf(place, value) : value;
      continue;
    }
    if (value === null || ignored.has(name)) continue;
    const mine = own(own(neutralOf, type) ?? {}, name);
    if (mine === true) continue;
    if (name === "dtype") {
      checkNumbers(place, value);
      continue;
    }
    const least = mine ?? own(neutral, name);
    if (least) {
      if ([value].flat().every((each) => least.includes(each as Json))) continue;
      throw place.unsupported(
        `${name} is ${quote(value)}, which anygrad has not; it takes ${least.map(quote).join(" or ")}`,
      );
    }
    options[own(own(renames, type) ?? {}, name) ?? camelCase(name)] = optionFrom(
      place.in(name),
      type,
      name,
      value,
      origin,
    );
  }
  return options;
}

function optionFrom(place: Place, type: string, name: string, value: Json, origin: Origin): unknown {
  if (name.endsWith("initializer")) return initializerFrom(place, value, origin);
  if (name.endsWith("regularizer")) return regularizerFrom(place, value, origin);
  if (name.endsWith("constraint")) return constraintFrom(place, value, origin);
  if (name === "activation" || name === "recurrent_activation") {
    const found = activationFrom(place, value, origin);
    if (found !== undefined) return found;
    const asked = isObject(value) ? (value.class_name ?? value) : value;
    throw place.unsupported(
      `${quote(asked)} is no activation of anygrad; define it, and pass { custom: [it] }`,
    );
  }
  if (
    Array.isArray(value) &&
    value.length === 1 &&
    (name === "axis" ? type === "batchNormalization" : listsOfOne.has(name))
  )
    return value[0];
  if (typeof value === "string") return camelCase(value);
  if (typeof value === "object" && !Array.isArray(value))
    throw place.unsupported(`it is ${quote(value)}, which is not read`);
  return value;
}

/** @throws AnygradError for several axes */
function onlyOf(place: Place, list: readonly Json[]): Json {
  if (list.length <= 1) return list[0] ?? null;
  throw place.unsupported(`axis is ${quote(list)}; one axis, or none, is what anygrad takes`);
}

/** @throws AnygradError for layers that compute in other numbers */
function checkNumbers(place: Place, dtype: Json): void {
  const policy = isObject(dtype) && isObject(dtype.config) ? dtype.config : dtype;
  const name = isObject(policy) ? (policy.name ?? policy.source_name) : policy;
  if (name === "float32") return;
  throw place.unsupported(
    `it computes in ${quote(name ?? dtype)}; load it in Python with keras.config.set_dtype_policy("float32") and save it again`,
  );
}
