import { layers, sequential } from "anygrad";
import { datasets, inWorker } from "anygrad/worker";
import { recognise } from "./pad.js";

const [status, bar, curve] = ["status", "bar", "curve"].map((id) => document.getElementById(id));
const network = sequential(
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
const net = inWorker(network); // the page stays at 60 frames a second while it learns
const [{ train, test }] = await Promise.all([
  datasets.digits({ train: 4000, test: 1000, seed: 1 }),
  net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] }),
]);
const { threads } = await net.engineInfo();
recognise(net);

const points = [];
const onStepEnd = ({ epoch, globalStep, accuracy }, run) => {
  if (globalStep === 0) performance.mark("first step");
  bar.max = run.epochs * run.stepsPerEpoch;
  bar.value = globalStep + 1;
  points.push(`${(100 * bar.value) / bar.max},${100 - 100 * accuracy}`);
  curve.setAttribute("points", points.join(" "));
  status.textContent = `Round ${epoch + 1} of ${run.epochs}: reads ${Math.round(100 * accuracy)} % right`;
};
await net.fit(train, { epochs: 4, batchSize: 64, seed: 1, callbacks: [{ onStepEnd }] });
const { accuracy } = await net.evaluate(test);
status.textContent = `Reads ${(100 * accuracy).toFixed(1)} % of 1000 new digits right (${threads} threads)`;
document.body.dataset.digest = await net.digest(); // the name of this run: the same in every browser
