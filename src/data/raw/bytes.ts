/** Bytes from wherever users have them: texts, arrays, files, streams; packed by gzip or not. */
import { gunzipChunks, isGzip } from "../gzip.ts";

/** Text, bytes (raw or gzipped), a file's Blob, or a stream of bytes such as the body of a Response. */
export type ByteSource = string | Uint8Array | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

const SLICE = 1 << 18; // characters of a string that are encoded at once

/** The bytes of a source, piece by piece. */
export async function* bytesOf(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  if (typeof source === "string") {
    const encoder = new TextEncoder();
    for (let at = 0; at < source.length; at += SLICE) yield encoder.encode(source.slice(at, at + SLICE));
  } else if (source instanceof Uint8Array) {
    yield source;
  } else if (source instanceof Blob) {
    yield* bytesOf(source.stream());
  } else if (isIterable(source)) {
    yield* source;
  } else {
    yield* readerChunks(source);
  }
}

// WebKit has streams that are no async iterables.
function isIterable(source: object): source is AsyncIterable<Uint8Array> {
  return Symbol.asyncIterator in source && typeof source[Symbol.asyncIterator] === "function";
}

async function* readerChunks(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

/** Unpacks what begins like gzip and drops a UTF-8 byte order mark, however small the pieces of the source are. */
export async function* unpacked(
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const start = await firstBytes(chunks, 3);
  const whole = followedBy(start, chunks);
  if (isGzip(start)) yield* unpacked(gunzipChunks(whole, name), name);
  else if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf)
    yield* followedBy(start.subarray(3), chunks);
  else yield* whole;
}

/** The first bytes, at least `count` of them where there are so many; the pieces behind them stay in `chunks`. */
export async function firstBytes(
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
  count: number,
): Promise<Uint8Array> {
  let start = new Uint8Array(0);
  while (start.length < count) {
    const { done, value } = await chunks.next();
    if (done) break;
    if (start.length === 0) {
      start = value as Uint8Array<ArrayBuffer>;
      continue;
    }
    const longer = new Uint8Array(start.length + value.length);
    longer.set(start);
    longer.set(value, start.length);
    start = longer;
  }
  return start;
}

/** The start that was read already, then the rest. */
export async function* followedBy(
  start: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void, undefined>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield start;
    yield* rest;
  } finally {
    await rest.return(); // lets go of the source even if nobody read past the start
  }
}
