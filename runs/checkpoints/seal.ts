/**
 * A checkpoint in one file: what `net.save({ optimizer: true })` gave, and in its header what belongs to it and a SHA-256 of the
 * whole. It is still a safetensors file, which `load` and other tools read. A flipped bit, a page of zeros, a missing end or a part of
 * another run does not pass.
 *
 * The hash is that of the file with zeros where it stands itself.
 */
import { createHash } from "node:crypto";
import { AnygradError } from "../../src/errors.ts";
import { isObject, measuredJson } from "../../src/io/json.ts";
import { headerLength, headerOf, lengthBytes } from "../../src/io/safetensors/header.ts";

/** Counts changes that older versions cannot read: 1 was two files without a hash. */
const version = 2;
const noHash = "0".repeat(64);
/** The text that every file of ours begins with, behind the header's length. */
const opening = '{"__metadata__":{';

/** Plain data beside the state of a run. */
export type SealedRecord = Readonly<Record<string, unknown>>;

/** @param state the bytes of `net.save` */
export function seal(state: Uint8Array, record: SealedRecord): Uint8Array {
  const length = headerLength(state, state.length);
  const text = JSON.stringify(JSON.stringify({ version, sha256: noHash, ...record }));
  const added = new TextEncoder().encode(`${opening}"checkpoint":${text},`);
  const header = state.subarray(lengthBytes + opening.length, lengthBytes + length);
  // spaces, so that numbers stay at multiples of 8
  const padded = Math.ceil((added.length + header.length) / 8) * 8;
  const bytes = new Uint8Array(lengthBytes + padded + state.length - lengthBytes - length);
  bytes.fill(0x20, lengthBytes, lengthBytes + padded);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(added, lengthBytes);
  bytes.set(header, lengthBytes + added.length);
  bytes.set(state.subarray(lengthBytes + length), lengthBytes + padded);
  const at = Buffer.from(bytes.buffer).indexOf(noHash);
  new TextEncoder().encodeInto(hashOf(bytes, at), bytes.subarray(at, at + noHash.length));
  return bytes;
}

/**
 * What was sealed with the state; undefined where the file has no seal.
 *
 * @param name of the file, for messages
 * @throws AnygradError DATA_FORMAT for a file that is not as it was written, or a later version's
 */
export function unseal(bytes: Uint8Array, name: string): SealedRecord | undefined {
  let sealed: string | undefined;
  try {
    sealed = headerOf(bytes).metadata.checkpoint;
  } catch (error) {
    throw broken(name, error);
  }
  if (sealed === undefined) return undefined;
  const record = recordOf(sealed, name);
  const { sha256 } = record;
  const at =
    typeof sha256 === "string"
      ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(sha256)
      : -1;
  if (at < 0 || String(sha256).length !== noHash.length || hashOf(bytes, at) !== sha256) throw broken(name);
  // behind the hash: a flipped bit is no later version
  if (record.version !== version)
    throw new AnygradError(
      "DATA_FORMAT",
      `${name}: a checkpoint of version ${String(record.version)}, this anygrad knows ${version}; go on with the anygrad that wrote it`,
    );
  return record;
}

function recordOf(text: string, name: string): SealedRecord {
  const record = measuredJson(text, (_, cause) => broken(name, cause));
  if (isObject(record)) return record;
  throw broken(name);
}

function hashOf(bytes: Uint8Array, at: number): string {
  return createHash("sha256")
    .update(bytes.subarray(0, at))
    .update(noHash)
    .update(bytes.subarray(at + noHash.length))
    .digest("hex");
}

function broken(name: string, cause?: unknown): AnygradError {
  return new AnygradError("DATA_FORMAT", `${name}: damaged, its bytes are not those that were written`, {
    cause,
  });
}
