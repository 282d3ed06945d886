/**
 * Every public function that takes options refuses what it does not know, by its own account of what it knows. The lists come
 * from the namespaces themselves: a new layer, op, callback, method or entry that is in no table here fails.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import * as node from "../../node/index.ts";
import * as anygrad from "../../src/index.ts";
import * as keras from "../../src/io/keras/index.ts";
import * as npz from "../../src/io/npz/index.ts";
import * as onnx from "../../src/io/onnx/index.ts";
import * as safetensors from "../../src/io/safetensors/index.ts";
import * as tfjs from "../../src/io/tfjs/index.ts";
import * as tflite from "../../src/io/tflite/index.ts";
import { strictOptions } from "../../src/math/options.ts";
import { Model } from "../../src/model/index.ts";
import * as worker from "../../src/worker/index.ts";
import { WorkerModel } from "../../src/worker/workerModel.ts";
import { failure } from "../data/failure.ts";
import { tflite as writeTflite } from "../io/tflite/write.ts";
import { thorough } from "../long.ts";

/** Calls a function with options, all other arguments in their places. */
interface Subject {
  /** Begins the errors. */
  readonly name: string;
  call(options?: unknown): unknown;
  /** What it cannot do without. */
  readonly base?: Readonly<Record<string, unknown>>;
  /** Options of which undefined leads to work that a test cannot wait for. */
  readonly slow?: boolean;
  /** Values are checked in the worker. */
  readonly isElsewhere?: boolean;
}

const {
  layers,
  ops,
  optimizers,
  schedules,
  regularizers,
  initializers,
  losses,
  metrics,
  callbacks,
  constraints,
} = anygrad;
const engine = await anygrad.createEngine({ threads: 1 });
const network = () =>
  anygrad.sequential([layers.dense({ units: 2, activation: "softmax" })], { inputShape: [4], seed: 1 });
const net = network();
await net.compile({ loss: "meanSquaredError", engine });
const base = network(); // its layers will be frozen
await base.build({ engine });
const set = anygrad.dataset({ x: [[1, 2, 3, 4]], y: [[0, 1]] });
const history = await net.fit(set);
const bytes = await net.save();
const folder = mkdtempSync(join(tmpdir(), "anygrad-options-"));
const modelFile = join(folder, "epoch-0001.safetensors");
await node.saveModel(net, modelFile);
afterAll(() => rmSync(folder, { recursive: true }));
const image = engine.tensor(new Float32Array(16), [1, 4, 4, 1]);
const row = engine.tensor([[1, 2]]);
const steps = engine.tensor([[[1], [2]]]);
const two = engine.tensor([1, 1]);
const positive = () => engine.variable([1, 1]);

/** A call by name, with leading arguments. */
type Call = (...args: readonly unknown[]) => unknown;
const calling =
  (fn: unknown, ...leading: readonly unknown[]) =>
  (options: unknown): unknown =>
    (fn as Call)(...leading, options);

