/** Tensors of a file that hold numbers: quantised ones as the numbers that they stand for. */
import { AnygradError, quote } from "../../errors.ts";
import { sizeOf } from "../../math/shape.ts";
import { bytesOfElement, type Elements, elementsOf } from "../elements.ts";
import { Constant } from "../graph/constant.ts";
import { elementTypes, type Quantization, type TfliteTensor } from "./file.ts";
import { damaged } from "./flatbuffer.ts";

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
export function constantOf({ shape, type, bytes = none(), quantization, isSparse }: TfliteTensor): Constant {
  const dtype = elementTypeOf(type);
  if (isSparse) throw new AnygradError("UNSUPPORTED", "it is sparse; convert the model without that");
  const size = sizeOf(shape);
  const wanted = dtype === "int4" ? Math.ceil(size / 2) : size * bytesOfElement[dtype];
  if (!shape.every((n) => n >= 0) || bytes.byteLength !== wanted)
    throw damaged(`its numbers, ${bytes.byteLength} bytes, do not fill its shape ${quote(shape)}`);
  const isWhole = !dtype.includes("float");
  const read = (): Elements => {
    const plain = dtype === "int4" ? halves(bytes, size) : elementsOf(dtype, bytes);
    return quantization && isWhole ? dequantized(plain as Int8Array, shape, quantization) : plain;
  };
  const isFloat = !isWhole || quantization !== undefined;
  if (quantization && isWhole) checkQuantization(quantization, shape);
  return Constant.lazy(
    { shape, dtype: isFloat ? "float32" : dtype === "int4" ? "int8" : dtype, read },
    isFloat && size > 1,
  );
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
