import { layers, optimizers, sequential } from "anygrad";
import { datasets, inWorker } from "anygrad/worker";
import { recognise } from "./pad.js";

const [settings, rate, start, stop, status, bar, curve] = [
  "settings",
  "rate",
  "start",
  "stop",
  "status",
  "bar",
  "curve",
].map((id) => document.getElementById(id));
const network = () =>
  sequential(
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
const { train, test } = await datasets.digits({ train: 4000, test: 1000, seed: 1 });
let running; // what stops the training that runs
let net;

/** A new network learns from the beginning; in a worker, so that the page stays at 60 frames a second. */
async function learn(learningRate, signal) {
  await net?.dispose();
  net = inWorker(network());
  const points = [];
  const onStepEnd = ({ epoch, globalStep, accuracy, running_accuracy: soFar }, run) => {
    if (globalStep === 0) performance.mark("first step");
    bar.max = run.epochs * run.stepsPerEpoch;
    bar.value = globalStep + 1;
    points.push(`${(100 * bar.value) / bar.max},${100 - 100 * accuracy}`);
    curve.setAttribute("points", points.join(" "));
    status.textContent = `Round ${epoch + 1} of ${run.epochs}: reads ${Math.round(100 * soFar)} % right`;
  };
  const optimizer = optimizers.adam({ learningRate });
  await net.compile({ optimizer, loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  recognise(net);
  const { threads } = await net.engineInfo();
  document.getElementById("threads").textContent =
    threads === 1 ? "1 thread here" : `${threads} threads here`;
  await net.fit(train, { epochs: 4, batchSize: 64, seed: 1, callbacks: [{ onStepEnd }], signal });
  signal.throwIfAborted();
  const { accuracy } = await net.evaluate(test);
  status.textContent = `Reads ${(100 * accuracy).toFixed(1)} % of 1000 new digits right (${threads} threads)`;
  document.body.dataset.digest = await net.digest(); // the name of this run: the same in every browser
}

settings.onsubmit = async (event) => {
  event.preventDefault();
  running = new AbortController();
  [start.disabled, stop.disabled, rate.disabled] = [true, false, true];
  try {
    await learn(Number(rate.value), running.signal);
  } catch (error) {
    if (running.signal.aborted) status.textContent = `Stopped: ${status.textContent}`;
    else globalThis.tell(error.message);
  }
  start.textContent = "Start again";
  [start.disabled, stop.disabled, rate.disabled] = [false, true, false];
};
stop.onclick = () => running.abort();
start.disabled = false;
status.textContent = "4000 digits are ready to be learned.";
