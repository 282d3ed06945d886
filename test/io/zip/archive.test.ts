/** Archives: what is not packed stays where it lies, 64-bit sizes are read, and damaged ones say what is wrong. */
import { expect, it } from "vitest";
import { readNpz, writeNpz } from "../../../src/io/npz/index.ts";
import { unzip, zip } from "../../../src/io/zip/archive.ts";

const files = { "a/x.bin": Uint8Array.of(1, 2, 3, 4), "y.txt": new Uint8Array(4000).fill(7) };
const directoryMark = [0x50, 0x4b, 1, 2];

/** Where the directory begins: its first entry. */
function directoryOf(archive: Uint8Array): number {
  for (let at = 0; at < archive.length; at++)
    if (directoryMark.every((byte, i) => archive[at + i] === byte)) return at;
  throw new Error("no directory");
}

it("gives back what was packed, and of what was not views", () => {
  expect(Object.fromEntries(unzip("test", zip(files, true)))).toEqual(files);
  const archive = zip(files, false);
  const found = unzip("test", archive);
  expect(Object.fromEntries(found)).toEqual(files);
  expect([...found.values()].every(({ buffer }) => buffer === archive.buffer)).toBe(true);
  expect([...unzip("test", archive, 10, (name) => name.startsWith("a/")).keys()]).toEqual(["a/x.bin"]);
});

it("arrays that are given to users lie in memory of their own", async () => {
  const archive = writeNpz({ x: { shape: [2], data: Float32Array.of(1, 2) } });
  const { x } = await readNpz(archive);
  archive.fill(0);
  expect(x!.data).toEqual(Float32Array.of(1, 2));
});

it("unpacks no description of more than 64 MiB", () => {
  const bomb = zip({ "config.json": new Uint8Array(2 ** 26 + 1) }, true);
  expect(bomb.length).toBeLessThan(2 ** 17);
  expect(() => unzip("loadKeras", bomb)).toThrow("config.json would unpack to 67108865 bytes");
});

it("reads sizes and places of 64 bits, as NumPy writes them for large arrays", () => {
  const archive = zip({ "a.bin": files["a/x.bin"] }, false);
  const begin = directoryOf(archive);
  const nameEnd = begin + 46 + 5;
  // size, packed size and place moved into a field of number 1, behind a field that nobody knows
  const extra = new Uint8Array(5 + 4 + 24);
  const extraView = new DataView(extra.buffer);
  extraView.setUint16(0, 0x7777, true);
  extraView.setUint16(2, 1, true);
  extraView.setUint16(5, 1, true);
  extraView.setUint16(7, 24, true);
  extraView.setBigUint64(9, 4n, true);
  extraView.setBigUint64(17, 4n, true);
  const entry = archive.slice(begin, nameEnd);
  const entryView = new DataView(entry.buffer);
  entryView.setUint16(30, extra.length, true);
  for (const at of [20, 24, 42]) entryView.setUint32(at, 0xffffffff, true);
  // the end in 64 bits, where it is, and the end that says neither
  const wide = new DataView(new ArrayBuffer(56 + 20));
  wide.setUint32(0, 0x06064b50, true);
  wide.setBigUint64(32, 1n, true);
  wide.setBigUint64(48, BigInt(begin), true);
  wide.setUint32(56, 0x07064b50, true);
  wide.setBigUint64(64, BigInt(nameEnd + extra.length), true);
  const end = archive.slice(-22);
  end.fill(255, 8, 20);
  const whole = new Uint8Array(
    Buffer.concat([archive.subarray(0, begin), entry, extra, Buffer.from(wide.buffer), end]),
  );
  expect([...unzip("test", whole)]).toEqual([["a.bin", files["a/x.bin"]]]);
});

const changes: Readonly<
  Record<string, readonly [RegExp, (archive: Uint8Array, directory: number) => Uint8Array]>
> = {
  "an end that is missing": [/no directory at its end/, (archive) => archive.subarray(0, -1)],
  "a directory that is cut off": [/directory is cut off/, (archive, at) => set(archive, at + 28, 0xff, 0xff)],
  "an encrypted file": [/a\/x\.bin is encrypted/, (archive, at) => set(archive, at + 8, 1)],
  "another way of packing": [/method 14/, (archive, at) => set(archive, at + 10, 14)],
  "a place that leads nowhere": [/not where it should be/, (archive, at) => set(archive, at + 42, 3)],
  "a place behind the end": [/not where it should be/, (archive, at) => set(archive, at + 44, 0xff)],
  "more bytes than there are": [/cut off/, (archive, at) => set(set(archive, at + 22, 1), at + 26, 1)],
  "sizes that differ": [/has 4 bytes of 5/, (archive, at) => set(archive, at + 24, 5)],
};

const set = (archive: Uint8Array, at: number, ...bytes: number[]): Uint8Array => {
  archive.set(bytes, at);
  return archive;
};

it.each(Object.entries(changes))("refuses %s", (_, [reason, change]) => {
  const archive = zip(files, false);
  const changed = change(archive, directoryOf(archive));
  expect(() => unzip("test", changed)).toThrow(reason);
  expect(() => unzip("test", changed)).toThrow(/^test: this is not a whole zip archive: /);
});
