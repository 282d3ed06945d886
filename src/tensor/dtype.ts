/** Types of the elements of tensors. */

/** Type of a tensor's elements: "float32" for numbers, "int32" for labels and indices, "uint8" for raw pixels. */
export type DType = "float32" | "int32" | "uint8";

/** Elements in JavaScript: a Float32Array, Int32Array or Uint8Array, as the dtype says. */
export type TypedArray = Float32Array | Int32Array | Uint8Array;

/** Bytes that an element of each type takes. */
export const bytesPerElement: Readonly<Record<DType, number>> = { float32: 4, int32: 4, uint8: 1 };
