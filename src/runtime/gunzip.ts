/**
 * Unpacks the embedded kernels, by Node's own zlib where it is at hand: it starts in 1 ms, the streams of
 * DecompressionStream in 10 ms (Node 20).
 * When not: files of users are unpacked by src/data/gzip.ts, which reads in pieces and names what is wrong with them.
 */
import { AnygradError } from "../errors.ts";
import { builtinModule } from "./capabilities.ts";

/** The unpacked bytes. @throws AnygradError UNSUPPORTED in runtimes without DecompressionStream */
export async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const zlib = builtinModule("node:zlib");
  if (zlib) return Uint8Array.from(zlib.gunzipSync(bytes));
  if (typeof DecompressionStream === "undefined")
    throw new AnygradError(
      "UNSUPPORTED",
      "createEngine: this runtime has no DecompressionStream to unpack the embedded kernels; pass kernels: the bytes of anygrad/kernels/scalar.wasm or simd.wasm",
    );
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
