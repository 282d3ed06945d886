/** Files out of a zip or a gzipped tar, as far as published data sets need them: no encryption, no zip64, no links. */
import { AnygradError } from "../../errors.ts";
import { gunzip } from "../gzip.ts";
import type { Archive, FoundFile } from "./namedSet.ts";

/**
 * The files of an archive by their names, without folders.
 * @param wanted whether a file is unpacked
 * @throws AnygradError DATA_FORMAT
 */
export async function unpack(
  { path, bytes }: FoundFile,
  format: Archive["format"],
  wanted: (name: string) => boolean,
): Promise<Map<string, FoundFile>> {
  const files =
    format === "zip" ? unzip(bytes, path, wanted) : untar(await gunzip(bytes, path), path, wanted);
  const found = new Map<string, FoundFile>();
  for await (const [name, content] of files) found.set(name, { path: `${path}/${name}`, bytes: content });
  return found;
}

type Member = readonly [name: string, content: Uint8Array];

/** Blocks of 512 bytes: a header, the content, padding (POSIX.1-1988 "ustar"). */
function* untar(bytes: Uint8Array, subject: string, wanted: (name: string) => boolean): Generator<Member> {
  const text = (from: number, length: number): string =>
    new TextDecoder().decode(bytes.subarray(from, from + length)).split("\0")[0]!;
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0; ) {
    const name = baseName(text(at, 100));
    const size = Number.parseInt(text(at + 124, 12).trim() || "0", 8);
    const end = at + 512 + size;
    if (!(size >= 0) || end > bytes.length)
      throw new AnygradError(
        "DATA_FORMAT",
        `${subject}: the tar is damaged or cut off at "${name}"; fetch it again`,
      );
    const isFile = bytes[at + 156] === 0x30 || bytes[at + 156] === 0;
    if (isFile && wanted(name)) yield [name, bytes.subarray(at + 512, end)];
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

/** By the directory at the end (APPNOTE.TXT, 4.3). Deflated content is read as a gzip member, whose trailer checks it. */
async function* unzip(
  bytes: Uint8Array,
  subject: string,
  wanted: (name: string) => boolean,
): AsyncGenerator<Member> {
  const fail = (): AnygradError =>
    new AnygradError("DATA_FORMAT", `${subject}: the zip is damaged or cut off; fetch it again`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--; // a comment may follow
  if (end < 0) throw fail();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw fail();
    const [method, packed, size] = [
      view.getUint16(at + 10, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 24, true),
    ];
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true)) as [
      number,
      number,
      number,
    ];
    const file = baseName(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)));
    const local = view.getUint32(at + 42, true);
    if (file !== "" && wanted(file)) {
      if (local + 30 > end || view.getUint32(local, true) !== 0x04034b50) throw fail();
      const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      if (from + packed > end || (method !== 0 && method !== 8)) throw fail();
      const content = bytes.subarray(from, from + packed);
      const trailer = bytes.subarray(at + 16, at + 20); // CRC-32
      yield [file, method === 0 ? content : await inflate(content, trailer, size, `${subject}/${file}`)];
    }
    at += 46 + name + extra + comment;
  }
}

async function inflate(
  content: Uint8Array,
  crc: Uint8Array,
  size: number,
  subject: string,
): Promise<Uint8Array> {
  const member = new Uint8Array(10 + content.length + 8);
  member.set([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  member.set(content, 10);
  member.set(crc, 10 + content.length);
  new DataView(member.buffer).setUint32(14 + content.length, size, true);
  return gunzip(member, subject);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
