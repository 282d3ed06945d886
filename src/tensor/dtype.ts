/** Element types. Numbers are float32; int32 holds labels and indices, uint8 raw pixels. */

export type DType = "float32" | "int32" | "uint8";
/** What holds the elements of a tensor in JavaScript. */
export type TypedArray = Float32Array | Int32Array | Uint8Array;

export const bytesPerElement: Readonly<Record<DType, number>> = { float32: 4, int32: 4, uint8: 1 };
