/** Families: modules of kernels beside the core, loaded by the first call in whatever way the core came. */
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createEngine, type Engine } from "../../src/autograd/engine.ts";
import type { EngineOptions } from "../../src/backend/backend.ts";
import { kernelMark } from "../../src/kernels/abi.generated.ts";
import { KernelFamily } from "../../src/kernels/families/family.ts";
import type { Kernel } from "../../src/kernels/kernel.ts";
import * as ops from "../../src/ops/index.ts";
import { builds, precisionOf, runs } from "../builds.ts";
import { failure } from "../data/failure.ts";
import { exportNames, nameless, pack } from "./nameless.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const fileOf = (name: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(readFileSync(new URL(`../../dist/kernels/${name}.wasm`, import.meta.url)));
const moduleOf = (name: string): WebAssembly.Module => new WebAssembly.Module(fileOf(name));

const n = 40_000; // numbers that are worth sharing
const numbers = Float32Array.from({ length: n }, (_, i) => i - n / 2);

/** The sum of four pixels, by the family `conv2d`. */
function convolved(engine: Engine): unknown {
  const [x, kernel] = [engine.tensor([1, 2, 3, 4], [1, 2, 2, 1]), engine.tensor([1, 1, 1, 1], [2, 2, 1, 1])];
  return ops.conv2d(x, kernel).toArray();
}

/** Whether an op of the family `arrays` gives what it should. */
function signs(engine: Engine): boolean {
  const y = ops.sign(engine.tensor(numbers)).data;
  return numbers.every((x, i) => y[i] === Math.sign(x));
}

