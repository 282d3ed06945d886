/**
 * Keys of secure aggregation as Flower makes them: two nodes agree on one by ECDH over P-384 and HKDF, and seal what they tell each other by
 * Fernet (AES-128-CBC with an HMAC over all of it). The platform's cryptography does it. References: RFC 5869, the Fernet specification.
 */
import { AnygradError } from "../../errors.ts";
import { pemOf, toBase64Url } from "../identity.ts";

const algorithm = { name: "ECDH", namedCurve: "P-384" };
const versionOfFernet = 0x80;

/** A node's key pair for one round. */
export interface KeyPair {
  /** As PEM. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** As PEM: what is shared among the others. */
  readonly privateKey: Uint8Array<ArrayBuffer>;
  /** The key that both have, given the other's public one: 44 letters of base64. @throws AnygradError DATA_FORMAT */
  agreeWith(publicKey: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
}

export async function newKeyPair(): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey(algorithm, true, ["deriveBits"]);
  const [info, secret] = await Promise.all([
    crypto.subtle.exportKey("spki", pair.publicKey),
    crypto.subtle.exportKey("pkcs8", pair.privateKey),
  ]);
  return {
    publicKey: pemOf("PUBLIC KEY", new Uint8Array(info)),
    privateKey: pemOf("PRIVATE KEY", new Uint8Array(secret)),
    async agreeWith(publicKey) {
      const bits = await importPublic(publicKey).then((other) =>
        crypto.subtle.deriveBits({ name: "ECDH", public: other }, pair.privateKey, 384),
      );
      const source = await crypto.subtle.importKey("raw", bits, "HKDF", false, ["deriveBits"]);
      const none = new Uint8Array(0);
      const derivation = { name: "HKDF", hash: "SHA-256", salt: none, info: none };
      const key = new Uint8Array(await crypto.subtle.deriveBits(derivation, source, 256));
      return new TextEncoder().encode(toBase64Url(key));
    },
  };
}

async function importPublic(pem: Uint8Array): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey(
      "spki",
      fromBase64(textOf(pem).replace(/-----[A-Z ]+-----|\s/g, "")),
      algorithm,
      false,
      [],
    );
  } catch (cause) {
    throw new AnygradError("DATA_FORMAT", "secure aggregation: a node's public key is none of P-384", {
      cause,
    });
  }
}

/** A Fernet token. @param key what two nodes agreed on */
export async function seal(key: Uint8Array, plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const { sealing, signing } = await halvesOf(key);
  const iv = crypto.getRandomValues(new Uint8Array(16));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-CBC", iv }, sealing, plain));
  const signed = new Uint8Array(25 + sealed.length);
  signed[0] = versionOfFernet;
  new DataView(signed.buffer).setBigUint64(1, BigInt(Math.floor(Date.now() / 1000)));
  signed.set(iv, 9);
  signed.set(sealed, 25);
  const code = new Uint8Array(await crypto.subtle.sign("HMAC", signing, signed));
  const token = new Uint8Array(signed.length + code.length);
  token.set(signed);
  token.set(code, signed.length);
  return new TextEncoder().encode(toBase64Url(token));
}

/** @throws AnygradError DATA_FORMAT for a token that was not sealed by this key */
export async function unseal(key: Uint8Array, token: Uint8Array): Promise<Uint8Array> {
  const { sealing, signing } = await halvesOf(key);
  try {
    const bytes = fromBase64(textOf(token));
    const signed = bytes.subarray(0, -32);
    const isOurs = await crypto.subtle.verify("HMAC", signing, bytes.subarray(-32), signed);
    if (isOurs && signed[0] === versionOfFernet) {
      const iv = signed.subarray(9, 25);
      return new Uint8Array(
        await crypto.subtle.decrypt({ name: "AES-CBC", iv }, sealing, signed.subarray(25)),
      );
    }
  } catch {
    // told below
  }
  throw new AnygradError("DATA_FORMAT", "secure aggregation: a share came damaged");
}

/** @param text in either alphabet */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

async function halvesOf(key: Uint8Array): Promise<{ signing: CryptoKey; sealing: CryptoKey }> {
  const raw = fromBase64(textOf(key));
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const [signing, sealing] = await Promise.all([
    crypto.subtle.importKey("raw", raw.subarray(0, 16), hmac, false, ["sign", "verify"]),
    crypto.subtle.importKey("raw", raw.subarray(16), "AES-CBC", false, ["encrypt", "decrypt"]),
  ]);
  return { signing, sealing };
}
