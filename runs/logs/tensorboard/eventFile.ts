/** One of TensorBoard's event files. Readers take those of a folder in the order of their names, which begin with the time. */
import { readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { codeOf } from "../../../src/errors.ts";
import { unwritable } from "../../../src/runtime/wholeFiles.ts";
import { AppendFile } from "../appendFile.ts";
import { versionEvent } from "./events.ts";
import { framed } from "./frames.ts";

/** Those that are written here end in the name of the package: files of others are left alone. */
const pattern = /^events[.]out[.]tfevents[.](\d+)[.][^/\\]*[.]anygrad$/;

export class EventFile {
  readonly name: string;
  readonly #file: AppendFile;
  /** What the file begins with, until it is handed on. */
  #head: Uint8Array;

  /** A new one, behind those that are in the folder. @param time in milliseconds since 1970 */
  constructor(folder: string, time: number) {
    const last = Math.max(0, ...eventFilesIn(folder).map(secondsOf));
    const seconds = Math.max(last + 1, Math.floor(time / 1000));
    this.name = `events.out.tfevents.${seconds}.${hostname()}.${process.pid}.anygrad`;
    this.#file = new AppendFile(join(folder, this.name));
    this.#head = framed(versionEvent(time));
  }

  /** @throws AnygradError OUTPUT; the event is kept, and tried again before the next one */
  append(event: Uint8Array): void {
    const part = Buffer.concat([this.#head, framed(event)]);
    this.#head = new Uint8Array(0);
    this.#file.append(part);
  }

  get length(): number {
    return this.#file.length;
  }

  sync(): void {
    this.#file.sync();
  }

  close(): void {
    this.#file.close();
  }
}

/**
 * Removes the event files behind this one, of which that many bytes stay. Without a file all are removed.
 * @returns false where the file is not there or shorter
 * @throws AnygradError OUTPUT
 */
export function cutEventFiles(folder: string, file?: string, bytes = 0): boolean {
  const isOurs = file !== undefined && pattern.test(file);
  for (const name of eventFilesIn(folder))
    if (!isOurs || secondsOf(name) > secondsOf(file)) removeFile(join(folder, name));
  if (!isOurs || !eventFilesIn(folder).includes(file)) return file === undefined;
  const last = new AppendFile(join(folder, file));
  try {
    return last.cut(bytes);
  } finally {
    last.close();
  }
}

function eventFilesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => pattern.test(name));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw unwritable(folder, error);
  }
}

function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw unwritable(path, error);
  }
}

const secondsOf = (name: string): number => Number(pattern.exec(name)?.[1] ?? 0);
