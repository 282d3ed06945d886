/**
 * Winograd's convolution and im2col's on the same numbers, straight on the kernels, whatever the rule would choose:
 * all three passes of every build within 1e-5 of the float64 twin's largest value, scalar and simd alike to the bit.
 * And the rule.
 */
import { describe, expect, it } from "vitest";
import { type Backend, createBackend } from "../../src/backend/backend.ts";
import { type Conv2dGeometry, recordFields } from "../../src/kernels/abi.generated.ts";
import type { KernelFunctions } from "../../src/kernels/code.ts";
import { conv2d as family, kernelNames, kernels } from "../../src/kernels/families/conv2d.generated.ts";
import { signatureOf } from "../../src/kernels/kernel.ts";
import { conv2dGeometry } from "../../src/ops/conv2d.ts";
import { type Conv2dPass, conv2dAlgorithm } from "../../src/ops/conv2dAlgorithm.ts";
import type { Padding } from "../../src/ops/window.ts";
import { runs } from "../builds.ts";
import { drawInputs, row } from "../cases/case.ts";
import { type Array64, sizeOf } from "../reference/array64.ts";
import { bitsOf, distance, firstDifference } from "../reference/comparison/closeness.ts";
import { conv2d, conv2dBackward } from "../reference/images/conv2d.ts";

const backends = {
  scalar: await createBackend({ variant: "scalar" }),
  simd: await createBackend({ variant: "simd" }),
};
const relaxed = runs("relaxed") ? await createBackend({ variant: "relaxed", precision: "fast" }) : undefined;
const algorithms = ["conv2d", "conv2d_winograd"] as const;

type Pass = KernelFunctions[number];

interface Passes {
  readonly forward: Float32Array;
  readonly inputGradient: Float32Array;
  readonly kernelGradient: Float32Array;
}

/** All three passes of one algorithm; `n` images of x and dy. The workspace is dirty and its end is watched. */
function run(
  backend: Backend,
  algorithm: (typeof algorithms)[number],
  geometry: Conv2dGeometry,
  [x, kernel, bias, dy]: readonly Float32Array[],
): Passes {
  const { heap } = backend;
  const exports = family.exportsIn(backend);
  const blocks: number[] = [];
  const allocate = (floats: number): number => {
    const offset = heap.allocate(4 * floats);
    blocks.push(offset);
    heap.f32.fill(Number.NaN, offset / 4, offset / 4 + floats);
    return offset;
  };
  const place = (values: Float32Array): number => {
    const offset = allocate(values.length);
    heap.f32.set(values, offset / 4);
    return offset;
  };
  const given = [x!, kernel!, bias!, dy!].map(place) as [number, number, number, number];
  const outputs = [dy!, x!, kernel!].map(({ length }) => ({ length, offset: allocate(length) }));
  const [y, dx, dkernel] = outputs.map(({ offset }) => offset) as [number, number, number];
  const record = heap.allocate(64);
  blocks.push(record);
  heap.i32.set(
    recordFields.Conv2dGeometry.split(" ").map((field) => geometry[field as keyof Conv2dGeometry]),
    record / 4,
  );
  const places = ["f32", "input_gradient_f32", "kernel_gradient_f32"].map(
    (pass) => signatureOf(kernels[kernelNames.indexOf(`${algorithm}_${pass}`)]!).place,
  );
  const [forwardPass, inputPass, kernelPass] = places.map((place) => exports[place]!) as [Pass, Pass, Pass];
  const units = places.map((place) => exports[place + 1]!(record)) as [number, number, number];
  const sizes = places.map((place, i) => exports[place + 2]!(record, units[i]!));
  const watch = 16; // floats behind the workspace that nobody may touch
  const scratch = (bytes: number) => {
    const offset = allocate(Math.ceil(bytes / 4) + watch);
    heap.f32.fill(42, offset / 4 + Math.ceil(bytes / 4), offset / 4 + Math.ceil(bytes / 4) + watch);
    return offset;
  };
  const workspaces = sizes.map(scratch) as [number, number, number];
  const [px, pk, pb, pdy] = given;
  forwardPass(y, px, pk, pb, workspaces[0], record, 0, 0, units[0]);
  inputPass(dx, pdy, pk, workspaces[1], record, 0, units[1]);
  // fewer than 32 images make one group: the gradient is whole
  expect(units[2]).toBe(1);
  kernelPass(dkernel, px, pdy, workspaces[2], record, 0, 1);
  workspaces.forEach((offset, i) => {
    const end = offset / 4 + Math.ceil(sizes[i]! / 4);
    expect([...heap.f32.subarray(end, end + watch)], "behind the workspace").toEqual(Array(watch).fill(42));
  });
  const [forward, inputGradient, kernelGradient] = outputs.map(({ length, offset }) =>
    heap.f32.slice(offset / 4, offset / 4 + length),
  ) as [Float32Array, Float32Array, Float32Array];
  for (const block of blocks) heap.free(block);
  return { forward, inputGradient, kernelGradient };
}

