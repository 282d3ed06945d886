/**
 * Who a node is: a key pair of an elliptic curve, by which each request is signed, as Flower does it (ECDSA with SHA-256 over the time).
 * A node that is given no key makes one for its stay.
 */
import { AnygradError, reasonOf } from "../errors.ts";

/** What a request says of its sender. */
export interface Proof {
  /** The public key, as PEM. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** The time in UTC, as Python's isoformat writes it. */
  readonly timestamp: string;
  /** What the key signs of the timestamp's bytes, in DER. */
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** A node's key pair. */
export interface Identity {
  /** The public key, as PEM: by it the SuperLink knows the node. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** Whether it was made for this stay: such a node registers itself. */
  readonly isOwn: boolean;
  /** Signs the present time. */
  sign(): Promise<Proof>;
}

/** Curves by the names that OpenSSH gives them. */
const curves: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  nistp256: { name: "P-256", bytes: 32 },
  nistp384: { name: "P-384", bytes: 48 },
  nistp521: { name: "P-521", bytes: 66 },
};

/** A key pair for one stay, on the curve P-384 as Flower's own. */
export async function newIdentity(): Promise<Identity> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-384" }, true, [
    "sign",
    "verify",
  ]);
  return identityOf(pair.privateKey, pair.publicKey, true);
}

/**
 * The key pair of a private key that `ssh-keygen -t ecdsa -b 384 -N ""` wrote, as `flower-supernode --auth-supernode-private-key` takes it.
 * @param text the file's text
 * @throws AnygradError DATA_FORMAT for another kind of key, and for one with a passphrase
 * @example
 * ```js
 * import { readIdentity } from "anygrad/federated";
 *
 * const failed = await readIdentity("no key").catch((error) => error);
 * console.log(failed.code); // DATA_FORMAT
 * ```
 */
export async function readIdentity(text: string): Promise<Identity> {
  const { curve, x, y, d } = opensshKey(text);
  const [privateKey, publicKey] = await importPair(curve, { x, y, d }).catch((cause: unknown) => {
    throw wrongKey(`its numbers are no pair of ${curve} (${reasonOf(cause)})`);
  });
  return identityOf(privateKey, publicKey, false);
}

async function importPair(
  namedCurve: string,
  { d, ...point }: { x: string; y: string; d: string },
): Promise<[CryptoKey, CryptoKey]> {
  const jwk = { kty: "EC", crv: namedCurve, ...point };
  const algorithm = { name: "ECDSA", namedCurve };
  return Promise.all([
    crypto.subtle.importKey("jwk", { ...jwk, d }, algorithm, false, ["sign"]),
    crypto.subtle.importKey("jwk", jwk, algorithm, true, ["verify"]),
  ]);
}

async function identityOf(privateKey: CryptoKey, publicKey: CryptoKey, isOwn: boolean): Promise<Identity> {
  const info = new Uint8Array(await crypto.subtle.exportKey("spki", publicKey));
  const pem = pemOf("PUBLIC KEY", info);
  return {
    publicKey: pem,
    isOwn,
    async sign() {
      const timestamp = new Date().toISOString().replace("Z", "+00:00");
      const raw = await crypto.subtle.sign(
        { name: "ECDSA", hash: "SHA-256" },
        privateKey,
        new TextEncoder().encode(timestamp),
      );
      return { publicKey: pem, timestamp, signature: derOf(new Uint8Array(raw)) };
    },
  };
}

/** The private key of an OpenSSH file, whose numbers are written as JSON Web Keys write them. Reference: OpenSSH, PROTOCOL.key. */
function opensshKey(text: string): { curve: string; x: string; y: string; d: string } {
  const inner = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END OPENSSH PRIVATE KEY-----/.exec(
    text,
  )?.[1];
  if (inner === undefined) throw wrongKey("it is no OpenSSH private key");
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(inner.replace(/\s/g, "")), (sign) => sign.charCodeAt(0));
  } catch {
    throw wrongKey("its lines are no base64");
  }
  let place = "openssh-key-v1\0".length;
  const field = (): Uint8Array => {
    if (place + 4 > bytes.length) throw wrongKey("it ends too soon");
    const length = new DataView(bytes.buffer).getUint32(place);
    place += 4 + length;
    if (place > bytes.length) throw wrongKey("it ends too soon");
    return bytes.subarray(place - length, place);
  };
  const word = (): string => new TextDecoder().decode(field());
  const cipher = word();
  if (cipher !== "none")
    throw wrongKey(`it is encrypted (${cipher.slice(0, 20)}), and no passphrase can be asked for`);
  word(); // how a passphrase would become a key
  field();
  place += 4; // the number of keys
  field(); // the public key, which is in the private one, too
  place += 4 + 8; // its length, and a number twice
  const kind = word();
  const curve = curves[word()];
  if (!kind.startsWith("ecdsa-sha2-") || !curve) throw wrongKey(`it is of the kind ${kind.slice(0, 40)}`);
  const point = field(); // 4, x, y
  const secret = field();
  const { name, bytes: size } = curve;
  if (point.length !== 1 + 2 * size) throw wrongKey(`its point is no whole one of ${name}`);
  const padded = new Uint8Array(size);
  const digits = secret.subarray(secret.length > size ? secret.length - size : 0);
  padded.set(digits, size - digits.length);
  return {
    curve: name,
    x: digitsOf(point.subarray(1, 1 + size)),
    y: digitsOf(point.subarray(1 + size)),
    d: digitsOf(padded),
  };
}

function wrongKey(reason: string): AnygradError {
  return new AnygradError(
    "DATA_FORMAT",
    `federated: the private key cannot be read: ${reason}; make one by ssh-keygen -t ecdsa -b 384 -N "" -f FILE, and register FILE.pub by flwr supernode register`,
  );
}

/** Two numbers of half the bytes each, as DER: a sequence of two whole numbers without zeros in front. */
function derOf(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const half = raw.length / 2;
  const numbers = [raw.subarray(0, half), raw.subarray(half)].flatMap((digits) => {
    const first = digits.findIndex((digit) => digit !== 0);
    const short = Array.from(digits.subarray(first < 0 ? half - 1 : first));
    const positive = short[0]! > 127 ? [0, ...short] : short;
    return [2, positive.length, ...positive];
  });
  return Uint8Array.from([48, ...(numbers.length > 127 ? [129] : []), numbers.length, ...numbers]);
}

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** Bytes as base64 for addresses. */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_");
}

/** As JSON Web Keys have it: without the signs that fill up the last four. */
const digitsOf = (bytes: Uint8Array): string => toBase64Url(bytes).replaceAll("=", "");

/** A key's bytes as PEM. */
export function pemOf(label: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const lines = toBase64(bytes).match(/.{1,64}/g)!;
  return new TextEncoder().encode(`-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`);
}
