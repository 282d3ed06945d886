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

/** Running values of a compiled model's metrics. */
export class Scores {
  /** Each metric with its running value, and the name of that in the logs of a step. */
  readonly states: readonly {
    readonly metric: Metric;
    readonly state: MetricState;
    readonly running: string;
  }[];
  /** The same metrics of the last batch alone. */
  readonly #batch: Scores | undefined;

  /** @param batches whether each batch is told alone, too */
  constructor(metrics: readonly Metric[], { batches = false }: { batches?: boolean } = {}) {
    this.states = metrics.map((metric) => ({
      metric,
      state: metric.create(),
      running: running + metric.name,
    }));
    this.#batch = batches ? new Scores(metrics) : undefined;
  }

  /**
   * Takes in a batch. Metrics see rows of the last axis: where an output is [h, w, classes], every pixel is a row.
   * @param predictions [..., columns] @param targets int32 [...] or float32 in the predictions' shape
   * @param target how both are scaled: metrics see the user's numbers
   */
  update(predictions: Tensor, targets: Tensor, target?: TargetColumn): void {
    if (this.states.length === 0) return;
    const data = inUnits(predictions.view as Float32Array, target);
    const batch = { ...rowsIn({ shape: predictions.shape, data }), like: predictions };
    const wanted =
      targets.dtype === "int32"
        ? { labels: targets.view }
        : { dense: inUnits(targets.view as Float32Array, target) };
    for (const { state } of this.states) state.update(batch, wanted);
    if (!this.#batch) return;
    for (const { state } of this.#batch.states) {
      state.reset();
      state.update(batch, wanted);
    }
  }

  /** The states of the metrics, each in its place; null of those of your own that keep none. */
  save(): Snapshot[] {
    return this.states.map(({ state }) => state.save?.() ?? null);
  }

  /** What a step logs: the values of the last batch alone, and under longer names those of all batches. */
  addTo(logs: Record<string, number>): void {
    for (const { metric, state } of this.#batch?.states ?? [])
      if (state.results) Object.assign(logs, state.results());
      else logs[metric.name] = state.result();
    for (const { state, running: name } of this.states)
      if (state.results) Object.assign(logs, prefixed(running, state.results()));
      else logs[name] = state.result();
  }

  /** The values by name. */
  results(): Record<string, number> {
    const logs: Record<string, number> = {};
    for (const { metric, state } of this.states)
      Object.assign(logs, state.results?.() ?? { [metric.name]: state.result() });
    return logs;
  }
}
