/** What a page unpacks to. */
import { type CompressionCodec, snappyUncompress } from "hyparquet";

/** Bytes at the most that Snappy makes of one: a copy of 64 bytes takes three. */
const snappyRatio = 22;

/** @param size of what it unpacks to, as its header says @throws Error for another size, and for what does not unpack */
export function unpackedPage(bytes: Uint8Array, size: number, codec: CompressionCodec): Uint8Array {
  if (codec !== "UNCOMPRESSED" && codec !== "SNAPPY")
    throw new Error(`unsupported compression codec: ${codec}`);
  if (codec === "UNCOMPRESSED" ? size !== bytes.length : size > snappyRatio * bytes.length)
    throw new Error(`a page of ${bytes.length} bytes says it unpacks to ${size}`);
  if (codec === "UNCOMPRESSED") return bytes;
  checkSnappy(bytes);
  const page = new Uint8Array(size);
  snappyUncompress(bytes, page);
  return page;
}

/** Bytes behind a copy's tag, by its two lowest bits. */
const copies = [0, 1, 2, 4] as const;

/** Walks over the elements: hyparquet takes a literal of 2³¹ bytes and more for one of fewer than none, and reads the same bytes for ever. */
function checkSnappy(bytes: Uint8Array): void {
  let at = 0;
  while (bytes[at++]! >= 128); // the size stands first
  while (at < bytes.length) {
    const tag = bytes[at++]!;
    const copy = copies[(tag & 3) as 0 | 1 | 2 | 3];
    if (copy > 0) {
      at += copy;
      continue;
    }
    const lengthBytes = Math.max(0, (tag >> 2) - 59); // a longer literal has its length in the bytes that follow
    let length = lengthBytes > 0 ? 0 : tag >> 2;
    for (let i = 0; i < lengthBytes; i++) length += (bytes[at + i] ?? 0) * 256 ** i;
    at += lengthBytes + length + 1;
  }
  if (at !== bytes.length) throw new Error("Snappy's last element ends behind its page");
}
