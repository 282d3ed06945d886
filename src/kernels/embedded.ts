/** The kernels inside the package: one chunk per variant, packed, which is imported when it is needed. */
import { AnygradError, reasonOf } from "../errors.ts";
import type { KernelSet } from "./code.ts";
import { unpack } from "./unpack.ts";
import type { Variant } from "./variants.ts";

/** A build of the core, with the families of that build; their simd builds come with what calls them. */
interface Chunk {
  readonly wasm: string;
  readonly families?: Readonly<Record<string, string>>;
}

const chunks: Record<Variant, () => Promise<Chunk>> = {
  scalar: () => import("./scalar.generated.ts"),
  simd: () => import("./simd.generated.ts"),
  relaxed: () => import("./relaxed.generated.ts"),
};

/** The variants that `embeddedKernels` has. */
export const embeddedVariants: readonly Variant[] = ["scalar", "simd", "relaxed"];

/**
 * The bytes of the modules of one variant.
 * @throws AnygradError DATA_MISSING where its chunk cannot be imported
 */
export async function embeddedKernels(variant: Variant): Promise<KernelSet> {
  let chunk: Chunk;
  try {
    chunk = await chunks[variant]();
  } catch (cause) {
    throw new AnygradError(
      "DATA_MISSING",
      `createEngine: the chunk with the ${variant} kernels could not be imported (${reasonOf(cause)}); serve every file that the bundler wrote, or reload the page if they have changed since`,
      { cause },
    );
  }
  return { code: unpack(chunk.wasm), families: chunk.families };
}
