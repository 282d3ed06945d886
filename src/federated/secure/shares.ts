/**
 * Shamir's sharing of a secret: any `threshold` shares give it back, fewer tell nothing. Over GF(2¹²⁸) with the polynomial
 * x¹²⁸ + x⁷ + x² + x + 1, sixteen bytes at a time, as Flower's servers put them together again.
 */

const size = 16;
const bits = 8n * BigInt(size);
const polynomial = (1n << bits) | 0b1000_0111n;

/** @returns the shares, each its number from 1 on in 4 bytes and what the polynomials are there */
export function sharesOf(secret: Uint8Array, threshold: number, count: number): Uint8Array<ArrayBuffer>[] {
  const padding = size - (secret.length % size); // by PKCS #7
  const padded = new Uint8Array(secret.length + padding).fill(padding);
  padded.set(secret);
  const shares = Array.from({ length: count }, (_, i) => {
    const share = new Uint8Array(4 + padded.length);
    new DataView(share.buffer).setUint32(0, i + 1, true);
    return share;
  });
  for (let start = 0; start < padded.length; start += size) {
    const coefficients = Array.from({ length: threshold - 1 }, () =>
      numberOf(crypto.getRandomValues(new Uint8Array(size))),
    );
    coefficients.push(numberOf(padded.subarray(start, start + size)));
    shares.forEach((share, i) => {
      const value = coefficients.reduce((sum, each) => product(sum, i + 1) ^ each, 0n);
      write(value, share.subarray(4 + start, 4 + start + size));
    });
  }
  return shares;
}

/** @param small a number of few bits */
function product(value: bigint, small: number): bigint {
  let result = 0n;
  for (let rest = small; rest > 0; rest >>= 1) {
    if (rest & 1) result ^= value;
    value <<= 1n;
    if (value >> bits) value ^= polynomial;
  }
  return result;
}

function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function write(value: bigint, bytes: Uint8Array): void {
  for (let i = size - 1; i >= 0; i--, value >>= 8n) bytes[i] = Number(value & 255n);
}
