/**
 * A stream as training and evaluation take it: every batch checked as a data set would be, its number in what is said of it.
 * Training walks over it epoch by epoch and looks one batch ahead, since only the end tells which step is an epoch's last.
 * When not: who trains on data sets never imports this.
 */
import type { Dataset } from "../../../data/dataset.ts";
import { AnygradError } from "../../../errors.ts";
import { checkCount } from "../../../math/checks.ts";
import { atData, ownSteps as atOwnSteps } from "../../lengths/data.ts";
import { isOpen } from "../../network/graph.ts";
import { checkDataset } from "../checkData.ts";
import type { TrainingContext } from "../context.ts";
import { resolveDataset, takerOf } from "../given.ts";
import type { FitOptions } from "../options.ts";
import { lossWeights } from "../run/lossWeights.ts";
import { type OpenBatches, SourceReader } from "./reader.ts";
import type { BatchSource, StreamPosition, WeighedBatch } from "./source.ts";

/** The model that batches must fit. Names of classes are its own, else those of the first batch. */
type Taker = Pick<TrainingContext, "graph" | "compiled" | "classNames">;

/** A stream to evaluate on. */
export class EvaluationStream {
  readonly #reader: SourceReader;
  readonly #subject: string;
  readonly #checker: BatchChecker;

  /** @param options times: how often it will be walked over; weighs: whether losses are weighed, and by which classes' factors */
  constructor(
    subject: string,
    source: BatchSource,
    taker: Taker,
    { times = 1, weighs }: { times?: number; weighs?: Pick<FitOptions, "classWeight"> } = {},
  ) {
    this.#reader = new SourceReader(subject, source);
    this.#subject = subject;
    this.#checker = new BatchChecker(taker, weighs);
    this.#reader.checkEpochs(times);
  }

