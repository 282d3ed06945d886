/** The kernels inside the package: one chunk per variant, gzipped and in Base64, which is imported when it is needed. */
import { AnygradError, reasonOf } from "../errors.ts";
import { gunzip } from "../runtime/gunzip.ts";
import type { Variant } from "./variants.ts";

const chunks: Record<Variant, () => Promise<{ wasm: string }>> = {
  scalar: () => import("./scalar.generated.ts"),
  simd: () => import("./simd.generated.ts"),
  relaxed: () => import("./relaxed.generated.ts"),
};

/** The variants that `embeddedKernels` has. */
export const embeddedVariants: readonly Variant[] = ["scalar", "simd", "relaxed"];

/**
 * The bytes of the module of one variant.
 * @throws AnygradError DATA_MISSING where its chunk cannot be imported, UNSUPPORTED where it cannot be unpacked
 */
export async function embeddedKernels(variant: Variant): Promise<Uint8Array<ArrayBuffer>> {
  let chunk: { wasm: string };
  try {
    chunk = await chunks[variant]();
  } catch (cause) {
    throw new AnygradError(
      "DATA_MISSING",
      `createEngine: the chunk with the ${variant} kernels could not be imported (${reasonOf(cause)}); serve every file that the bundler wrote, or reload the page if they have changed since`,
      { cause },
    );
  }
  const text = atob(chunk.wasm);
  return gunzip(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}
