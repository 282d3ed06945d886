/** The kernels that travel inside the package, one lazily imported chunk a variant. */
import type { Variant } from "../variant.ts";

const chunks: Record<Variant, () => Promise<{ wasm: string }>> = {
  scalar: () => import("./scalar.generated.ts"),
  simd: () => import("./simd.generated.ts"),
  relaxed: () => import("./relaxed.generated.ts"),
};

/** The bytes of one variant's module. */
export async function embeddedKernels(variant: Variant): Promise<Uint8Array<ArrayBuffer>> {
  const { wasm } = await chunks[variant]();
  const text = atob(wasm);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
