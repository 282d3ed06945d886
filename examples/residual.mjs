// A small residual network learns the built-in digits. Run: node examples/residual.mjs
import { datasets, input, layers, load, model, optimizers, schedules } from "anygrad";

const convolution = (filters, strides = 1, kernelSize = 3) =>
  layers.conv2d({ filters, kernelSize, strides, padding: "same", useBias: false });
const normalized = (x) => layers.batchNormalization({ momentum: 0.9 }).apply(x);
const active = (x) => layers.relu().apply(x);

/** Two convolutions, and beside them what came in: as it is, or brought to their shape. */
function block(x, filters, strides) {
  const first = active(normalized(convolution(filters, strides).apply(x)));
  const second = normalized(convolution(filters).apply(first));
  const beside = strides === 1 ? x : normalized(convolution(filters, strides, 1).apply(x));
  return active(layers.add([second, beside]));
}

const x = input({ shape: [28, 28, 1] });
let y = active(normalized(convolution(12).apply(x)));
for (const [filters, strides] of [
  [12, 1],
  [24, 2],
  [48, 2],
])
  y = block(y, filters, strides);
y = layers.globalAveragePooling2d().apply(y);
const net = model({
  inputs: x,
  outputs: layers.dense({ units: 10, activation: "softmax" }).apply(y),
  name: "residual",
  seed: 1,
});
console.log(net.summary());

const { train, test } = await datasets.digits({ train: 1600, test: 500, seed: 1 });
await net.compile({
  // 50 steps an epoch
  optimizer: optimizers.adam({
    learningRate: schedules.cosine({ initialLearningRate: 3e-3, decaySteps: 200 }),
  }),
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
});
const { val_accuracy } = await net.fit(train, { epochs: 4, batchSize: 32, validationData: test, seed: 1 });
val_accuracy.forEach((accuracy, epoch) => {
  console.log(`epoch ${epoch + 1}: test accuracy ${accuracy.toFixed(4)}`);
});
const again = await load(await net.save());
if ((await again.digest()) !== (await net.digest())) throw new Error("the saved network is another one");
if (val_accuracy.at(-1) < 0.9) throw new Error("the network did not learn");
