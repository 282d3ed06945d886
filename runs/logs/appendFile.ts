/**
 * A file that grows at its end, each part written at once and whole as far as its length tells: what a kill has cut off, or what a run that
 * goes on from a checkpoint will write again, is beyond that length, and gone when the file is opened anew.
 *
 * Without promises: a write of a line takes some microseconds, a promise for it more. What has no end, such as a pipe, only takes parts.
 */
import { closeSync, constants, fdatasyncSync, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { unwritable } from "../../src/runtime/wholeFiles.ts";
import { makeFolder, syncNames } from "./folders.ts";

/** Bytes that wait for a disk that is full; the oldest are dropped beyond that. */
const MOST_WAITING = 2 ** 22;

export class AppendFile {
  readonly path: string;
  /** Bytes of the file that count. */
  #length = 0;
  #descriptor: number | undefined;
  #isRegular = true;
  #isSynced = true;
  /** Whether a power cut leaves the name of the file. */
  #isNamed = false;
  #waiting: Uint8Array = new Uint8Array(0);
  readonly #write: typeof writeSync;

  /** @param write as `writeSync` of node:fs */
  constructor(path: string, write: typeof writeSync = writeSync) {
    this.path = path;
    this.#write = write;
  }

  /** Opens it, made where it is missing, with its folder; what is there stays. @throws AnygradError OUTPUT */
  open(): void {
    if (this.#descriptor !== undefined) return;
    this.#attempt(() => {
      makeFolder(dirname(this.path));
      this.#descriptor = openSync(this.path, constants.O_WRONLY | constants.O_CREAT, 0o666);
      this.#isRegular = fstatSync(this.#descriptor).isFile();
    });
  }

  get length(): number {
    return this.#length;
  }

  /**
   * Takes away what is behind this many bytes.
   * @returns false where the file is shorter than that: then nothing is taken away
   * @throws AnygradError OUTPUT
   */
  cut(length: number): boolean {
    this.open();
    this.#waiting = new Uint8Array(0);
    if (!this.#isRegular) return true;
    return this.#attempt(() => {
      const { size } = fstatSync(this.#descriptor!);
      this.#length = Math.min(size, length);
      ftruncateSync(this.#descriptor!, this.#length);
      return size >= length;
    });
  }

  /** @throws AnygradError OUTPUT; the part is kept, and tried again before the next one */
  append(part: Uint8Array): void {
    const all = this.#waiting.length > 0 ? Buffer.concat([this.#waiting, part]) : part;
    this.#waiting = all.length > MOST_WAITING ? part : all;
    this.open();
    this.#attempt(() => {
      for (let done = 0; done < this.#waiting.length; )
        done += this.#write(
          this.#descriptor!,
          this.#waiting,
          done,
          this.#waiting.length - done,
          this.#isRegular ? this.#length + done : null,
        );
    });
    this.#length += this.#waiting.length;
    this.#isSynced = false;
    this.#waiting = new Uint8Array(0);
  }

  /** Brings what was appended to the disk, what waited for room, too. @throws AnygradError OUTPUT */
  sync(): void {
    if (this.#waiting.length > 0) this.append(new Uint8Array(0));
    if (this.#isSynced || !this.#isRegular || this.#descriptor === undefined) return;
    this.#attempt(() => {
      fdatasyncSync(this.#descriptor!);
      if (!this.#isNamed) syncNames(dirname(this.path));
    });
    [this.#isSynced, this.#isNamed] = [true, true];
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw unwritable(this.path, error);
    }
  }
}
