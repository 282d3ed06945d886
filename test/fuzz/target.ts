/** What a fuzzer drives: a reader of bytes that strangers made, or calls that take numbers of theirs. */

/** A file, in the bytes that the fuzzer changes; a target may make its files of them, such as an archive with a right checksum. */
export interface Target {
  /** Files to begin with, small, made by our own writers. */
  seeds(): Promise<readonly Uint8Array[]>;
  /**
   * Reads the bytes, and saves and reads again what they are taken for.
   * @throws AnygradError for what is no such file; anything else is a fault, as is what could not be read again, or is another thing then
   */
  read(bytes: Uint8Array): Promise<void>;
  /** Texts that the format is made of, such as names of fields, for the fuzzer to put in. */
  readonly words?: readonly string[];
}
