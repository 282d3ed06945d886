/** gzip as its RFC has it, the same in every runtime: against zlib's own packing, in any pieces, whole, joined and damaged. */
import { constants, gunzipSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { gunzip, gunzipChunks } from "../../src/data/gzip.ts";
import { readIdx } from "../../src/data/idx.ts";
import { readCsv } from "../../src/index.ts";
import { Random } from "../../src/math/philox.ts";
import { thorough } from "../long.ts";
import { failure } from "./failure.ts";

const random = new Random(5, 1);
const below = (n: number): number => Math.floor(n * random.uniform());
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const contents: Record<string, Uint8Array> = {
  nothing: new Uint8Array(0),
  "a byte": Uint8Array.of(7),
  text: encode("the same bits everywhere, ".repeat(300)),
  noise: Uint8Array.from({ length: 70_000 }, () => below(256)),
  zeros: new Uint8Array(300_000),
  pixels: Uint8Array.from({ length: 120_000 }, (_, i) => (i % 28 < 9 ? 0 : below(1 + (i % 200)))),
  "far copies": Uint8Array.from({ length: 100_000 }, (_, i) => ((i * 7919) % 32749) & 255),
};

async function* inPieces(bytes: Uint8Array, size: () => number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + size();
    yield bytes.subarray(at, end);
    at = end;
  }
}

async function collected(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Uint8Array.from(Buffer.concat(all));
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

describe.each(Object.entries(contents))("%s", (_, bytes) => {
  it.each([
    ["stored", { level: 0 }],
    ["fast", { level: 1 }],
    ["best", { level: 9, memLevel: 9 }],
    ["with fixed codes", { strategy: constants.Z_FIXED }],
    ["in runs", { strategy: constants.Z_RLE }],
    ["in small blocks", { memLevel: 1 }],
    ["without copies", { strategy: constants.Z_HUFFMAN_ONLY }],
  ])("packed %s is itself again", async (_, options) => {
    const packed = gzipSync(bytes, options);
    expect(same(await gunzip(packed, "file"), bytes)).toBe(true);
    expect(
      same(
        await collected(
          gunzipChunks(
            inPieces(packed, () => 1000 + below(5000)),
            "file",
          ),
        ),
        bytes,
      ),
    ).toBe(true);
    if (packed.length < 3000)
      expect(
        same(
          await collected(
            gunzipChunks(
              inPieces(packed, () => 1),
              "file",
            ),
          ),
          bytes,
        ),
      ).toBe(true);
  });
});

describe("members and what follows", () => {
  // pieces of a byte each: as many of them as a few blocks need
  const [one, two, three] = [contents.text!, contents.pixels!.subarray(0, 12_000), contents["a byte"]!];
  const whole = Buffer.concat([one, two, three]);
  const members = Buffer.concat([gzipSync(one), gzipSync(two), gzipSync(three)]);
  const forms: [string, Uint8Array, Uint8Array][] = [
    ["several members", members, whole],
    ["a member and zeros", Buffer.concat([gzipSync(two), new Uint8Array(512)]), two],
    ["a single zero", Buffer.concat([gzipSync(two), new Uint8Array(1)]), two],
    ["several members and zeros", Buffer.concat([members, new Uint8Array(9000)]), whole],
    [
      "an empty member between",
      Buffer.concat([gzipSync(one), gzipSync(""), gzipSync(two)]),
      Buffer.concat([one, two]),
    ],
    [
      "a hundred members",
      Buffer.concat(Array.from({ length: 100 }, () => gzipSync("ab"))),
      encode("ab".repeat(100)),
    ],
    // what bgzip and others write: a field of its own, a name, a comment, a checksum of the header
    ["a header with all fields", withFields(gzipSync(two)), two],
  ];

  it.each(forms)("%s, at once and in pieces", async (_, packed, bytes) => {
    expect(same(await gunzip(packed, "file"), bytes)).toBe(true);
    for (const size of [1, 7, 1000, packed.length])
      expect(
        same(
          await collected(
            gunzipChunks(
              inPieces(packed, () => size),
              "file",
            ),
          ),
          bytes,
        ),
      ).toBe(true);
  });

  it.each([
    ["other bytes", Buffer.concat([gzipSync(one), encode("junk")])],
    ["zeros and then others", Buffer.concat([gzipSync(one), new Uint8Array(8), encode("x")])],
    ["a member that is cut off", members.subarray(0, members.length - 3)],
    ["the begin of a member", Buffer.concat([gzipSync(one), gzipSync(two).subarray(0, 5)])],
    ["a member that is damaged", damagedAt(members, gzipSync(one).length + 400)],
  ])("%s behind a member are an error", async (_, packed) => {
    expect(await failure(() => gunzip(packed, "set.gz"), "DATA_FORMAT")).toBe(
      "set.gz: the gzip data is damaged or cut off; fetch the file again",
    );
  });
});

it("ends in the bytes or a typed error wherever a bit is flipped or the file is cut", async () => {
  for (const content of [contents.text!.subarray(0, 900), contents.pixels!.subarray(0, 4000)])
    for (const options of [{}, { strategy: constants.Z_FIXED }, { level: 0 }]) {
      const packed = gzipSync(content, options);
      for (let i = 0; i < (thorough ? 150 : 30); i++) {
        const file = Uint8Array.from(packed);
        const at = below(file.length);
        if (i % 3 === 0) file.fill(below(256), at, at + 4);
        else file[at]! ^= 1 << below(8);
        const cut = i % 5 === 0 ? file.subarray(0, below(file.length)) : file;
        const got = await gunzip(cut, "file").catch((error: unknown) => error);
        if (got instanceof Uint8Array) expect(same(got, content)).toBe(true);
        else expect(got).toMatchObject({ code: "DATA_FORMAT" });
      }
    }
});

describe("where the runtime's own DecompressionStream refuses members and zeros, or is not there", () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    [
      "refuses",
      () => {
        throw new TypeError("Trailing junk found after the end of the compressed stream");
      },
    ],
    ["is not there", undefined],
  ])("%s: IDX and CSV read the same", async (_, stream) => {
    vi.stubGlobal("DecompressionStream", stream);
    const idx = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1);
    const joined = Buffer.concat([
      gzipSync(idx.subarray(0, 5)),
      gzipSync(idx.subarray(5)),
      new Uint8Array(100),
    ]);
    expect(await readIdx(joined)).toMatchObject({ shape: [3], data: Uint8Array.of(7, 2, 1) });
    const lines = Buffer.concat([gzipSync("7,0,255\n1,128"), gzipSync(",64\n"), new Uint8Array(3)]);
    expect((await readCsv(lines)).y).toEqual(Uint8Array.of(7, 1));
  });
});

it("agrees with node:zlib, which knows members and drops zeros", async () => {
  const packed = Buffer.concat([gzipSync(contents.text!), gzipSync(contents.noise!), new Uint8Array(64)]);
  expect(same(await gunzip(packed, "file"), gunzipSync(packed))).toBe(true);
});

/** The member with all optional fields in its header. */
function withFields(member: Uint8Array): Uint8Array {
  const head = Uint8Array.from(member.subarray(0, 10));
  head[3] = 2 | 4 | 8 | 16;
  const fields = [
    Uint8Array.of(5, 0, 1, 0, 2, 0, 0),
    encode("a name\0"),
    encode("a comment\0"),
    Uint8Array.of(1, 2),
  ];
  return Buffer.concat([head, ...fields, member.subarray(10)]);
}

function damagedAt(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at]! ^= 255;
  return copy;
}
