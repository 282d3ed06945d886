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
  /** Place of the workspace, and those of the parameters that NAME_workspace_bytes takes before the number of units. */
  readonly workspace: { readonly at: number; readonly sizes: readonly number[] } | undefined;
}

/** Names of a record's fields in their order in memory, four bytes each. */
export function fieldsOf(record: RecordName): readonly string[] {
  return recordFields[record].split(" ");
}

let read: readonly KernelSignature[] | undefined;

/** All kernels; what only answers a question is none. */
export function kernelSignatures(): readonly KernelSignature[] {
  read ??= signatures.split("\n").map(signatureOf);
  return read;
}

/**
 * From a line such as "conv2d_f32 y x kernel bias workspace geometry:Conv2dGeometry activation/geometry/geometry"; "-" in place
 * of the units for a kernel without a range.
 */
function signatureOf(line: string): KernelSignature {
  const [own, units, sizes] = line.split("/").map((part) => part.split(" ").filter(Boolean));
  const [name, ...parameters] = own!.map((word) => word.split(":"));
  const placesOf = (names: readonly string[]): number[] =>
    names.map((wanted) => parameters.findIndex(([found]) => found === wanted));
  const [at] = placesOf(["workspace"]);
  return {
    name: name![0] as KernelName,
    parameters: parameters.map(([word, record]) => ({
      name: word!,
      record: record as RecordName | undefined,
    })),
    units: units && units[0] !== "-" ? placesOf(units) : undefined,
    workspace: at! < 0 ? undefined : { at: at!, sizes: placesOf(sizes ?? []) },
  };
}