interface Convolution {
  readonly x: readonly [n: number, h: number, w: number, c: number];
  readonly size: 3 | 5;
  readonly filters: number;
  readonly padding: Padding;
}

/** Both algorithms in every build against the twin. */
function expectTwin({ x: shape, size, filters, padding }: Convolution): void {
  const kernelShape = [size, size, shape[3], filters];
  const geometry = conv2dGeometry(shape, kernelShape, { padding });
  const { n, oh, ow } = geometry;
  const inputs = [shape, kernelShape, [filters], [n, oh, ow, filters]].map((each) => ({ shape: each }));
  const drawn = drawInputs(
    row({ op: "winograd", inputs, attributes: { padding }, reference: ([x]) => x! }),
  ) as Array64[];
  const [x, kernel, bias, dy] = drawn as [Array64, Array64, Array64, Array64];
  const { dx, dkernel } = conv2dBackward(dy, x, kernel, bias, { padding });
  const wanted = {
    forward: conv2d(x, kernel, bias, { padding }),
    inputGradient: dx,
    kernelGradient: dkernel,
  };
  const floats = drawn.map(({ data }) => Float32Array.from(data));
  for (const algorithm of algorithms) {
    const scalar = run(backends.scalar, algorithm, geometry, floats);
    const simd = run(backends.simd, algorithm, geometry, floats);
    const fast = relaxed && run(relaxed, algorithm, geometry, floats);
    for (const [pass, { data }] of Object.entries(wanted) as [keyof Passes, Array64][]) {
      const name = `${algorithm} ${pass} of [${shape}] by [${kernelShape}], ${padding}`;
      expect(distance(simd[pass], data), name).toBeLessThanOrEqual(1e-5);
      if (fast) expect(distance(fast[pass], data), `${name}, relaxed`).toBeLessThanOrEqual(1e-5);
      expect(firstDifference(bitsOf(scalar[pass]), bitsOf(simd[pass])), `${name}, bits`).toBe(-1);
    }
  }
}

const channels = [4, 8, 12, 20, 32];
const extents = [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17];

it.skipIf(!runs("relaxed"))("the relaxed build takes part", () => {
  expect(relaxed?.variant).toBe("relaxed");
});

describe.each([3, 5] as const)("Winograd, %i×%i", (size) => {
  for (const padding of ["valid", "same"] as const) {
    it(`every height from 5 to 17, ${padding}`, () => {
      for (const h of extents) expectTwin({ x: [2, h, 5 + ((h * 5) % 13), 8], size, filters: 8, padding });
    });

    it.each(channels)(`%i channels to any number of filters, ${padding}`, (c) => {
      for (const filters of channels) expectTwin({ x: [1, 9, 11, c], size, filters, padding });
    });
  }

  it("images smaller than a tile, and than the kernel", () => {
    for (const [h, w] of [
      [1, 1],
      [2, 3],
      [4, 1],
      [3, 17],
    ] as const)
      expectTwin({ x: [3, h, w, 8], size, filters: 12, padding: "same" });
  });

  it("more tiles than a group and than a block of the sum, and wide matrices", () => {
    expectTwin({ x: [5, 17, 17, 16], size, filters: 24, padding: "same" });
    expectTwin({ x: [1, 8, 9, 132], size, filters: 68, padding: "same" });
  });

  it("batches of many outputs, which the relaxed build cuts into tiles of two sizes", () => {
    // 6 + 4 + 4 outputs of 3 taps down and 6 + 4 across, one kind of tile beside two, and the last tiles cut; of 5 taps 4 + 2
    for (const [n, h, w] of [
      [24, 14, 10],
      [20, 13, 14],
      [31, 10, 12],
      [9, 28, 14],
    ] as const)
      expectTwin({ x: [n, h, w, 8], size, filters: 12, padding: "same" });
    expectTwin({ x: [31, 8, 17, 12], size, filters: 8, padding: "valid" });
    expectTwin({ x: [13, 6, 42, 4], size, filters: 8, padding: "same" });
  });

  it("numbers of one sign, where errors do not cancel, very large and very small ones", () => {
    const shape = [2, 12, 12, 16] as const;
    const geometry = conv2dGeometry(shape, [size, size, 16, 16], { padding: "same" });
    for (const [low, high] of [
      [0, 1],
      [1e15, 2e15],
      [1e-18, 2e-18],
    ] as const) {
      const sizes = [shape, [size, size, 16, 16], [16], [2, 12, 12, 16]];
      const inputs = sizes.map((each) => ({ shape: each, range: [low, high] as const }));
      const drawn = drawInputs(row({ op: "winograd", inputs, reference: ([x]) => x! })) as Array64[];
      const [x, kernel, bias, dy] = drawn as [Array64, Array64, Array64, Array64];
      const floats = drawn.map(({ data }) => Float32Array.from(data));
      const { dx, dkernel } = conv2dBackward(dy, x, kernel, bias, { padding: "same" });
      const y = conv2d(x, kernel, bias, { padding: "same" });
      for (const backend of relaxed ? [backends.simd, relaxed] : [backends.simd]) {
        const got = run(backend, "conv2d_winograd", geometry, floats);
        expect(distance(got.forward, y.data), backend.variant).toBeLessThanOrEqual(1e-5);
        expect(distance(got.inputGradient, dx.data), backend.variant).toBeLessThanOrEqual(1e-5);
        expect(distance(got.kernelGradient, dkernel.data), backend.variant).toBeLessThanOrEqual(1e-5);
      }
    }
  });

  it("an image's output and input gradient do not depend on the batch around it", () => {
    const each = sizeOf([13, 10, 12]);
    const x = Float32Array.from({ length: 6 * each }, (_, i) =>
      Math.fround(((i * 7919) % 1013) / 1013 - 0.5),
    );
    const kernel = x.slice(0, size * size * 12 * 12);
    const bias = x.slice(0, 12);
    const geometryOf = (n: number) =>
      conv2dGeometry([n, 13, 10, 12], [size, size, 12, 12], { padding: "same" });
    const all = run(backends.simd, "conv2d_winograd", geometryOf(6), [x, kernel, bias, x]);
    for (let i = 0; i < 6; i++) {
      const own = x.slice(i * each, (i + 1) * each);
      const alone = run(backends.simd, "conv2d_winograd", geometryOf(1), [own, kernel, bias, own]);
      for (const pass of ["forward", "inputGradient"] as const)
        expect(firstDifference(bitsOf(alone[pass]), bitsOf(all[pass].slice(i * each, (i + 1) * each)))).toBe(
          -1,
        );
    }
  });
});

