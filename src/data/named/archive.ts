/** Files out of a zip or a gzipped tar, as far as published data sets need them: no encryption, no links. */
import { AnygradError, reasonOf } from "../../errors.ts";
import { membersOf, type ZipMember } from "../../io/zip/directory.ts";
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

/** Deflated content is read as a gzip member, whose trailer checks it. */
async function* unzip(
  bytes: Uint8Array,
  subject: string,
  wanted: (name: string) => boolean,
): AsyncGenerator<Member> {
  try {
    for (const member of membersOf(bytes, (path) => wanted(baseName(path)))) {
      const name = baseName(member.name);
      yield [name, member.isPacked ? await inflate(member, `${subject}/${name}`) : member.bytes];
    }
  } catch (cause) {
    if (cause instanceof AnygradError) throw cause;
    throw new AnygradError(
      "DATA_FORMAT",
      `${subject}: the zip is damaged or cut off: ${reasonOf(cause)}; fetch it again`,
      { cause },
    );
  }
}

async function inflate({ bytes, checksum, size }: ZipMember, subject: string): Promise<Uint8Array> {
  const member = new Uint8Array(10 + bytes.length + 8);
  member.set([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  member.set(bytes, 10);
  member.set(checksum, 10 + bytes.length);
  new DataView(member.buffer).setUint32(14 + bytes.length, size, true);
  return gunzip(member, subject);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
