/** Running values of a compiled model's metrics. */
import type { TargetColumn } from "../../data/preparation.ts";
import type { Snapshot } from "../../io/snapshot.ts";
import { type Metric, type MetricState, rowsIn } from "../../metrics/index.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** Before the names of values over all batches of an epoch so far. */
const running = "running_";

/** Logs under longer names, such as "val_loss". */
export function prefixed(prefix: string, logs: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [prefix + name, value]));
}

/** The network's numbers as the user's: those that a regression's target was scaled from. */
export function inUnits(numbers: Float32Array, target: TargetColumn | undefined): Float32Array {
  return target ? numbers.map((value) => value * target.deviation + target.mean) : numbers;
}

/** An output whose metrics are counted. */
export interface Scored {
  /** Before the names of its metrics in logs: nothing, or the output's name where there are several. */
  readonly prefix: string;
  /** All that is told of it in logs. */
  readonly logged: readonly Metric[];
}

/** What metrics are told of a batch besides its outputs and targets, for each output in its place. */
interface Asides {
  readonly losses?: readonly Tensor[];
  readonly masks?: readonly (Tensor | undefined)[];
  readonly factors?: readonly Tensor[] | undefined;
}

/** Running values of a compiled model's metrics. */
export class Scores {
  /** Each metric with its running value, its output, and its name in logs. */
  readonly states: readonly {
    readonly metric: Metric;
    readonly state: MetricState;
    readonly output: number;
    readonly prefix: string;
    /** Its names in logs, of the last batch and of all. */
    readonly names: readonly [string, string];
  }[];
  /** The same metrics of the last batch alone. */
  readonly #batch: Scores | undefined;

  /** @param batches whether each batch is told alone, too */
  constructor(outputs: readonly Scored[], { batches = false }: { batches?: boolean } = {}) {
    this.states = outputs.flatMap(({ prefix, logged }, output) =>
      logged.map((metric) => {
        const name = prefix + metric.name;
        return { metric, state: metric.create(), output, prefix, names: [name, running + name] };
      }),
    );
    this.#batch = batches ? new Scores(outputs) : undefined;
  }

  /**
   * Takes in a batch. Metrics see rows of the last axis: where an output is [h, w, classes], every pixel is a row.
   * @param predictions of each output, [..., columns] @param targets int32 [...] or float32 in the predictions' shape
   * @param target how both are scaled: metrics see the user's numbers @param asides losses of the outputs,
   *   where there are several, masks of their steps, [n, steps], where they have some: metrics leave masked steps out; and the
   *   factors on their losses, for weighted metrics
   */
  update(
    predictions: readonly Tensor[],
    targets: readonly Tensor[],
    target?: TargetColumn,
    { losses = [], masks = [], factors = [] }: Asides = {},
  ): void {
    if (this.states.length === 0) return;
    const batches = predictions.map((given, i) => {
      const data = inUnits(given.view as Float32Array, target);
      const { rows, columns } = rowsIn({ shape: given.shape, data });
      // written out: a spread here took as long as all metrics of a small network's step
      const batch = { data, rows, columns, like: given, loss: losses[i]?.item() };
      const { dtype, view } = targets[i]!;
      const wanted = dtype === "int32" ? { labels: view } : { dense: inUnits(view as Float32Array, target) };
      const mask = masks[i];
      const weights = mask && weightsOf(mask, given, rows);
      return { batch, wanted, weights, factors: factors[i]?.view as Float32Array | undefined };
    });
    this.states.forEach(({ metric, state, output }, i) => {
      const { batch, wanted, weights: mask, factors: own } = batches[output]!;
      const weights = metric.weigh ? metric.weigh(batch.rows, own, mask) : mask;
      const alone = this.#batch?.states[i]?.state;
      alone?.reset();
      alone?.update(batch, wanted, weights);
      if (alone && !weights && state.addCounted) state.addCounted(alone);
      else state.update(batch, wanted, weights);
    });
  }

  /** The states of the metrics, each in its place; null of those of your own that keep none. */
  save(): Snapshot[] {
    return this.states.map(({ state }) => state.save?.() ?? null);
  }

  /** What a step logs: the values of the last batch alone, and under longer names those of all batches. */
  addTo(logs: Record<string, number>): void {
    if (this.#batch) this.#batch.#log(logs);
    this.#log(logs, running);
  }

  /** The values by name. */
  results(): Record<string, number> {
    const logs: Record<string, number> = {};
    this.#log(logs);
    return logs;
  }

  #log(logs: Record<string, number>, before: "" | typeof running = ""): void {
    for (const { state, prefix, names } of this.states)
      if (state.results) Object.assign(logs, prefixed(before + prefix, state.results()));
      else logs[names[before === "" ? 0 : 1]] = state.result();
  }
}

/** A weight for each row of predictions [n, steps, …]: 1 where the mask [n, steps] counts its step. */
function weightsOf(mask: Tensor, { shape }: Tensor, rows: number): Float32Array | undefined {
  if (shape.length < 3 || mask.shape[0] !== shape[0] || mask.shape[1] !== shape[1]) return undefined;
  const { view, size } = mask;
  return Float32Array.from({ length: rows }, (_, row) => view[Math.floor((row * size) / rows)]!);
}
