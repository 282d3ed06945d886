// Files of packages that the command line reads, as brotli: what npm packs it packs by gzip, which takes resvg.wasm from 2.5 MB to 0.95,
// brotli to 0.69; it is unpacked in 20 ms of processor time, when a PNG file is drawn. Packing takes seconds, so that what it
// gives is kept in node_modules/.cache/anygrad.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const cache = fileURLToPath(new URL("../../../node_modules/.cache/anygrad", import.meta.url));

/** @returns the bytes of the file as brotli */
export function packed(file) {
  const bytes = readFileSync(file);
  const known = join(cache, `${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}.br`);
  if (!existsSync(known)) {
    mkdirSync(cache, { recursive: true });
    const partial = `${known}.${process.pid}`;
    writeFileSync(partial, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_LGWIN]: 22 } }));
    renameSync(partial, known);
  }
  return readFileSync(known);
}
