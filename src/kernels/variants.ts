/** Which build of the kernels runs, and which one a runtime can run. */
import { AnygradError, quote } from "../errors.ts";
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

const missing: Record<Variant, string> = {
  scalar: "WebAssembly",
  simd: "128-bit WebAssembly SIMD",
  relaxed: "relaxed WebAssembly SIMD (Node 20 has it behind --experimental-wasm-relaxed-simd)",
};

/**
 * Checks the options of createEngine that choose a build.
 * @throws AnygradError INVALID_ARGUMENT for unknown values and for "relaxed" with "strict", UNSUPPORTED without WebAssembly
 */
export function checkVariant(asked: Variant | "auto", precision: Precision): void {
  if (precision !== "strict" && precision !== "fast")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `createEngine: precision is ${quote(precision)}; pass "strict" or "fast"`,
    );
  if (asked !== "auto" && !variants.includes(asked))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `createEngine: variant is ${quote(asked)}; pass "auto", ${variants.map((v) => `"${v}"`).join(" or ")}`,
    );
  if (typeof WebAssembly === "undefined")
    throw new AnygradError(
      "UNSUPPORTED",
      "createEngine: this runtime has no WebAssembly; anygrad needs it, so use another runtime or enable it",
    );
  if (asked === "relaxed" && precision === "strict")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      'createEngine: variant "relaxed" rounds differently from engine to engine; pass precision: "fast" with it, or variant "simd"',
    );
}

/**
 * The variant to run: the one asked for, or the fastest that the precision allows, the package has and the runtime supports.
 * @throws AnygradError UNSUPPORTED where the package or the runtime has not the one asked for
 */
export function chooseVariant(
  asked: Variant | "auto",
  precision: Precision,
  offered: readonly Variant[],
): Variant {
  if (asked === "auto") {
    const candidates: readonly Variant[] = precision === "fast" ? ["relaxed", "simd"] : ["simd"];
    for (const candidate of candidates)
      if (offered.includes(candidate) && supported[candidate]()) return candidate;
    return "scalar";
  }
  if (!offered.includes(asked))
    throw new AnygradError(
      "UNSUPPORTED",
      `createEngine: the package has no ${asked} kernels for this runtime; pass variant: "auto", or kernels: anygrad/kernels/${asked}.wasm`,
    );
  if (supported[asked]()) return asked;
  throw new AnygradError(
    "UNSUPPORTED",
    `createEngine: this runtime has no ${missing[asked]}; pass variant: "auto"`,
  );
}
