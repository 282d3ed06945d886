/** PNG and JPEG pictures. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { encode } from "fast-png";
import { decodeImage } from "../../../node/images/decode.ts";
import type { Target } from "../target.ts";

const fixtures = join(process.cwd(), "test/fixtures/pictures");

/** A PNG with right checksums: no change would come further otherwise. */
function repaired(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x89 || bytes[1] !== 0x50) return bytes;
  const own = Buffer.from(bytes);
  for (let at = 8; at + 12 <= own.length; ) {
    const end = at + 8 + own.readUInt32BE(at);
    if (end + 4 > own.length) break;
    own.writeUInt32BE(crc32(own.subarray(at + 4, end)), end);
    at = end + 4;
  }
  return own;
}

export const target: Target = {
  async seeds() {
    const data = Uint8Array.from({ length: 48 }, (_, i) => (i * 37) % 256);
    const png = (channels: number, depth: 8 | 16 = 8): Uint8Array => {
      const values =
        depth === 8
          ? data.subarray(0, 12 * channels)
          : Uint16Array.from({ length: 12 * channels }, (_, i) => i * 999);
      return encode({ width: 4, height: 3, channels, depth, data: values }, { zlib: { level: 0 } });
    };
    const jpegs = readdirSync(fixtures).filter((name) => name.endsWith(".jpg"));
    return [png(1), png(3), png(4), png(2, 16), ...jpegs.map((name) => readFileSync(join(fixtures, name)))];
  },
  async read(bytes) {
    const { width, height, data } = await decodeImage(repaired(bytes));
    if (data.length !== width * height * 4) throw new Error(`${data.length} numbers of ${width} × ${height}`);
  },
  words: ["IHDR", "IDAT", "PLTE", "tRNS", "IEND", "eXIf", "Exif\0\0", "iCCP", "acTL", "fdAT"],
};
