/** Tensors of a file that hold numbers: quantised ones as the numbers that they stand for. */
import { AnygradError, quote } from "../../errors.ts";
import { sizeOf } from "../../math/shape.ts";
import { bytesOfElement, type Elements, type ElementType, elementsOf, type Scratch } from "../elements.ts";
import { Constant } from "../graph/constant.ts";
import { elementTypes, type Quantization, type TfliteTensor } from "./file.ts";
import { damaged } from "./flatbuffer.ts";
import { positionsOf } from "./sparse.ts";

/** The type of a tensor's elements. @throws AnygradError UNSUPPORTED */
export function elementTypeOf(type: number): NonNullable<(typeof elementTypes)[number]> {
  const found = elementTypes[type];
  if (found) return found;
  const name = { 5: "texts", 8: "complex64", 11: "complex128", 13: "resources", 14: "variants" }[type];
  throw new AnygradError(
    "UNSUPPORTED",
    `it holds ${name ?? `elements of type ${type}`}, which no network here can take`,
  );
}

const none = (): Uint8Array => new Uint8Array(0);

/** A tensor of the file as a constant. @throws AnygradError DATA_FORMAT where its numbers do not fill its shape; UNSUPPORTED */
export function constantOf({ shape, type, bytes = none(), quantization, sparsity }: TfliteTensor): Constant {
  const dtype = elementTypeOf(type);
  if (sparsity && (dtype === "int4" || quantization?.zeros.some((zero) => zero !== 0)))
    throw new AnygradError(
      "UNSUPPORTED",
      "it is sparse, and its numbers have four bits or a zero of their own",
    );
  const size = sizeOf(shape);
  const wanted = dtype === "int4" ? Math.ceil(size / 2) : size * bytesOfElement[dtype];
  const isWhole = sparsity
    ? bytes.byteLength % bytesOfElement[dtype as ElementType] === 0
    : bytes.byteLength === wanted;
  if (!shape.every((n) => n >= 0) || !isWhole)
    throw damaged(`its numbers, ${bytes.byteLength} bytes, do not fill its shape ${quote(shape)}`);
  const isInteger = !dtype.includes("float");
  const stored = sparsity && bytes.byteLength / bytesOfElement[dtype as ElementType];
  const places = sparsity && positionsOf(sparsity, shape, stored!);
  const read = (scratch?: Scratch): Elements => {
    const isPlain = !places && !(quantization && isInteger);
    const held =
      dtype === "int4" ? halves(bytes, size) : elementsOf(dtype, bytes, isPlain ? { scratch } : {});
    const plain = places ? spread(held, places, size) : held;
    return quantization && isInteger ? dequantized(plain as Int8Array, shape, quantization) : plain;
  };
  const isFloat = !isInteger || quantization !== undefined;
  if (quantization && isInteger) checkQuantization(quantization, shape);
  return Constant.lazy(
    { shape, dtype: isFloat ? "float32" : dtype === "int4" ? "int8" : dtype, read },
    isFloat && size > 1,
  );
}

/** The numbers of a file at their places, and zeros. */
function spread(held: Elements, places: readonly number[], size: number): Elements {
  const whole = new (held.constructor as new (length: number) => Elements)(size);
  places.forEach((place, i) => {
    whole[place] = held[i]!;
  });
  return whole;
}

/** Numbers of four bits, two a byte, the lower first. */
const halves = (bytes: Uint8Array, size: number): Int8Array =>
  Int8Array.from({ length: size }, (_, i) => ((bytes[i >> 1]! >> (4 * (i & 1))) << 28) >> 28);

/** @throws AnygradError DATA_FORMAT for scales that are not as many as there are numbers along their axis */
function checkQuantization({ scales, zeros, axis }: Quantization, shape: readonly number[]): void {
  const along = scales.length === 1 ? 1 : shape[axis];
  if (scales.length !== along || (zeros.length > 1 && zeros.length !== scales.length))
    throw damaged(`it has ${scales.length} scales along axis ${axis} of ${quote(shape)}`);
}

function dequantized(
  whole: ArrayLike<number>,
  shape: readonly number[],
  { scales, zeros, axis }: Quantization,
): Float32Array {
  const values = new Float32Array(whole.length);
  const inner = scales.length === 1 ? whole.length : sizeOf(shape.slice(axis + 1));
  for (let i = 0; i < values.length; i++) {
    const channel = Math.floor(i / inner) % scales.length;
    const zero = zeros.length > 1 ? zeros[channel]! : (zeros[0] ?? 0);
    values[i] = (Number(whole[i]!) - zero) * scales[channel]!;
  }
  return values;
}
