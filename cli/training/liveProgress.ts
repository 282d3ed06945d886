/**
 * A run as it is watched: on a terminal a bar for the epoch at work and a line for each that is over; elsewhere the
 * lines alone; with --quiet nothing.
 *
 * The bar is redrawn at most ten times a second: more cannot be read, and would cost steps.
 */

import { epochHeading, epochLine, type JudgedOn, progressBar } from "../../report/text/progress.ts";
import type { Callback } from "../../src/model/training/callbacks/index.ts";
import type { Task } from "../../src/presets/index.ts";
import type { Terminal } from "../terminal/terminal.ts";

export interface LiveProgress extends Callback {
  /** Removes the bar, however the run ended. */
  end(): void;
}

const REDRAW_MILLISECONDS = 100;
/** Lines of epochs: more cannot be read either. Of a run of more epochs every second one is told, or every third … */
const MOST_LINES = 100;

/** What is told of a run. */
export interface Watched {
  readonly judgedOn: JudgedOn;
  /** Epochs that the run will have, also where it pauses before. */
  readonly epochs: number;
  /** Whether the logs will have the accuracy of the run's own weights too. */
  readonly raw: boolean;
  readonly task: Task;
  /** What an example is. Default "image". */
  readonly noun: string | undefined;
}

export async function createLiveProgress(
  terminal: Terminal,
  { judgedOn, epochs, raw, task, noun }: Watched,
): Promise<LiveProgress> {
  if (terminal.quiet) return { end() {} };
  const score = task === "regression" ? "r2" : "accuracy";
  // loaded only where there is a bar: 0.1 s of the 0.3 s that `anygrad --version` would take
  const bar = terminal.isInteractive
    ? (await import("log-update")).createLogUpdate(process.stderr)
    : undefined;
  let [started, epochStarted, drawn] = [0, 0, 0];
  let steps = 0; // in this process: a resumed run has others behind it
  let examples = 0; // of the epoch
  return {
    onTrainBegin() {
      started = performance.now();
      epochStarted = started;
      terminal.note(epochHeading(judgedOn, terminal.style, raw, terminal.width(), score));
    },
    onEpochBegin() {
      epochStarted = performance.now();
      examples = 0;
    },
    onStepEnd({ epoch, step, batchSize, loss, ...logs }, { epochs: last, stepsPerEpoch = step + 1 }) {
      steps++;
      examples += batchSize;
      const now = performance.now();
      if (!bar || now - drawn < REDRAW_MILLISECONDS) return;
      drawn = now;
      const secondsAStep = (now - started) / 1000 / steps;
      const text = progressBar(
        {
          epoch: epoch + 1,
          epochs,
          done: (step + 1) / stepsPerEpoch,
          loss: logs.running_loss ?? loss,
          accuracy: logs[`running_${score}`] ?? 0,
          score,
          ...(noun !== undefined && { noun }),
          examplesPerSecond: (1000 * examples) / (now - epochStarted),
          secondsLeft:
            now - started < 500 ? undefined : secondsAStep * ((last - epoch) * stepsPerEpoch - step - 1),
        },
        Math.min(100, terminal.width() - 1),
        terminal.style,
      );
      bar(text);
    },
    onEpochEnd(epoch, logs, { epochs: last }) {
      bar?.clear();
      const number = epoch + 1;
      const isTold = number % Math.ceil(epochs / MOST_LINES) === 0 || number === 1 || number === last;
      if (!isTold) return;
      terminal.note(
        epochLine(
          number,
          epochs,
          {
            loss: logs.loss ?? Number.NaN,
            accuracy: logs[score] ?? Number.NaN,
            judgedLoss: logs.val_loss ?? Number.NaN,
            judgedAccuracy: logs[`val_${score}`] ?? Number.NaN,
            rawAccuracy: logs[`raw_val_${score}`],
            seconds: (performance.now() - epochStarted) / 1000,
          },
          terminal.width(),
        ),
      );
    },
    end() {
      bar?.clear();
      bar?.done();
    },
  };
}
