/** Which build of the kernels runs, and which one a runtime can run. */
import { simd } from "wasm-feature-detect";
import { AnygradError } from "../errors.ts";

/** A build of the kernels; the same source, the same bits in strict precision. */
export type Variant = "scalar" | "simd";
/** "strict" is reproducible bit for bit. */
export type Precision = "strict";

/** In the order of the kernels' own `build_variant()`. */
export const variants: readonly Variant[] = ["scalar", "simd"];

/** The variant to run: the one asked for, or the fastest that the runtime validates. */
export async function chooseVariant(asked: Variant | "auto" = "auto"): Promise<Variant> {
  if (asked !== "auto" && !variants.includes(asked))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `createEngine: variant is ${JSON.stringify(asked)}; pass "auto", ${variants.map((v) => `"${v}"`).join(" or ")}`,
    );
  if (typeof WebAssembly === "undefined")
    throw new AnygradError(
      "UNSUPPORTED",
      "createEngine: this runtime has no WebAssembly; anygrad needs it, so use another runtime or enable it",
    );
  if (asked === "scalar") return asked;
  if (await simd()) return "simd";
  if (asked === "simd")
    throw new AnygradError(
      "UNSUPPORTED",
      'createEngine: this runtime has no 128-bit WebAssembly SIMD; pass variant: "scalar" or "auto"',
    );
  return "scalar";
}
