/**
 * The worker's half: data, a network and its run. The run is an async iterable of steps that is drained as long as it plays; between
 * steps the workshop does what the page asks, so that a run is looked at, paused and steered without a change of its bits.
 */
import {
  AnygradError,
  augmentation,
  createEngine,
  type Engine,
  type EngineInfo,
  fineTune,
  type History,
  load,
  type Model,
  type StepLogs,
  type TrainingRun,
  type TrainStep,
} from "anygrad";
import { findPreset, lossOf, optimizerOf, type Recipe as PresetRecipe } from "../../../src/presets/index.ts";
import { yieldToEventLoop } from "../../../src/runtime/yielding.ts";
import { layersOf, recipeOf } from "../network/presets.ts";
import {
  type Experiment,
  firstRecipe,
  type LayerSpec,
  type RateChange,
  type Recipe,
} from "../recipe/experiment.ts";
import { type Loaded, loadData, picturesOf } from "./dataSets.ts";
import { modelFiles, modelFrom } from "./files.ts";
import { filtersOf, histogramsOf, Layerwise, occlusionOf, surfaceOf, verdictOf } from "./inspection.ts";
import type {
  CurveRow,
  Look,
  Pictures,
  Progress,
  Watching,
  WorkshopEvents,
  WorkshopMethods,
} from "./messages.ts";
import { describeNetwork, networkOf, summaryOf } from "./network.ts";

/** How often the page is told, in ms; what is dear to compute comes less often. */
const progressEvery = 100;
const lookEvery = { surface: 150, others: 500 };
/** How long the worker may be deaf to the page. */
const deafFor = 16; // ms
/** How often a running run is kept. */
const snapshotEvery = 4000; // ms

export type Tell = <Name extends keyof WorkshopEvents>(event: Name, value: WorkshopEvents[Name]) => void;

interface Run {
  readonly net: Model;
  readonly engine: Engine;
  readonly experiment: Experiment;
  readonly layerwise: Layerwise;
  readonly stepsPerEpoch: number;
  steps: AsyncGenerator<TrainStep, History, void> | undefined;
  /** Epochs of the whole run. */
  epochs: number;
  isResumed: boolean;
  step: number;
  epoch: number;
  learningRate: number;
  /** The rate that was set by hand, until the run has taken it. */
  wantedRate: number | undefined;
  /** Rates that are set at their steps, of a run that is repeated. */
  readonly plan: readonly RateChange[];
  readonly rates: RateChange[];
  history: Record<string, readonly number[]>;
  taught: boolean;
  /** Examples, and the milliseconds that they took. */
  examples: number;
  milliseconds: number;
}

