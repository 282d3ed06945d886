import { layers, sequential, take } from "anygrad";
import { datasets, inWorker } from "anygrad/worker";

const [digits, bar, status] = ["digits", "bar", "status"].map((id) => document.getElementById(id));
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
const shown = take(test, 40);
const captions = Array.from({ length: 40 }, (_, i) => digits.appendChild(picture(i)).lastChild);

let looking = Promise.resolve();
await net.fit(train, {
  epochs: 4,
  batchSize: 64,
  seed: 1,
  callbacks: [
    {
      onStepEnd({ globalStep, running_accuracy: soFar }, run) {
        bar.max = run.epochs * run.stepsPerEpoch;
        bar.value = globalStep + 1;
        status.textContent = `It reads ${Math.round(100 * soFar)} % of the training digits right.`;
        if (globalStep % 10 === 0) looking = look(); // the worker answers between two steps
      },
    },
  ],
});
await looking;
await look();
const { accuracy } = await net.evaluate(test);
status.textContent = `It reads ${(100 * accuracy).toFixed(1)} % of 1000 new digits right.`;
document.body.dataset.digest = await net.digest(); // the name of this run: the same in every browser

/** What the network takes the forty digits for now. */
async function look() {
  const { data } = await net.predict(shown);
  captions.forEach((caption, i) => {
    const chances = data.subarray(10 * i, 10 * i + 10);
    caption.textContent = chances.indexOf(Math.max(...chances));
    caption.className = Number(caption.textContent) === shown.y[i] ? "right" : "wrong";
  });
}

function picture(i) {
  const figure = document.createElement("figure");
  const canvas = Object.assign(document.createElement("canvas"), { width: 28, height: 28 });
  const image = new ImageData(28, 28);
  shown.x.subarray(784 * i, 784 * (i + 1)).forEach((grey, at) => {
    image.data.set([255, 255, 255, grey], 4 * at);
  });
  canvas.getContext("2d").putImageData(image, 0, 0);
  figure.append(canvas, document.createElement("figcaption"));
  return figure;
}
