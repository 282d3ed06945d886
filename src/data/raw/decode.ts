/** From bytes to text: UTF-8, or UTF-16 where a byte order mark says so, gzip or not. */
import { AnygradError } from "../../errors.ts";
import { arrived } from "../../io/source.ts";
import { type ByteStream, firstBytes, followedBy, piecesOf, unpacked } from "./bytes.ts";

/**
 * The text of a source, piece by piece, without a byte order mark.
 * @throws AnygradError DATA_FORMAT for bytes that are no text, and for damaged gzip
 */
export async function* textOf(
  source: ByteStream,
  name: string,
  signal?: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const chunks = unpacked(piecesOf(await arrived(source, name), name), name);
  const start = await firstBytes(chunks, 4);
  if (start[0] === 0x50 && start[1] === 0x4b && start[2] === 3 && start[3] === 4)
    throw new AnygradError(
      "DATA_FORMAT",
      `${name}: it is a zip file, as .xlsx and .ods are; save the table as CSV in UTF-8`,
    );
  const isBigEndian = start[0] === 0xfe && start[1] === 0xff;
  const isUtf16 = isBigEndian || (start[0] === 0xff && start[1] === 0xfe);
  const decoder = new TextDecoder(isUtf16 ? "utf-16le" : "utf-8", { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch (cause) {
      throw new AnygradError(
        "DATA_FORMAT",
        `${name}: the bytes are no ${isUtf16 ? "UTF-16" : "UTF-8"} text; save the table as CSV in UTF-8`,
        { cause },
      );
    }
  };
  let odd: number | undefined; // the first half of a swapped pair
  for await (const chunk of followedBy(start, chunks)) {
    if (signal?.aborted) throw new AnygradError("ABORTED", `${name}: reading was stopped by the caller`);
    let bytes = chunk;
    if (isBigEndian) {
      const all = odd === undefined ? chunk : Uint8Array.from([odd, ...chunk]);
      const whole = all.length - (all.length % 2);
      odd = all[whole];
      bytes = Uint8Array.from({ length: whole }, (_, i) => all[i ^ 1]!);
    }
    const text = decode(bytes);
    if (text.includes("\0"))
      throw new AnygradError(
        "DATA_FORMAT",
        `${name}: there are zero bytes in it, so it is no text, or UTF-16 without a mark; save the table as CSV in UTF-8`,
      );
    yield text;
  }
  yield decode();
}
