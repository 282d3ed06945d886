/** What a TFLite file says: the fields of its tables that are read here, by the schema of TensorFlow Lite (version 3). */
import { AnygradError } from "../../errors.ts";
import type { ElementType } from "../elements.ts";
import { damaged, Table } from "./flatbuffer.ts";
import { builtinNames, type OptionTable, optionTables } from "./schema.ts";
import { type Sparsity, sparsityOf } from "./sparse.ts";

/** How whole numbers stand for others: value = (whole − zero) · scale, along an axis or for all. */
export interface Quantization {
  readonly scales: readonly number[];
  readonly zeros: readonly number[];
  readonly axis: number;
}

/** A tensor: numbers of the file, or what is computed. */
export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** The shape with −1 for what is open, where the file says it. */
  readonly signature: readonly number[] | undefined;
  /** The number of its type of elements. */
  readonly type: number;
  readonly bytes: Uint8Array | undefined;
  readonly quantization: Quantization | undefined;
  /** Where its numbers stand, if not all are in the file. */
  readonly sparsity: Sparsity | undefined;
  /** A state that is kept from one run to the next; it begins at zero. */
  readonly isVariable: boolean;
}

/** An operator. */
export interface TfliteOperator {
  /** Its name, of a custom one that of the file. */
  readonly name: string;
  readonly isCustom: boolean;
  /** Numbers of tensors; −1 for what is left out. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: Readonly<Record<string, number | readonly number[] | undefined>>;
}

/** A graph. */
export interface TfliteGraph {
  readonly name: string;
  readonly tensors: readonly TfliteTensor[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly operators: readonly TfliteOperator[];
}

/** A file. */
export interface TfliteFile {
  readonly version: number;
  readonly description: string;
  readonly graphs: readonly TfliteGraph[];
  /** Texts that come with it. */
  readonly metadata: Readonly<Record<string, Uint8Array>>;
}

/** Types of elements by their numbers. */
export const elementTypes: Readonly<Record<number, ElementType | "int4">> = {
  0: "float32",
  1: "float16",
  2: "int32",
  3: "uint8",
  4: "int64",
  6: "bool",
  7: "int16",
  9: "int8",
  10: "float64",
  12: "uint64",
  15: "uint32",
  16: "uint16",
  17: "int4",
  18: "bfloat16",
};

/** Whether bytes begin as a TFLite file does. */
export const isTflite = (bytes: Uint8Array): boolean =>
  String.fromCharCode(...bytes.subarray(4, 8)) === "TFL3";

/** Axes of a tensor: more has none. */
const mostAxes = 16;

/** @throws AnygradError DATA_FORMAT for what is no whole file */
export function decodeTflite(subject: string, bytes: Uint8Array): TfliteFile {
  try {
    if (!isTflite(bytes))
      throw new AnygradError("DATA_FORMAT", "this is no TFLite file: it lacks the mark TFL3");
    return decoded(bytes);
  } catch (error) {
    if (!(error instanceof AnygradError)) throw error;
    const advice = "; download or convert it again";
    throw new AnygradError(error.code, `${subject}: ${error.message}${advice}`, { cause: error });
  }
}

function decoded(bytes: Uint8Array): TfliteFile {
  const model = Table.root(bytes);
  const version = model.number(0, "uint");
  if (version !== 3) throw new AnygradError("UNSUPPORTED", `it is of version ${version}; 3 is read`);
  const buffers = model.tables(4).map((buffer) => bufferOf(buffer, bytes));
  const builtins = builtinNames();
  const tables = optionTables();
  const codes = model.tables(1).map((code) => {
    // small numbers stand in the old field alone in old files
    const number = Math.max(code.number(0, "byte"), code.number(3, "int"));
    const name = number === custom ? code.text(1) : (builtins[number] ?? `operator ${number}`);
    return { name, isCustom: number === custom, options: tables[name] };
  });
  const graphs = model.tables(2).map((graph) => graphOf(graph, buffers, codes));
  if (graphs.length === 0) throw damaged("it has no graph");
  return {
    version,
    description: model.text(3),
    graphs,
    metadata: Object.fromEntries(
      model.tables(6).map((each) => [each.text(0), buffers[each.number(1, "uint")] ?? new Uint8Array(0)]),
    ),
  };
}

/** A kind of operator that the file has. */
interface Code {
  readonly name: string;
  readonly isCustom: boolean;
  readonly options: OptionTable | undefined;
}

const custom = 32;

/** Numbers of a file: within it, or, in very large ones, behind it. */
function bufferOf(buffer: Table, bytes: Uint8Array): Uint8Array | undefined {
  const from = buffer.number(1, "long");
  if (from <= 1) return buffer.bytes(0);
  const to = from + buffer.number(2, "long");
  if (!(to >= from && to <= bytes.length)) throw damaged(`numbers at ${from} to ${to} are beyond its end`);
  return bytes.subarray(from, to);
}

function graphOf(
  graph: Table,
  buffers: readonly (Uint8Array | undefined)[],
  codes: readonly Code[],
): TfliteGraph {
  const tensors = graph.tables(0).map((tensor) => tensorOf(tensor, buffers));
  const checked = (list: readonly number[] | undefined): readonly number[] => {
    const wrong = list?.find((i) => i < -1 || i >= tensors.length);
    if (wrong !== undefined) throw damaged(`it names the tensor ${wrong} of ${tensors.length}`);
    return list ?? [];
  };
  return {
    name: graph.text(4),
    tensors,
    inputs: checked(graph.numbers(1, "int")).filter((i) => i >= 0),
    outputs: checked(graph.numbers(2, "int")).filter((i) => i >= 0),
    operators: graph.tables(3).map((operator, i) => {
      const code = codes[operator.number(0, "uint")];
      if (!code) throw damaged(`the operator ${i} is none of its ${codes.length}`);
      return {
        ...code,
        inputs: checked(operator.numbers(1, "int")),
        outputs: checked(operator.numbers(2, "int")),
        options: code.isCustom ? {} : optionsOf(operator.table(4), code.options),
      };
    }),
  };
}

function tensorOf(tensor: Table, buffers: readonly (Uint8Array | undefined)[]): TfliteTensor {
  const name = tensor.text(3);
  const shape = tensor.numbers(0, "int") ?? [];
  const buffer = tensor.number(2, "uint");
  if (buffer >= buffers.length && buffer > 0)
    throw damaged(`it names the buffer ${buffer} of ${buffers.length}`);
  if (shape.length > mostAxes || shape.some((n) => n < -1))
    throw damaged(`a tensor has the shape [${shape.slice(0, 8)}]`);
  const bytes = buffer === 0 ? undefined : buffers[buffer];
  const signature = tensor.numbers(7, "int");
  return {
    name,
    shape,
    signature: signature?.length === shape.length ? signature : undefined,
    type: tensor.number(1, "byte"),
    bytes: bytes && bytes.length > 0 ? bytes : undefined,
    quantization: quantizationOf(tensor.table(4)),
    sparsity: sparsityOf(tensor.table(6)),
    isVariable: tensor.number(5, "bool") !== 0,
  };
}

function quantizationOf(table: Table | undefined): Quantization | undefined {
  const scales = table?.numbers(2, "float") ?? [];
  if (!table || scales.length === 0) return undefined;
  const zeros = table.numbers(3, "long") ?? [];
  return { scales, zeros, axis: table.number(6, "int") };
}

/** The options of an operator by their names; defaults where the file has none. */
function optionsOf(
  table: Table | undefined,
  fields: OptionTable = [],
): Readonly<Record<string, number | readonly number[] | undefined>> {
  return Object.fromEntries(
    fields.map(({ name, field, kind, isList, byDefault }) => [
      name,
      isList ? table?.numbers(field, kind) : (table?.number(field, kind, byDefault) ?? byDefault),
    ]),
  );
}
