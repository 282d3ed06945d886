/** What a server of secure aggregation does with shares: it puts a secret together again. */
import type { KeyPair } from "../../../src/federated/secure/keys.ts";

const size = 16;
const polynomial = (1n << 128n) | 0b1000_0111n;

function product(a: bigint, b: bigint): bigint {
  let result = 0n;
  for (; b > 0n; b >>= 1n) {
    if (b & 1n) result ^= a;
    a <<= 1n;
    if (a >> 128n) a ^= polynomial;
  }
  return result;
}

/** By Fermat: a to the power 2¹²⁸ − 2. */
function inverse(a: bigint): bigint {
  let result = 1n;
  for (let i = 0; i < 127; i++) {
    a = product(a, a);
    result = product(result, a);
  }
  return result;
}

/** The secret of these shares, by Lagrange's interpolation at 0. */
export function combined(shares: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const places = shares.map((share) =>
    BigInt(new DataView(share.buffer, share.byteOffset).getUint32(0, true)),
  );
  const factors = places.map((place, j) =>
    places.reduce(
      (factor, other, m) => (m === j ? factor : product(factor, product(other, inverse(other ^ place)))),
      1n,
    ),
  );
  const padded = new Uint8Array(shares[0]!.length - 4);
  for (let start = 0; start < padded.length; start += size) {
    const secret = shares.reduce((sum, share, j) => {
      const hex = Buffer.from(share.subarray(4 + start, 4 + start + size)).toString("hex");
      return sum ^ product(factors[j]!, BigInt(`0x${hex}`));
    }, 0n);
    padded.set(Buffer.from(secret.toString(16).padStart(32, "0"), "hex"), start);
  }
  return padded.slice(0, padded.length - padded.at(-1)!);
}

/** The key pair of a private key as PEM; its public key is not known. */
export async function privateKeyOf(pem: Uint8Array): Promise<Pick<KeyPair, "agreeWith">> {
  const { createPrivateKey, createPublicKey, diffieHellman, hkdfSync } = await import("node:crypto");
  const privateKey = createPrivateKey(Buffer.from(pem));
  return {
    async agreeWith(publicKey) {
      const common = diffieHellman({ privateKey, publicKey: createPublicKey(Buffer.from(publicKey)) });
      const key = Buffer.from(hkdfSync("sha256", common, "", "", 32)).toString("base64");
      return new TextEncoder().encode(key.replaceAll("+", "-").replaceAll("/", "_"));
    },
  };
}
