/** Bytes from whatever holds them: buffers and views of any realm, files, responses, and promises of these. */
import { AnygradError, quote, reasonOf } from "../errors.ts";

/** The most bytes that readers take of a file, packed or unpacked, unless more are asked for. */
export const largestFile: number = 2 ** 31;

/** What holds the bytes of a file. */
export type ByteSource = ArrayBufferView | ArrayBufferLike | Blob | Response;

/**
 * The bytes; of buffers and views not a copy.
 *
 * @param subject what errors begin with
 * @param advice what errors say of a value that holds no bytes, such as "pass the bytes that net.save() gave"
 * @param maxBytes the most that a file may have; a response that brings more is not read on. Default 2³¹
 * @throws AnygradError INVALID_ARGUMENT for what holds no bytes; MEMORY_LIMIT for more than `maxBytes`; DATA_DOWNLOAD for a response that is an error, was read
 *   before or did not arrive, and a promise that failed
 */
export async function bytesOf(
  source: ByteSource | PromiseLike<ByteSource>,
  subject: string,
  advice: string,
  maxBytes: number = largestFile,
): Promise<Uint8Array<ArrayBuffer>> {
  let given: unknown = await arrived(source, subject);
  // told by what they have: those of another realm, or of a polyfill, are no instances
  if (hasBody(given)) {
    checkResponse(given, subject);
    given = await arrived(bodyOf(given, subject, maxBytes), subject);
  }
  if (ArrayBuffer.isView(given) || /Buffer\]$/.test(Object.prototype.toString.call(given))) {
    const bytes = ArrayBuffer.isView(given)
      ? new Uint8Array(given.buffer as ArrayBuffer, given.byteOffset, given.byteLength)
      : new Uint8Array(given as ArrayBuffer);
    checkBytes(subject, bytes.length, maxBytes);
    return bytes;
  }
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: got ${quote(given)}, which holds no bytes; ${advice}`,
  );
}

/** @throws AnygradError MEMORY_LIMIT */
export function checkBytes(subject: string, size: number, maxBytes: number = largestFile): void {
  if (!(size <= maxBytes))
    throw new AnygradError(
      "MEMORY_LIMIT",
      `${subject}: the file has ${size} bytes or more, of which ${maxBytes} are read at the most; raise maxBytes if it comes from a source you trust`,
    );
}

/** The bytes of a Blob or a response; what is larger is not read to its end. @throws AnygradError MEMORY_LIMIT */
async function bodyOf(given: HasBody, subject: string, maxBytes: number): Promise<ArrayBufferLike> {
  checkBytes(subject, given.size ?? 0, maxBytes);
  if (!given.body || maxBytes === Number.POSITIVE_INFINITY) return given.arrayBuffer();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = given.body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      pieces.push(read.value);
      size += read.value.length;
      checkBytes(subject, size, maxBytes);
    }
  } catch (error) {
    await reader.cancel();
    throw error;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes.buffer;
}

/** What a promise gives. @throws AnygradError DATA_DOWNLOAD where it fails */
export async function arrived<T>(source: T | PromiseLike<T>, subject: string): Promise<T> {
  try {
    return await source;
  } catch (cause) {
    if (cause instanceof AnygradError) throw cause;
    throw new AnygradError(
      "DATA_DOWNLOAD",
      `${subject}: the data did not arrive (${reasonOf(cause)}); check where they come from`,
      { cause },
    );
  }
}

/** @throws AnygradError DATA_DOWNLOAD for a response that brings no file, such as 404 */
export function checkResponse(given: object, subject: string): void {
  const { ok, status, statusText, url, bodyUsed } = given as Partial<Response>;
  if (ok === false)
    throw new AnygradError(
      "DATA_DOWNLOAD",
      `${subject}: the server answered ${[status, statusText].filter(Boolean).join(" ")}${url ? ` for ${quote(url)}` : ""}; check the address`,
    );
  if (bodyUsed === true)
    throw new AnygradError(
      "DATA_DOWNLOAD",
      `${subject}: the response has been read before; fetch it again, or pass response.clone()`,
    );
}

/** What a Blob and a Response have. */
interface HasBody {
  readonly size?: number;
  readonly body?: ReadableStream<Uint8Array<ArrayBuffer>> | null;
  arrayBuffer(): Promise<ArrayBuffer>;
}

function hasBody(given: unknown): given is HasBody {
  return typeof (given as Partial<HasBody> | null | undefined)?.arrayBuffer === "function";
}

/** Whether a path that a file names stays in the folder of that file. */
export function isBeside(path: string): boolean {
  const parts = path.split(/[\\/]/);
  return parts[0] !== "" && !parts.includes("..") && !/^[a-z]+:/i.test(path);
}
