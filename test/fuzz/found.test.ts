/**
 * What fuzzing has found is read again: each file in found/TARGET once did what it must not. And files that are like those which we write:
 * bytes of them changed, taken out, doubled and put together, as a fuzzer does that is not led by anything.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { thorough } from "../long.ts";
import { passed } from "./judge.ts";
import { targets } from "./targets.ts";

const found = fileURLToPath(new URL("found", import.meta.url));
const runs = thorough ? 400 : 10;

/** A file with some of its bytes changed. */
function changed(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const change = fc.record({
    kind: fc.constantFrom("set", "flip", "cut", "double", "splice", "number"),
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    length: fc.integer({ min: 1, max: 64 }),
    byte: fc.oneof(fc.constantFrom(0, 1, 127, 128, 254, 255, 34, 44, 45, 48, 57, 91, 123), fc.nat(255)),
    other: fc.nat(seeds.length - 1),
  });
  return fc
    .tuple(fc.nat(seeds.length - 1), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([from, changes]) => {
      let bytes = Buffer.from(seeds[from]!);
      for (const { kind, at: share, length, byte, other } of changes) {
        const at = Math.floor(share * bytes.length);
        const [before, part, behind] = [
          bytes.subarray(0, at),
          bytes.subarray(at, at + length),
          bytes.subarray(at + length),
        ];
        if (kind === "cut") bytes = Buffer.concat([before, behind]);
        else if (kind === "double") bytes = Buffer.concat([before, part, part, behind]);
        else if (kind === "splice") bytes = Buffer.concat([before, seeds[other]!.subarray(at)]);
        else if (kind === "number")
          bytes = Buffer.concat([before, Buffer.from(String(2 ** (byte % 64))), behind]);
        else if (at < bytes.length) bytes[at] = kind === "set" ? byte : bytes[at]! ^ (1 << (byte % 8));
      }
      return bytes;
    });
}

describe.each(Object.keys(targets))("%s", (name) => {
  const folder = join(found, name);
  const files = existsSync(folder) ? readdirSync(folder) : [];

  it.each(files)("%s", async (file) => {
    const { target } = await targets[name]!();
    await passed(() => target.read(Uint8Array.from(readFileSync(join(folder, file)))));
  });

  it("refuses in one line what it does not read", async () => {
    const { target } = await targets[name]!();
    const seeds = await target.seeds();
    let refused = 0;
    for (const seed of seeds) if (await passed(() => target.read(Uint8Array.from(seed)))) refused++;
    expect(refused).toBeLessThanOrEqual(seeds.length / 2); // most are files as they should be
    const property = fc.asyncProperty(changed(seeds), async (bytes) => {
      await passed(() => target.read(Uint8Array.from(bytes)));
    });
    await fc.assert(property, { numRuns: runs, seed: 1 });
  });
});
