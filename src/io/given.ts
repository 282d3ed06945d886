/** Arrays that users give to be written. */
import { AnygradError, quote } from "../errors.ts";
import { checkOneOf } from "../math/oneOf.ts";
import { formatShape, type Shape, sizeOf } from "../math/shape.ts";
import { bytesOfElement, type Elements, type ElementType, elementTypeOf } from "./elements.ts";

/** An array to be written: what a `Prediction`, a weight of `net.getWeights()` and an array of a file have. */
export interface GivenArray {
  /** The size of each axis, outermost first. */
  readonly shape: readonly number[];
  /** The numbers, row-major. */
  readonly data: Elements;
  /** Their type in the file. Default: that of the numbers. */
  readonly dtype?: ElementType;
}

/** An array that has been checked. */
export interface CheckedArray {
  readonly name: string;
  readonly shape: Shape;
  readonly data: Elements;
  readonly dtype: ElementType;
}

const floatTypes: readonly ElementType[] = ["float16", "bfloat16", "float32", "float64"];

/**
 * The arrays in their order, each with its type.
 * @param floatType what arrays of floats are written as; undefined: as they are
 * @throws AnygradError INVALID_ARGUMENT
 */
export function checkArrays(
  subject: string,
  arrays: Readonly<Record<string, GivenArray>> | readonly (GivenArray & { readonly name: string })[],
  floatType?: ElementType,
): readonly CheckedArray[] {
  if (typeof arrays !== "object" || arrays === null || ArrayBuffer.isView(arrays))
    throw wrong(subject, `got ${quote(arrays)}; pass arrays by their names, as { kernel: { shape, data } }`);
  if (floatType !== undefined) checkOneOf(`${subject}: dtype`, floatType, floatTypes);
  const list = Array.isArray(arrays)
    ? (arrays as readonly (GivenArray & { name: string })[]).map((array) => [array?.name, array] as const)
    : Object.entries(arrays as Readonly<Record<string, GivenArray>>);
  const seen = new Set<string>();
  return list.map(([name, array]) => {
    const { shape, data } = array ?? {};
    if (typeof name !== "string") throw wrong(subject, `an array has the name ${quote(name)}; pass a text`);
    if (seen.has(name)) throw wrong(subject, `there are two arrays ${quote(name)}; names must differ`);
    seen.add(name);
    const isShape = Array.isArray(shape) && shape.every((n) => Number.isSafeInteger(n) && n >= 0);
    if (!isShape || !ArrayBuffer.isView(data) || !(elementTypeOf(data) in bytesOfElement))
      throw wrong(subject, `${quote(name)} is ${quote(array)}; pass { shape, data }, data a typed array`);
    if (data.length !== sizeOf(shape))
      throw wrong(subject, `${quote(name)} has ${data.length} numbers, but the shape ${formatShape(shape)}`);
    const own = elementTypeOf(data);
    const dtype = floatType !== undefined && own.startsWith("float") ? floatType : (array.dtype ?? own);
    return { name, shape, data: converted(data, own, dtype), dtype };
  });
}

/** The numbers in the array that JavaScript has for a type. */
function converted(data: Elements, own: ElementType, dtype: ElementType): Elements {
  if (own === "float64" && dtype !== "float64" && floatTypes.includes(dtype))
    return Float32Array.from(data as Float64Array);
  if (own === "float32" && dtype === "float64") return Float64Array.from(data as Float32Array);
  return data;
}

const wrong = (subject: string, fault: string): AnygradError =>
  new AnygradError("INVALID_ARGUMENT", `${subject}: ${fault}`);
