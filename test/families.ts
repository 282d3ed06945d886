/** All families of kernels as the build has written them, found by their files: a new one is under test by being there. */
import { readdirSync } from "node:fs";
import { kernels as coreKernels, kernelNames as coreNames } from "../src/kernels/abi.generated.ts";
import type { KernelFamily } from "../src/kernels/families/family.ts";
import type { Kernel } from "../src/kernels/kernel.ts";

export interface FamilyModule {
  readonly name: string;
  readonly family: KernelFamily;
  readonly kernels: readonly Kernel<unknown>[];
  readonly kernelNames: readonly string[];
  readonly recordFields: Readonly<Record<string, string>>;
}

const folder = new URL("../src/kernels/families/", import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith("-simd.generated.ts"))
  .map((file) => file.replace("-simd.generated.ts", ""));

export const families: readonly FamilyModule[] = await Promise.all(
  names.map(async (name) => {
    const module = await import(new URL(`${name}.generated.ts`, folder).href);
    const { kernels, kernelNames, recordFields } = module;
    return { name, family: module[name], kernels, kernelNames, recordFields };
  }),
);

/** The kernels of the core and of all families. */
export const allKernels: readonly Kernel<unknown>[] = [
  ...coreKernels,
  ...families.flatMap(({ kernels }) => kernels),
];

const nameByKernel = new Map(
  [{ kernels: coreKernels, kernelNames: coreNames }, ...families].flatMap(({ kernels, kernelNames }) =>
    kernels.map((kernel, i) => [kernel, kernelNames[i]!] as const),
  ),
);

/** The name of a kernel of the core or of a family: it is called by its place. */
export function nameOf(kernel: Kernel<unknown>): string {
  return nameByKernel.get(kernel)!;
}
