/** What operations of a file are called with, and what they become. */
import { SymbolicTensor } from "../../../layers/layer.ts";
import type { Json } from "../../json.ts";

/** What an operation is given: tensors, numbers, and lists of them. */
export type Argument = SymbolicTensor | Json | readonly Argument[] | { readonly [name: string]: Argument };

/** What it is called with. */
export interface OperationCall {
  readonly args: readonly Argument[];
  readonly named: Readonly<Record<string, Argument | undefined>>;
}

/** A layer in place of an operation: its type and options. */
interface MadeLayer {
  readonly type: string;
  readonly config: object;
}

/** A layer in place of an operation, its tensors, and a layer behind it where one alone does not do. */
export interface Made extends MadeLayer {
  readonly inputs: readonly SymbolicTensor[];
  readonly behind?: MadeLayer;
}

/** Makes a layer of a call; undefined where none does what these arguments want. */
export type Operation = (call: OperationCall) => Made | undefined;

export const isTensor = (value: Argument | undefined): value is SymbolicTensor =>
  value instanceof SymbolicTensor;
export const isNumber = (value: Argument | undefined): value is number => typeof value === "number";

/** The first argument, and the one of these names. */
export function operands(
  { args, named }: OperationCall,
  ...names: readonly string[]
): (Argument | undefined)[] {
  const [first, ...rest] = [...args];
  const x = first ?? named.x ?? named.x1 ?? named.a ?? named.features ?? named.input ?? named.inputs;
  return [x, rest[0] ?? names.map((name) => named[name]).find((each) => each !== undefined)];
}
