/** The kernels inside the package as Node gets them: the core's bytes, and with the scalar build the families. */

import type { KernelSet } from "../src/kernels/code.ts";
import { embeddedKernels } from "../src/kernels/embedded.ts";
import type { Variant } from "../src/kernels/variants.ts";

export async function embedded(
  variant: Variant,
): Promise<KernelSet & { readonly code: Uint8Array<ArrayBuffer> }> {
  const { code, families } = await embeddedKernels(variant, true);
  return { code: code as Uint8Array<ArrayBuffer>, families };
}

/** The bytes of the core. */
export async function coreBytes(variant: Variant): Promise<Uint8Array<ArrayBuffer>> {
  return (await embedded(variant)).code;
}
