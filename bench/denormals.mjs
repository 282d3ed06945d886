/**
 * What denormal numbers, those below 1.2e-38, cost in each op: the table of docs/speed.md.
 *
 *     npm run build && node bench/denormals.mjs            # prints the table
 *     node bench/denormals.mjs --write                     # and writes it into docs/speed.md
 *
 * Blocks with normal and with denormal numbers take turns in one process, and the median of the ratios of their processor times counts:
 * forward with denormal inputs, backward with denormal gradients of the output, an update with denormal gradients. Weights are normal.
 */
import { cpus } from "node:os";
import { join } from "node:path";
import { createEngine, ops, optimizers } from "../dist/index.js";
import { written } from "./docsTable.mjs";

const engine = await createEngine({ threads: 1 });
const ROUNDS = 15;
const BLOCK = 6e3; // µs of processor time

/** Numbers between scale and twice the scale, of both signs unless it is said otherwise. */
const numbers = (n, scale, positive = false) =>
  Float32Array.from(
    { length: n },
    (_, i) => scale * (1 + ((i * 7919) % 1009) / 1009) * (positive || i % 2 ? 1 : -1),
  );
const scales = { normal: 0.5, denormal: 1e-40 };

const row = [16, 256];
const image = [1, 14, 14, 16];
const steps = [16, 32, 32];
/** Ops by name: the shape of x, and what they do with it and weights. */
const cases = {
  add: [row, (x) => ops.add(x, x)],
  multiply: [row, (x) => ops.multiply(x, 0.7)],
  relu: [row, (x) => ops.relu(x)],
  sigmoid: [row, (x) => ops.sigmoid(x)],
  tanh: [row, (x) => ops.tanh(x)],
  gelu: [row, (x) => ops.gelu(x)],
  exp: [row, (x) => ops.exp(x)],
  square: [row, (x) => ops.square(x)],
  softmax: [row, (x) => ops.softmax(x)],
  sum: [row, (x) => ops.sum(x, { axis: 1 })],
  dense: [row, (x, w) => ops.matmul(x, w), [256, 32]],
  conv2d: [image, (x, w) => ops.conv2d(x, w, undefined, { padding: "same" }), [3, 3, 16, 16]],
  depthwiseConv2d: [
    image,
    (x, w) => ops.depthwiseConv2d(x, w, undefined, { padding: "same" }),
    [3, 3, 16, 1],
  ],
  maxPooling2d: [image, (x) => ops.maxPooling2d(x, { poolSize: 2 })],
  averagePooling2d: [image, (x) => ops.averagePooling2d(x, { poolSize: 2 })],
  layerNormalization: [row, (x, w) => ops.layerNormalization(x, w, w), [256]],
  cumsum: [steps, (x) => ops.cumsum(x, { axis: 1 })],
};
const updates = {
  sgd: () => optimizers.sgd({ learningRate: 0.01 }),
  "sgd, momentum": () => optimizers.sgd({ learningRate: 0.01, momentum: 0.9 }),
  adam: () => optimizers.adam(),
  rmsprop: () => optimizers.rmsprop(),
  adagrad: () => optimizers.adagrad(),
};

/** µs of processor time that a run takes. */
function time(run, count) {
  const { user } = process.cpuUsage();
  for (let i = 0; i < count; i++) run();
  return (process.cpuUsage().user - user) / count;
}

/** The median of denormal time over normal time. */
function ratio(normal, denormal) {
  for (const run of [normal, denormal]) time(run, 300);
  const count = Math.max(1, Math.ceil(BLOCK / Math.max(1, time(normal, 100))));
  const ratios = Array.from({ length: ROUNDS }, () => {
    const base = time(normal, count);
    return time(denormal, count) / base;
  }).sort((a, b) => a - b);
  return ratios[ROUNDS >> 1];
}

/** Runs of forward alone, or of forward and backward on normal inputs with a scaled gradient. */
function runs(shape, op, weightShape, scale, backward) {
  const size = shape.reduce((a, b) => a * b, 1);
  const x = engine.variable(numbers(size, backward ? scales.normal : scale), shape);
  const w =
    weightShape &&
    engine.variable(
      numbers(
        weightShape.reduce((a, b) => a * b, 1),
        0.5,
      ),
      weightShape,
    );
  if (!backward) return () => engine.step(() => void op(x, w));
  const variables = w ? [x, w] : [x];
  return () => void engine.valueAndGrad(() => ops.multiply(ops.sum(op(x, w)), scale), variables);
}

const head = ["op or optimizer", "forward", "forward and backward, or update"];
const found = [];
const add = (...cells) => {
  found.push(cells);
  console.log(cells.join(" | "));
};
for (const [name, [shape, op, weights]] of Object.entries(cases)) {
  const of = (backward) =>
    ratio(
      runs(shape, op, weights, scales.normal, backward),
      runs(shape, op, weights, scales.denormal, backward),
    );
  add(name, of(false).toFixed(2), of(true).toFixed(2));
}
for (const [name, optimizer] of Object.entries(updates)) {
  const update = (scale) => {
    const weight = engine.variable(numbers(8192, 0.5), [8192]);
    const gradient = engine.variable(numbers(8192, scale), [8192]);
    const own = optimizer();
    return () => own.apply([gradient], [weight]);
  };
  add(name, "", ratio(update(scales.normal), update(scales.denormal)).toFixed(2));
}
const machine = `${cpus()[0].model}, Node ${process.versions.node}, one thread, denormal over normal`;
if (process.argv.includes("--write"))
  written(join(import.meta.dirname, "../docs/speed.md"), "denormals", head, found, `(${machine}.)`);
