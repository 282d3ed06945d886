import { type CurvesOptions, type CurvesView, curves } from "./charts/curves.ts";

/** Options of `fitCallbacks`. */
export interface FitCallbacksOptions extends Omit<CurvesOptions, "x" | "series" | "title"> {
  /** A chart each, which takes its validation along; default loss and accuracy. */
  metrics?: readonly string[];
}

/** The hooks by which `net.fit` tells of a run: a callback for its `callbacks`. */
export interface FitCallbacks {
  /** Draws a step's own metrics. */
  onStepEnd(logs: Readonly<Record<string, number>>): void;
  /** Draws what an epoch's validation gave. */
  onEpochEnd(epoch: number, logs: Readonly<Record<string, number>>): void;
  /** The charts, by the metric. */
  readonly charts: Readonly<Record<string, CurvesView>>;
  /** Takes the charts out of the page. */
  remove(): void;
}

/**
 * Charts that follow a run: a callback for `net.fit`, or for a model in a worker. Steps are drawn as they come; what an epoch
 * says of validation is drawn at its last step.
 *
 * @throws AnygradError INVALID_ARGUMENT
 *
 * @example
 * ```js
 * import { layers, sequential } from "anygrad";
 * import { fitCallbacks } from "anygrad/vis";
 *
 * const net = sequential([layers.dense({ units: 2, activation: "softmax" })], { inputShape: [2] });
 * await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy" });
 * const watched = fitCallbacks(document.body, { metrics: ["loss"] });
 * await net.fit({ x: [[0, 1], [1, 0]], y: [0, 1] }, { epochs: 3, callbacks: watched });
 * console.log(Object.keys(watched.charts)); // [ 'loss' ]
 * ```
 */
export function fitCallbacks(parent: Element, options: FitCallbacksOptions = {}): FitCallbacks {
  const { metrics = ["loss", "accuracy"], ...rest } = options;
  const charts: Record<string, CurvesView> = {};
  for (const metric of metrics) charts[metric] = curves(parent, {}, { ...rest, title: metric, x: "step" });
  let step = 0;
  const append = (logs: Readonly<Record<string, number>>, nameOf: (metric: string) => string): void => {
    for (const metric of metrics) {
      const value = logs[nameOf(metric)];
      if (value !== undefined) charts[metric]!.append({ step, [nameOf(metric)]: value });
    }
  };
  return {
    charts,
    onStepEnd(logs) {
      step = (logs.globalStep ?? step) + 1;
      append(logs, (metric) => metric);
    },
    onEpochEnd(_, logs) {
      append(logs, (metric) => `val_${metric}`);
    },
    remove() {
      for (const chart of Object.values(charts)) chart.remove();
    },
  };
}
