/**
 * Takes the place of embedded.ts under the condition `workerd`: Cloudflare's runtime compiles nothing in a request,
 * so the modules are imported, compiled when the worker is deployed. It has relaxed SIMD in every release of today.
 */
import relaxed from "relaxed.wasm";
import scalar from "scalar.wasm";
import simd from "simd.wasm";
import type { Variant } from "./variants.ts";

const modules: Record<Variant, WebAssembly.Module> = { scalar, simd, relaxed };

export const embeddedVariants: readonly Variant[] = ["scalar", "simd", "relaxed"];

export async function embeddedKernels(variant: Variant): Promise<WebAssembly.Module> {
  return modules[variant];
}
