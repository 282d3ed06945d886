/**
 * Watching one value of the epoch's logs: which way is better, and whether it has become so.
 *
 * Shared by early stopping and reduce-on-plateau, with Keras's rules: better by more than `minDelta`, and NaN is
 * never better.
 */
import { AnygradError, quote } from "../../../errors.ts";
import type { SnapshotReader } from "../../../io/snapshotReader.ts";
import { checkNumber } from "../../../math/checks.ts";
import type { EpochLogs } from "./callback.ts";

/** Whether the watched value should fall ("min") or rise ("max"); "auto" goes by its name. */
export type MonitorMode = "auto" | "min" | "max";

const falls = /(loss|error|mae|mse|mape)$/i;
const rises =
  /(accuracy|auc|precision|recall|f1|f1Score|iou|specificity|sensitivity|cosineSimilarity|r2|r2Score)(_\d+)?$/i;

/** Whether a value of this name should fall or rise; undefined where the name does not say. */
export function directionOf(name: string): "min" | "max" | undefined {
  return falls.test(name) ? "min" : rises.test(name) ? "max" : undefined;
}

/** One value of the logs, and the best it has been. */
export class Monitor {
  readonly name: string;
  readonly mode: "min" | "max";
  best: number;
  readonly #subject: string;
  readonly #minDelta: number;

  constructor(subject: string, name: string, mode: MonitorMode, minDelta: number) {
    if (typeof name !== "string" || name === "")
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject}: monitor is ${quote(name)}; pass a name in the logs, such as "val_loss"`,
      );
    checkNumber(`${subject}: minDelta`, minDelta, { from: 0, orInfinity: true });
    this.#subject = subject;
    this.name = name;
    this.mode = direction(subject, name, mode);
    this.#minDelta = minDelta;
    this.best = this.worst;
  }

  /** What every value is better than. */
  get worst(): number {
    return this.mode === "min" ? Infinity : -Infinity;
  }

  /** The watched value of this epoch. @throws AnygradError INVALID_ARGUMENT, listing what the logs hold */
  read(logs: EpochLogs): number {
    const value = logs[this.name];
    if (value !== undefined) return value;
    const advice = this.name.startsWith("val_")
      ? "pass validationData or validationSplit to fit, or monitor one of these"
      : "monitor one of these, or add the metric to compile";
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${this.#subject}: the logs hold no "${this.name}", only ${Object.keys(logs).join(", ")}; ${advice}`,
    );
  }

  /** Takes up the best of a saved run. @throws AnygradError INVALID_ARGUMENT where that watched another value */
  restore(saved: SnapshotReader): void {
    const monitor = saved.text("monitor");
    if (monitor !== this.name)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${this.#subject}: the saved run watched "${monitor}" but monitor is "${this.name}"; pass the same callbacks in the same order`,
      );
    this.best = saved.number("best");
  }

  /** Whether `value` is better than `reference` by more than the minimum. */
  isBetter(value: number, reference: number): boolean {
    return this.mode === "min" ? value + this.#minDelta < reference : value - this.#minDelta > reference;
  }
}

function direction(subject: string, name: string, mode: MonitorMode): "min" | "max" {
  if (mode === "min" || mode === "max") return mode;
  if (mode !== "auto")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: mode is ${quote(mode)}; pass "auto", "min" or "max"`,
    );
  const found = directionOf(name);
  if (found) return found;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: nothing in the name "${name}" says whether less or more is better; pass mode: "min" or "max"`,
  );
}
