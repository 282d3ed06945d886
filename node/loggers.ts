/**
 * Logs of a run in files, for programs that watch it while it trains: CSV, JSON lines and TensorBoard's event files. A resumed run goes on
 * with them: what came after its checkpoint is taken away, so that no entry is there twice and none is missing.
 *
 * When not: the history that `fit` gives, and the report that `writeReport` makes of it, need no log.
 */
import type { RunLog } from "../runs/logs/log.ts";
import { AnygradError, quote } from "../src/errors.ts";
import { checkCount } from "../src/math/checks.ts";
import { strictOptions } from "../src/math/options.ts";
import type { Callback } from "../src/model/training/callbacks/index.ts";
import { checkPath } from "./checkPath.ts";
import { warn } from "./checkpointFolder.ts";

/** Options of {@link jsonLogger}. */
export interface LoggerOptions {
  /**
   * `"epoch"`: an entry an epoch; `"batch"`: one for each step, too; a number: one for every so many steps. Default "epoch".
   */
  readonly updateFreq?: "epoch" | "batch" | number;
  /** Told in a line where the log could not be written; the run goes on. Default: a warning of the process. */
  readonly onTrouble?: (message: string) => void;
}

/** Options of {@link csvLogger}. */
export interface CsvLoggerFileOptions extends LoggerOptions {
  /** Default ",". */
  readonly separator?: string;
}

