/** Bytes from wherever users have them: texts, arrays, files, streams; packed by gzip or not. */
import { AnygradError, quote } from "../../errors.ts";
import { type ByteSource, bytesOf, checkResponse } from "../../io/source.ts";
import { gunzipChunks, isGzip } from "../gzip.ts";

/** Text, bytes (raw or gzipped), a file's Blob, a Response, or a stream of bytes such as the body of one. */
export type ByteStream = string | ByteSource | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

const SLICE = 1 << 18; // characters of a string that are encoded at once

/** The bytes of a source, piece by piece. @throws AnygradError INVALID_ARGUMENT, DATA_FORMAT, DATA_DOWNLOAD */
export async function* piecesOf(
  source: ByteStream,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (typeof source === "string") {
    if (/^[^\n,]*[^\d\s.+-][^\n,]*$/.test(source.slice(0, 4096)))
      throw new AnygradError(
        "DATA_FORMAT",
        `${name}: the text ${quote(source)} holds no rows; pass the contents of a file, not its name`,
      );
    const encoder = new TextEncoder();
    for (let at = 0; at < source.length; at += SLICE) yield encoder.encode(source.slice(at, at + SLICE));
  } else if (isStream(source)) {
    yield* isIterable(source) ? source : readerChunks(source);
  } else if (Object(source) === source && "body" in source && isStream(source.body)) {
    checkResponse(source, name);
    yield* piecesOf(source.body, name);
  } else if (Object(source) === source && "stream" in source) {
    yield* piecesOf(source.stream(), name);
  } else {
    yield await bytesOf(
      source as ByteSource,
      name,
      "pass the text of a CSV file, its bytes, a Blob or a Response",
      Number.POSITIVE_INFINITY, // a table's budget counts them
    );
  }
}

function isStream(source: unknown): source is ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> {
  return Object(source) === source && (isIterable(source as object) || "getReader" in (source as object));
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