  /** All batches, one after the other. @throws AnygradError DATA_FORMAT, SHAPE_MISMATCH, INVALID_ARGUMENT, ABORTED */
  async *batches(
    epoch: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<WeighedBatch, void, undefined> {
    const open = await this.#reader.open({ epoch, step: 0 }, signal);
    try {
      for (let n = 1; ; n++) {
        const batch = await open.next(signal);
        if (batch === undefined && n === 1) throw noBatches(this.#subject);
        if (batch === undefined) return;
        yield await this.#checker.check(`${this.#subject}: batch ${n}`, batch);
      }
    } finally {
      await open.close();
    }
  }
}

/** Opens a stream where the run begins or goes on: with `resume`, what is left out of the options is as it was. */
export function openTraining(
  taker: Taker,
  source: BatchSource,
  options: FitOptions,
): Promise<TrainingStream> {
  const run = options.resume ? taker.compiled.run : undefined;
  const { epochs = run?.epochs, stepsPerEpoch = run?.plan.stepsPerEpoch } = options;
  const at = { epoch: run?.epoch ?? options.initialEpoch ?? 0, step: run?.step ?? 0 };
  return TrainingStream.open(source, at, taker, {
    ...options,
    ...(epochs !== undefined && { epochs }),
    ...(stepsPerEpoch !== undefined && { stepsPerEpoch }),
  });
}

/** A stream to train on. */
export class TrainingStream {
  /** A batch, for what all have in common: type, normalisation, class names. */
  readonly sample: Dataset;
  /** The batch that was taken last. */
  last: WeighedBatch;
  /** Steps of an epoch, where that was said. */
  readonly limit: number | undefined;
  readonly #reader: SourceReader;
  readonly #checker: BatchChecker;
  readonly #factorsEach: number | undefined;
  #open: OpenBatches | undefined;
  #next: WeighedBatch | undefined;

  private constructor(
    reader: SourceReader,
    checker: BatchChecker,
    sample: WeighedBatch,
    stepsPerEpoch: number | undefined,
  ) {
    this.#reader = reader;
    this.#checker = checker;
    this.sample = sample.batch;
    this.last = sample;
    this.limit = stepsPerEpoch;
    this.#factorsEach = factorsEach(sample);
  }

  /**
   * Opens a stream where the run begins or goes on.
   * @throws AnygradError INVALID_ARGUMENT for options that belong to data sets; and what reading the first batch throws
   */
  static async open(
    source: BatchSource,
    at: StreamPosition,
    taker: Taker,
    options: FitOptions,
  ): Promise<TrainingStream> {
    checkStreamOptions(options, taker);
    const { epochs = 1, signal } = options;
    const reader = new SourceReader("fit", source);
    reader.checkEpochs(epochs - at.epoch);
    const open = await reader.open(at, signal);
    try {
      const first = await open.next(signal);
      const raw = first ?? open.skipped ?? (await begun(reader, at.epoch, signal));
      if (raw === undefined) throw noBatches("fit");
      const checker = new BatchChecker(taker, options);
      const sample = await checker.check(subjectOf(at), raw);
      const stream = new TrainingStream(reader, checker, sample, options.stepsPerEpoch);
      stream.#open = open;
      if (first !== undefined) stream.#next = sample;
      return stream;
    } catch (error) {
      await open.close();
      throw error;
    }
  }

  /**
   * Whether the epoch has a batch for this step; `take` gives it.
   * @throws AnygradError DATA_FORMAT, SHAPE_MISMATCH, INVALID_ARGUMENT, ABORTED
   */
  async ready(at: StreamPosition, signal: AbortSignal | undefined): Promise<boolean> {
    if (this.limit !== undefined && at.step >= this.limit) {
      await this.close();
      return false;
    }
    this.#open ??= await this.#reader.open(at, signal);
    if (this.#next) return true;
    const raw = await this.#open.next(signal);
    if (raw !== undefined) {
      this.#next = this.#alike(subjectOf(at), await this.#checker.check(subjectOf(at), raw));
      return true;
    }
    this.#open = undefined;
    if (at.step === 0) throw noBatches(`fit: epoch ${at.epoch + 1}`);
    if (this.limit !== undefined)
      throw new AnygradError(
        "DATA_FORMAT",
        `fit: the batches of epoch ${at.epoch + 1} end after ${at.step} but stepsPerEpoch is ${this.limit}; leave it out, or give as many`,
      );
    return false;
  }

  /** The batch that is ready. */
  take(): WeighedBatch {
    const taken = this.#next!;
    this.#next = undefined;
    this.last = taken;
    return taken;
  }

  /** Ends the walk over the epoch. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    this.#next = undefined;
    await open?.close();
  }

  /** What a step has recorded holds for all batches of a size, so they are stored and weighed alike. */
  #alike(subject: string, next: WeighedBatch): WeighedBatch {
    const kind = ({ x }: Dataset): string => (x instanceof Uint8Array ? "Uint8Array" : "Float32Array");
    if (kind(next.batch) !== kind(this.sample))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject}: x is a ${kind(next.batch)} but batches before had a ${kind(this.sample)}; pass one kind in all batches`,
      );
    if (factorsEach(next) !== this.#factorsEach)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject}: sampleWeight has ${factorsEach(next)} numbers an example but ${this.#factorsEach} in batches before; pass as many in all batches`,
      );
    return next;
  }
}

/** How many factors an example has: one, or one at each of its places. */
function factorsEach({ batch, weights }: WeighedBatch): number | undefined {
  return weights && weights.length / batch.shape[0]!;
}

/** Options that say how to cut or order a data set mean nothing where batches come as they are. */
function checkStreamOptions(options: FitOptions, { graph }: Taker): void {
  const { stepsPerEpoch } = options;
  if (stepsPerEpoch !== undefined) checkCount("fit: stepsPerEpoch", stepsPerEpoch);
  for (const [name, given, advice] of [
    ["batchSize", options.batchSize !== undefined, "batches have the size that they come with"],
    [
      "shuffle: true",
      options.shuffle === true,
      "batches are taken in the order that they come in; shuffle in their source",
    ],
    ["validationSplit", Boolean(options.validationSplit), "pass validationData"],
    ["sampleWeight", options.sampleWeight !== undefined, "pass it in each batch, { x, y, sampleWeight }"],
    ["recalibrate", Boolean(options.recalibrate), "it needs the data in memory"],
    [
      "augment",
      Boolean(options.augment) && isOpen(graph),
      "it changes pictures of one size, and the model takes any; give its input a fixed shape, or pass a data set",
    ],
  ] as const)
    if (given)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `fit: ${name} cannot be had with a stream of batches: ${advice}`,
      );
}

