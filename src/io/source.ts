/** Bytes from whatever holds them: buffers and views of any realm, files, responses, and promises of these. */
import { AnygradError, quote, reasonOf } from "../errors.ts";

/** What holds the bytes of a file. */
export type ByteSource = ArrayBufferView | ArrayBufferLike | Blob | Response;

/**
 * The bytes; of buffers and views not a copy.
 *
 * @param subject what errors begin with
 * @param advice what errors say of a value that holds no bytes, such as "pass the bytes that net.save() gave"
 * @throws AnygradError INVALID_ARGUMENT for what holds no bytes; DATA_DOWNLOAD for a response that is an error, was read
 *   before or did not arrive, and a promise that failed
 */
export async function bytesOf(
  source: ByteSource | PromiseLike<ByteSource>,
  subject: string,
  advice: string,
): Promise<Uint8Array<ArrayBuffer>> {
  let given: unknown = await arrived(source, subject);
  // told by what they have: those of another realm, or of a polyfill, are no instances
  if (hasBody(given)) {
    checkResponse(given, subject);
    given = await arrived(given.arrayBuffer(), subject);
  }
  if (ArrayBuffer.isView(given))
    return new Uint8Array(given.buffer as ArrayBuffer, given.byteOffset, given.byteLength);
  if (/Buffer\]$/.test(Object.prototype.toString.call(given))) return new Uint8Array(given as ArrayBuffer);
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: got ${quote(given)}, which holds no bytes; ${advice}`,
  );
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

function hasBody(given: unknown): given is { arrayBuffer(): Promise<ArrayBuffer> } {
  return typeof (given as Partial<Blob> | null | undefined)?.arrayBuffer === "function";
}
