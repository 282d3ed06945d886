/** The kernels inside the package: one chunk per variant, packed, which is imported when it is needed. */
import { AnygradError, reasonOf } from "../errors.ts";
import type { KernelSet } from "./code.ts";
import { unpack } from "./unpack.ts";
import type { Variant } from "./variants.ts";

/** A build of the core, with the families of that build; their simd builds come with what calls them, but that of convolutions. */
interface Chunk {
  readonly wasm: string;
  readonly families?: Readonly<Record<string, string>>;
}

const chunks: Record<Variant, () => Promise<Chunk>> = {
  scalar: () => import("./scalar.generated.ts"),
  simd: () => import("./simd.generated.ts"),
  relaxed: () => import("./relaxed.generated.ts"),
};

const convolutions = (): Promise<Chunk> => import("./families/conv2d-simd.generated.ts");

/** The variants that `embeddedKernels` has. */
export const embeddedVariants: readonly Variant[] = ["scalar", "simd", "relaxed"];

/**
 * The bytes of the modules of one variant.
 * @param convolves whether convolutions are among them, which most pages without such layers need not download
 * @throws AnygradError DATA_MISSING where its chunk cannot be imported
 */
export async function embeddedKernels(variant: Variant, convolves: boolean): Promise<KernelSet> {
  const [chunk, late] = await Promise.all([
    chunks[variant](),
    convolves && variant === "simd" ? convolutions() : undefined,
  ]).catch((cause) => {
    throw new AnygradError(
      "DATA_MISSING",
      `createEngine: the chunk with the ${variant} kernels could not be imported (${reasonOf(cause)}); serve all files of the build, or reload the page`,
      { cause },
    );
  });
  const code = unpack(chunk.wasm);
  return { code, families: { ...chunk.families, ...(late && { conv2d: unpack(late.wasm, code) }) } };
}
