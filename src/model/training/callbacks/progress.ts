/** Shows a run while it goes. What draws is loaded with the first run that is shown: a page that shows none lacks it. */
import { strictOptions } from "../../../math/options.ts";
import { type Callback, callbackList, type Verbosity } from "./callback.ts";

/** The options of {@link progress}. */
export interface ProgressOptions {
  /** 1 or true: a bar where there is a terminal, else lines, ten a second at most. 2: a line for every epoch. 0 or false: nothing. Default 1. */
  readonly verbose?: Verbosity;
}

/**
 * Shows the run: put it last in the list, so that it shows what the other callbacks did. Node, Deno and Bun write to
 * stderr, pages and edge workers to the console. Another number than 0, 1 and 2 ends the run with INVALID_ARGUMENT
 * before its first step.
 * @example
 * ```js
 * import { callbacks, createEngine, dataset, layers, sequential } from "anygrad";
 *
 * const net = sequential([layers.dense({ units: 1 })], { inputShape: [2], seed: 1 });
 * await net.compile({ optimizer: "adam", loss: "meanSquaredError", engine: await createEngine() });
 * const data = dataset({ x: [[0, 1], [1, 0]], y: [[1.5], [2.5]] });
 * const history = await net.fit(data, { epochs: 3, callbacks: [callbacks.progress({ verbose: 2 })] });
 * console.log(history.loss.length); // 3
 * ```
 */
export function progress(options?: ProgressOptions): Callback {
  const { verbose = 1 } = strictOptions("progress", options, "verbose:number|boolean");
  let shown: Callback = {};
  return {
    async onTrainBegin(run) {
      shown = (await import("./progressLines.ts")).progressLines(verbose);
      return shown.onTrainBegin?.(run);
    },
    onStepEnd: (logs, run) => shown.onStepEnd?.(logs, run),
    onEpochEnd: (epoch, logs, run) => shown.onEpochEnd?.(epoch, logs, run),
    onTrainEnd: (run) => shown.onTrainEnd?.(run),
  };
}

/** The callbacks of a run, with what `verbose` asks for. @throws AnygradError INVALID_ARGUMENT */
export function shownCallbacks({
  callbacks,
  verbose,
}: {
  callbacks?: Callback | readonly Callback[];
  verbose?: Verbosity;
}): readonly Callback[] {
  const list = callbackList(callbacks);
  return verbose === undefined || verbose === 0 || verbose === false
    ? list
    : [...list, progress({ verbose })];
}
