/**
 * The parameters of the kernels, read from the ABI that scripts/build-kernels.mjs generates. Some names have a meaning
 * (docs/kernels.md): `from` and `to` are the range of units of work to do, which NAME_units counts; `workspace` is memory for
 * the intermediate values of a range, whose size NAME_workspace_bytes tells.
 */
import { type Kernels, type RecordName, recordFields, signatures } from "./abi.generated.ts";

/** Name of a kernel, such as "relu_f32". */
export type KernelName = keyof Kernels;

/** A parameter of a kernel. */
export interface Parameter {
  /** Its name, such as "x". */
  readonly name: string;
  /** The kind of record that it points to, such as "PoolGeometry"; undefined for a number and for the address of an array. */
  readonly record: RecordName | undefined;
}

/** What a kernel takes. */
export interface KernelSignature {
  /** Its name, such as "relu_f32". */
  readonly name: KernelName;
  /** Its parameters in their order, without `from` and `to`, which come last where the kernel has a range. */
  readonly parameters: readonly Parameter[];
  /** Indices of the parameters that NAME_units takes; undefined for a kernel without a range, which runs on one thread. */
  readonly units: readonly number[] | undefined;
  /** Index of the workspace, -1 without one. NAME_workspace_bytes takes what NAME_units takes, then a number of units. */
  readonly workspace: number;
}

/** Names of the fields of a record in the order in which they lie in memory, four bytes each. */
export function fieldsOf(record: RecordName): readonly string[] {
  return recordFields[record].split(" ");
}

let read: readonly KernelSignature[] | undefined;

/** The signatures of all kernels; NAME_units and NAME_workspace_bytes are not among them. */
export function kernelSignatures(): readonly KernelSignature[] {
  read ??= signatures.split("\n").flatMap(signaturesOf);
  return read;
}

/**
 * The signatures in a line of the ABI: the parameters that several kernels have in common, then the names of these, such as
 * "y x kernel bias workspace geometry*:Conv2dGeometry activation=conv2d_f32 conv2d_winograd_f32". A star marks what
 * NAME_units takes.
 */
function signaturesOf(line: string): KernelSignature[] {
  const [words, names] = line.split("=").map((part) => part.split(" ")) as [string[], KernelName[]];
  const units = words.flatMap((word, place) => (word.includes("*") ? [place] : []));
  const signature: Omit<KernelSignature, "name"> = {
    parameters: words.map((word) => {
      const [name, record] = word.replace("*", "").split(":") as [string, RecordName | undefined];
      return { name, record };
    }),
    units: units.length > 0 ? units : undefined,
    workspace: words.indexOf("workspace"),
  };
  return names.map((name) => ({ name, ...signature }));
}