export class Workshop implements Promised<WorkshopMethods> {
  readonly #tell: Tell;
  #data: Loaded | undefined;
  #run: Run | undefined;
  /** The model that was trained or opened last: what a new head can be put on. */
  #trained: Uint8Array | undefined;
  #state: Progress["state"] = "ready";
  #watching: Watching = { surface: true, filters: false, histograms: false };
  #rows: CurveRow[] = [];
  #playing: Promise<void> | undefined;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  async read({ data, own }: Parameters<WorkshopMethods["read"]>[0]) {
    await this.pause();
    const loaded = await loadData(data, own);
    this.#letGo();
    this.#data = loaded;
    const { summary } = loaded;
    const fits = this.#trained && (await takes(this.#trained, summary));
    return fits ? { ...summary, presets: [...summary.presets, pretrained] } : summary;
  }

  async preset(name: string) {
    if (name === pretrained) {
      const net = await this.#underNewHead(0, await createEngine({ threads: 1 }));
      const recipe = {
        optimizer: "adam",
        learningRate: 0.003,
        schedule: "constant",
        weightDecay: undefined,
        batchSize: 16,
        epochs: 30,
      } as const;
      const layers = specsOf(net);
      net.engine.dispose();
      return { layers, recipe };
    }
    const layers = layersOf(name, this.#loaded().summary);
    const { optimizer, learningRate, schedule, weightDecay, epochs, ...usual } = recipeOf(name, firstRecipe);
    // of few examples an epoch has eight steps at least: with the usual batches it would have learned nothing by the end
    const eighth = 2 ** Math.floor(Math.log2(this.#loaded().summary.train / 8));
    const batchSize = Math.min(usual.batchSize, Math.max(4, eighth));
    return { layers, recipe: { optimizer, learningRate, schedule, weightDecay, batchSize, epochs } };
  }

  async describe({ network, batchSize }: Parameters<WorkshopMethods["describe"]>[0]) {
    if (network.preset === pretrained && this.#trained) {
      const net = await this.#underNewHead(0, await createEngine({ threads: 1 }));
      const summary = summaryOf(net, batchSize);
      net.engine.dispose();
      return summary;
    }
    const { inputShape, classes } = this.#loaded().summary;
    return describeNetwork(network, inputShape, classes, batchSize);
  }

  async begin({ experiment, saved, history, rates }: Parameters<WorkshopMethods["begin"]>[0]) {
    await this.pause();
    const { train, summary } = this.#loaded();
    this.#letGo();
    const { network, recipe } = experiment;
    const engine = await createEngine();
    try {
      const isPretrained = network.preset === pretrained;
      const net = saved
        ? await load(saved, { engine })
        : isPretrained
          ? await this.#underNewHead(recipe.seed, engine)
          : networkOf(network, summary.inputShape, recipe.seed);
      if (!saved) net.take(asItSees(train));
      const stepsPerEpoch = Math.ceil(train.shape[0]! / recipe.batchSize);
      if (!saved || !net.position)
        await compiled(net, engine, recipe, summary.task, recipe.epochs * stepsPerEpoch);
      const position = saved ? net.position : undefined;
      this.#run = {
        net,
        engine,
        experiment,
        layerwise: new Layerwise(net, engine),
        stepsPerEpoch,
        steps: undefined,
        epochs: recipe.epochs,
        isResumed: position !== undefined,
        step: position ? position.epoch * stepsPerEpoch + position.step : 0,
        epoch: position?.epoch ?? 0,
        learningRate: recipe.learningRate,
        wantedRate: undefined,
        plan: saved ? [] : (rates ?? []),
        rates: saved ? [...(rates ?? [])] : [],
        history: history ?? {},
        // what was there before the run is no part of its recipe
        taught: isPretrained || (saved !== undefined && position === undefined),
        examples: 0,
        milliseconds: 0,
      };
    } catch (error) {
      engine.dispose();
      throw error;
    }
    this.#state = saved ? "paused" : "ready";
    const run = this.#run;
    if (saved && run.step >= run.epochs * run.stepsPerEpoch) this.#state = "done";
    this.#told();
    await this.#look(this.#watching);
    await this.#judge();
  }

  async play() {
    if (this.#state === "running") return;
    await this.#playing; // what was at work is looked at to its end
    const run = this.#running("play");
    if (this.#state === "done") return;
    this.#state = "running";
    this.#playing = this.#drain(run, Infinity).catch((error) => this.#fail(error));
  }

  async pause() {
    if (this.#state === "running") this.#state = "paused";
    await this.#playing;
  }

  async step() {
    const run = this.#running("step");
    await this.pause();
    if (this.#state === "done") return;
    this.#state = "running";
    this.#playing = this.#drain(run, 1).catch((error) => this.#fail(error));
    await this.#playing;
  }

  rate(learningRate: number) {
    const run = this.#running("rate");
    run.wantedRate = learningRate;
    run.learningRate = learningRate;
    this.#told();
  }

  async extend(epochs: number) {
    await this.#playing;
    const run = this.#running("extend");
    run.epochs += epochs;
    run.steps = undefined;
    run.isResumed = true;
    this.#state = "paused";
    await this.play();
  }

  async watch(watching: Watching) {
    this.#watching = watching;
    if (this.#run && this.#state !== "running") await this.#look(watching);
  }

  async augmented(augment: Recipe["augment"]): Promise<Pictures> {
    const { train } = this.#loaded();
    const count = Math.min(4, train.shape[0]!);
    const times = 6;
    const places = Array.from({ length: count * times }, (_, i) => Math.floor(i / times));
    const pictures = picturesOf(train, places, () => "");
    if (Object.keys(augment).length === 0) return pictures;
    const { augmentedPictures } = await import("./augmented.ts");
    return { ...pictures, data: await augmentedPictures(pictures, augmentation(augment), times) };
  }

  async ask(input: Float32Array) {
    const { layerwise, net } = this.#running("ask");
    return layerwise.of(input, net.inputShape);
  }

  async askRow(row: Parameters<WorkshopMethods["askRow"]>[0]) {
    const { data } = await this.#running("ask").net.predict([row]);
    return Float32Array.from(data);
  }

  async occlusion({ input, label }: Parameters<WorkshopMethods["occlusion"]>[0]) {
    const { net } = this.#running("occlusion");
    return occlusionOf(net, input, net.inputShape, label);
  }

  /** A second of training on the drawings among as many known examples: enough to see it change, too little to forget much. */
  async teach({ x, y }: Parameters<WorkshopMethods["teach"]>[0]) {
    const run = this.#running("teach");
    await this.pause();
    const { train, summary } = this.#loaded();
    const { net, engine, experiment } = run;
    const size = x.length / y.length;
    const known = Math.min(256, train.shape[0]!);
    const times = Math.max(1, Math.round(known / 2 / y.length));
    const rows = new Float32Array((known + times * y.length) * size);
    const labels = new Uint8Array(known + times * y.length);
    const { scale, shift } = train.normalization ?? { scale: 1, shift: 0 };
    for (let i = 0; i < known * size; i++)
      rows[i] = train.x instanceof Uint8Array ? train.x[i]! * scale + shift : train.x[i]!;
    labels.set(Uint8Array.from(train.y.subarray(0, known)));
    for (let i = 0; i < times; i++) {
      rows.set(x, (known + i * y.length) * size);
      labels.set(y, known + i * y.length);
    }
    await compiled(
      net,
      engine,
      { ...experiment.recipe, schedule: "constant", learningRate: 0.0005, optimizer: "adam" },
      summary.task,
      1,
    );
    const shape = [labels.length, ...net.inputShape];
    await net.fit({ x: rows, y: labels, shape }, { epochs: 3, batchSize: 32, seed: 1 });
    run.steps = undefined;
    run.taught = true;
    this.#state = "done";
    this.#told();
    await this.#look(this.#watching);
    await this.#judge();
    this.#tell("finished", { digest: await net.digest(), history: run.history });
    this.#tell("snapshot", await net.save());
  }

  save(format: Parameters<WorkshopMethods["save"]>[0]) {
    return modelFiles(this.#running("save").net, format);
  }

  /** A model of the user's takes the place of the run: it is tried, taught, and saved in other formats. */
  async open({ files }: Parameters<WorkshopMethods["open"]>[0]) {
    await this.pause();
    const { summary } = this.#loaded();
    const engine = await createEngine();
    const net = await modelFrom(files, engine);
    // other libraries' files do not say how pixels become floats, or what classes are called
    net.take({
      ...asItSees(this.#loaded().train),
      ...(net.normalization && { normalization: net.normalization }),
    });
    if (String(net.inputShape) !== String(summary.inputShape))
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `the model takes examples of [${net.inputShape}], and these data have [${summary.inputShape}]; choose data of its shape first`,
      );
    this.#letGo();
    this.#trained = await net.save();
    const layers = specsOf(net);
    const experiment: Experiment = {
      data: { kind: "digits", train: 1, test: 1 },
      network: { layers },
      recipe: firstRecipe,
    };
    this.#run = {
      net,
      engine,
      experiment,
      layerwise: new Layerwise(net, engine),
      stepsPerEpoch: 1,
      steps: undefined,
      epochs: 0,
      isResumed: false,
      step: 0,
      epoch: 0,
      learningRate: firstRecipe.learningRate,
      wantedRate: undefined,
      plan: [],
      rates: [],
      history: {},
      taught: true,
      examples: 0,
      milliseconds: 0,
    };
    this.#state = "done";
    this.#told();
    await this.#look(this.#watching);
    await this.#judge();
    return { layers, summary: describeNetwork({ layers }, summary.inputShape, summary.classes, 32) };
  }

  async report() {
    const { net, history, experiment } = this.#running("report");
    const { train, test, summary } = this.#loaded();
    const { reportHtml } = await import("anygrad/report");
    const dataset = experiment.data.kind === "digits" ? "digits" : (train.name ?? experiment.data.kind);
    const target =
      summary.label === undefined
        ? {}
        : { target: { name: summary.label, ...(summary.unit && { unit: summary.unit }) } };
    return reportHtml(net, history as unknown as History, test, {
      train,
      dataset,
      name: experiment.network.preset ?? "network",
      ...(summary.task === "regression" && target),
    });
  }

  config() {
    const { net, experiment } = this.#running("config");
    const { network, recipe } = experiment;
    const json = JSON.stringify(net.getConfig(), undefined, 1);
    const preset = network.preset === undefined ? undefined : findPreset(network.preset);
    const isPlain =
      preset && !preset.recipe.labelSmoothing && preset.recipe.weightDecay === recipe.weightDecay;
    return { json, ...(isPlain && { preset: preset.name }) };
  }

  /** The data as arrays that Node reads: what a program needs where the data are the user's own. */
  async dataFile() {
    const { writeNpz } = await import("anygrad/npz");
    const { train, test } = this.#loaded();
    const arrays = Object.entries({ train, test }).flatMap(([name, { x, y, shape }]) => [
      [`${name}_x`, { shape, data: x }],
      [`${name}_y`, { shape: [y.length], data: y instanceof Float32Array ? y : Int32Array.from(y) }],
    ]);
    return new Uint8Array(writeNpz(Object.fromEntries(arrays)));
  }

  async snapshot() {
    const run = this.#run;
    return run?.net.position ? run.net.save({ optimizer: true }) : undefined;
  }

  /** The model that was trained last, its layers frozen under a head for the classes of these data. */
  async #underNewHead(seed: number, engine: Engine): Promise<Model> {
    if (!this.#trained)
      throw new AnygradError(
        "NOT_READY",
        "there is no trained network any more; train one or open a model, then choose this again",
      );
    const base = await load(this.#trained, { engine });
    const { classNames } = this.#loaded().summary;
    return fineTune(base, { classes: [...classNames], seed });
  }

  #loaded(): Loaded {
    if (!this.#data) throw new AnygradError("NOT_READY", "there are no data yet; choose some first");
    return this.#data;
  }

  #running(what: string): Run {
    if (!this.#run) throw new AnygradError("NOT_READY", `${what}: there is no network yet`);
    return this.#run;
  }

  #letGo(): void {
    this.#run?.net.dispose();
    this.#run?.engine.dispose();
    this.#run = undefined;
    this.#rows = [];
    this.#state = "ready";
  }

  #steps(run: Run): AsyncGenerator<TrainStep, History, void> {
    const { train, test } = this.#loaded();
    const { recipe } = run.experiment;
    const isImage = train.shape.length === 4;
    const augment =
      isImage && Object.keys(recipe.augment).length > 0 ? augmentation(recipe.augment) : undefined;
    const steer = (_: StepLogs, control: TrainingRun): void => {
      const rate = run.plan.find(({ step }) => step === run.step + 1)?.learningRate ?? run.wantedRate;
      if (rate === undefined) return;
      control.learningRate = rate;
      run.rates.push({ step: run.step + 1, learningRate: rate });
      run.wantedRate = undefined;
    };
    return run.net.train(train, {
      epochs: run.epochs,
      batchSize: recipe.batchSize,
      validationData: test,
      ...(augment && { augment }),
      // what is frozen is computed once for each example
      ...(!augment &&
        recipe.epochs > 1 &&
        run.experiment.network.preset === pretrained && { cacheFeatures: true }),
      ...(run.isResumed ? { resume: true } : { seed: recipe.seed }),
      callbacks: [{ onStepEnd: steer }],
    });
  }

  async #drain(run: Run, most: number): Promise<void> {
    run.steps ??= this.#steps(run);
    let told = performance.now();
    let heard = told;
    let looked = { surface: told, others: told };
    let kept = told;
    for (let taken = 0; this.#state === "running" && taken < most; taken++) {
      const before = performance.now();
      const { done, value } = await run.steps.next();
      const now = performance.now();
      if (done) {
        run.history = { ...value };
        return this.#finish(run);
      }
      run.milliseconds += now - before;
      run.examples += value.batchSize;
      this.#took(run, value);
      if (now - told > progressEvery) {
        this.#told();
        told = now;
      }
      if (value.epochLogs) {
        this.#told();
        await this.#judge();
      }
      const { surface, ...others } = this.#watching;
      if (surface && now - looked.surface > lookEvery.surface) {
        await this.#look({ surface, filters: false, histograms: false });
        looked = { ...looked, surface: performance.now() };
      }
      if (now - looked.others > lookEvery.others) {
        await this.#look({ surface: false, ...others });
        looked = { ...looked, others: performance.now() };
      }
      if (now - kept > snapshotEvery) {
        this.#tell("snapshot", await run.net.save({ optimizer: true }));
        kept = performance.now();
      }
      if (now - heard > deafFor) {
        await yieldToEventLoop();
        heard = performance.now();
      }
    }
    if (most !== Infinity) this.#state = "paused";
    const last = run.step === run.epochs * run.stepsPerEpoch;
    if (last) {
      // the generator ends with the call after the last step
      const { done, value } = await run.steps.next();
      if (done) run.history = { ...value };
      return this.#finish(run);
    }
    this.#told();
    this.#tell("snapshot", await run.net.save({ optimizer: true })); // first: whoever pauses may leave
    await this.#look(this.#watching);
    await this.#judge();
  }

  #took(run: Run, { epoch, loss, accuracy, learningRate, epochLogs }: TrainStep): void {
    run.step++;
    run.epoch = epoch;
    run.learningRate = run.wantedRate ?? learningRate;
    const row: Record<string, number> = { step: run.step, loss };
    if (accuracy !== undefined) row.accuracy = accuracy;
    if (epochLogs) {
      for (const [name, value] of Object.entries(epochLogs)) {
        run.history = { ...run.history, [name]: [...(run.history[name] ?? []), value] };
        if (name.startsWith("val_")) row[name] = value;
      }
    }
    this.#rows.push(row);
  }

  async #finish(run: Run): Promise<void> {
    this.#state = "done";
    this.#told();
    this.#tell("finished", { digest: await run.net.digest(), history: run.history });
    this.#tell("snapshot", await run.net.save({ optimizer: true }));
    this.#trained = await run.net.save();
    await this.#look(this.#watching);
    await this.#judge();
  }

  #fail(error: unknown): void {
    this.#state = "paused";
    this.#told();
    this.#tell("failed", failureOf(error));
  }

  #told(): void {
    const run = this.#run;
    if (!run) return;
    const { memoryBytes, threads, variant }: EngineInfo = run.engine.info;
    const steps = run.epochs * run.stepsPerEpoch;
    const perStep =
      run.examples > 0 ? (run.milliseconds / run.examples) * run.experiment.recipe.batchSize : 0;
    this.#tell("progress", {
      state: this.#state,
      step: run.step,
      steps,
      epoch: run.epoch,
      epochs: run.epochs,
      learningRate: run.learningRate,
      speed: run.milliseconds > 0 ? (1000 * run.examples) / run.milliseconds : 0,
      secondsLeft: ((steps - run.step) * perStep) / 1000,
      memory: memoryBytes,
      threads,
      variant,
      rows: this.#rows,
      rates: [...run.rates],
      taught: run.taught,
    });
    this.#rows = [];
  }

  async #judge(): Promise<void> {
    const run = this.#run;
    if (run)
      this.#tell("verdict", await verdictOf(run.net, this.#loaded().test, this.#loaded().summary.classes));
  }

  async #look({ surface, filters, histograms, example }: Watching): Promise<void> {
    const run = this.#run;
    if (!run) return;
    const { train, summary } = this.#loaded();
    const { net, engine, layerwise } = run;
    const look: { -readonly [Name in keyof Look]: Look[Name] } = {};
    if (surface && summary.toy) look.surface = await surfaceOf(net);
    const weights = filters || histograms ? net.getWeights() : [];
    if (filters) look.filters = filtersOf(weights, summary.inputShape);
    if (histograms)
      look.histograms = histogramsOf(net, engine, weights, this.#sample(summary.task === "classification"));
    if (example !== undefined && example < train.shape[0]!)
      look.activations = (await layerwise.of(inputAt(train, example), net.inputShape)).activations;
    if (Object.keys(look).length > 0) this.#tell("look", look);
  }

  /** The first examples as the network takes them, and which classes they are. */
  #sample(isClassification: boolean) {
    if (!isClassification) return undefined;
    const { train, summary } = this.#loaded();
    const count = Math.min(32, train.shape[0]!);
    const size = train.x.length / train.shape[0]!;
    const x = new Float32Array(count * size);
    const y = new Float32Array(count * summary.classes);
    for (let i = 0; i < count; i++) {
      x.set(inputAt(train, i), i * size);
      y[i * summary.classes + train.y[i]!] = 1;
    }
    return { x, y, shape: [count, ...summary.inputShape] };
  }
}

