/** Which build of the kernels runs, and which one a runtime can run. */
import { relaxedSimd, simd } from "wasm-feature-detect";
import { AnygradError } from "../errors.ts";

/** A build of the kernels: scalar and simd give the same bits; relaxed fuses multiplications with additions. */
export type Variant = "scalar" | "simd" | "relaxed";
/** "strict" is reproducible bit for bit; "fast" takes the relaxed build where the runtime has it. */
export type Precision = "strict" | "fast";

/** In the order of the kernels' own `build_variant()`. */
export const variants: readonly Variant[] = ["scalar", "simd", "relaxed"];

const supported: Record<Variant, () => Promise<boolean>> = {
  scalar: async () => true,
  simd,
  relaxed: async () => (await simd()) && (await relaxedSimd()),
};

const missing: Record<Variant, string> = {
  scalar: "WebAssembly",
  simd: "128-bit WebAssembly SIMD",
  relaxed: "relaxed WebAssembly SIMD (Node 20 has it behind --experimental-wasm-relaxed-simd)",
};

/**
 * The variant to run: the one asked for, or the fastest that the precision allows and the runtime validates.
 * @throws AnygradError INVALID_ARGUMENT, UNSUPPORTED
 */
export async function chooseVariant(
  asked: Variant | "auto" = "auto",
  precision: Precision = "strict",
): Promise<Variant> {
  if (precision !== "strict" && precision !== "fast")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `createEngine: precision is ${JSON.stringify(precision)}; pass "strict" or "fast"`,
    );
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
  if (asked === "relaxed" && precision === "strict")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      'createEngine: variant "relaxed" rounds differently from engine to engine; pass precision: "fast" with it, or variant "simd"',
    );
  if (asked === "auto") {
    const candidates: readonly Variant[] = precision === "fast" ? ["relaxed", "simd"] : ["simd"];
    for (const candidate of candidates) if (await supported[candidate]()) return candidate;
    return "scalar";
  }
  if (await supported[asked]()) return asked;
  throw new AnygradError(
    "UNSUPPORTED",
    `createEngine: this runtime has no ${missing[asked]}; pass variant: "auto"`,
  );
}
