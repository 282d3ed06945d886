/**
 * The frames of TFRecord files, in which TensorBoard's events lie: `length (8 bytes), its checksum (4), data, its checksum (4)`, little
 * endian. The checksums are CRC-32C, masked as TensorFlow does, since checksums of what holds checksums are poor ones.
 */

/** CRC-32C (Castagnoli, RFC 3720 B.4), reflected. */
const polynomial = 0x82f63b78;
let table: Uint32Array | undefined;

function tableOfBytes(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? polynomial : 0);
    return crc;
  });
}

/** @returns a number of 32 bits, from 0 */
export function crc32c(bytes: Uint8Array): number {
  table ??= tableOfBytes();
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 255]!;
  return ~crc >>> 0;
}

function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** A record with what stands around it. */
export function framed(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(8 + 4 + data.length + 4);
  const view = new DataView(frame.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, masked(crc32c(frame.subarray(0, 8))), true);
  frame.set(data, 12);
  view.setUint32(12 + data.length, masked(crc32c(data)), true);
  return frame;
}
