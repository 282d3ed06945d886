/** `createEngine({ kernels })`: every form they may come in, and what is said of kernels that are none of ours. */
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createEngine, type Engine } from "../../src/autograd/engine.ts";
import { kernelMark } from "../../src/kernels/abi.generated.ts";
import type { KernelSource } from "../../src/kernels/sources.ts";
import * as ops from "../../src/ops/index.ts";
import { failure } from "../data/failure.ts";
import { coreBytes } from "../embedded.ts";
import { nameless } from "./nameless.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

type Bytes = Uint8Array<ArrayBuffer>;
type Source = KernelSource | PromiseLike<KernelSource>;

const square = (engine: Engine): unknown => ops.square(engine.tensor([1, -2, 3])).toArray();
const untyped = (value: unknown): never => value as never;

/** The same bytes made by another realm's classes, as edge-runtime and vm hand them over. */
const foreign = (bytes: Bytes, make: string): KernelSource =>
  runInNewContext(make, { list: Array.from(bytes) }) as KernelSource;

function within(bytes: Bytes): Bytes {
  const large = new Uint8Array(bytes.length + 10);
  large.set(bytes, 5);
  return large.subarray(5, 5 + bytes.length);
}

function sharedCopy(bytes: Bytes): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

const wasmHeaders = { headers: { "content-type": "application/wasm" } };
const forms: [string, (bytes: Bytes) => Source, threads: number][] = [
  ["bytes", (bytes) => bytes, 2],
  ["an ArrayBuffer", (bytes) => bytes.buffer, 2],
  ["bytes within a larger buffer", within, 2],
  ["a DataView", (bytes) => new DataView(bytes.buffer), 2],
  ["a SharedArrayBuffer", (bytes) => untyped(sharedCopy(bytes)), 2],
  ["bytes of another realm", (bytes) => foreign(bytes, "Uint8Array.from(list)"), 2],
  ["an ArrayBuffer of another realm", (bytes) => foreign(bytes, "Uint8Array.from(list).buffer"), 2],
  ["a promise of bytes", async (bytes) => bytes, 2],
  ["a response", (bytes) => new Response(bytes, wasmHeaders), 2],
  ["a response without a type", (bytes) => new Response(bytes), 2],
  ["a promise of a response", async (bytes) => new Response(bytes, wasmHeaders), 2],
  ["a namespace of bytes", (bytes) => ({ default: bytes }), 2],
  ["a module", (bytes) => new WebAssembly.Module(bytes), 1],
  [
    "a module of another realm",
    (bytes) => foreign(bytes, "new WebAssembly.Module(Uint8Array.from(list))"),
    1,
  ],
  ["a promise of a module", (bytes) => WebAssembly.compile(bytes), 1],
  ["a namespace of a module", (bytes) => ({ default: new WebAssembly.Module(bytes) }), 1],
  ["a promise of a namespace", async (bytes) => ({ default: new WebAssembly.Module(bytes) }), 1],
];

describe("kernels", () => {
  it.each(forms)(
    "may be %s, say their variant, and run on threads where bytes are known",
    async (_, of, threads) => {
      for (const variant of ["scalar", "simd"] as const) {
        const engine = await createEngine({ kernels: of(await coreBytes(variant)), threads: 2 });
        expect(square(engine)).toEqual([1, 4, 9]);
        expect(engine.info).toMatchObject({ variant, threads, sharedMemory: threads > 1 });
        engine.dispose();
      }
    },
  );

  it("of another realm are indeed no instances of ours", async () => {
    const module = foreign(await coreBytes("scalar"), "new WebAssembly.Module(Uint8Array.from(list))");
    expect(module).not.toBeInstanceOf(WebAssembly.Module);
  });

  it("compiled once serve many engines", async () => {
    const kernels = await WebAssembly.compile(await coreBytes("simd"));
    const engines = await Promise.all([1, 2, 3].map(() => createEngine({ kernels })));
    const tensors = engines.map((engine, i) => engine.variable([i, i, i]));
    expect(tensors.map((tensor) => tensor.toArray())).toEqual([
      [0, 0, 0],
      [1, 1, 1],
      [2, 2, 2],
    ]);
  });

  it("given as bytes are not kept: the caller may change them", async () => {
    const kernels = await coreBytes("simd");
    const making = createEngine({ kernels: Promise.resolve(kernels), threads: 1 });
    await Promise.resolve();
    await making;
    kernels.fill(0);
    expect(square(await making)).toEqual([1, 4, 9]);
  });

  it.each(["scalar", "simd", "relaxed"] as const)(
    "inside the package are those of dist/kernels, without names: %s",
    async (v) => {
      const file = readFileSync(new URL(`../../dist/kernels/${v}.wasm`, import.meta.url));
      expect(Buffer.compare(nameless(file), await coreBytes(v))).toBe(0);
      expect(WebAssembly.Module.exports(new WebAssembly.Module(await coreBytes("simd")))).toEqual([
        { name: "t", kind: "table" },
      ]);
    },
  );
});

