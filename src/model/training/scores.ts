/** Running values of a compiled model's metrics. */
import type { TargetColumn } from "../../data/preparation.ts";
import type { Snapshot } from "../../io/snapshot.ts";
import { type Metric, type MetricState, rowsIn } from "../../metrics/index.ts";
import type { Tensor } from "../../tensor/tensor.ts";

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
  /** Each metric with its running value. */
  readonly states: readonly { readonly metric: Metric; readonly state: MetricState }[];
  /** The same metrics of the last batch alone. */
  readonly #batch: Scores | undefined;

  /** @param batches whether each batch is told alone, too */
  constructor(metrics: readonly Metric[], { batches = false }: { batches?: boolean } = {}) {
    this.states = metrics.map((metric) => ({ metric, state: metric.create() }));
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
    const batch = rowsIn({ shape: predictions.shape, data });
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

  /** The values of the last batch alone, by name, added to these logs; none where they are not kept. */
  addBatchTo(logs: Record<string, number>): void {
    this.#batch?.addTo(logs, "");
  }

  /** The values by name, added to these logs. A step calls it: it makes no objects. */
  addTo(logs: Record<string, number>, prefix: string): void {
    for (const { metric, state } of this.states)
      if (state.results) Object.assign(logs, prefixed(prefix, state.results()));
      else logs[prefix + metric.name] = state.result();
  }

  /** The values by name. */
  results(): Record<string, number> {
    const logs: Record<string, number> = {};
    this.addTo(logs, "");
    return logs;
  }
}
