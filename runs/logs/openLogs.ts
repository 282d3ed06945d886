/** The logs that `--log` asks for, by what was written there: `csv`, `tensorboard:logs/a`, `jsonl:-`. */
import { writeSync } from "node:fs";
import { AnygradError, codeOf } from "../../src/errors.ts";
import { csvTable, jsonLines, jsonLinesTo } from "./lines.ts";
import type { RunLog } from "./log.ts";
import type { Hparams } from "./tensorboard/events.ts";

/** The form of a log, and where it is kept. */
export interface LogPlace {
  readonly kind: "tensorboard" | "csv" | "jsonl";
  /** A file, of TensorBoard's a folder; "-" is stdout. */
  readonly path: string;
}

export interface OpenLogsOptions {
  /** Entries of steps: every so many; undefined: of epochs alone. */
  readonly steps: number | undefined;
  /** Histograms of all weights after every so many epochs; 0: none. */
  readonly histogramFreq: number;
  /** What TensorBoard's hparams tab compares runs by. */
  readonly hparams: Hparams;
}

/** @param places by what a run that goes on knows them by */
export async function openLogs(
  places: Readonly<Record<string, LogPlace>>,
  { steps, histogramFreq, hparams }: OpenLogsOptions,
): Promise<Readonly<Record<string, RunLog>>> {
  const logs: Record<string, RunLog> = {};
  for (const [name, { kind, path }] of Object.entries(places)) {
    if (kind === "csv") logs[name] = csvTable(path, steps === undefined ? "epoch" : "step");
    else if (kind === "jsonl") logs[name] = path === "-" ? jsonLinesTo(toStdout) : jsonLines(path);
    else {
      const { tensorboardLog } = await import("./tensorboard/tensorboardLog.ts");
      logs[name] = tensorboardLog(path, { histogramFreq, hparams });
    }
  }
  return logs;
}

/** At once, and without ending the run where the program that reads has ended. @throws AnygradError OUTPUT */
function toStdout(text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let done = 0; done < bytes.length; )
    try {
      done += writeSync(1, bytes, done);
    } catch (error) {
      if (codeOf(error) !== "EAGAIN")
        throw new AnygradError("OUTPUT", `stdout cannot be written (${codeOf(error)})`, { cause: error });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); // a pipe that is full: until it is read
    }
}
