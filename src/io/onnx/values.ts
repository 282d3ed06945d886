/** Numbers and attributes as ONNX has them: its types of elements, tensors as arrays, attributes by their names. */

import { AnygradError, quote } from "../../errors.ts";
import { sizeOf } from "../../math/shape.ts";
import { bytesOfElement, type Elements, type ElementType, elementsOf } from "../elements.ts";
import type { Attributes } from "../graph/attributes.ts";
import { Constant } from "../graph/constant.ts";
import type { AttributeProto, GraphProto, NodeProto, Parts, TensorProto } from "./proto.ts";

/** The numbers of the types of elements in files. */
export const dataTypes: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
};

/** The type of elements by its number. @throws AnygradError UNSUPPORTED */
export function elementTypeBy(number: number, place: string): ElementType {
  const found = Object.entries(dataTypes).find(([, each]) => each === number);
  if (found) return found[0] as ElementType;
  const name = { 0: "undefined", 8: "texts", 14: "complex64", 15: "complex128" }[number] ?? `type ${number}`;
  throw new AnygradError(
    "UNSUPPORTED",
    `loadOnnx: ${place} holds elements of ${name}, which no network here can take; export the model without it`,
  );
}

/** Attributes to be written: whole numbers, floats as `{ float }`, texts, lists. */
export type GivenAttributes = Readonly<
  Record<
    string,
    number | string | readonly number[] | readonly string[] | { readonly float: number | readonly number[] }
  >
>;

const textBytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Attributes in the form of files. */
export function attributesOf(given: GivenAttributes): Parts<AttributeProto>[] {
  return Object.entries(given).map(([name, value]) => {
    if (typeof value === "number") return { name, type: 2, i: value };
    if (typeof value === "string") return { name, type: 3, s: textBytes(value) };
    if ("float" in value) {
      const { float } = value;
      return typeof float === "number"
        ? { name, type: 1, f: float }
        : { name, type: 6, floats: float as number[] };
    }
    if (typeof value[0] === "string")
      return { name, type: 8, strings: (value as readonly string[]).map(textBytes) };
    return { name, type: 7, ints: value as number[] };
  });
}

function refuseExternal(): never {
  throw new AnygradError("UNSUPPORTED", "a constant's numbers are in another file");
}

/** Numbers that a tensor may have at most, unless its bytes are there. */
const mostElements = 2 ** 31;

/** Gives the bytes of a file beside the model. */
export type External = (tensor: TensorProto, place: string) => Uint8Array;

/**
 * A tensor as a constant, whose numbers are read when they are asked for.
 * @throws AnygradError DATA_FORMAT where its numbers do not fill its shape; UNSUPPORTED for texts
 */
export function constantOf(
  tensor: TensorProto,
  place: string,
  external: External,
  isWeight: boolean,
): Constant {
  const { dims, dataType } = tensor;
  const dtype = elementTypeBy(dataType, place);
  const size = sizeOf(dims);
  if (!dims.every((n) => Number.isInteger(n) && n >= 0) || size > mostElements)
    throw new AnygradError(
      "DATA_FORMAT",
      `loadOnnx: ${place} has the shape ${quote(dims)}; the file is damaged`,
    );
  const raw = tensor.dataLocation === 1 ? external(tensor, place) : tensor.rawData;
  if (raw ? raw.byteLength === size * bytesOfElement[dtype] : listOf(tensor, dtype).length === size)
    return Constant.lazy(
      {
        shape: dims,
        dtype,
        read: (scratch) => (raw ? elementsOf(dtype, raw, { scratch }) : listed(tensor, dtype)),
      },
      isWeight,
    );
  throw new AnygradError(
    "DATA_FORMAT",
    `loadOnnx: the numbers of ${place} do not fill its shape ${quote(dims)}; the file is damaged`,
  );
}

/** The field for lists that numbers of a type stand in. */
function listOf(tensor: TensorProto, dtype: ElementType): readonly number[] {
  const lists: Partial<Record<ElementType, readonly number[]>> = {
    float32: tensor.floatData,
    float64: tensor.doubleData,
    int64: tensor.int64Data,
    uint64: tensor.uint64Data,
    uint32: tensor.uint64Data,
  };
  return lists[dtype] ?? tensor.int32Data;
}

function listed(tensor: TensorProto, dtype: ElementType): Elements {
  const list = listOf(tensor, dtype);
  if (dtype === "float16" || dtype === "bfloat16")
    return elementsOf(dtype, new Uint8Array(Uint16Array.from(list).buffer));
  switch (dtype) {
    case "float64":
      return Float64Array.from(list);
    case "int64":
      return BigInt64Array.from(list, BigInt);
    case "uint64":
      return BigUint64Array.from(list, BigInt);
    case "float32":
      return Float32Array.from(list);
    default:
      return Int32Array.from(list);
  }
}

/** The attributes of a node of a file. */
export class OnnxAttributes implements Attributes {
  readonly #node: NodeProto;
  readonly #place: string;

  constructor(node: NodeProto, place: string) {
    this.#node = node;
    this.#place = place;
  }

  #find(name: string, type: number): AttributeProto | undefined {
    const found = this.#node.attribute.find((each) => each.name === name);
    if (found && found.type !== type && found.type !== 0)
      throw new AnygradError(
        "DATA_FORMAT",
        `loadOnnx: ${this.#place}: the attribute ${quote(name)} is of another type; the file is damaged`,
      );
    return found;
  }

  has(name: string): boolean {
    return this.#node.attribute.some((each) => each.name === name);
  }

  int<Default extends number | undefined>(name: string, byDefault: Default): number | Default {
    return this.#find(name, 2)?.i ?? byDefault;
  }

  float(name: string, byDefault: number): number {
    return this.#find(name, 1)?.f ?? byDefault;
  }

  ints(name: string): number[] | undefined {
    return this.#find(name, 7)?.ints;
  }

  floats(name: string): number[] | undefined {
    return this.#find(name, 6)?.floats;
  }

  text(name: string, byDefault: string): string {
    const found = this.#find(name, 3);
    return found ? new TextDecoder().decode(found.s) : byDefault;
  }

  texts(name: string): string[] | undefined {
    return this.#find(name, 8)?.strings.map((each) => new TextDecoder().decode(each));
  }

  constant(name: string): Constant | undefined {
    const tensor = this.#find(name, 4)?.t;
    return tensor && constantOf(tensor, "a constant", refuseExternal, false);
  }

  elementType(name: string): ElementType {
    return elementTypeBy(this.int(name, 1), this.#place);
  }

  graph(name: string): GraphProto | undefined {
    return this.#find(name, 5)?.g;
  }
}
