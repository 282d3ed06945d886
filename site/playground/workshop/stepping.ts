/**
 * Stepping through a run, an async iterable of steps that is drained as long as it plays. Between two steps the page is heard and told,
 * so that a run is looked at, paused and steered without a change of its bits.
 */
import {
  augmentation,
  type Engine,
  type EngineInfo,
  type History,
  type Model,
  type StepLogs,
  type TrainingRun,
  type TrainStep,
} from "anygrad";
import { lossOf, optimizerOf, type Recipe as PresetRecipe } from "../../../src/presets/index.ts";
import { yieldToEventLoop } from "../../../src/runtime/yielding.ts";
import type { Experiment, RateChange, Recipe } from "../recipe/experiment.ts";
import type { CurveRow, Failure, Progress, Tell } from "../training/messages.ts";
import type { Loaded } from "./dataSets.ts";
import { Layerwise } from "./inspection.ts";
import type { Looking, Seen } from "./looking.ts";
import { pretrained } from "./reading.ts";

/** How often the page is told, in ms; what is dear to compute comes less often. */
const progressEvery = 100;
const lookEvery = { surface: 150, others: 500 };
/** How long the worker may be deaf to the page. */
const deafFor = 16; // ms
/** How often a running run is kept. */
const snapshotEvery = 4000; // ms

export interface Begun {
  readonly net: Model;
  readonly engine: Engine;
  readonly experiment: Experiment;
  readonly data: Loaded;
  readonly state: Progress["state"];
  /** Epochs of the whole run. */
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** Where a run that was saved stands. */
  readonly position?: { readonly epoch: number; readonly step: number } | undefined;
  /** Rates that are set at their steps, of a run that is repeated. */
  readonly plan?: readonly RateChange[];
  /** Rates that were set by hand before. */
  readonly rates?: readonly RateChange[];
  readonly history?: Record<string, readonly number[]>;
  /** Whether it has learned what is no part of its recipe. */
  readonly taught: boolean;
  /** Gets the model at the end. */
  onEnd(model: Uint8Array): void;
}

export class Run implements Seen {
  readonly net: Model;
  readonly engine: Engine;
  readonly experiment: Experiment;
  readonly data: Loaded;
  readonly layerwise: Layerwise;
  history: Record<string, readonly number[]>;
  readonly #begun: Begun;
  readonly #tell: Tell;
  readonly #looking: Looking;
  #state: Progress["state"];
  #steps: AsyncGenerator<TrainStep, History, void> | undefined;
  #playing: Promise<void> | undefined;
  #epochs: number;
  #isResumed: boolean;
  #step: number;
  #epoch: number;
  #learningRate: number;
  /** The rate that was set by hand, until the run has taken it. */
  #wantedRate: number | undefined;
  readonly #rates: RateChange[];
  #rows: CurveRow[] = [];
  #taught: boolean;
  /** Examples, and the milliseconds that they took. */
  #examples = 0;
  #milliseconds = 0;

  constructor(begun: Begun, looking: Looking, tell: Tell) {
    const { net, engine, experiment, data, position, stepsPerEpoch } = begun;
    this.net = net;
    this.engine = engine;
    this.experiment = experiment;
    this.data = data;
    this.layerwise = new Layerwise(net, engine);
    this.history = begun.history ?? {};
    this.#begun = begun;
    this.#looking = looking;
    this.#tell = tell;
    this.#state = begun.state;
    this.#epochs = begun.epochs;
    this.#isResumed = position !== undefined;
    this.#step = position ? position.epoch * stepsPerEpoch + position.step : 0;
    this.#epoch = position?.epoch ?? 0;
    this.#learningRate = experiment.recipe.learningRate;
    this.#rates = [...(begun.rates ?? [])];
    this.#taught = begun.taught;
  }

  get isRunning(): boolean {
    return this.#state === "running";
  }

  async play(): Promise<void> {
    if (this.isRunning) return;
    await this.#playing; // what was at work is looked at to its end
    this.#drain(Infinity);
  }

  async pause(): Promise<void> {
    if (this.isRunning) this.#state = "paused";
    await this.#playing;
  }

  async step(): Promise<void> {
    await this.pause();
    this.#drain(1);
    await this.#playing;
  }

  rate(learningRate: number): void {
    this.#wantedRate = learningRate;
    this.#learningRate = learningRate;
    this.told();
  }

  /** More epochs, where it has ended. */
  async extend(epochs: number): Promise<void> {
    await this.#playing;
    this.#epochs += epochs;
    this.#steps = undefined;
    this.#isResumed = true;
    this.#state = "paused";
    await this.play();
  }

  /** A second of training on drawings among as many known examples: enough to see it change, too little to forget much. */
  async teach({ x, y }: { x: Float32Array; y: Uint8Array }): Promise<void> {
    await this.pause();
    const { train, summary } = this.data;
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
    const gentle = { schedule: "constant", learningRate: 0.0005, optimizer: "adam" } as const;
    await compile(this.net, this.engine, { ...this.experiment.recipe, ...gentle }, summary.task, 1);
    const shape = [labels.length, ...this.net.inputShape];
    await this.net.fit({ x: rows, y: labels, shape }, { epochs: 3, batchSize: 32, seed: 1 });
    this.#steps = undefined;
    this.#taught = true;
    await this.#end({ optimizer: false });
  }

