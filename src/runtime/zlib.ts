/** Node's zlib, for files: apart from what unpacks the kernels, since pages that train do without it. */
import { builtinModule } from "./capabilities.ts";

/**
 * A file unpacked by zlib beside the event loop, where it has read all of it; else undefined. What it makes of files of several
 * members differs between runtimes: whether it is the whole is for the caller to see.
 * @param most bytes that it may become
 */
export async function gunzipByZlib(
  bytes: Uint8Array,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const zlib = builtinModule("node:zlib");
  if (!zlib) return undefined;
  return new Promise((resolve) => {
    const take = (error: Error | null, result: unknown): void => {
      const { buffer, engine } = (result ?? {}) as { buffer?: Buffer; engine?: { bytesWritten: number } };
      const isWhole = !error && buffer && engine?.bytesWritten === bytes.length;
      resolve(
        isWhole ? new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.length) : undefined,
      );
    };
    zlib.gunzip(bytes, { info: true, maxOutputLength: most } as object, take); // info is documented, and lacks in the types
  });
}