describe("kernels that are refused", () => {
  const scalar = (change: (bytes: Bytes) => Bytes) => async (): Promise<KernelSource> =>
    change(await coreBytes("scalar"));
  const text = new TextEncoder();
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  const cases: [string, () => Source, code: string, RegExp][] = [
    [
      "an error page",
      () => text.encode("<!doctype html>"),
      "DATA_FORMAT",
      /^createEngine: the kernels passed are no WebAssembly: they begin with "<!doctype html>"; pass one of anygrad\/kernels/,
    ],
    ["no bytes", () => new Uint8Array(0), "DATA_FORMAT", /are no WebAssembly: they are empty; pass one of/],
    ["half a header", () => empty.slice(0, 3), "DATA_FORMAT", /are no WebAssembly/],
    [
      "somebody else's bytes",
      () => empty,
      "DATA_FORMAT",
      /^createEngine: the kernels passed are another module/,
    ],
    [
      "somebody else's module",
      () => new WebAssembly.Module(empty),
      "DATA_FORMAT",
      /^createEngine: the kernels passed are another module, not anygrad's; pass one of anygrad\/kernels/,
    ],
    [
      "a refused promise",
      () => Promise.reject(new Error("no route")),
      "DATA_MISSING",
      /^createEngine: the kernels passed did not arrive \(no route\); check/,
    ],
    [
      "a response that is no success",
      () => new Response("not here", { status: 404 }),
      "DATA_MISSING",
      /did not arrive \(HTTP 404 for the request\); check/,
    ],
    [
      "an address",
      () => untyped("https://example.org/simd.wasm"),
      "INVALID_ARGUMENT",
      /^createEngine: kernels is "https:\/\/example.org\/simd.wasm"; pass one of .* Response$/,
    ],
    ["a number", () => untyped(7), "INVALID_ARGUMENT", /^createEngine: kernels is 7; pass one of/],
    [
      "a truncated file",
      scalar((bytes) => bytes.slice(0, 5000)),
      "DATA_FORMAT",
      /^createEngine: the kernels passed are cut off: 5000 bytes, and at least \d+ are missing; fetch/,
    ],
    [
      "a file without its last byte",
      scalar((bytes) => bytes.slice(0, -1)),
      "DATA_FORMAT",
      /are cut off: .* at least 1 are/,
    ],
    [
      "a damaged file",
      scalar((bytes) => bytes.fill(0xff, 10_000, 10_100)),
      "DATA_FORMAT",
      /^createEngine: the kernels passed are damaged, or need instructions that this runtime lacks \(/,
    ],
    [
      "a file of another version",
      scalar((bytes) => remarked(bytes, `0.0.9 ${kernelMark.split(" ")[1]}`)),
      "DATA_FORMAT",
      /^createEngine: the kernels passed are of anygrad 0.0.9 [0-9a-f]{16} and this is .*; pass one of/,
    ],
    [
      "a file of other sources",
      scalar((bytes) =>
        remarked(
          bytes,
          kernelMark.replace(/[0-9a-f]$/, (digit) => (digit === "0" ? "1" : "0")),
        ),
      ),
      "DATA_FORMAT",
      /are of anygrad .* and this is /,
    ],
  ];

  describe.each([1, 2])("with %i thread(s)", (threads) => {
    it.each(cases)("%s", async (_, kernels, code, wanted) => {
      expect(await failure(() => createEngine({ kernels: kernels(), threads }), code)).toMatch(wanted);
    });
  });

  it("cut off anywhere never run", async () => {
    const bytes = await coreBytes("scalar");
    for (let length = 0; length < bytes.length; length += 997)
      await failure(() => createEngine({ kernels: bytes.slice(0, length) }), "DATA_FORMAT");
  });

  it("for a variant or a precision that they are not", async () => {
    const kernels = await coreBytes("simd");
    expect(await failure(() => createEngine({ kernels, variant: "scalar" }), "INVALID_ARGUMENT")).toMatch(
      /^createEngine: variant is "scalar" but the kernels passed are simd; leave variant out or pass .*scalar[.]wasm$/,
    );
  });

  it("relaxed ones where the same bits are asked for", async (context) => {
    const kernels = await coreBytes("relaxed");
    if (!WebAssembly.validate(kernels)) context.skip();
    expect(await failure(() => createEngine({ kernels }), "INVALID_ARGUMENT")).toMatch(
      /^createEngine: the kernels passed are relaxed, .* pass precision: "fast"/,
    );
    expect((await createEngine({ kernels, precision: "fast" })).info.variant).toBe("relaxed");
  });
});

describe("a runtime that", () => {
  it("forbids compiling is told from a damaged file", async () => {
    vi.spyOn(WebAssembly, "compile").mockRejectedValue(
      new WebAssembly.CompileError("disallowed by embedder"),
    );
    expect(await failure(() => createEngine(), "UNSUPPORTED")).toMatch(
      /^createEngine: compiling WebAssembly is forbidden here \(disallowed by embedder\); .*'wasm-unsafe-eval'.*pass it as kernels$/,
    );
  });

  it("forbids compiling takes a compiled module", async () => {
    const kernels = new WebAssembly.Module(await coreBytes("simd"));
    vi.spyOn(WebAssembly, "compile").mockRejectedValue(
      new WebAssembly.CompileError("disallowed by embedder"),
    );
    expect(square(await createEngine({ kernels }))).toEqual([1, 4, 9]);
  });
});

/** The module with another mark: the last bytes of its last section. */
function remarked(bytes: Bytes, mark: string): Bytes {
  const encoded = new TextEncoder().encode(mark);
  expect(encoded.length).toBe(kernelMark.length);
  bytes.set(encoded, bytes.length - encoded.length);
  return bytes;
}
