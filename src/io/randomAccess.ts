/** Files of which parts are read: of a Blob or File, such as Node's `openAsBlob(path)`, only what is asked for gets into memory. */
import { arrived, type ByteSource, bytesOf } from "./source.ts";

/** A file that can be read at any place. */
export interface RandomAccess {
  /** Its bytes. */
  readonly size: number;
  /** A part of it: fewer bytes where it ends before. */
  read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * What reads this source, part by part where it can.
 * @param subject and `advice` and `maxBytes` as `bytesOf` takes them; a Blob may have more, of which what is read is for the caller to count
 * @throws AnygradError as `bytesOf` does
 */
export async function randomAccess(
  source: ByteSource | PromiseLike<ByteSource>,
  subject: string,
  advice: string,
  maxBytes: number,
): Promise<RandomAccess> {
  const given: unknown = await arrived(source, subject);
  if (isBlob(given))
    return {
      size: given.size,
      read: async (from, to) => new Uint8Array(await arrived(given.slice(from, to).arrayBuffer(), subject)),
    };
  const bytes = await bytesOf(given as ByteSource, subject, advice, maxBytes);
  return { size: bytes.length, read: async (from, to) => bytes.subarray(from, to) };
}

function isBlob(given: unknown): given is Blob {
  const { size, slice, arrayBuffer } = (given ?? {}) as Partial<Blob>;
  return typeof size === "number" && typeof slice === "function" && typeof arrayBuffer === "function";
}
