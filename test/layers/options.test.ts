/** Options that make no sense are refused where they are written, in the words of the layer. */
import { describe, expect, it } from "vitest";
import { layers } from "../../src/layers/index.ts";
import { failure } from "../data/failure.ts";

/** What JavaScript may pass, past the types. */
const untyped = (json: string): never => JSON.parse(json) as never;
const nan = Number.NaN;

const _mistakes: readonly (readonly [string, () => unknown, string | RegExp])[] = [
  [
    "dense without units",
    () => layers.dense(untyped("{}")),
    "dense: units is undefined; pass a whole number from 1",
  ],
  ["dense of 0 units", () => layers.dense({ units: 0 }), "dense: units is 0; pass a whole number from 1"],
  [
    "dense of 1.5 units",
    () => layers.dense({ units: 1.5 }),
    "dense: units is 1.5; pass a whole number from 1",
  ],
  [
    "dense of NaN units",
    () => layers.dense({ units: nan }),
    "dense: units is NaN; pass a whole number from 1",
  ],
  [
    "dense of text",
    () => layers.dense(untyped('{"units":"10"}')),
    /^dense: units is "?10"?; pass a whole number from 1/,
  ],
  [
    "dense with an unknown activation",
    () => layers.dense(untyped('{"units":1,"activation":"swsh"}')),
    /^dense: activation: "swsh" is unknown\. There are linear, relu, .*, softsign$/,
  ],
  [
    "dense with an inherited activation",
    () => layers.dense(untyped('{"units":1,"activation":"constructor"}')),
    /^dense: activation: "constructor" is unknown\. There are/,
  ],
  [
    "dense with an unknown initializer",
    () => layers.dense(untyped('{"units":1,"kernelInitializer":"xavier"}')),
    /^(dense: kernelI|i)nitializer: "xavier" is unknown\. There are zeros, .*glorotUniform/,
  ],
  [
    "dense with an unknown bias initializer",
    () => layers.dense(untyped('{"units":1,"biasInitializer":"one"}')),
    /nitializer: "one" is unknown; did you mean ones\? There are/,
  ],
  [
    "dense with an unknown regularizer",
    () => layers.dense(untyped('{"units":1,"kernelRegularizer":"l3"}')),
    /egularizer: "l3" is unknown\. There are (l1|l2|l1l2)(, (l1|l2|l1l2)){2}$/,
  ],
  [
    "a negative l2",
    () => layers.dense({ units: 1, kernelRegularizer: { type: "l1l2", config: { l1: 0, l2: -1 } } }),
    /l2 is -1; pass a number from 0/,
  ],
  [
    "conv2d without kernelSize",
    () => layers.conv2d(untyped('{"filters":1}')),
    /^conv2d: kernelSize is undefined; pass a whole number from 1 or a pair/,
  ],
  [
    "conv2d of 0 filters",
    () => layers.conv2d({ filters: 0, kernelSize: 3 }),
    "conv2d: filters is 0; pass a whole number from 1",
  ],
  [
    "conv2d with a kernel of 0",
    () => layers.conv2d({ filters: 1, kernelSize: 0 }),
    "conv2d: kernelSize is 0; pass a whole number from 1 or a pair of them, height first",
  ],
  [
    "conv2d with half a pair",
    () => layers.conv2d(untyped('{"filters":1,"kernelSize":[3]}')),
    /^conv2d: kernelSize is \[3\]; pass/,
  ],
  [
    "conv2d with strides of NaN",
    () => layers.conv2d({ filters: 1, kernelSize: 3, strides: nan }),
    /^conv2d: strides is (NaN|null); pass/,
  ],
  [
    "conv2d with strides below 1",
    () => layers.conv2d({ filters: 1, kernelSize: 3, strides: [1, 0] }),
    /^conv2d: strides is \[1, 0\]; pass/,
  ],
  [
    "conv2d with a dilation of 0",
    () => layers.conv2d({ filters: 1, kernelSize: 3, dilationRate: 0 }),
    /^conv2d: dilationRate is 0; pass/,
  ],
  [
    "conv2d with 0 groups",
    () => layers.conv2d({ filters: 1, kernelSize: 3, groups: 0 }),
    "conv2d: groups is 0; pass a whole number from 1",
  ],
  [
    "conv2d with padding in capitals",
    () => layers.conv2d(untyped('{"filters":1,"kernelSize":3,"padding":"SAME"}')),
    /^conv2d: padding is "SAME"; pass "valid" or "same"$/,
  ],
  [
    "conv2d with an unknown activation",
    () => layers.conv2d(untyped('{"filters":1,"kernelSize":3,"activation":"Relu"}')),
    /^conv2d: activation: "Relu" is unknown; did you mean relu\? There are/,
  ],
  [
    "depthwiseConv2d with a multiplier of 0",
    () => layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 0 }),
    "depthwiseConv2d: depthMultiplier is 0; pass a whole number from 1",
  ],
  [
    "depthwiseConv2d with padding 1",
    () => layers.depthwiseConv2d(untyped('{"kernelSize":3,"padding":1}')),
    /^depthwiseConv2d: padding is 1; pass "valid" or "same"$/,
  ],
  ["maxPooling2d of 0", () => layers.maxPooling2d({ poolSize: 0 }), /^maxPooling2d: poolSize is 0; pass/],
  [
    "averagePooling2d with three strides",
    () => layers.averagePooling2d(untyped('{"strides":[1,2,3]}')),
    /^averagePooling2d: strides is \[1, 2, 3\]; pass/,
  ],
  [
    "maxPooling2d with unknown padding",
    () => layers.maxPooling2d(untyped('{"padding":"full"}')),
    /^maxPooling2d: padding is "full"; pass "valid" or "same"$/,
  ],
  ["dropout of 1", () => layers.dropout({ rate: 1 }), "dropout: rate is 1; pass a number from 0 to below 1"],
  ["dropout of -0.1", () => layers.dropout({ rate: -0.1 }), /^dropout: rate is -0.1; pass/],
  ["dropout without a rate", () => layers.dropout(untyped("{}")), /^dropout: rate is undefined; pass/],
  [
    "batchNormalization with momentum 2",
    () => layers.batchNormalization({ momentum: 2 }),
    "batchNormalization: momentum is 2; pass a number from 0 to 1",
  ],
  [
    "batchNormalization with epsilon 0",
    () => layers.batchNormalization({ epsilon: 0 }),
    "batchNormalization: epsilon is 0; pass a number above 0",
  ],
  [
    "layerNormalization with epsilon NaN",
    () => layers.layerNormalization({ epsilon: nan }),
    "layerNormalization: epsilon is NaN; pass a number above 0",
  ],
  [
    "layerNormalization with epsilon Infinity",
    () => layers.layerNormalization({ epsilon: Infinity }),
    /^layerNormalization: epsilon is Infinity; pass/,
  ],
  [
    "activation without a name",
    () => layers.activation(untyped("{}")),
    /^activation: activation: undefined is unknown\. There are/,
  ],
  [
    "activation with an unknown name",
    () => layers.activation(untyped('"squish"')),
    /^activation: activation: "squish" is unknown\. There are/,
  ],
  [
    "leakyRelu with a slope of NaN",
    () => layers.leakyRelu({ negativeSlope: nan }),
    /^leakyRelu: negativeSlope is NaN; pass/,
  ],
  [
    "leakyRelu with a slope below 0",
    () => layers.leakyRelu({ negativeSlope: -1 }),
    /^leakyRelu: negativeSlope is -1; pass/,
  ],
  ["elu with an alpha of NaN", () => layers.elu({ alpha: nan }), /^elu: alpha is NaN; pass/],
  [
    "rescaling without scale",
    () => layers.rescaling(untyped("{}")),
    /^rescaling: scale is undefined; pass a finite number, such as 1 [/] 255$/,
  ],
  [
    "reshape without targetShape",
    () => layers.reshape(untyped("{}")),
    /^reshape: targetShape is undefined; pass the shape of an example/,
  ],
  [
    "reshape to an axis of 0.5",
    () => layers.reshape({ targetShape: [0.5, 2] }),
    /^reshape: targetShape is \[0.5, 2\]; pass/,
  ],
  [
    "a flag that is text",
    () => layers.flatten(untyped('{"trainable":"no"}')),
    /^flatten: trainable is "no"; pass a value of type boolean/,
  ],
];

describe("an option that makes no sense", () => {
  it.each(_mistakes)("%s", async (_, act, wanted) => {
    const message = await failure(act, "INVALID_ARGUMENT");
    if (typeof wanted === "string") expect(message).toBe(wanted);
    else expect(message).toMatch(wanted);
  });
});
