/**
 * Takes the place of embedded.ts under the package condition `edge-light` (Vercel's edge functions, Next.js edge routes),
 * where compiled modules are imported with `?module`. The relaxed build is left out, so that `precision: "fast"` runs simd
 * here: all imports are compiled when the function starts, and one that cannot be (relaxed SIMD in a local Node 20) fails
 * them all.
 */
import scalar from "scalar.wasm?module";
import simd from "simd.wasm?module";
import type { KernelSet } from "./code.ts";
import { families } from "./families/edge-light.generated.ts";
import type { Variant } from "./variants.ts";

const modules: Partial<Record<Variant, WebAssembly.Module>> = { scalar, simd };

/** The variants that `embeddedKernels` has. */
export const embeddedVariants: readonly Variant[] = ["scalar", "simd"];

/** The compiled modules of one variant. Families beside the scalar core are simd: fewer modules to start with, the same bits. */
export async function embeddedKernels(variant: Variant, _convolves: boolean): Promise<KernelSet> {
  return { code: modules[variant]!, families: families.simd };
}
