// MobileNetV2 (Sandler and others, arXiv:1801.04381) as Keras builds it, of anygrad's layers, with drawn weights.
import { input, layers, model } from "../../dist/index.js";

/** Channels as the paper rounds them: to a multiple of eight, at most a tenth below. */
function channels(count) {
  const rounded = Math.max(8, Math.floor((count + 4) / 8) * 8);
  return rounded < 0.9 * count ? rounded + 8 : rounded;
}

/** @param alpha factor on the channels, 0.35 … 1.4 */
export function mobileNetV2({ inputShape, classes, alpha = 1, seed = 1 }) {
  const normalized = (x, name) => layers.batchNormalization({ momentum: 0.999, name: `${name}_bn` }).apply(x);
  const relu6 = (x) => layers.activation("relu6").apply(x);
  const pointwise = (x, filters, name) =>
    normalized(layers.conv2d({ filters, kernelSize: 1, useBias: false, name }).apply(x), name);
  const x = input({ shape: inputShape });
  let y = layers
    .conv2d({
      filters: channels(32 * alpha),
      kernelSize: 3,
      strides: 2,
      padding: "same",
      useBias: false,
      name: "first",
    })
    .apply(x);
  y = relu6(normalized(y, "first"));
  const stages = [
    [1, 16, 1, 1],
    [6, 24, 2, 2],
    [6, 32, 3, 2],
    [6, 64, 4, 2],
    [6, 96, 3, 1],
    [6, 160, 3, 2],
    [6, 320, 1, 1],
  ];
  let block = 0;
  for (const [expansion, wide, repeats, stride] of stages)
    for (let i = 0; i < repeats; i++, block++) {
      const [before, strides] = [y, i === 0 ? stride : 1];
      const count = before.shape.at(-1);
      if (expansion > 1) y = relu6(pointwise(y, expansion * count, `block_${block}_expand`));
      const name = `block_${block}_depthwise`;
      y = layers.depthwiseConv2d({ kernelSize: 3, strides, padding: "same", useBias: false, name }).apply(y);
      y = relu6(normalized(y, name));
      y = pointwise(y, channels(wide * alpha), `block_${block}_project`);
      if (strides === 1 && y.shape.at(-1) === count) y = layers.add([before, y]);
    }
  y = relu6(pointwise(y, channels(1280 * Math.max(1, alpha)), "last"));
  y = layers.globalAveragePooling2d({ name: "pool" }).apply(y);
  y = layers.dense({ units: classes, activation: "softmax", name: "predictions" }).apply(y);
  return model({ inputs: x, outputs: y, name: "mobilenetv2", seed });
}
