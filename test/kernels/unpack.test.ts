/** What the build packs comes out as it went in. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unpack } from "../../src/kernels/unpack.ts";
import { embedded } from "../embedded.ts";
import { thorough } from "../long.ts";
import { exportNames, nameless, pack } from "./nameless.ts";

const fileOf = (name: string): Buffer =>
  readFileSync(new URL(`../../dist/kernels/${name}.wasm`, import.meta.url));
const same = (got: Uint8Array, wanted: Uint8Array): boolean => Buffer.compare(got, wanted) === 0;
const comesOut = (bytes: Uint8Array, before?: Uint8Array): boolean =>
  same(unpack(pack(bytes, before).toString("base64"), before), bytes);

describe("bytes that are packed", () => {
  it("come out as they were", () => {
    const few = fc.uint8Array({ min: 0, max: 3, minLength: 1, maxLength: 300 }); // full of repeats
    const any = fc.uint8Array({ minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(fc.oneof(few, any), (bytes) => comesOut(bytes)),
      { numRuns: 30 },
    );
    fc.assert(
      fc.property(few, few, (bytes, before) => comesOut(bytes, before)),
      { numRuns: 30 },
    );
  });

  it("come out where they are one byte, or many alike", () => {
    expect(comesOut(Uint8Array.of(0))).toBe(true);
    expect(comesOut(Uint8Array.of(255))).toBe(true);
    expect(comesOut(new Uint8Array(thorough ? 2000 : 500).fill(255))).toBe(true);
  });

  it("are next to nothing behind their like, and where all are zeros", () => {
    const bytes = Uint8Array.from({ length: thorough ? 600 : 250 }, (_, i) => (i * i * 7919) >> 5);
    expect(pack(bytes, bytes).length).toBeLessThan(20);
    expect(pack(new Uint8Array(thorough ? 1000 : 300)).length).toBeLessThan(20);
  });
});

describe("the kernels inside the package", () => {
  it.each(["scalar", "simd", "relaxed"] as const)("are the files without names: %s", async (variant) => {
    const { code, families } = await embedded(variant);
    const names = exportNames(fileOf("simd"));
    expect(same(code, nameless(fileOf(variant)))).toBe(true);
    const conv2d = families.conv2d as Uint8Array | string;
    const bytes = typeof conv2d === "string" ? unpack(conv2d) : conv2d;
    expect(same(bytes, nameless(fileOf(`conv2d-${variant}`), names))).toBe(true);
  });
});
