/** Running values of a compiled model's metrics. */
import type { Metric } from "../metrics/index.ts";
import type { Tensor } from "../tensor/tensor.ts";

export class Scores {
  readonly #states: { metric: Metric; state: ReturnType<Metric["create"]> }[];

  constructor(metrics: readonly Metric[]) {
    this.#states = metrics.map((metric) => ({ metric, state: metric.create() }));
  }

  /** @param predictions [rows, columns] @param targets int32 [rows] or float32 in the predictions' shape */
  update(predictions: Tensor, targets: Tensor): void {
    if (this.#states.length === 0) return;
    const { view, shape, size } = predictions;
    const rows = shape[0]!;
    const batch = { data: view as Float32Array, rows, columns: size / rows };
    const wanted =
      targets.dtype === "int32" ? { labels: targets.view } : { dense: targets.view as Float32Array };
    for (const { state } of this.#states) state.update(batch, wanted);
  }

  results(): Record<string, number> {
    return Object.assign(
      {},
      ...this.#states.map(
        ({ metric, state }): Record<string, number> => state.results?.() ?? { [metric.name]: state.result() },
      ),
    );
  }
}