/** What kinds cannot do without. */
const required: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "layers.activation": { activation: "relu" },
  "layers.conv2d": { filters: 1, kernelSize: 1 },
  "layers.dense": { units: 1 },
  "layers.depthwiseConv2d": { kernelSize: 1 },
  "layers.dropout": { rate: 0.5 },
  "layers.rescaling": { scale: 1 },
  "layers.reshape": { targetShape: [2] },
  "schedules.constant": { learningRate: 1 },
  "schedules.step": { initialLearningRate: 1, decaySteps: 1 },
  "schedules.piecewiseConstant": { boundaries: [1], values: [1, 2] },
  "schedules.exponential": { initialLearningRate: 1, decaySteps: 1, decayRate: 1 },
  "schedules.inverseTime": { initialLearningRate: 1, decaySteps: 1, decayRate: 1 },
  "schedules.polynomial": { initialLearningRate: 1, decaySteps: 1 },
  "schedules.cosine": { initialLearningRate: 1, decaySteps: 1 },
  "schedules.cosineRestarts": { initialLearningRate: 1, firstDecaySteps: 1 },
  "schedules.oneCycle": { maxLearningRate: 1, totalSteps: 1 },
  "schedules.warmup": { schedule: schedules.constant({ learningRate: 1 }), warmupSteps: 1 },
  "metrics.mean": { name: "mine", of: () => 1 },
  "metrics.confusionMatrix": { classes: 2 },
  "callbacks.csvLogger": { write: () => {} },
  "callbacks.recalibrate": { batches: 1 },
  "callbacks.modelCheckpoint": { save: () => {} },
  "layers.bidirectional": { layer: layers.gru({ units: 1 }) },
  "layers.embedding": { inputDim: 2, outputDim: 1 },
  "layers.gru": { units: 1 },
  "layers.lstm": { units: 1 },
  "layers.categoryEncoding": { numTokens: 2 },
  "layers.centerCrop": { height: 1, width: 1 },
  "layers.conv1d": { filters: 1, kernelSize: 1 },
  "layers.conv2dTranspose": { filters: 1, kernelSize: 1 },
  "layers.depthwiseConv1d": { kernelSize: 1 },
  "layers.discretization": { binBoundaries: [0] },
  "layers.dot": { axes: 1 },
  "layers.gaussianDropout": { rate: 0.5 },
  "layers.gaussianNoise": { stddev: 1 },
  "layers.multiHeadAttention": { numHeads: 1, keyDim: 1 },
  "layers.operation": { op: "sqrt" },
  "layers.permute": { dims: [1] },
  "layers.resizing": { height: 1, width: 1 },
  "layers.separableConv1d": { filters: 1, kernelSize: 1 },
  "layers.separableConv2d": { filters: 1, kernelSize: 1 },
  "layers.spatialDropout1d": { rate: 0.5 },
  "layers.spatialDropout2d": { rate: 0.5 },
  "layers.repeatVector": { n: 2 },
  "layers.sequenceRows": { begin: 0 },
  "layers.simpleRNN": { units: 1 },
  "layers.timeDistributed": { layer: layers.dense({ units: 1 }) },
};

/** What stands in a namespace and takes a function or hooks, not options. */
const noOptions = ["callbacks.hooks", "callbacks.learningRateSchedule"];

/** What kinds take before their options. */
const before: Readonly<Record<string, readonly unknown[]>> = {
  "callbacks.modelCheckpoint": [net],
  "layers.lambda": [(x: unknown) => x],
};

/** The kinds of a namespace, which take options first. */
function kinds(namespace: string, listed: object): Subject[] {
  return Object.entries(listed)
    .map(([kind, make]) => ({ kind, make, full: `${namespace}.${kind}` }))
    .filter(({ full }) => !noOptions.includes(full))
    .map(({ kind, make, full }) => ({
      name: kind,
      call: calling(make, ...(before[full] ?? [])),
      ...(required[full] && { base: required[full] }),
    }));
}