describe("the choice", () => {
  const choose = (
    pass: Conv2dPass,
    x: readonly number[],
    kernel: readonly number[],
    attributes: Parameters<typeof conv2dGeometry>[2] = { padding: "same" },
  ) => conv2dAlgorithm(conv2dGeometry(x, kernel, attributes), pass);

  it("is Winograd for the presets' inner convolutions, in every pass", () => {
    for (const pass of ["forward", "inputGradient", "kernelGradient"] as const) {
      expect(choose(pass, [64, 14, 14, 32], [5, 5, 32, 64])).toBe("winograd");
      expect(choose(pass, [64, 13, 13, 32], [3, 3, 32, 32], { padding: "valid" })).toBe("winograd");
    }
  });

  it("asks for many channels where a pass reads them", () => {
    expect(choose("forward", [64, 28, 28, 1], [3, 3, 1, 32])).toBe("im2col");
    expect(choose("kernelGradient", [64, 28, 28, 1], [3, 3, 1, 32])).toBe("im2col");
    expect(choose("inputGradient", [64, 28, 28, 4], [3, 3, 4, 32])).toBe("winograd");
    expect(choose("forward", [64, 28, 28, 32], [3, 3, 32, 4])).toBe("winograd");
    expect(choose("inputGradient", [64, 28, 28, 32], [3, 3, 32, 4])).toBe("im2col");
  });

  it("asks for channels and filters in fours", () => {
    expect(choose("forward", [64, 28, 28, 18], [3, 3, 18, 32])).toBe("im2col");
    expect(choose("forward", [64, 28, 28, 32], [3, 3, 32, 18])).toBe("im2col");
    expect(choose("forward", [64, 28, 28, 20], [3, 3, 20, 20])).toBe("winograd");
  });

  it("is im2col for strides, dilation, groups, other windows and images of few tiles", () => {
    const x = [8, 16, 16, 32];
    expect(choose("forward", x, [3, 3, 32, 32], { strides: 2 })).toBe("im2col");
    expect(choose("forward", x, [3, 3, 32, 32], { strides: [1, 2] })).toBe("im2col");
    expect(choose("forward", x, [3, 3, 32, 32], { dilationRate: 2 })).toBe("im2col");
    expect(choose("forward", x, [3, 3, 16, 32], { groups: 2 })).toBe("im2col");
    for (const window of [
      [1, 1],
      [2, 2],
      [4, 4],
      [3, 5],
      [5, 3],
      [7, 7],
    ])
      expect(choose("forward", x, [...window, 32, 32])).toBe("im2col");
    expect(choose("forward", [8, 3, 3, 32], [3, 3, 32, 32])).toBe("im2col");
    expect(choose("forward", [8, 5, 5, 32], [3, 3, 32, 32])).toBe("im2col");
  });

  it("does not ask for the number of images", () => {
    for (const n of [1, 2, 7, 64]) expect(choose("forward", [n, 8, 8, 16], [3, 3, 16, 16])).toBe("winograd");
  });
});
