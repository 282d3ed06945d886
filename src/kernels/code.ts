/** The forms that kernels come in before they are instantiated. */

/** Kernels as `loadKernels` takes them: bytes, or a compiled module. */
export type KernelCode = Uint8Array<ArrayBuffer> | WebAssembly.Module;

/** A family beside the core (families/family.ts): packed bytes, too. */
export type FamilyCode = KernelCode | string;

/** The core and the families that come with it. */
export interface KernelSet {
  /** The core. */
  readonly code: KernelCode;
  /** Families by their names, where they come with the core and not with what calls them. */
  readonly families: Readonly<Record<string, FamilyCode>>;
}

/** The functions of a module by their places. Those of a module with names have these, too, by which families import them. */
export type KernelFunctions = readonly ((...values: readonly number[]) => number)[];

/** The functions that a module exports: in the modules inside the package they stand in a table, and have no names. */
export function functionsOf({ t, ...named }: WebAssembly.Exports): KernelFunctions {
  const table = t as WebAssembly.Table | undefined;
  return table
    ? Array.from({ length: table.length }, (_, i) => table.get(i))
    : (Object.assign(Object.values(named), named) as unknown[] as KernelFunctions[number][]);
}

/** Whether kernels are bytes that are not compiled yet. */
export function isBytes(code: KernelCode): code is Uint8Array<ArrayBuffer> {
  return ArrayBuffer.isView(code);
}