/** The tensors of ops that have options. */
const opArguments: Readonly<Record<string, readonly unknown[]>> = {
  pad: [
    row,
    [
      [0, 0],
      [0, 0],
    ],
  ],
  slice: [row],
  split: [row, 1],
  stack: [[row, row]],
  unstack: [row],
  repeat: [row, 2],
  reverse: [row],
  cumsum: [row],
  prod: [row],
  logSumExp: [row],
  l2Normalize: [row],
  argsort: [row],
  sort: [row],
  topK: [row, 1],
  gather: [row, engine.tensor([0], [1], "int32")],
  scatterAdd: [row, engine.tensor([0], [1], "int32"), row],
  takeAlongAxis: [row, engine.tensor([[0]], [1, 1], "int32")],
  resize: [image, 2],
  randomUniform: [engine, [2]],
  randomNormal: [engine, [2]],
  truncatedNormal: [engine, [2]],
  gumbel: [engine, [2]],
  bernoulli: [row],
  multinomial: [row, 1],
  rfft: [row],
  stft: [engine.tensor(new Float32Array(8))],
  melFilterbank: [engine, 4],
  melSpectrogram: [engine.tensor(new Float32Array(8))],
  maxPoolWithArgmax: [image],
  dilatedPooling2d: [image],
  dotProductAttention: [image, image, image],
  lstm: [steps, ...[4, 4].map((n) => engine.tensor(new Float32Array(n), [1, n])), null],
  gru: [steps, ...[3, 3].map((n) => engine.tensor(new Float32Array(n), [1, n])), null],
  simpleRNN: [steps, ...[1, 1].map((n) => engine.tensor(new Float32Array(n), [1, n])), null],
  conv1d: [engine.tensor([[[1], [2]]]), engine.tensor([[[1]]]), null],
  conv2dTranspose: [image, engine.tensor(new Float32Array(4), [2, 2, 1, 1]), null],
  augmentImages: [image, engine.tensor(new Float32Array(12), [1, 12]), null],
  batchNormalization: [row, two, two, positive(), positive()],
  concatenate: [[row, row]],
  conv2d: [image, engine.tensor(new Float32Array(4), [2, 2, 1, 1]), null],
  categoricalCrossentropy: [row, row],
  sparseCategoricalCrossentropy: [row, engine.tensor([0], [1], "int32")],
  dense: [row, engine.tensor([[1], [2]]), null],
  depthwiseConv2d: [image, engine.tensor(new Float32Array(4), [2, 2, 1, 1]), null],
  separableConv2d: [
    image,
    engine.tensor(new Float32Array(4), [2, 2, 1, 1]),
    engine.tensor(new Float32Array(1), [1, 1, 1, 1]),
    null,
  ],
  oneHot: [engine.tensor([0], [1], "int32"), 2],
  layerNormalization: [row, two, two],
  matmul: [row, engine.tensor([[1], [2]])],
  penalty: [row],
  maxPooling2d: [image],
  averagePooling2d: [image],
  dropout: [row],
  max: [row],
  mean: [row],
  min: [row],
  sum: [row],
  rescale: [row],
  binaryCrossentropy: [row, row],
  huber: [row, row],
  leakyRelu: [row],
  elu: [row],
};
const opBases: Readonly<Record<string, object>> = {
  matmul: {},
  dropout: { rate: 0.5, seed: 1 },
  stft: { sequenceLength: 4, sequenceStride: 2 },
  melSpectrogram: { sequenceLength: 4, sequenceStride: 2 },
};

/** Ops of tensors and numbers alone. */
const plainOps =
  "add divide maximum minimum multiply subtract argmax globalAveragePooling2d flatten reshape meanAbsoluteError meanSquaredError logSoftmax softmax transpose stopGradient abs exp gelu log negative relu sigmoid silu softplus sqrt square tanh clip cos embedding equal erf floor greater greaterEqual hardSigmoid hardSwish less lessEqual mish mod notEqual relu6 round selu sign sin softsign where broadcastTo tile pow cast depthToSpace spaceToDepth einsum tan arcsin arccos arctan sinh cosh arcsinh arccosh arctanh".split(
    " ",
  );

const opSubjects: Subject[] = Object.entries(opArguments).map(([name, leading]) => ({
  name,
  call: calling(ops[name as keyof typeof ops], ...leading),
  ...(opBases[name] && { base: opBases[name] as Record<string, unknown> }),
}));

const csv = "1,2\n0,3\n";
const idx = { shape: [1, 1, 1], data: new Uint8Array(1) };
const labels = { shape: [1], data: new Uint8Array(1) };
const symbolic = anygrad.input({ shape: [1] });

const call = (x: unknown): unknown => x;

