/**
 * trials.jsonl: the results of a sweep, a line each. Lines are added as trials end, so that a result costs the same however many there
 * are; of several of one trial the last counts. A kill may cut the last line off, which had not been recorded then, and is left out.
 * The file is put in the order of the trials when a sweep is opened and when it is over.
 */
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Trial } from "../../report/sweep/trial.ts";
import { unwritable } from "../../src/runtime/wholeFiles.ts";
import { parsed, sweepFiles, textOf } from "./sweepFiles.ts";

export class TrialsFile {
  /** Trials that have a result, by number. */
  readonly trials: Map<number, Trial> = new Map();
  readonly #path: string;
  /** Lines that wait for those before them to be on the disk. */
  #lines: string[] = [];
  #written: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  private constructor(path: string) {
    this.#path = path;
  }

  /** What a folder has of it. @throws AnygradError DATA_FORMAT */
  static async read(folder: string): Promise<TrialsFile> {
    const file = new TrialsFile(join(folder, sweepFiles.trials));
    const lines = ((await textOf(file.#path)) ?? "").split("\n").slice(0, -1);
    for (const line of lines) {
      const trial = parsed(line, file.#path) as Trial;
      file.trials.set(trial.trial, trial);
    }
    return file;
  }

  /** All of it, in the order of the trials. */
  text(): string {
    const trials = [...this.trials.values()].sort((a, b) => a.trial - b.trial);
    return trials.map(lineOf).join("");
  }

  /** Adds or replaces a trial's result; it is on the disk then. @throws AnygradError OUTPUT */
  add(trial: Trial): Promise<void> {
    this.trials.set(trial.trial, trial);
    this.#lines.push(lineOf(trial));
    // once for all that come while others are written
    this.#next ??= this.#written.then(() => {
      this.#next = undefined;
      const writing = this.#append(this.#lines.splice(0).join(""));
      this.#written = writing.catch(() => {}); // who waits for it is told
      return writing;
    });
    return this.#next;
  }

  async #append(lines: string): Promise<void> {
    try {
      const file = await open(this.#path, "a");
      try {
        const { size } = await file.stat();
        await file.appendFile(lines).catch(async (error: unknown) => {
          await file.truncate(size).catch(() => {}); // nothing half-written stands before what may follow
          throw error;
        });
        await file.datasync();
      } finally {
        await file.close();
      }
    } catch (error) {
      throw unwritable(this.#path, error);
    }
  }
}

function lineOf(trial: Trial): string {
  return `${JSON.stringify(trial)}\n`;
}
