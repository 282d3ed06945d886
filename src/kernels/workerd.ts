/**
 * Takes the place of embedded.ts under the package condition `workerd`. Cloudflare's runtime compiles nothing while it serves
 * a request, so modules are imported and are compiled when the worker is deployed. All its current releases have relaxed
 * SIMD.
 */
import relaxed from "relaxed.wasm";
import scalar from "scalar.wasm";
import simd from "simd.wasm";
import type { KernelSet } from "./code.ts";
import { families } from "./families/workerd.generated.ts";
import type { Variant } from "./variants.ts";

const modules: Record<Variant, WebAssembly.Module> = { scalar, simd, relaxed };

/** The variants that `embeddedKernels` has. */
export const embeddedVariants: readonly Variant[] = ["scalar", "simd", "relaxed"];

/** The compiled modules of one variant. Families beside the scalar core are simd: fewer modules to start with, the same bits. */
export async function embeddedKernels(variant: Variant, _convolves: boolean): Promise<KernelSet> {
  return { code: modules[variant], families: families[variant === "relaxed" ? variant : "simd"] };
}
