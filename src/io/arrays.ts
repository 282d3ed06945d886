/**
 * What the files of this folder hold, whatever their format: arrays by name, and texts. What they mean as a model is
 * known to src/model/saving/save.ts alone.
 */
import type { ElementType, ForeignArray } from "./elements.ts";

/** An array of a file. */
export interface NamedArray {
  /** Its name, which the file holds once. */
  readonly name: string;
  /** The size of each axis, outermost first. */
  readonly shape: readonly number[];
  /** The elements, row-major; where they may, they lie in the file's bytes themselves. */
  readonly data: Float32Array;
}

/** An array to be written; `dtype` is the type it gets in the file, and where there is none that of its numbers. */
export interface WrittenArray extends Pick<ForeignArray, "shape" | "data"> {
  /** Its name. */
  readonly name: string;
  /** Its type in the file. Default: that of its numbers. */
  readonly dtype?: ElementType | undefined;
}

/** A file to be written. */
export interface WrittenFile {
  /** The arrays in their order. */
  readonly tensors: readonly WrittenArray[];
  /** Texts by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a file holds. */
export interface ArrayFile {
  /** The arrays, in the order of the file. */
  readonly tensors: readonly NamedArray[];
  /** Texts by name, for any purpose. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** How such files are told from others, read and written. */
export interface ArrayFormat {
  /** Whether the first bytes are those of this format; the file may still be damaged. */
  recognizes(bytes: Uint8Array): boolean;
  /** @throws AnygradError DATA_FORMAT for bytes that are no whole file of this format */
  read(bytes: Uint8Array): ArrayFile;
  /** The same file gives the same bytes. */
  write(file: WrittenFile): Uint8Array<ArrayBuffer>;
}
