/** Which build of the kernels runs, and which one a runtime can run. */
import { supportsRelaxedSimd, supportsSimd } from "../runtime/simd.ts";

/**
 * A build of the kernels. "scalar" runs wherever WebAssembly does; "simd" uses 128-bit vectors and gives the same bits;
 * "relaxed" also fuses multiplications with additions, which is faster and rounds differently from one runtime to another.
 */
export type Variant = "scalar" | "simd" | "relaxed";
/**
 * "strict": results are the same bits on every runtime. "fast": the relaxed build runs where the runtime has relaxed SIMD.
 */
export type Precision = "strict" | "fast";

/** All variants, in the order of the numbers that `build_variant()` of the kernels gives. */
export const variants: readonly Variant[] = ["scalar", "simd", "relaxed"];

const supported: Record<Variant, () => boolean> = {
  scalar: () => true,
  simd: supportsSimd,
  relaxed: supportsRelaxedSimd,
};

/**
 * The variant to run: the one asked for, or the fastest that the precision allows, the package has and the runtime supports.
 *
 * @returns undefined where the package or the runtime has not the one asked for
 */
export function chooseVariant(
  asked: Variant | "auto",
  precision: Precision,
  offered: readonly Variant[],
): Variant | undefined {
  const strict: readonly Variant[] = ["simd", "scalar"];
  const wanted = asked !== "auto" ? [asked] : precision === "fast" ? ["relaxed" as const, ...strict] : strict;
  return wanted.find((variant) => offered.includes(variant) && supported[variant]());
}
