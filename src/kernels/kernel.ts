/**
 * What TypeScript knows of a kernel: a constant per kernel in abi.generated.ts and families/FAMILY.generated.ts, which
 * scripts/build/build-kernels.mjs writes from assembly/ (they are not in git: npm run build:kernels). Some names of parameters have a meaning (docs/kernels.md): `from` and `to` are the range of units of work to do, which NAME_units counts;
 * `workspace` is memory for the intermediate values of a range, whose size NAME_workspace_bytes tells.
 */

import type { KernelFamily } from "./families/family.ts";

/**
 * A kernel: its place among the functions of the module, then its parameters in their order without the range, a star behind those that
 * NAME_units takes, then, if one of them points to a record, a slash and the record's fields: "14 y x n* alpha". `Values` are its
 * arguments by name, but for the range and the workspace, which are not the caller's.
 */
export type Kernel<Values> = (`${number} ${string}` | FamilyKernel) & {
  /** Never set. For the compiler alone: it tells kernels with different arguments apart. */
  readonly values?: Values;
};

/** A kernel of a module beside the core. */
export interface FamilyKernel {
  /** What the constant of a kernel of the core is. */
  readonly text: string;
  /** Its module. */
  readonly family: KernelFamily;
}

/** Whole numbers by the names of a record's fields. */
export type RecordValues = Readonly<Record<string, number>>;

/** The arguments of a kernel by the names of its parameters: numbers, addresses and records. */
export type KernelValues = Readonly<Record<string, number | RecordValues>>;

/** Kernels that can be called: those of one engine. */
export interface Kernels {
  /** Runs a kernel. On several threads they share its work, where it is worth it. */
  run<Values extends KernelValues>(kernel: Kernel<Values>, values: Values): void;
  /**
   * How many units of work a kernel with a range has, as it says itself; 1 where it is too little to share.
   * @param sizes what NAME_units takes
   */
  units<Values extends KernelValues>(kernel: Kernel<Values>, sizes: Partial<Values>): number;
  /** Bytes of the workspaces that a call takes while it runs, one a thread. */
  workspaceBytes<Values extends KernelValues>(kernel: Kernel<Values>, values: Values): number;
  /**
   * Does `work` now, and again wherever the calls that are being recorded are replayed: a check of numbers that kernels wrote,
   * which it reads from the heap itself.
   */
  repeat(work: () => void): void;
  /** Tells that JavaScript reads or writes numbers of tensors: calls that are being recorded cannot be replayed then. */
  interrupt(): void;
}

/** Place and parameters of a kernel, read from its constant. */
export interface KernelSignature {
  /** Its place among the functions of its module; NAME_units stands behind it, then NAME_workspace_bytes, where it has them. */
  readonly place: number;
  /** Their names in their order, without `from` and `to`, which come last where the kernel has a range. */
  readonly names: readonly string[];
  /** Indices of the parameters that NAME_units takes; none for a kernel without a range, which runs on one thread. */
  readonly units: readonly number[];
  /** Index of the workspace, -1 without one. NAME_workspace_bytes takes what NAME_units takes, then a number of units. */
  readonly workspace: number;
  /** Names of the fields of the record that it reads, in their order in memory, four bytes each; none where it reads no record. */
  readonly fields: readonly string[];
}

/** Reads the parameters of a kernel. */
export function signatureOf(kernel: Kernel<unknown>): KernelSignature {
  const [taken, fields] = (typeof kernel === "string" ? kernel : kernel.text).split("/");
  const [place, ...words] = taken!.split(" ");
  return {
    place: Number(place),
    names: words.map((word) => word.replace("*", "")),
    units: words.flatMap((word, i) => (word.endsWith("*") ? [i] : [])),
    workspace: words.indexOf("workspace"),
    fields: fields ? fields.split(" ") : [],
  };
}
