/** Why no engine can be made of its options. Imported when none can: a page that has one downloads nothing of this. */
import { AnygradError, quote } from "../errors.ts";
import { type Precision, type Variant, variants } from "../kernels/variants.ts";
import { formatBytes } from "../math/bytes.ts";
import { page } from "../memory/heap.ts";
import { maxSlices } from "../threads/partition.ts";

const missing: Record<Variant, string> = {
  scalar: "WebAssembly",
  simd: "128-bit WebAssembly SIMD",
  relaxed: "relaxed WebAssembly SIMD (Node 20 has it behind --experimental-wasm-relaxed-simd)",
};

/** Options of an engine. */
interface Asked {
  readonly variant?: Variant | "auto";
  readonly precision?: Precision;
  readonly threads?: number | "auto";
  readonly memoryLimit?: number;
}

/** @param offered the builds that the package has for this runtime */
export function refusalOf(
  { variant = "auto", precision = "strict", threads = "auto", memoryLimit }: Asked,
  offered: readonly Variant[],
): AnygradError {
  if (threads !== "auto" && !(Number.isInteger(threads) && threads >= 1 && threads <= maxSlices))
    return invalid(`threads is ${quote(threads)}; pass "auto" or a whole number from 1 to ${maxSlices}`);
  if (memoryLimit !== undefined && !(memoryLimit >= page))
    return new AnygradError(
      "MEMORY_LIMIT",
      `createEngine: memoryLimit is ${memoryLimit} bytes but the kernels alone need ${formatBytes(page)}; raise it`,
    );
  if (precision !== "strict" && precision !== "fast")
    return invalid(`precision is ${quote(precision)}; pass "strict" or "fast"`);
  if (variant !== "auto" && !variants.includes(variant))
    return invalid(
      `variant is ${quote(variant)}; pass "auto", ${variants.map((v) => `"${v}"`).join(" or ")}`,
    );
  if (typeof WebAssembly === "undefined")
    return unsupported(
      "this runtime has no WebAssembly; anygrad needs it, so use another runtime or enable it",
    );
  if (variant === "relaxed" && precision === "strict")
    return invalid(
      'variant "relaxed" rounds differently from engine to engine; pass precision: "fast" with it, or variant "simd"',
    );
  // "auto" takes the scalar build at the worst, which every package and runtime has
  const asked = variant as Variant;
  return offered.includes(asked)
    ? unsupported(`this runtime has no ${missing[asked]}; pass variant: "auto"`)
    : unsupported(
        `the package has no ${asked} kernels for this runtime; pass variant: "auto", or kernels: anygrad/kernels/${asked}.wasm`,
      );
}

function invalid(fault: string): AnygradError {
  return new AnygradError("INVALID_ARGUMENT", `createEngine: ${fault}`);
}

function unsupported(fault: string): AnygradError {
  return new AnygradError("UNSUPPORTED", `createEngine: ${fault}`);
}