/** The network that is named so is the one that was trained last, under a new head. */
const pretrained = "pretrained";

function specsOf(net: Model): LayerSpec[] {
  return net.layers.map((layer) => {
    const { type, config } = layer.toJSON();
    return { type, config: JSON.parse(JSON.stringify(config)) as LayerSpec["config"] };
  });
}

/** Whether a saved model takes examples as these data have them. */
async function takes(bytes: Uint8Array, { inputShape, task, toy }: Loaded["summary"]): Promise<boolean> {
  if (task !== "classification" || toy || inputShape.length !== 3) return false;
  const engine = await createEngine({ threads: 1 });
  try {
    return String((await load(bytes, { engine })).inputShape) === String(inputShape);
  } finally {
    engine.dispose();
  }
}

/** What a network learns of the data when it is trained, for one that is asked before. */
function asItSees({ normalization, classNames, preparation }: Loaded["train"]): Parameters<Model["take"]>[0] {
  return { normalization, classNames, preparation };
}

/** An example as the network takes it. */
function inputAt({ x, shape, normalization }: Loaded["train"], place: number): Float32Array {
  const size = x.length / shape[0]!;
  const row = Float32Array.from(x.subarray(place * size, (place + 1) * size));
  const { scale, shift } = normalization ?? { scale: 1, shift: 0 };
  return x instanceof Uint8Array ? row.map((value) => value * scale + shift) : row;
}

async function compiled(
  net: Model,
  engine: Engine,
  recipe: Recipe,
  task: "classification" | "regression",
  totalSteps: number,
) {
  const full: PresetRecipe = {
    ...recipe,
    normalize: "simple",
    loss: task === "regression" ? "meanSquaredError" : "sparseCategoricalCrossentropy",
  } as PresetRecipe;
  const metrics = task === "regression" ? ["mae", "rmse", "r2"] : ["accuracy"];
  await net.compile({
    optimizer: optimizerOf(full, totalSteps),
    loss: lossOf(full),
    metrics,
    engine,
  } as Parameters<Model["compile"]>[0]);
}

export function failureOf(error: unknown): { code: string; message: string } {
  const { code = "ERROR", message = String(error) } = error as { code?: string; message?: string };
  return { code, message };
}

/** The methods of the workshop, which may take their time. */
type Promised<Methods> = {
  [Name in keyof Methods]: Methods[Name] extends (order: infer Order) => infer Result
    ? (order: Order) => Result | Promise<Result>
    : never;
};
