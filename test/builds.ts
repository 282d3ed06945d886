/**
 * The builds of the kernels under test. scalar and simd promise the same bits; relaxed promises the tolerances.
 * Node 20 has relaxed SIMD behind a flag, which this sets; later versions have it and do not know the flag any more.
 */
import { setFlagsFromString } from "node:v8";
import type { Precision, Variant } from "../src/kernels/variants.ts";
import { supportsRelaxedSimd } from "../src/runtime/simd.ts";

if (process.versions.node.startsWith("20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");

const hasRelaxed = supportsRelaxedSimd();

export const builds: readonly Variant[] = ["scalar", "simd", "relaxed"];
export const precisionOf = (build: Variant): Precision => (build === "relaxed" ? "fast" : "strict");
/** False where this runtime cannot run a build: its tests are skipped by name. */
export const runs = (build: Variant): boolean => build !== "relaxed" || hasRelaxed;
/** A value for each build that runs here. */
export async function forEachBuild<T>(
  make: (build: Variant) => Promise<T>,
): Promise<Partial<Record<Variant, T>>> {
  const made: Partial<Record<Variant, T>> = {};
  for (const build of builds) if (runs(build)) made[build] = await make(build);
  return made;
}