/** Options of {@link tensorBoard}. */
export interface TensorBoardOptions extends LoggerOptions {
  /** Histograms of all weights after every so many epochs. Default 0: none. */
  readonly histogramFreq?: number;
  /** Settings of the run by their names, by which the hparams tab compares runs. Default: none. */
  readonly hparams?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * A CSV file with a line an epoch, or with `updateFreq` a line every so many steps: `epoch` and `step`, which count from 1 as in history.csv
 * (Keras's CSVLogger counts epochs from 0), and the logs that the first line has. A new run replaces the file. Put it before
 * `checkpointFolder` in the list.
 *
 * @param file is made where it is missing, with its folder
 * @throws AnygradError INVALID_ARGUMENT; OUTPUT in the run, before its first step, for a file that cannot be written
 * @example
 * ```js
 * import { mkdtempSync, readFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { createEngine, csvLogger, layers, sequential } from "anygrad/node";
 *
 * const net = sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });
 * await net.compile({ optimizer: "adam", loss: "meanSquaredError", engine: await createEngine() });
 * const file = join(mkdtempSync(join(tmpdir(), "run-")), "log.csv");
 * await net.fit({ x: [[1], [2], [3]], y: [[2], [4], [6]] }, { epochs: 3, callbacks: csvLogger(file) });
 * console.log(readFileSync(file, "utf8").split("\n")[0]); // epoch,step,loss,seconds,learningRate,examplesPerSecond
 * ```
 */
export function csvLogger(file: string, options?: CsvLoggerFileOptions): Callback {
  const subject = "csvLogger";
  checkPath(subject, file, "file");
  const { separator, ...given } = strictOptions(
    subject,
    options,
    "updateFreq onTrouble:function separator:string",
  );
  const steps = stepsOf(subject, given.updateFreq);
  return logger(given, steps, async () => {
    const { csvTable } = await import("../runs/logs/lines.ts");
    return { [file]: csvTable(file, steps === undefined ? "epoch" : "step", separator) };
  });
}

/**
 * A file of JSON lines: `event` ("epoch" or "step"), `time` (ISO 8601), `epoch` and `step` that are done, `epochs` of the run, and the
 * logs. What is no number is null. A new run replaces the file. Put it before `checkpointFolder` in the list.
 *
 * @param file is made where it is missing, with its folder
 * @throws AnygradError INVALID_ARGUMENT; OUTPUT in the run, before its first step, for a file that cannot be written
 * @example
 * ```js
 * import { mkdtempSync, readFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { createEngine, jsonLogger, layers, sequential } from "anygrad/node";
 *
 * const net = sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });
 * await net.compile({ optimizer: "adam", loss: "meanSquaredError", engine: await createEngine() });
 * const file = join(mkdtempSync(join(tmpdir(), "run-")), "log.jsonl");
 * await net.fit({ x: [[1], [2], [3]], y: [[2], [4], [6]] }, { epochs: 2, callbacks: jsonLogger(file, { updateFreq: "batch" }) });
 * const lines = readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
 * console.log(lines.map(({ event, epoch, step }) => `${event} ${epoch} ${step}`).join(", ")); // step 1 1, epoch 1 1, step 2 2, epoch 2 2
 * ```
 */
export function jsonLogger(file: string, options?: LoggerOptions): Callback {
  const subject = "jsonLogger";
  checkPath(subject, file, "file");
  const given = strictOptions(subject, options, "updateFreq onTrouble:function");
  return logger(given, stepsOf(subject, given.updateFreq), async () => {
    const { jsonLines } = await import("../runs/logs/lines.ts");
    return { [file]: jsonLines(file) };
  });
}

/**
 * Event files for TensorBoard: `tensorboard --logdir FOLDER`. Curves have the names of Keras's callback, `epoch_loss`, `batch_loss`,
 * `epoch_learning_rate`, and lie in the folder's `train` and `validation`; their axis is the optimizer's steps. A new run replaces what this
 * callback has written there before. Put it before `checkpointFolder` in the list.
 *
 * @param folder one a run; is made where it is missing
 * @throws AnygradError INVALID_ARGUMENT; OUTPUT in the run, before its first step, for a folder that cannot be written
 * @see Abadi and others, TensorFlow: A system for large-scale machine learning (2016), arXiv:1605.08695
 * @example
 * ```js
 * import { mkdtempSync, readdirSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { createEngine, layers, sequential, tensorBoard } from "anygrad/node";
 *
 * const net = sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });
 * await net.compile({ optimizer: "adam", loss: "meanSquaredError", engine: await createEngine() });
 * const folder = mkdtempSync(join(tmpdir(), "run-"));
 * await net.fit({ x: [[1], [2], [3]], y: [[2], [4], [6]] }, {
 *   epochs: 3, validationSplit: 0.34, callbacks: tensorBoard(folder, { histogramFreq: 1, hparams: { optimizer: "adam" } }),
 * });
 * console.log(readdirSync(folder).length, readdirSync(join(folder, "validation")).length); // 3 1
 * ```
 */
export function tensorBoard(folder: string, options?: TensorBoardOptions): Callback {
  const subject = "tensorBoard";
  checkPath(subject, folder, "folder");
  const {
    histogramFreq = 0,
    hparams,
    ...given
  } = strictOptions(subject, options, "updateFreq histogramFreq:number hparams:object onTrouble:function");
  if (histogramFreq !== 0) checkCount(`${subject}: histogramFreq`, histogramFreq);
  for (const [name, value] of Object.entries(hparams ?? {}))
    if (!["string", "number", "boolean"].includes(typeof value))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject}: hparams.${name} is ${quote(value)}; pass a text, a number, true or false`,
      );
  return logger(given, stepsOf(subject, given.updateFreq), async () => {
    const { tensorboardLog } = await import("../runs/logs/tensorboard/tensorboardLog.ts");
    return { [folder]: tensorboardLog(folder, { histogramFreq, hparams }) };
  });
}

/** Undefined: of epochs alone. @throws AnygradError INVALID_ARGUMENT */
function stepsOf(subject: string, updateFreq: unknown = "epoch"): number | undefined {
  if (updateFreq === "epoch") return undefined;
  if (updateFreq === "batch") return 1;
  if (Number.isSafeInteger(updateFreq) && Number(updateFreq) > 0) return Number(updateFreq);
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: updateFreq is ${quote(updateFreq)}; pass "epoch", "batch" or a number of steps from 1`,
  );
}

/** What writes is loaded when a run begins. */
function logger(
  { onTrouble = warn }: LoggerOptions,
  steps: number | undefined,
  open: () => Promise<Readonly<Record<string, RunLog>>>,
): Callback {
  let inner: Callback = {};
  return {
    async onTrainBegin(run) {
      const [{ createLogger }, logs] = await Promise.all([import("../runs/logs/logger.ts"), open()]);
      inner = createLogger(logs, { steps, onTrouble });
      await inner.onTrainBegin?.(run);
    },
    onEpochBegin: (epoch, run) => inner.onEpochBegin?.(epoch, run),
    onStepEnd: (logs, run) => inner.onStepEnd?.(logs, run),
    onEpochEnd: (epoch, logs, run) => inner.onEpochEnd?.(epoch, logs, run),
    onTrainEnd: (run) => inner.onTrainEnd?.(run),
    save: () => inner.save!(),
    restore: (saved) => inner.restore!(saved),
  };
}
