/**
 * Unpacks gzip with the platform's DecompressionStream, which every supported runtime has.
 *
 * Corrupt and cut-off files end in a typed error of one line (the platform's own errors differ in every runtime).
 */
import { AnygradError } from "../errors.ts";

/** Whether these bytes begin like a gzip member (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks a whole gzip file.
 *
 * @param subject what the bytes are, for the error: a file name
 * @throws AnygradError DATA_FORMAT when it is cut off or damaged
 */
export async function gunzip(bytes: Uint8Array, subject: string): Promise<Uint8Array<ArrayBuffer>> {
  // The trailer holds the size of the last member: exact for all but multi-member files, so nothing is held twice.
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + Math.max(0, bytes.byteLength - 4));
  const promised = bytes.byteLength < 18 ? 0 : trailer.getUint32(0, true);
  const deflateLimit = 1032 * bytes.byteLength; // deflate packs no tighter: do not trust a damaged trailer
  let out = new Uint8Array(Math.min(promised, deflateLimit));
  let length = 0;
  for await (const chunk of gunzipChunks(oneChunk(bytes), subject)) {
    if (length + chunk.length > out.length) {
      const larger = new Uint8Array(Math.max(2 * out.length, length + chunk.length));
      larger.set(out.subarray(0, length));
      out = larger;
    }
    out.set(chunk, length);
    length += chunk.length;
  }
  return length === out.length ? out : out.slice(0, length);
}

/**
 * Unpacks a gzip stream chunk by chunk, holding only what is in flight.
 * @throws AnygradError DATA_FORMAT where it is damaged
 */
export async function* gunzipChunks(
  source: AsyncIterable<Uint8Array>,
  subject: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { readable, writable } = new DecompressionStream("gzip");
  let sourceFailure: { error: unknown } | undefined;
  const watched = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* source;
    } catch (error) {
      sourceFailure = { error };
      throw error;
    }
  };
  const feeding = feed(watched(), writable.getWriter());
  feeding.catch(() => {}); // the reader sees the same failure
  const reader = readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    await feeding;
  } catch (error) {
    if (sourceFailure) throw sourceFailure.error;
    throw new AnygradError(
      "DATA_FORMAT",
      `${subject}: the gzip data is damaged or cut off; fetch the file again`,
      { cause: error },
    );
  } finally {
    reader.cancel().catch(() => {}); // the caller stopped early, or the stream has failed already
  }
}

async function feed(
  source: AsyncIterable<Uint8Array>,
  writer: WritableStreamDefaultWriter<BufferSource>,
): Promise<void> {
  try {
    for await (const chunk of source) await writer.write(chunk as Uint8Array<ArrayBuffer>);
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => {});
    throw error;
  }
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