  /** Tells how far it is, with the points of the curves that are new. */
  told(): void {
    const { memoryBytes, threads, variant }: EngineInfo = this.engine.info;
    const steps = this.#epochs * this.#begun.stepsPerEpoch;
    const { batchSize } = this.experiment.recipe;
    const perStep = this.#examples > 0 ? (this.#milliseconds / this.#examples) * batchSize : 0;
    this.#tell("progress", {
      state: this.#state,
      step: this.#step,
      steps,
      epoch: this.#epoch,
      epochs: this.#epochs,
      learningRate: this.#learningRate,
      speed: this.#milliseconds > 0 ? (1000 * this.#examples) / this.#milliseconds : 0,
      secondsLeft: ((steps - this.#step) * perStep) / 1000,
      memory: memoryBytes,
      threads,
      variant,
      rows: this.#rows,
      rates: [...this.#rates],
      taught: this.#taught,
    });
    this.#rows = [];
  }

  dispose(): void {
    this.net.dispose();
    this.engine.dispose();
  }

  #drain(most: number): void {
    if (this.#state === "done") return;
    this.#state = "running";
    this.#playing = this.#take(most).catch((error) => {
      this.#state = "paused";
      this.told();
      const { code = "ERROR", message = String(error) } = error as Partial<Failure>;
      this.#tell("failed", { code, message });
    });
  }

  /** Takes steps while it runs, at most so many. */
  async #take(most: number): Promise<void> {
    this.#steps ??= this.#trained();
    let told = performance.now();
    let heard = told;
    let looked = { surface: told, others: told };
    let kept = told;
    for (let taken = 0; this.isRunning && taken < most; taken++) {
      const before = performance.now();
      const { done, value } = await this.#steps.next();
      const now = performance.now();
      if (done) return this.#finish(value);
      this.#milliseconds += now - before;
      this.#count(value);
      if (now - told > progressEvery) {
        this.told();
        told = now;
      }
      if (value.epochLogs) {
        this.told();
        await this.#looking.judge(this);
      }
      const { surface, ...others } = this.#looking.watching;
      if (surface && now - looked.surface > lookEvery.surface) {
        await this.#looking.at(this, { surface, filters: false, histograms: false });
        looked = { ...looked, surface: performance.now() };
      }
      if (now - looked.others > lookEvery.others) {
        await this.#looking.at(this, { surface: false, ...others });
        looked = { ...looked, others: performance.now() };
      }
      if (now - kept > snapshotEvery) {
        this.#tell("snapshot", await this.net.save({ optimizer: true }));
        kept = performance.now();
      }
      if (now - heard > deafFor) {
        await yieldToEventLoop();
        heard = performance.now();
      }
    }
    if (most !== Infinity) this.#state = "paused";
    if (this.#step === this.#epochs * this.#begun.stepsPerEpoch) {
      // the generator ends with the call after the last step
      const { done, value } = await this.#steps.next();
      return this.#finish(done ? value : this.history);
    }
    this.told();
    this.#tell("snapshot", await this.net.save({ optimizer: true })); // first: whoever pauses may leave
    await this.#looking.atAll(this);
  }

  #trained(): AsyncGenerator<TrainStep, History, void> {
    const { train, test } = this.data;
    const { recipe, network } = this.experiment;
    const isImage = train.shape.length === 4;
    const augment =
      isImage && Object.keys(recipe.augment).length > 0 ? augmentation(recipe.augment) : undefined;
    const steer = (_: StepLogs, control: TrainingRun): void => {
      const planned = this.#begun.plan?.find(({ step }) => step === this.#step + 1);
      const rate = planned?.learningRate ?? this.#wantedRate;
      if (rate === undefined) return;
      control.learningRate = rate;
      this.#rates.push({ step: this.#step + 1, learningRate: rate });
      this.#wantedRate = undefined;
    };
    return this.net.train(train, {
      epochs: this.#epochs,
      batchSize: recipe.batchSize,
      validationData: test,
      ...(augment && { augment }),
      // what is frozen is computed once for each example
      ...(!augment && recipe.epochs > 1 && network.preset === pretrained && { cacheFeatures: true }),
      ...(this.#isResumed ? { resume: true } : { seed: recipe.seed }),
      callbacks: [{ onStepEnd: steer }],
    });
  }

  #count({ epoch, loss, accuracy, learningRate, epochLogs, batchSize }: TrainStep): void {
    this.#examples += batchSize;
    this.#step++;
    this.#epoch = epoch;
    this.#learningRate = this.#wantedRate ?? learningRate;
    const row: Record<string, number> = { step: this.#step, loss };
    if (accuracy !== undefined) row.accuracy = accuracy;
    for (const [name, value] of Object.entries(epochLogs ?? {})) {
      this.history = { ...this.history, [name]: [...(this.history[name] ?? []), value] };
      if (name.startsWith("val_")) row[name] = value;
    }
    this.#rows.push(row);
  }

  async #finish(history: Readonly<Record<string, unknown>>): Promise<void> {
    this.history = { ...history } as typeof this.history;
    this.#begun.onEnd(await this.net.save());
    await this.#end({ optimizer: true });
  }

  async #end(kept: { readonly optimizer: boolean }): Promise<void> {
    this.#state = "done";
    this.told();
    this.#tell("finished", { digest: await this.net.digest(), history: this.history });
    this.#tell("snapshot", await this.net.save(kept));
    await this.#looking.atAll(this);
  }
}

/** Makes a network ready to be trained by a recipe. */
export async function compile(
  net: Model,
  engine: Engine,
  recipe: Recipe,
  task: "classification" | "regression",
  totalSteps: number,
): Promise<void> {
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
