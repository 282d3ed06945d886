/**
 * The worker's half: data that are read, a network that is stepped through its run, and what is looked at meanwhile. Each method is what
 * the page asks for by a message.
 */
import { AnygradError, createEngine, type Engine, type History, load } from "anygrad";
import { findPreset } from "../../../src/presets/index.ts";
import { type Experiment, firstRecipe, type Recipe } from "../recipe/experiment.ts";
import type { Tell, Watching, WorkshopMethods } from "../training/messages.ts";
import { loadData } from "./dataSets.ts";
import { modelFiles, modelFrom } from "./files.ts";
import { occlusionOf } from "./inspection.ts";
import { Looking } from "./looking.ts";
import { describeNetwork } from "./network.ts";
import { asItSees, pretrained, Reading, specsOf } from "./reading.ts";
import { type Begun, compile, Run } from "./stepping.ts";

export class Workshop implements Promised<WorkshopMethods> {
  readonly #tell: Tell;
  readonly #reading = new Reading();
  readonly #looking: Looking;
  #run: Run | undefined;

  constructor(tell: Tell) {
    this.#tell = tell;
    this.#looking = new Looking(tell);
  }

  // data and networks

  async read({ data, own }: Parameters<WorkshopMethods["read"]>[0]) {
    await this.pause();
    const loaded = await loadData(data, own);
    this.#letGo();
    return this.#reading.take(loaded);
  }

  preset(name: string) {
    return this.#reading.preset(name);
  }

  describe(order: Parameters<WorkshopMethods["describe"]>[0]) {
    return this.#reading.describe(order);
  }

  augmented(augment: Recipe["augment"]) {
    return this.#reading.augmented(augment);
  }

  dataFile() {
    return this.#reading.file();
  }

  // the run

  async begin({ experiment, watching, saved, history, rates }: Parameters<WorkshopMethods["begin"]>[0]) {
    await this.pause();
    this.#looking.watching = watching;
    const { data } = this.#reading;
    this.#letGo();
    const { network, recipe } = experiment;
    const engine = await createEngine();
    const begun = await orDisposed(engine, async (): Promise<Given> => {
      const net = saved ? await load(saved, { engine }) : await this.#reading.network(experiment, engine);
      const position = saved ? net.position : undefined;
      const stepsPerEpoch = Math.ceil(data.train.shape[0]! / recipe.batchSize);
      const steps = recipe.epochs * stepsPerEpoch;
      if (!position) await compile(net, engine, recipe, data.summary.task, steps);
      const taken = position ? position.epoch * stepsPerEpoch + position.step : 0;
      return {
        net,
        engine,
        experiment,
        data,
        state: !saved ? "ready" : taken >= steps ? "done" : "paused",
        epochs: recipe.epochs,
        stepsPerEpoch,
        position,
        ...(saved ? { rates } : { plan: rates }),
        history,
        // what was there before the run is no part of its recipe
        taught: network.preset === pretrained || (saved !== undefined && !position),
      };
    });
    await this.#go(begun);
  }

  async play() {
    await this.#running("play").play();
  }

  async pause() {
    await this.#run?.pause();
  }

  async step() {
    await this.#running("step").step();
  }

  rate(learningRate: number) {
    this.#running("rate").rate(learningRate);
  }

  async extend(epochs: number) {
    await this.#running("extend").extend(epochs);
  }

  async teach(examples: Parameters<WorkshopMethods["teach"]>[0]) {
    await this.#running("teach").teach(examples);
  }

  async snapshot() {
    const net = this.#run?.net;
    return net?.position ? net.save({ optimizer: true }) : undefined;
  }

  // looking

  async watch(watching: Watching) {
    this.#looking.watching = watching;
    if (this.#run && !this.#run.isRunning) await this.#looking.at(this.#run, watching);
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

  // files

  save(format: Parameters<WorkshopMethods["save"]>[0]) {
    return modelFiles(this.#running("save").net, format);
  }

  /** A model of the user's takes the place of the run: it is tried, taught, and saved in other formats. */
  async open({ files }: Parameters<WorkshopMethods["open"]>[0]) {
    await this.pause();
    const { data } = this.#reading;
    const { inputShape, classes } = data.summary;
    const engine = await createEngine();
    const net = await orDisposed(engine, async () => {
      const opened = await modelFrom(files, engine);
      if (String(opened.inputShape) === String(inputShape)) return opened;
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `the model takes examples of [${opened.inputShape}], and these data have [${inputShape}]; choose data of its shape first`,
      );
    });
    // other libraries' files do not say how pixels become floats, or what classes are called
    net.take({ ...asItSees(data.train), ...(net.normalization && { normalization: net.normalization }) });
    this.#letGo();
    this.#reading.trained = await net.save();
    const layers = specsOf(net);
    const experiment: Experiment = {
      data: { kind: "digits", train: 1, test: 1 },
      network: { layers },
      recipe: firstRecipe,
    };
    await this.#go({
      net,
      engine,
      experiment,
      data,
      state: "done",
      epochs: 0,
      stepsPerEpoch: 1,
      taught: true,
    });
    return { layers, summary: describeNetwork({ layers }, inputShape, classes, 32) };
  }

  async report() {
    const { net, history, experiment, data } = this.#running("report");
    const { train, test, summary } = data;
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

  /** Another run takes the place of the one before, and is looked at. */
  async #go(begun: Given): Promise<void> {
    const onEnd = (model: Uint8Array): void => {
      this.#reading.trained = model;
    };
    const run = new Run({ ...begun, onEnd }, this.#looking, this.#tell);
    this.#run = run;
    run.told();
    await this.#looking.atAll(run);
  }

  #running(what: string): Run {
    if (!this.#run) throw new AnygradError("NOT_READY", `${what}: there is no network yet`);
    return this.#run;
  }

  #letGo(): void {
    this.#run?.dispose();
    this.#run = undefined;
  }
}

type Given = Omit<Begun, "onEnd">;

/** What `work` makes with an engine, which is let go of where it fails. */
async function orDisposed<Made>(engine: Engine, work: () => Promise<Made>): Promise<Made> {
  try {
    return await work();
  } catch (error) {
    engine.dispose();
    throw error;
  }
}

/** The methods of the workshop, which may take their time. */
type Promised<Methods> = {
  [Name in keyof Methods]: Methods[Name] extends (order: infer Order) => infer Result
    ? (order: Order) => Result | Promise<Result>
    : never;
};
