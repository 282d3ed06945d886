/** A file of which parts are read: a table of many groups of rows need not lie in memory as a whole. */
import * as files from "node:fs/promises";
import { AnygradError, codeOf } from "../../../src/errors.ts";
import { checkRegular } from "../../../src/runtime/regularFiles.ts";

/** An open file. */
export interface RangedFile {
  /** Bytes. */
  readonly size: number;
  /** The bytes from `start` up to `end`, which lie in the file. @throws AnygradError DATA_MISSING where they cannot be read */
  read(start: number, end: number): Promise<ArrayBuffer>;
  /** Closes it. */
  close(): Promise<void>;
}

/** @throws AnygradError DATA_MISSING for what is no file, or none that may be read */
export async function openRanges(path: string): Promise<RangedFile> {
  try {
    await checkRegular(files, path);
    const handle = await files.open(path);
    const { size } = await handle.stat();
    return {
      size,
      async read(start, end) {
        const bytes = new Uint8Array(end - start);
        for (let at = 0; at < bytes.length; ) {
          const { bytesRead } = await handle
            .read(bytes, at, bytes.length - at, start + at)
            .catch((error: unknown) => {
              throw unreadable(path, error);
            });
          if (bytesRead === 0)
            throw new AnygradError(
              "DATA_MISSING",
              `${path}: was made shorter while it was read; try again when what writes it is done`,
            );
          at += bytesRead;
        }
        return bytes.buffer;
      },
      close: () => handle.close(),
    };
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): AnygradError {
  if (error instanceof AnygradError) return error;
  const code = codeOf(error);
  return new AnygradError(
    "DATA_MISSING",
    code === "ENOENT" || code === "ENOTDIR"
      ? `${path}: no such file; check the path`
      : `${path}: cannot be read (${code}); check its path and rights`,
    { cause: error },
  );
}