const untilAllWork = async (engine: Engine): Promise<void> => {
  while (engine.info.workers < engine.info.threads - 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
};

describe.each(builds.filter(runs))("in an engine of the %s build", (variant) => {
  const options: EngineOptions = { variant, precision: precisionOf(variant) };

  it.each([1, 2])("a family is loaded by its first call, on %i threads", async (threads) => {
    const engine = await createEngine({ ...options, threads });
    expect(signs(engine)).toBe(true);
    engine.dispose();
  });

  it("workers that run already load it, too", async () => {
    const engine = await createEngine({ ...options, threads: 2 });
    ops.square(engine.tensor(numbers));
    await untilAllWork(engine);
    for (let i = 0; i < 50; i++) expect(signs(engine)).toBe(true);
    expect(ops.square(engine.tensor(numbers)).data[0]).toBe((n / 2) ** 2);
    engine.dispose();
  });

  it("it may come in the middle of a step", async () => {
    const engine = await createEngine({ ...options, threads: 1 });
    const w = engine.variable(numbers);
    const { gradients } = engine.valueAndGrad(() => ops.sum(ops.multiply(ops.clip(w, -2, 2), w)), [w]);
    expect([0, n / 2 - 1, n - 1].map((i) => gradients[0]!.data[i])).toEqual([-2, -2, 2]);
  });
});

describe("a family that the caller brings", () => {
  const forms: [string, EngineOptions["kernels"], threads: number][] = [
    ["as bytes", [fileOf("simd"), fileOf("arrays-simd")], 2],
    ["as bytes, in the other order", [fileOf("arrays-scalar"), fileOf("scalar")], 2],
    ["as modules", [moduleOf("simd"), moduleOf("arrays-simd")], 1],
    ["as a module beside bytes", [fileOf("simd"), moduleOf("arrays-simd")], 1],
    ["as bytes beside a module", [moduleOf("scalar"), fileOf("arrays-scalar")], 1],
    [
      "as promises",
      [Promise.resolve(moduleOf("simd")), Promise.resolve({ default: moduleOf("arrays-simd") })],
      1,
    ],
    ["of another build, which has the same bits", [fileOf("scalar"), fileOf("arrays-simd")], 2],
  ];
  it.each(forms)("%s", async (_, kernels, threads) => {
    const engine = await createEngine({ kernels, threads: 2 });
    expect(engine.info.threads).toBe(threads);
    expect(signs(engine)).toBe(true);
    engine.dispose();
  });

  it("come from the package where a core was given alone", async () => {
    const engine = await createEngine({ kernels: fileOf("scalar"), threads: 1 });
    expect(signs(engine)).toBe(true);
    expect(convolved(engine)).toEqual([[[[10]]]]);
  });

  it("are loaded where they were left out at first", async () => {
    for (const variant of ["simd", "scalar"] as const) {
      const engine = await createEngine({ variant, threads: 1 }, false);
      if (variant === "simd")
        expect(await failure(async () => convolved(engine), "DATA_MISSING")).toMatch(
          /^engine: an op needs the kernels conv2d, which this engine has not; take one of createEngine\(\)/,
        );
      await engine.allocator.backend.loadConvolutions();
      expect(convolved(engine)).toEqual([[[[10]]]]);
    }
  });

  it("may be left out where its simd build is in the program and may be compiled", async () => {
    expect(signs(await createEngine({ kernels: fileOf("simd"), threads: 1 }))).toBe(true);
  });
});

describe("an error tells", () => {
  const message = (work: () => unknown, code: string): string => {
    try {
      work();
    } catch (error) {
      expect(error).toMatchObject({ code });
      return (error as Error).message;
    }
    throw new Error("it went through");
  };

  it("which file is missing beside a scalar core", async () => {
    // as for a model without convolutions: the package's scalar kernels are not looked for
    const engine = await createEngine({ kernels: fileOf("scalar"), threads: 1 }, false);
    expect(message(() => signs(engine), "DATA_MISSING")).toMatch(
      /^engine: an op needs the kernels arrays, .* anygrad\/kernels\/arrays-scalar[.]wasm as well: createEngine\(\{ kernels: \[core, arrays\] \}\)$/,
    );
    expect(ops.square(engine.tensor([3])).item()).toBe(9); // nothing is lost
  });

  it("what to do where compiling is forbidden by then", async () => {
    const engine = await createEngine({ threads: 1, variant: "simd" });
    const compiled = moduleOf("arrays-simd");
    class Forbidden {
      constructor() {
        throw new WebAssembly.CompileError("disallowed by embedder");
      }
    }
    vi.stubGlobal("WebAssembly", Object.assign(Object.create(WebAssembly), { Module: Forbidden }));
    expect(message(() => signs(engine), "UNSUPPORTED")).toMatch(
      /^engine: an op needs the kernels arrays, which may not be compiled now \(disallowed by embedder\); train in a worker, or pass compiled modules, simd[.]wasm and arrays-simd[.]wasm, as createEngine\(\{ kernels: \[core, arrays\] \}\)$/,
    );
    vi.unstubAllGlobals();
    const kernels = [await WebAssembly.compile(fileOf("simd")), compiled];
    expect(signs(await createEngine({ kernels }))).toBe(true);
  });

  const arrays = fileOf("arrays-simd");
  const remarked = (mark: string): Uint8Array<ArrayBuffer> => {
    const bytes = arrays.slice();
    bytes.set(new TextEncoder().encode(mark), bytes.length - `${kernelMark} arrays`.length);
    return bytes;
  };
  const refused: [string, EngineOptions["kernels"], code: string, RegExp][] = [
    [
      "of a family alone",
      arrays,
      "INVALID_ARGUMENT",
      /^createEngine: kernels has arrays and no core; pass one of/,
    ],
    ["of nothing", [], "INVALID_ARGUMENT", /^createEngine: kernels has nothing and no core/],
    [
      "of two cores",
      [fileOf("simd"), fileOf("scalar")],
      "INVALID_ARGUMENT",
      /kernels has 2 cores; pass one of/,
    ],
    [
      "of another version",
      [fileOf("simd"), remarked(kernelMark.replace(/^0/, "9"))],
      "DATA_FORMAT",
      /^createEngine: the kernels passed are of anygrad 9[.]1[.]0 [0-9a-f]{16} arrays and this is/,
    ],
    [
      "of damage",
      [fileOf("simd"), arrays.slice().fill(0xff, 1000, 1100)],
      "DATA_FORMAT",
      /^createEngine: the kernels passed are damaged/,
    ],
    [
      "of a stranger in the list",
      [fileOf("simd"), 7 as never],
      "INVALID_ARGUMENT",
      /kernels is 7; pass one of/,
    ],
  ];
  it.each(refused)("%s", async (_, kernels, code, wanted) => {
    expect(await failure(() => createEngine({ kernels, threads: 1 }), code)).toMatch(wanted);
  });
});

describe("a family that calls kernels of the core", () => {
  // (func (export "twos_f32") (param i32 i32) (call $core.fill_f32 (local.get 0) (local.get 1) (f32.const 2) (i32.const 0) (i32.const 1)))
  // biome-ignore format: a section a line
  const wasm = Uint8Array.of(
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
    0x01, 0x0e, 0x02, 0x60, 0x05, 0x7f, 0x7f, 0x7d, 0x7f, 0x7f, 0x00, 0x60, 0x02, 0x7f, 0x7f, 0x00,
    0x02, 0x22, 0x02, 0x03, 0x65, 0x6e, 0x76, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x01, 0x01, 0x80, 0x80, 0x04,
    0x04, 0x63, 0x6f, 0x72, 0x65, 0x08, 0x66, 0x69, 0x6c, 0x6c, 0x5f, 0x66, 0x33, 0x32, 0x00, 0x00,
    0x03, 0x02, 0x01, 0x01,
    0x07, 0x0c, 0x01, 0x08, 0x74, 0x77, 0x6f, 0x73, 0x5f, 0x66, 0x33, 0x32, 0x00, 0x01,
    0x0a, 0x13, 0x01, 0x11, 0x00, 0x20, 0x00, 0x20, 0x01, 0x43, 0x00, 0x00, 0x00, 0x40, 0x41, 0x00, 0x41, 0x01, 0x10, 0x00, 0x0b,
  );
  const embedded = nameless(Buffer.from(wasm), exportNames(fileOf("simd"))); // as the build embeds families
  const family = new KernelFamily("twos", pack(embedded).toString("base64"));
  const twos_f32 = { text: "0 out n", family } as Kernel<{ out: number; n: number }>;

  it.each(["simd", "relaxed"] as const)("has those of its engine: %s", async (variant) => {
    if (!runs(variant)) return;
    for (const threads of [1, 2]) {
      const engine = await createEngine({ variant, precision: precisionOf(variant), threads });
      const x = engine.variable([1, 1, 1, 1]);
      engine.allocator.kernels.run(twos_f32, { out: x.pointer, n: 3 });
      expect(x.toArray()).toEqual([2, 2, 2, 1]);
      engine.dispose();
    }
  });
});
