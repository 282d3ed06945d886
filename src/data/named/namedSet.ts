/** What a data set that has a name is: its files as they are published, and how they become a training and a test set. */
import type { Host } from "../../runtime/host.ts";
import type { TrainTest } from "../dataset.ts";

/** What reading data needs of the host. */
export type DataHost = Omit<Host, "openFile">;

/** A file as it is published: a download that differs is refused. */
export interface PublishedFile {
  /** Its name, such as "train-images-idx3-ubyte.gz". */
  readonly name: string;
  /** Its size, where it is known. */
  readonly bytes?: number;
  /** Hex SHA-256, where it is known. */
  readonly sha256?: string;
}

/** Several files that are published as one. */
export interface Archive extends PublishedFile {
  /** How they are packed. */
  readonly format: "zip" | "tar.gz";
  /** The folder within it. */
  readonly folder: string;
  /** Which of its files are kept after a download; undefined: the archive itself is. */
  readonly keeps?: RegExp;
}

/** A file that was found. */
export interface FoundFile {
  /** Where it is, for messages. */
  readonly path: string;
  /** What it holds. */
  readonly bytes: Uint8Array;
}

/** The files of a set under the names that the set gives them. */
export type SetFiles = Readonly<Record<string, FoundFile>>;

/** A data set that has a name. */
export interface NamedSet {
  /** Its name, as the command line and folders spell it, such as "fashion-mnist". */
  readonly name: string;
  /** The folder of the user's cache that it shares with others. Default: one of its name. */
  readonly folder?: string;
  /** Where it is published; a file is at `${url}/${file.name}`. */
  readonly url: string;
  /** The archive at `url` that holds the files. Default: each is published by itself. */
  readonly archive?: Archive;
  /** The files that it is read from. Default of `read`: trainImages, trainLabels, testImages and testLabels in IDX. */
  readonly files: Readonly<Record<string, PublishedFile>>;
  /** One name a class. Default: `read` finds them in the files. */
  readonly classNames?: readonly string[];
  /** Makes the sets of the files. */
  readonly read?: (files: SetFiles, set: NamedSet) => TrainTest | Promise<TrainTest>;
}
