/** Archives of files, zip, and packed bytes, by the package fflate (MIT, 8 kB of it), which is bundled with the formats that are zip archives. */
import { inflateSync, unzlibSync, type Zippable, zipSync } from "fflate";
import { AnygradError } from "../../errors.ts";
import { largestFile } from "../source.ts";
import { membersOf } from "./directory.ts";

/** Deflate packs at most so many bytes into one: an archive that says more is lying. */
const largestRatio = 1032;

/** Whether these bytes begin as zip archives do. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/** The most bytes that a description may have: it is unpacked, decoded and parsed as a whole, which takes several times its size. */
const longestJson = 2 ** 26;

/**
 * The files of an archive by their paths; of what is not packed views. Sizes are checked before anything is unpacked.
 * @param subject begins errors
 * @param maxBytes the most bytes that all wanted files may have
 * @param wanted which files are unpacked; default all
 * @throws AnygradError DATA_FORMAT for what is no whole archive, MEMORY_LIMIT for one that unpacks to more
 */
export function unzip(
  subject: string,
  bytes: Uint8Array,
  maxBytes: number = largestFile,
  wanted?: (name: string) => boolean,
): ReadonlyMap<string, Uint8Array> {
  let total = 0;
  try {
    const members = [...membersOf(bytes, wanted)];
    for (const { name, bytes: packed, size } of members) {
      if (size > largestRatio * packed.length + 1024)
        throw damaged(subject, `${name.slice(0, 80)} would unpack to ${size} bytes of ${packed.length}`);
      if (size > longestJson && name.endsWith(".json"))
        throw damaged(
          subject,
          `${name.slice(0, 80)} would unpack to ${size} bytes; no network needs so many`,
        );
      total += size;
      if (total > maxBytes)
        throw new AnygradError(
          "MEMORY_LIMIT",
          `${subject}: the archive unpacks to more than ${maxBytes} bytes; raise maxBytes if it comes from a source you trust`,
        );
    }
    return new Map(
      members.map(({ name, isPacked, bytes: held, size }) => [
        name,
        isPacked ? inflateSync(held, { out: new Uint8Array(size) }) : held,
      ]),
    );
  } catch (cause) {
    if (cause instanceof AnygradError) throw cause;
    throw damaged(subject, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/**
 * An archive. The same files give the same bytes: their times are all 1980, the first year that archives know.
 * @param compress false: files are stored as they are, which is quick, and programs can read parts of them
 */
export function zip(files: Readonly<Record<string, Uint8Array>>, compress: boolean): Uint8Array<ArrayBuffer> {
  const given: Zippable = { ...files };
  return zipSync(given, { level: compress ? 6 : 0, mtime: new Date(1980, 0, 1) }) as Uint8Array<ArrayBuffer>;
}

/** What zlib packed, of this size. @throws Error for damaged bytes */
export const inflateZlib = (packed: Uint8Array, size: number): Uint8Array =>
  unzlibSync(packed, { out: new Uint8Array(size) });

function damaged(subject: string, what: string, cause?: unknown): AnygradError {
  return new AnygradError(
    "DATA_FORMAT",
    `${subject}: this is not a whole zip archive: ${what}; download or save it again`,
    { cause },
  );
}