/** The first batch of an epoch, for a look at it. */
async function begun(reader: SourceReader, epoch: number, signal: AbortSignal | undefined): Promise<unknown> {
  const open = await reader.open({ epoch, step: 0 }, signal);
  try {
    return await open.next(signal);
  } finally {
    await open.close();
  }
}

/** Makes data sets of batches as users give them, as `fit` does of what it is given, and weighs their losses. */
class BatchChecker {
  readonly #taker: Taker;
  readonly #weighs: Pick<FitOptions, "classWeight"> | undefined;
  #classNames: readonly string[] | undefined;
  #normalizations: Dataset["normalizations"];
  #weighted: boolean | undefined;

  /** @param weighs factors of classes; undefined: losses are not weighed, and a batch may have no weights */
  constructor(taker: Taker, weighs: Pick<FitOptions, "classWeight"> | undefined) {
    this.#taker = taker;
    this.#weighs = weighs;
    this.#classNames = taker.classNames;
  }

  /** @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH, DATA_FORMAT */
  async check(subject: string, raw: unknown): Promise<WeighedBatch> {
    const { sampleWeight, ownSteps, ...given } = fieldsOf(subject, raw);
    const at = isOpen(this.#taker.graph)
      ? atData(subject, this.#taker, given)
      : ownSteps
        ? atOwnSteps(subject, this.#taker, Object(given.x).shape)
        : undefined;
    const { graph, compiled } = at ?? this.#taker;
    const taker = takerOf(graph, compiled, this.#classNames, this.#normalizations);
    const batch = await resolveDataset(subject, given, undefined, taker);
    await checkDataset(subject, batch, graph.inputShape, compiled.aim);
    this.#normalizations ??= batch.normalizations;
    this.#classNames ??= batch.classNames; // names become the same indices in all batches
    if (sampleWeight && !this.#weighs)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject} has a sampleWeight but validation weighs no examples; leave it out here`,
      );
    const weighted = sampleWeight !== undefined;
    this.#weighted ??= weighted;
    if (weighted !== this.#weighted)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject} has ${weighted ? "a sampleWeight but batches before had none" : "no sampleWeight but batches before had one"}; pass it in all batches or in none`,
      );
    const { classWeight } = this.#weighs ?? {};
    if (!sampleWeight && !classWeight) return { batch, weights: undefined, at };
    const factors = { ...(classWeight && { classWeight }), ...(sampleWeight && { sampleWeight }) };
    const weights = await lossWeights(subject, batch, factors, compiled, this.#classNames);
    return { batch, weights, at };
  }
}

type Fields = Readonly<Record<string, unknown>> & Pick<FitOptions, "sampleWeight">;

function fieldsOf(subject: string, raw: unknown): Fields {
  const fields: unknown =
    Array.isArray(raw) && (raw.length === 2 || raw.length === 3)
      ? { x: raw[0], y: raw[1], ...(raw[2] !== undefined && { sampleWeight: raw[2] }) }
      : raw;
  if (typeof fields === "object" && fields !== null && "x" in fields && "y" in fields) {
    const strange = (["x", "y", "sampleWeight"] as const).find((name) => {
      const value = (fields as Fields)[name];
      return Object(value) !== value && (name !== "sampleWeight" || value !== undefined);
    });
    if (!strange) return fields as Fields;
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: ${strange} is ${typeof (fields as Fields)[strange]}; a batch has several examples: pass lists of them, or of one`,
    );
  }
  const got =
    Array.isArray(raw) || raw === null || typeof raw !== "object"
      ? Array.isArray(raw)
        ? `a list of ${raw.length}`
        : String(raw).slice(0, 40)
      : `{ ${Object.keys(raw).slice(0, 5).join(", ").slice(0, 80)} }`;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: got ${got} where a batch { x, y } or [x, y] is wanted`,
  );
}

function subjectOf({ epoch, step }: StreamPosition): string {
  return `fit: batch ${step + 1} of epoch ${epoch + 1}`;
}

function noBatches(subject: string): AnygradError {
  return new AnygradError("DATA_FORMAT", `${subject}: there are no batches; give at least one`);
}
