/**
 * Unpacks the embedded kernels, by Node's own zlib where it is at hand: it starts in 1 ms, the streams of
 * DecompressionStream in 10 ms (Node 20).
 * When not: files of users are unpacked by src/data/gzip.ts, which reads in pieces and names what is wrong with them.
 */
import { builtinModule } from "./capabilities.ts";

/** The unpacked bytes; undefined in runtimes without DecompressionStream. */
export async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const zlib = builtinModule("node:zlib");
  if (zlib) return Uint8Array.from(zlib.gunzipSync(bytes));
  if (typeof DecompressionStream === "undefined") return undefined;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