/** Functions of the entries. */
const entryCalls: Readonly<Record<string, Omit<Subject, "name">>> = {
  createEngine: { call: calling(anygrad.createEngine) },
  defineActivation: { call: calling(anygrad.defineActivation), base: { name: "own", call } },
  defineConstraint: { call: calling(anygrad.defineConstraint), base: { name: "own", call } },
  defineInitializer: { call: calling(anygrad.defineInitializer), base: { name: "own", call } },
  defineLayer: { call: calling(anygrad.defineLayer), base: { name: "own", call } },
  defineLoss: { call: calling(anygrad.defineLoss), base: { name: "own", call } },
  defineMetric: { call: calling(anygrad.defineMetric), base: { name: "own", call } },
  defineOptimizer: { call: calling(anygrad.defineOptimizer), base: { name: "own", call } },
  defineRegularizer: { call: calling(anygrad.defineRegularizer), base: { name: "own", call } },
  readCsv: { call: calling(anygrad.readCsv, csv) },
  dataset: { call: calling(anygrad.dataset), base: { x: [[1]], y: [0] } },
  idxDataset: { call: calling(anygrad.idxDataset, idx, labels) },
  padSequences: { call: calling(anygrad.padSequences, [[1], [2, 3]]) },
  bucketBySequenceLength: { call: calling(anygrad.bucketBySequenceLength, { x: [[1], [2, 3]], y: [0, 1] }) },
  augmentation: { call: calling(anygrad.augmentation), base: { shift: 1 } },
  input: { call: calling(anygrad.input), base: { shape: [1] } },
  model: { call: calling(anygrad.model), base: { inputs: symbolic, outputs: layers.relu().apply(symbolic) } },
  sequential: { call: calling(anygrad.sequential, [layers.relu()]), base: { inputShape: [1] } },
  load: { call: calling(anygrad.load, bytes) },
  quantizationReport: { call: calling(anygrad.quantizationReport, net, set) },
  fineTune: { call: calling(anygrad.fineTune, base), base: { classes: 2, at: "dense" } },
  readTable: { call: calling(anygrad.readTable, "a,b\n1,2\n3,4\n5,6\n") },
  readImages: { call: calling(node.readImages, folder), slow: true },
  loadModel: { call: calling(node.loadModel, modelFile) },
  saveModel: { call: calling(node.saveModel, net, modelFile) },
  checkpointFolder: { call: calling(node.checkpointFolder, net, folder) },
  loadCheckpoint: { call: calling(node.loadCheckpoint, folder) },
  csvLogger: { call: calling(node.csvLogger, join(folder, "log.csv")) },
  jsonLogger: { call: calling(node.jsonLogger, join(folder, "log.jsonl")) },
  tensorBoard: { call: calling(node.tensorBoard, join(folder, "tensorboard")) },
  reportHtml: { call: calling(node.reportHtml, net, history, set) },
  writeReport: {
    call: calling(node.writeReport, net, history, set, join(folder, "report")),
    slow: !thorough, // it draws all pictures
  },
  inWorker: {
    call: (options) => {
      (worker.inWorker as Call)(net, options);
    },
    slow: true,
  },
};

const addition = writeTflite({
  tensors: [{ shape: [1, 2] }, { shape: [2], data: Float32Array.of(1, 2) }, { shape: [1, 2] }],
  operators: [{ code: 0, inputs: [0, 1], outputs: [2] }],
});
const arrays = { a: { shape: [1], data: Float32Array.of(1) } };
const formatCalls: Readonly<Record<string, Omit<Subject, "name">>> = {
  loadKeras: { call: calling(keras.loadKeras, keras.saveKeras(net)) },
  readKerasWeights: { call: calling(keras.readKerasWeights, keras.saveKeras(net), net) },
  loadTfjs: { call: calling(tfjs.loadTfjs, tfjs.saveTfjs(net)) },
  loadTflite: { call: calling(tflite.loadTflite, addition) },
  readNpz: { call: calling(npz.readNpz, npz.writeNpz(arrays)) },
  loadOnnx: { call: calling(onnx.loadOnnx, onnx.saveOnnx(net)) },
  saveOnnx: { call: calling(onnx.saveOnnx, net) },
  writeNpz: { call: calling(npz.writeNpz, arrays) },
  readSafetensors: { call: calling(safetensors.readSafetensors, bytes) },
  writeSafetensors: { call: calling(safetensors.writeSafetensors, arrays) },
};

/** Functions of the entries that take no options: values, classes, and arguments by their places. */
const plainEntries =
  "AnygradError ConfusionMatrix Updater forInference oneHot normalize split subset take readIdx pixels readImage modelFromConfig saveVariables loadVariables resetStates saveKeras saveTfjs".split(
    " ",
  );

