/**
 * Takes the place of embedded.ts under the condition `edge-light` (Vercel's edge functions, Next.js edge routes), where
 * a module is imported with `?module`. Without the relaxed build: all imports are compiled when the function starts,
 * which fails as a whole where the local Node has no relaxed SIMD (20). `precision: "fast"` runs simd here.
 */
import scalar from "scalar.wasm?module";
import simd from "simd.wasm?module";
import type { Variant } from "./variants.ts";

const modules: Partial<Record<Variant, WebAssembly.Module>> = { scalar, simd };

export const embeddedVariants: readonly Variant[] = ["scalar", "simd"];

export async function embeddedKernels(variant: Variant): Promise<WebAssembly.Module> {
  return modules[variant]!;
}
