// A convolutional network learns the built-in digits. Run: node examples/first-program.mjs
import { datasets, layers, sequential } from "anygrad";

const { train, test } = await datasets.digits({ train: 4000, test: 1000, seed: 1 });
const net = sequential(
  [
    layers.conv2d({ filters: 16, kernelSize: 3, activation: "relu" }),
    layers.maxPooling2d(),
    layers.conv2d({ filters: 32, kernelSize: 3, activation: "relu" }),
    layers.maxPooling2d(),
    layers.flatten(),
    layers.dense({ units: 10, activation: "softmax" }),
  ],
  { inputShape: [28, 28, 1], seed: 1 },
);
console.log(net.summary());
await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
const history = await net.fit(train, { epochs: 4, batchSize: 64, validationData: test, seed: 1 });
history.val_accuracy.forEach((accuracy, epoch) => {
  console.log(`epoch ${epoch + 1}: test accuracy ${accuracy.toFixed(4)}`);
});
const { data } = await net.predict(test);
console.log(
  `the first test digit is a ${test.y[0]}; the network says ${data.subarray(0, 10).indexOf(Math.max(...data.subarray(0, 10)))}`,
);
console.log(`weights ${await net.digest()}`);
