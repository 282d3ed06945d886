/**
 * The kernels' parameters by name, read off the ABI that scripts/build-kernels.mjs writes. What a kernel shares of its
 * work and needs of scratch follows from names alone (docs/kernels.md): `from` and `to` are a range of units, which
 * NAME_units counts; `workspace` is scratch of a range, of which NAME_workspace_bytes tells the size.
 */
import { type Kernels, type RecordName, recordFields, signatures } from "./abi.generated.ts";

export type KernelName = keyof Kernels;

export interface Parameter {
  readonly name: string;
  /** The record that it points to; undefined where it is a number or the address of an array. */
  readonly record: RecordName | undefined;
}

export interface KernelSignature {
  readonly name: KernelName;
  /** In their order, without the range, which comes last where there is one. */
  readonly parameters: readonly Parameter[];
  /** Places of the parameters that NAME_units takes; undefined for a kernel without a range. */
  readonly units: readonly number[] | undefined;
  /** Place of the workspace, -1 where there is none. NAME_workspace_bytes takes what NAME_units takes, and a number of units. */
  readonly workspace: number;
}

/** Names of a record's fields in their order in memory, four bytes each. */
export function fieldsOf(record: RecordName): readonly string[] {
  return recordFields[record].split(" ");
}

let read: readonly KernelSignature[] | undefined;

/** All kernels; what only answers a question is none. */
export function kernelSignatures(): readonly KernelSignature[] {
  read ??= signatures.split("\n").flatMap(signaturesOf);
  return read;
}

/** From a line such as "y x kernel bias workspace geometry*:Conv2dGeometry activation=conv2d_f32 conv2d_winograd_f32". */
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
