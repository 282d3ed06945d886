/** The forms that kernels come in before they are instantiated. */

/** Kernels as `loadKernels` takes them: bytes, or a compiled module. */
export type KernelCode = Uint8Array<ArrayBuffer> | WebAssembly.Module;

/** A family beside the core (families/family.ts): bytes in Base64, too. */
export type FamilyCode = KernelCode | string;

/** The core and the families that come with it. */
export interface KernelSet {
  /** The core. */
  readonly code: KernelCode;
  /** Families by their names, where they come with the core and not with what calls them. */
  readonly families?: Readonly<Record<string, FamilyCode>> | undefined;
}

/** Whether kernels are bytes that are not compiled yet. */
export function isBytes(code: KernelCode): code is Uint8Array<ArrayBuffer> {
  return ArrayBuffer.isView(code);
}