const methods = (model: Model | WorkerModel): Readonly<Record<string, Omit<Subject, "name">>> => ({
  memory: { call: (options) => model.memory(options as object) },
  compile: { call: (options) => model.compile(options as never), base: { loss: "meanSquaredError" } },
  fit: { call: (options) => model.fit(set, options as object) },
  train: {
    async call(options) {
      const run = model.train(set, options as object);
      await run.next();
      await run.return(undefined as never);
    },
  },
  evaluate: { call: (options) => model.evaluate(set, options as object) },
  trainOnBatch: { call: (options) => model.trainOnBatch(set, options as object) },
  testOnBatch: { call: (options) => model.testOnBatch(set, options as object) },
  predict: { call: (options) => model.predict([[1, 2, 3, 4]], options as object) },
  classify: { call: (options) => model.classify([[1, 2, 3, 4]], options as object) },
  save: { call: (options) => model.save(options as object) },
  ...("apply" in model && {
    apply: { call: (options) => model.apply(engine.tensor([[1, 2, 3, 4]]), options as object) },
    build: { call: (options) => model.build(options as object) },
    features: { call: (options) => model.features(set, options as object), base: { at: "dense" } },
  }),
  loadWeights: { call: (options) => model.loadWeights(bytes, options as object) },
});
const plainMethods =
  "constructor getLayer summary dispose getWeights setWeights digest getConfig restore engineInfo position layers inputShape outputShape parameters normalization classNames preparation isCompiled engine name setup targets toString state add pop reconnect trainable isNamed inputs outputs inputNames outputNames variables trainableVariables predictOnBatch truncate take graph freeze".split(
    " ",
  );

const methodSubjects = (model: Model | WorkerModel, isElsewhere: boolean): Subject[] =>
  Object.entries(methods(model)).map(([name, subject]) => ({
    name: name === "train" ? "fit" : name,
    slow: isElsewhere,
    isElsewhere,
    ...subject,
  }));

/** Data sets that are made of something take it first. */
const datasetSources: Readonly<Record<string, unknown>> = {
  fromImages: [{ width: 1, height: 1, data: new Uint8Array(4) }],
  windows: { x: new Float32Array(8), shape: [4, 2] },
};

const datasetKinds = (listed: object, fast: readonly string[] = []): Subject[] =>
  Object.entries(listed).map(([name, make]) => ({
    name,
    call: name in datasetSources ? calling(make, datasetSources[name]) : calling(make),
    ...(name === "from" && { base: { x: [[1]], y: [0] } }),
    ...(name === "digits" && { base: { train: 20, test: 10 } }), // the command line's tests draw as many as by default
    slow: !fast.includes(name),
  }));

/** All that takes options. */
const all: Readonly<Record<string, readonly Subject[]>> = {
  layers: kinds("layers", layers),
  optimizers: kinds("optimizers", optimizers),
  schedules: kinds("schedules", schedules),
  regularizers: kinds("regularizers", regularizers),
  initializers: kinds("initializers", initializers),
  constraints: kinds("constraints", constraints),
  losses: kinds("losses", losses),
  metrics: kinds("metrics", metrics),
  callbacks: kinds("callbacks", callbacks),
  datasets: datasetKinds(anygrad.datasets, ["digits"]),
  "datasets of a worker": datasetKinds(worker.datasets),
  ops: opSubjects,
  entries: Object.entries(entryCalls).map(([name, subject]) => ({ name, ...subject })),
  formats: Object.entries(formatCalls).map(([name, subject]) => ({ name, ...subject })),
  "methods of a model": methodSubjects(net, false),
  "methods of a model in a worker": methodSubjects(worker.inWorker(network()), true),
};

/** Options of which null is a value: one axis of all places, and outputs that are not merged. */
const nullable = ["normalization axis", "bidirectional mergeMode"];

async function refused(subject: Subject, options: unknown): Promise<string> {
  const message = await failure(() => subject.call(options), "INVALID_ARGUMENT");
  expect(message.length).toBeLessThanOrEqual(500);
  return message;
}

/** The names that it says it has. */
async function namesOf(subject: Subject): Promise<string[]> {
  const message = await refused(subject, { ...subject.base, noSuchOption: 1 });
  expect(message).toContain('"noSuchOption" is unknown');
  const listed = /There (?:are|is) (.*)$/.exec(message)![1]!;
  return listed === "none" ? [] : listed.split(", ");
}

