/** The directory at the end of a zip archive (APPNOTE.TXT, 4.3 and 4.5): what files there are, and where their bytes lie. */

/** A file of an archive, as it lies there. */
export interface ZipMember {
  /** Its path. */
  readonly name: string;
  /** Whether its bytes are packed, by deflate; else they lie as they are. */
  readonly isPacked: boolean;
  /** Its bytes in the archive, a view. */
  readonly bytes: Uint8Array;
  /** How many bytes it has when it is unpacked. */
  readonly size: number;
  /** The CRC-32 of the unpacked bytes, four bytes as they stand in the archive. */
  readonly checksum: Uint8Array;
}

/** What is wrong with an archive; whoever reads it says in which. */
export class DamagedZip extends Error {}

const [endMark, wideEndMark, wideLocatorMark, entryMark, localMark] = [
  0x06054b50, 0x06064b50, 0x07064b50, 0x02014b50, 0x04034b50,
];
/** The largest numbers of 16 and 32 bits: the true ones stand elsewhere. */
const [wide16, wide32] = [0xffff, 0xffffffff];

/**
 * The files of an archive in its order, folders left out.
 * @param wanted whose bytes are looked for; the others are passed over unseen. Default: all
 * @throws DamagedZip
 */
export function* membersOf(
  archive: Uint8Array,
  wanted: (name: string) => boolean = () => true,
): Generator<ZipMember> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const u16 = (at: number): number => view.getUint16(at, true);
  const u32 = (at: number): number => view.getUint32(at, true);
  const u64 = (at: number): number => Number(view.getBigUint64(at, true));
  const end = endOf(archive, u32);
  let [at, left] = [u32(end + 16), u16(end + 10)];
  if (at === wide32 || left === wide16) {
    const wide = end >= 20 && u32(end - 20) === wideLocatorMark ? u64(end - 12) : Number.NaN;
    if (wide + 56 <= end && u32(wide) === wideEndMark) [at, left] = [u64(wide + 48), u64(wide + 32)];
  }
  for (; left > 0; left--) {
    if (at + 46 > end || u32(at) !== entryMark) throw new DamagedZip("its directory is cut off");
    const [flags, method, nameSize, extraSize, commentSize] = [8, 10, 28, 30, 32].map((by) =>
      u16(at + by),
    ) as [number, number, number, number, number];
    let [packed, size, local] = [20, 24, 42].map((by) => u32(at + by)) as [number, number, number];
    const extra = at + 46 + nameSize;
    const next = extra + extraSize + commentSize;
    if (next > end) throw new DamagedZip("its directory is cut off");
    // what does not fit 32 bits stands in a field of number 1, in this order
    let place = wideField(extra, extra + extraSize, u16);
    const wide = (value: number): number => {
      if (value !== wide32 || place === undefined || place + 8 > next) return value;
      place += 8;
      return u64(place - 8);
    };
    size = wide(size);
    packed = wide(packed);
    local = wide(local);
    const name = new TextDecoder().decode(archive.subarray(at + 46, extra));
    const checksum = archive.subarray(at + 16, at + 20);
    at = next;
    if (name.endsWith("/") || !wanted(name)) continue;
    const said = name.slice(0, 80);
    if (flags & 1) throw new DamagedZip(`${said} is encrypted`);
    if (method !== 0 && method !== 8)
      throw new DamagedZip(`${said} is packed by method ${method}; deflate is what is read`);
    if (!(local + 30 <= end) || u32(local) !== localMark)
      throw new DamagedZip(`${said} is not where it should be`);
    const from = local + 30 + u16(local + 26) + u16(local + 28);
    if (!(from + packed <= end)) throw new DamagedZip(`${said} is cut off`);
    if (method === 0 && packed !== size) throw new DamagedZip(`${said} has ${packed} bytes of ${size}`);
    yield { name, isPacked: method === 8, bytes: archive.subarray(from, from + packed), size, checksum };
  }
}

/** Where the end of the directory is described; a comment of up to 65,535 bytes may follow. */
function endOf({ length }: Uint8Array, u32: (at: number) => number): number {
  for (let at = length - 22; at >= Math.max(0, length - 22 - wide16); at--)
    if (u32(at) === endMark) return at;
  throw new DamagedZip("it has no directory at its end");
}

/** Where the 64-bit numbers of an entry begin. */
function wideField(from: number, to: number, u16: (at: number) => number): number | undefined {
  for (let at = from; at + 4 <= to; at += 4 + u16(at + 2)) if (u16(at) === 1) return at + 4;
  return undefined;
}
