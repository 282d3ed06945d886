/**
 * A run as it is watched: in a terminal a bar for the epoch at work and a line for each that is over; elsewhere the lines
 * alone. `callbacks.progress` loads it.
 *
 * Node, Deno and Bun write to stderr, so that a program's own output stays its own; pages and edge workers to the console.
 * The bar is redrawn at most ten times a second, and so often are lines written: more cannot be read, and would cost steps.
 */
import { AnygradError, quote } from "../../../errors.ts";
import { type Terminal, terminal } from "../../../runtime/terminal.ts";
import type { Callback, EpochLogs, Verbosity } from "./callback.ts";

const REDRAW_MILLISECONDS = 100;

/**
 * @param verbose 1 or true: a bar where there is a terminal; 2: a line for each epoch and no bar; 0 or false: nothing
 * @param now a clock in milliseconds
 * @throws AnygradError INVALID_ARGUMENT
 */
export function progressLines(
  verbose: Verbosity,
  { width, isInteractive, write }: Terminal = terminal(),
  now: () => number = () => performance.now(),
): Callback {
  if (![true, false, 0, 1, 2].includes(verbose))
    throw new AnygradError("INVALID_ARGUMENT", `verbose is ${quote(verbose)}; pass 0, 1 or 2`);
  if (!verbose) return {};
  const everyEpoch = verbose === 2;
  const hasBar = isInteractive && !everyEpoch;
  let [started, steps, drawn, written] = [0, 0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let isDrawn = false;
  const clear = (): void => {
    if (isDrawn) write("\r\x1b[K");
    isDrawn = false;
  };
  return {
    onTrainBegin() {
      [started, steps] = [now(), 0];
    },
    onStepEnd({ epoch, step, loss, accuracy }, { epochs, stepsPerEpoch }) {
      steps++;
      if (!hasBar || now() - drawn < REDRAW_MILLISECONDS) return;
      drawn = now();
      isDrawn = true;
      // how long the first epoch of a stream is nobody knows
      const done = stepsPerEpoch === undefined ? 0 : (step + 1) / stepsPerEpoch;
      const left = stepsPerEpoch === undefined ? undefined : (epochs - epoch) * stepsPerEpoch - step - 1;
      const seconds = (drawn - started) / 1000;
      const facts = [
        ...(left === undefined ? [`step ${step + 1}`] : []),
        `loss ${short(loss)}`,
        ...(accuracy === undefined ? [] : [`accuracy ${short(accuracy)}`]),
        ...(seconds < 0.5 || left === undefined ? [] : [`${clock((seconds / steps) * left)} left`]),
      ];
      write(`\r${barLine(`${epoch + 1}/${epochs}`, done, facts, width() - 1)}\x1b[K`);
    },
    onEpochEnd(epoch, logs, { epochs }) {
      clear();
      const isEnd = epoch === 0 || epoch + 1 === epochs;
      if (!everyEpoch && !isEnd && now() - written < REDRAW_MILLISECONDS) return;
      written = now();
      write(`${epochText(epoch + 1, epochs, logs)}\n`);
    },
    onTrainEnd: clear,
  };
}

/** "epoch 3/10  loss 0.1234  accuracy 0.9123  1.2 s" */
function epochText(
  epoch: number,
  epochs: number,
  { seconds, learningRate: _, ...scores }: EpochLogs,
): string {
  const parts = Object.entries(scores).map(([name, value]) => `${name} ${short(value)}`);
  const time =
    seconds === undefined || Number.isNaN(seconds) ? [] : [`${seconds.toFixed(seconds < 10 ? 1 : 0)} s`];
  return [`epoch ${`${epoch}/${epochs}`.padStart(2 * String(epochs).length + 1)}`, ...parts, ...time].join(
    "  ",
  );
}

/** What does not fit is left out from the right; the bar takes what is left, at most 40 characters. */
function barLine(head: string, done: number, facts: readonly string[], width: number): string {
  let shown = facts.length;
  const room = (): number => width - [head, "", ...facts.slice(0, shown)].join("  ").length;
  while (shown > 0 && room() < 8) shown--;
  const bar = Math.max(0, Math.min(40, room()));
  const full = filled(done, bar);
  return [head, full + "─".repeat(bar - full.length), ...facts.slice(0, shown)].join("  ");
}

/** The filled part of a bar, of a share `done` from 0 to 1. */
export function filled(done: number, width: number): string {
  const halves = Math.round(Math.min(1, Math.max(0, done)) * width * 2);
  return "━".repeat(Math.floor(halves / 2)) + (halves % 2 === 1 ? "╸" : "");
}

function short(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(2) : value.toFixed(4);
}

function clock(seconds: number): string {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
