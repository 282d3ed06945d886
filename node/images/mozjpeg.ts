/**
 * The bytes of libjpeg. From the sources they are read of the package that brings them; the build writes them into this file's
 * place as text (scripts/build/bundle.mjs), so that programs that bundle anygrad/node have them wherever they are copied to.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** The module, not compiled. */
export async function mozjpegBytes(): Promise<Uint8Array> {
  return readFile(createRequire(import.meta.url).resolve("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm"));
}
