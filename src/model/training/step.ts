/**
 * One update of the weights: a batch into memory, forward, backward, the optimizer's step. Batches of one size make the
 * same kernel calls in every step, so these are recorded once and then repeated (tensor/stepCapture.ts). What differs from
 * step to step is an input that lies in memory (pixels, targets, weights of examples, the step's number) or stays
 * outside (the learning rate and what optimizers make of it, metrics).
 */

import type { AugmentationInputs, Augmenter } from "../../augmentation/augmentation.ts";
import type { Dataset } from "../../data/dataset.ts";
import { setStep, stepCounter } from "../../ops/random.ts";
import { StepCapture } from "../../tensor/stepCapture.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { stepBytes } from "../memory/stepBytes.ts";
import { notFinite } from "../network/finite.ts";
import { kept } from "../network/kept.ts";
import { fillRows, normalized, storedFactors, storedInputs, storedTargets } from "./batches.ts";
import type { TrainingContext } from "./context.ts";
import { differentiate, isBuilt, type Passed, type StepContext } from "./differentiate.ts";
import { predictionsOf, type Wanted } from "./objective.ts";
import type { Scores } from "./scores.ts";

/** What a step brings along. */
interface Batch extends Wanted {
  readonly x: readonly Tensor[];
  readonly step: Tensor;
  /** What augmentation draws. */
  readonly drawn: AugmentationInputs | undefined;
  /** Targets and factors of the examples that augmentation mixes in. */
  readonly mixed: Wanted | undefined;
}

interface Outcome extends Passed {
  readonly predictions: readonly Tensor[];
  readonly targets: readonly Tensor[];
  readonly factors: readonly Tensor[] | undefined;
}

export class TrainingStep {
  readonly #model: StepContext;
  #data!: Dataset;
  #weights: Float32Array | undefined;
  readonly #augmenter: Augmenter | undefined;
  readonly #seed: number;
  readonly #gradients: readonly Tensor[];
  /** The network, at the length of the data where that is not the model's. */
  #at!: Pick<TrainingContext, "graph" | "compiled">;
  /** Its inputs' sizes as text, for every step to look up its capture by. */
  #sizes!: string;
  /** Captured steps by the numbers of rows and inputs: whole batches, and what is left at the end of an epoch. */
  readonly #captures = new Map<string, StepCapture<Batch, Outcome>>();

  /** @param weights factors on the losses of the examples, or of their places, by their place in the data */
  constructor(
    model: StepContext,
    data: Dataset,
    weights: Float32Array | undefined,
    seed: number,
    augmenter: Augmenter | undefined,
  ) {
    this.#model = model;
    this.use(data, weights);
    this.#seed = seed;
    this.#augmenter = augmenter;
    this.#gradients = model.compiled.parameters.gradients;
    void model.compiled.updater.slots; // takes its memory: where there is too little, before the first step
  }

  /** The next batch of a stream takes the place of the data. It has the same type, and weights where the one before had some. */
  use(
    data: Dataset,
    weights: Float32Array | undefined,
    at: Pick<TrainingContext, "graph" | "compiled"> = this.#model,
  ): void {
    this.#at = at;
    this.#sizes = `${at.graph.inputShape}`;
    this.#data = data;
    this.#weights = weights;
  }

  /** @returns the loss before it @throws AnygradError NOT_FINITE; no weight has changed by it then */
  run(rows: Int32Array, step: number, learningRate: number, scores: Scores, place: string): number {
    const { engine, updater, target, constrain } = this.#model.compiled;
    return engine.step(() => {
      const kind = `${rows.length} ${this.#sizes}`;
      const capture = kept(this.#captures, kind, () => this.#capture(rows.length, kind));
      const outcome = capture.run((batch) => this.#fill(batch, rows, step));
      const loss = outcome.loss.item();
      if (!Number.isFinite(loss)) throw notFinite(`the loss became ${loss}`, place, learningRate);
      scores.update(outcome.predictions, outcome.targets, target, outcome);
      updater.apply(this.#gradients, learningRate);
      constrain?.();
      return loss;
    });
  }

  #fill({ x, step: counter, drawn, mixed, ...wanted }: Batch, rows: Int32Array, step: number): void {
    fillRows(x, this.#data.x, rows);
    setStep(counter, step);
    const mixture = drawn && this.#augmenter!.fill(drawn, step);
    this.#want(wanted, rows, mixture?.shares);
    if (!mixed || !mixture) return;
    const { partners, shares } = mixture;
    this.#want(
      mixed,
      rows.map((_, i) => rows[partners[i]!]!),
      shares.map((share) => 1 - share),
    );
  }

  /** @param shares of each example, where examples are mixed */
  #want({ targets, factors }: Wanted, rows: Int32Array, shares: Float32Array | undefined): void {
    fillRows(targets, this.#data.y, rows);
    if (!factors) return;
    if (this.#weights) fillRows(factors, this.#weights, rows);
    for (const { view } of factors) {
      if (!this.#weights) view.fill(1);
      const each = view.length / rows.length;
      for (let i = 0; shares && i < view.length; i++) view[i]! *= shares[Math.floor(i / each)]!;
    }
  }

  #capture(n: number, kind: string): StepCapture<Batch, Outcome> {
    const { graph, compiled } = this.#at;
    const { engine, parameters, heads } = compiled;
    const augmenter = this.#augmenter;
    const each = this.#weights ? this.#weights.length / this.#data.shape[0]! : 1;
    const wanted = (): Wanted => ({
      targets: storedTargets(engine, n, heads),
      factors: this.#weights || augmenter?.mixes ? storedFactors(engine, n, each, heads) : undefined,
    });
    const repeatable = isBuilt(graph, heads);
    const capture = new StepCapture<Batch, Outcome>(engine.allocator, {
      repeatable,
      lasting: [...parameters.all.map(({ value }) => value), ...this.#gradients],
      inputs: () => ({
        x: storedInputs(engine, graph, this.#data.x, n),
        ...wanted(),
        step: stepCounter(engine.allocator),
        drawn: augmenter?.inputs(n),
        mixed: augmenter?.mixes ? wanted() : undefined,
      }),
      run: (batch) => this.#differentiate(batch, repeatable),
    });
    if (repeatable) {
      const { arena } = engine.allocator.backend;
      // what drew the order of the examples, say: kernels that are loaded by the dry run would come to lie behind it
      if (this.#captures.size === 0) arena.discard();
      const { pass } = this.#model;
      const areBytes = this.#data.x instanceof Uint8Array;
      // found once for a compiled model: that takes a step without numbers, as long as two real ones of a small network
      const find = (): number => stepBytes(graph, n, areBytes, compiled, pass);
      arena.reserve(pass ? find() : kept(compiled.stepBytes, kind + areBytes, find));
    }
    return capture;
  }

  #differentiate({ x, step, drawn, mixed, ...wanted }: Batch, repeatable: boolean): Outcome {
    const { normalization, pass = differentiate } = this.#model;
    const { graph, compiled } = this.#at;
    const pixels = normalized(x, normalization);
    const inputs = drawn ? this.#augmenter!.apply(pixels, drawn, step) : pixels;
    const draw = { seed: this.#seed, step };
    const given = mixed ? [wanted, mixed] : [wanted];
    const found = pass(graph, compiled, this.#gradients, inputs, given, draw, repeatable);
    return { ...found, predictions: predictionsOf(compiled, found.outputs), ...wanted };
  }
}
