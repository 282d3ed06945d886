/** Running values of a compiled model's metrics. */
import type { TargetColumn } from "../../data/preparation.ts";
import { AnygradError } from "../../errors.ts";
import type { Snapshot } from "../../io/snapshot.ts";
import type { Metric } from "../../metrics/index.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** The network's numbers as the user's: those that a regression's target was scaled from. */
export function inUnits(numbers: Float32Array, target: TargetColumn | undefined): Float32Array {
  return target ? numbers.map((value) => value * target.deviation + target.mean) : numbers;
}

/** Running values of a compiled model's metrics. */
export class Scores {
  readonly #states: { metric: Metric; state: ReturnType<Metric["create"]> }[];

  constructor(metrics: readonly Metric[]) {
    this.#states = metrics.map((metric) => ({ metric, state: metric.create() }));
  }

  /**
   * Takes in a batch.
   * @param predictions [rows, columns] @param targets int32 [rows] or float32 in the predictions' shape
   * @param target how both are scaled: metrics see the user's numbers
   */
  update(predictions: Tensor, targets: Tensor, target?: TargetColumn): void {
    if (this.#states.length === 0) return;
    const { view, shape, size } = predictions;
    const rows = shape[0]!;
    const batch = { data: inUnits(view as Float32Array, target), rows, columns: size / rows };
    const wanted =
      targets.dtype === "int32"
        ? { labels: targets.view }
        : { dense: inUnits(targets.view as Float32Array, target) };
    for (const { state } of this.#states) state.update(batch, wanted);
  }

  /** The states of the metrics, each in its place; null of those of your own that keep none. */
  save(): Snapshot[] {
    return this.#states.map(({ state }) => state.save?.() ?? null);
  }

  /** @throws AnygradError DATA_FORMAT where there are more or fewer, or one is damaged */
  restore(saved: readonly Snapshot[]): void {
    // older files leave out those of your own
    const states =
      saved.length === this.#states.length
        ? this.#states
        : this.#states.filter(({ metric }) => metric.type !== undefined);
    if (saved.length !== states.length)
      throw new AnygradError(
        "DATA_FORMAT",
        `load: the saved run has ${saved.length} metrics but the model ${this.#states.length}; save it again`,
      );
    states.forEach(({ metric, state }, i) => {
      const keepsNone = metric.type === undefined && saved[i] === null;
      if (!keepsNone) state.restore?.(saved[i]!);
    });
  }

  /** The values by name. */
  results(): Record<string, number> {
    return Object.assign(
      {},
      ...this.#states.map(
        ({ metric, state }): Record<string, number> => state.results?.() ?? { [metric.name]: state.result() },
      ),
    );
  }
}