/** Mistakes that people make: a letter too few or too many, two exchanged, another case, snake case. */
function misspelt(name: string): string[] {
  const wrong = [
    `${name}${name.at(-1)}`,
    name.toUpperCase(),
    name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
  ];
  if (name.length > 3) wrong.push(name.slice(0, -1), name.slice(0, 1) + name[2] + name[1] + name.slice(3));
  return wrong.filter((each) => each !== name);
}

describe.each(Object.entries(all))("%s", (_, subjects) => {
  it.each(subjects)("$name knows its options and no others", async (subject) => {
    const names = await namesOf(subject);
    for (const name of names)
      for (const wrong of misspelt(name)) {
        if (names.includes(wrong)) continue;
        const message = await refused(subject, { ...subject.base, [wrong]: 1 });
        // beta is as near to beta2 as to beta1
        const near = names.filter((each) => misspelt(each).includes(wrong));
        const [, meant] = /is unknown; did you mean (\w+)\?/.exec(message) ?? [];
        expect(near, `${wrong}: ${message}`).toContain(meant);
      }
  });

  it.each(subjects)("$name takes options by name", async (subject) => {
    const [first] = await namesOf(subject);
    for (const options of [0.5, true, null, [], [1, 2], () => {}, new Map()]) {
      if (
        typeof options === "object" &&
        Array.isArray(options) &&
        /^(add|average|concatenate|attention|additiveAttention|dot|maximum|minimum|multiply|subtract)$/.test(
          subject.name,
        )
      )
        continue; // merges a list
      const message = await refused(subject, options);
      if (first !== undefined && subject.name !== "augmentation") expect(message).toContain(first);
    }
  });

  // a worker checks them with the same code: test/worker/options.test.ts
  const here = subjects.filter(({ isElsewhere }) => !isElsewhere);
  it.each(here)("$name refuses values of another type, whatever the option", async (subject) => {
    const names = await namesOf(subject);
    for (const name of names)
      for (const value of [10n, null]) {
        if (value === null && nullable.includes(`${subject.name} ${name}`)) continue;
        const message = await refused(subject, { ...subject.base, [name]: value });
        expect(message, name).toContain(name);
        expect(message, name).toContain(String(value));
      }
  });

  it.each(subjects.filter(({ slow }) => !slow))("$name has a default for undefined", async (subject) => {
    const names = await namesOf(subject);
    const nothing = Object.fromEntries(names.map((name) => [name, undefined]));
    await subject.call({ ...nothing, ...subject.base });
    if (!subject.base) await subject.call(undefined);
  });
});

describe("the tables", () => {
  it("have every op", () => {
    expect(Object.keys(ops).toSorted()).toEqual([...Object.keys(opArguments), ...plainOps].toSorted());
  });

  it("have everything of every entry", async () => {
    const namespaces = Object.keys(all);
    const listed = new Set([
      ...Object.keys({ ...entryCalls, ...formatCalls }),
      ...plainEntries,
      ...namespaces,
    ]);
    const folder = new URL("../../src/io/", import.meta.url);
    const entries = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/index.ts`, folder)));
    const formats = await Promise.all(entries.map((name) => import(`../../src/io/${name}/index.ts`)));
    const exported = Object.assign({}, anygrad, node, worker, ...formats);
    expect(Object.keys(exported).filter((name) => !listed.has(name))).toEqual([]);
  });

  it("have every method of a model", () => {
    const listed = new Set([...Object.keys(methods(net)), ...plainMethods]);
    const own = [
      Model,
      Object.getPrototypeOf(Model),
      Object.getPrototypeOf(net).constructor,
      WorkerModel,
    ].flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype));
    expect(own.filter((name) => !listed.has(name))).toEqual([]);
  });
});

describe("a line of options", () => {
  it("has all names and no others, by the compiler", () => {
    const given: { first?: number; second?: boolean } = { first: 1 };
    expect(strictOptions("it", given, "first second:boolean")).toBe(given);
    // @ts-expect-error a name is missing
    expect(strictOptions("it", given, "first")).toBe(given);
    // @ts-expect-error there is no third
    expect(strictOptions("it", given, "first second third")).toBe(given);
  });
});
