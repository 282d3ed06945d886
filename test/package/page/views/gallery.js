// All views of anygrad/vis with data of their own: a run that is watched, and what its network has learned of it.
import { datasets, layers, sequential } from "anygrad";
import * as vis from "anygrad/vis";

const parent = document.querySelector("#views");
const { train, test } = await datasets.digits({ train: 600, test: 200 });
const net = sequential(
  [
    layers.rescaling({ scale: 1 / 255 }),
    layers.conv2d({ filters: 8, kernelSize: 5, activation: "relu", name: "edges" }),
    layers.maxPooling2d(),
    layers.flatten(),
    layers.dense({ units: 10, activation: "softmax" }),
  ],
  { inputShape: [28, 28, 1], seed: 1 },
);
await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
const watched = vis.fitCallbacks(parent);
const history = await net.fit(train, { epochs: 6, validationData: test, callbacks: watched });

// what the network says of the test's examples
const { data: scores } = await net.predict(test);
const [pixels, labels] = [test.x, Array.from(test.y)];
const predicted = labels.map((_, i) => {
  const row = Array.from(scores.subarray(10 * i, 10 * i + 10));
  return row.indexOf(Math.max(...row));
});
const matrix = Array.from({ length: 10 }, () => new Array(10).fill(0));
for (const [i, label] of labels.entries()) matrix[label][predicted[i]]++;
const side = 28;
const first = labels
  .map((_, i) => i)
  .sort((a, b) => Number(labels[a] === predicted[a]) - Number(labels[b] === predicted[b]));
const shown = first.slice(0, 12);
const kernel = net.getWeights().find(({ name }) => name.includes("kernel"));

const columns = 60;
const places = vis.planePoints(columns, columns);
const inside = (x, y) => 1 / (1 + Math.exp(12 * (x * x + y * y - 0.4)));
const points = { x: [], y: [], label: [] };
for (let i = 0; i < 60; i++) {
  const [angle, radius] = [i * 2.4, Math.sqrt((i + 0.5) / 60)];
  points.x.push(radius * Math.cos(angle));
  points.y.push(radius * Math.sin(angle));
  points.label.push(radius ** 2 < 0.4 ? 1 : 0);
}

window.views = {
  loss: watched.charts.loss,
  accuracy: watched.charts.accuracy,
  curves: vis.curves(parent, history, {
    title: "History",
    series: ["loss", "val_loss"],
    x: "epoch",
  }),
  confusion: vis.confusionMatrix(
    parent,
    { matrix, classNames: test.classNames },
    { title: "Confusion matrix" },
  ),
  grid: vis.imageGrid(
    parent,
    {
      data: Uint8Array.from(
        shown.flatMap((i) => Array.from(pixels.subarray(i * side * side, (i + 1) * side * side))),
      ),
      shape: [shown.length, side, side],
      captions: shown.map((i) => `${labels[i]} as ${predicted[i]}`),
      isRight: shown.map((i) => labels[i] === predicted[i]),
    },
    { title: "Mistakes that are left" },
  ),
  filters: vis.filters(parent, { data: kernel.data, shape: kernel.shape }, { title: "Filters" }),
  maps: vis.featureMaps(
    parent,
    {
      data: Float32Array.from({ length: 12 * 12 * 4 }, (_, i) => Math.sin(i / 9) ** 2),
      shape: [12, 12, 4],
    },
    { title: "Feature maps" },
  ),
  histogram: vis.histogram(parent, kernel.data, { title: "Weights of the filters" }),
  bars: vis.barChart(
    parent,
    Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`${i}`, matrix[i][i]])),
    { title: "Right by class", valueName: "right" },
  ),
  scatter: vis.scatter(
    parent,
    {
      houses: { x: [120, 80, 200, 310, 150], y: [130, 95, 190, 280, 160] },
      flats: { x: [60, 70, 90, 110], y: [66, 62, 101, 100] },
    },
    { title: "Predicted and actual", xName: "actual" },
  ),
  heatmap: vis.heatmap(
    parent,
    {
      data: Float32Array.from({ length: 24 * 24 }, (_, i) => Math.cos((i % 24) / 3) * Math.cos(i / 72)),
      shape: [24, 24],
    },
    { title: "Heatmap" },
  ),
  surface: vis.decisionSurface(
    parent,
    {
      data: Float32Array.from({ length: columns * columns }, (_, i) =>
        inside(places[2 * i], places[2 * i + 1]),
      ),
      shape: [columns, columns],
      points,
    },
    { title: "Decision surface", classNames: ["outside", "inside"] },
  ),
  table: vis.table(
    parent,
    [
      { class: "0", precision: 0.9712, recall: 0.9655 },
      { class: "1", precision: 1, recall: 0.9412 },
    ],
    { title: "Scores" },
  ),
};
await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
window.vis = vis;
window.result = { views: Object.keys(window.views) };
