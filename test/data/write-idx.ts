/** The writer that the reader's tests need: the values of one type, big-endian, under their header. */
export const idxTypes = { u8: 8, i8: 9, i16: 11, i32: 12, f32: 13, f64: 14 } as const;
export type IdxTypeName = keyof typeof idxTypes;

const widths: Record<IdxTypeName, number> = { u8: 1, i8: 1, i16: 2, i32: 4, f32: 4, f64: 8 };

export function writeIdx(type: IdxTypeName, shape: readonly number[], values: ArrayLike<number>): Uint8Array {
  const header = 4 + 4 * shape.length;
  const bytes = new Uint8Array(header + values.length * widths[type]);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, idxTypes[type], shape.length]);
  for (const [i, size] of shape.entries()) view.setUint32(4 + 4 * i, size);
  for (let i = 0; i < values.length; i++) {
    const at = header + i * widths[type];
    const value = values[i]!;
    if (type === "u8") view.setUint8(at, value);
    else if (type === "i8") view.setInt8(at, value);
    else if (type === "i16") view.setInt16(at, value);
    else if (type === "i32") view.setInt32(at, value);
    else if (type === "f32") view.setFloat32(at, value);
    else view.setFloat64(at, value);
  }
  return bytes;
}
