/**
 * Scalar and SIMD on arbitrary bits: subnormals, infinities, NaN, the largest and the smallest numbers in every lane.
 * No twin here, the only question is whether the two builds write the same 32 bits.
 */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { conv2d_kernel_gradient_f32 } from "../../src/kernels/families/conv2d.generated.ts";
import { conv2dGeometry } from "../../src/ops/conv2d.ts";
import * as ops from "../../src/ops/index.ts";
import type { Tensor, Variable } from "../../src/tensor/tensor.ts";
import { elementwiseOps } from "../cases/elementwise.ts";
import { thorough } from "../long.ts";
import { bitsOf, firstDifference } from "../reference/comparison/closeness.ts";
import { uint32At } from "../reference/random.ts";
import { opNamed } from "./evaluate.ts";

const engines = [await createEngine({ variant: "scalar" }), await createEngine({ variant: "simd" })];

/** Any float32: half of them of any magnitude, half between −8 and 8 so that sums do not drown at once. */
function anyBits(stream: number, length: number): Float32Array {
  const words = Uint32Array.from({ length }, (_, i) => uint32At({ seed: 77, stream, step: 0 }, i));
  const wild = new Float32Array(words.buffer);
  return wild.map((value, i) => (i % 2 ? value : (words[i]! / 2 ** 32 - 0.5) * 16));
}

const shape = [13, 79];
const x = anyBits(0, 13 * 79);
const other = anyBits(1, 13 * 79);
const upstream = anyBits(2, 13 * 79).map((value, i) => (i % 3 ? value : 1));
const vector = anyBits(3, 79);

type Unary = (x: Tensor) => Tensor;
const unary: Record<string, Unary> = {
  ...Object.fromEntries(elementwiseOps(1).map((name) => [name, opNamed(name)])),
  softmax: ops.softmax,
  logSoftmax: ops.logSoftmax,
  "max over rows": (t) => ops.max(t, { axis: 0, keepdims: true }),
  "min over columns": (t) => ops.min(t, { axis: 1, keepdims: true }),
  "sum over rows": (t) => ops.sum(t, { axis: 0, keepdims: true }),
  "mean over columns": (t) => ops.mean(t, { axis: 1, keepdims: true }),
  dropout: (t) => ops.dropout(t, { rate: 0.5, seed: 1, stream: 0, step: 0 }),
};
const binary: Record<string, (a: Tensor, b: Tensor) => Tensor> = {
  ...Object.fromEntries(elementwiseOps(2).map((name) => [name, opNamed(name)])),
  matmul: (a, b) => ops.matmul(a, b, { transposeB: true }),
};

/** Bits of the value and the gradients of Σ op · dy, in each variant. */
function expectSameBits(
  op: (...inputs: Tensor[]) => Tensor,
  inputs: readonly [Float32Array, number[]][],
): void {
  const [scalar, simd] = engines.map((engine) => {
    const variables = inputs.map(([data, extents]) => engine.variable(data, extents));
    const y = op(...variables);
    const dy = engine.tensor(upstream.slice(0, y.size), y.shape);
    const { gradients } = engine.valueAndGrad(() => ops.sum(ops.multiply(op(...variables), dy)), variables);
    return [y, ...gradients].map(({ data }) => bitsOf(data));
  });
  scalar!.forEach((bits, i) => {
    expect(firstDifference(bits, simd![i]!), i === 0 ? "forward" : `gradient ${i - 1}`).toBe(-1);
  });
}

describe("any bits give the same bits", () => {
  it("in two engines that really are different builds", () => {
    expect(engines.map((engine) => engine.info.variant)).toEqual(["scalar", "simd"]);
  });

  it.each(Object.entries(unary))("%s", (_, op) => expectSameBits((t) => op(t!), [[x, shape]]));

  it.each(Object.entries(binary))("%s", (_, op) => {
    expectSameBits(
      (a, b) => op(a!, b!),
      [
        [x, shape],
        [other, shape],
      ],
    );
  });

  it.each(Object.entries(binary).filter(([name]) => name !== "matmul"))("%s, broadcast", (_, op) => {
    expectSameBits(
      (a, b) => op(a!, b!),
      [
        [x, shape],
        [vector, [79]],
      ],
    );
  });

  it("normalisations", () => {
    const parameters: [Float32Array, number[]][] = [
      [x, shape],
      [vector, [79]],
      [vector, [79]],
    ];
    expectSameBits((t, gamma, beta) => ops.layerNormalization(t!, gamma!, beta!), parameters);
    // whole vectors: four rows at a time
    expectSameBits(
      (t, gamma, beta) => ops.layerNormalization(t!, gamma!, beta!),
      [
        [x.subarray(0, 11 * 76), [11, 76]],
        [vector.subarray(0, 76), [76]],
        [vector.subarray(0, 76), [76]],
      ],
    );
    const moving = engines.map((engine) => engine.variable(new Float32Array(79), [79]));
    expectSameBits((t, gamma, beta) => {
      const mine = moving.find(({ allocator }) => allocator === t!.allocator)!;
      return ops.batchNormalization(t!, gamma!, beta!, mine, mine, { training: true });
    }, parameters);
    for (const activation of ["relu", "sigmoid", "tanh"] as const)
      expectSameBits((t, gamma, beta) => {
        const mine = moving.find(({ allocator }) => allocator === t!.allocator)!;
        return ops.batchNormalization(t!, gamma!, beta!, mine, mine, { training: true, activation });
      }, parameters);
  });

  it.each([false, true])("attention, causal %s", (useCausalMask) => {
    expectSameBits(
      (q, k) => ops.dotProductAttention(q!, k!, k!, { useCausalMask }),
      [
        [x.subarray(0, 1000), [2, 25, 4, 5]],
        [other.subarray(0, 1000), [2, 25, 4, 5]],
      ],
    );
  });
});

/** Numbers between −1 and 1. */
const tame = (stream: number, length: number): Float32Array =>
  anyBits(stream, 2 * length).filter((_, i) => i % 2 === 0).map((value) => value / 8); // biome-ignore format: one call

/** The same by the ops that an attention is made of. */
function composed(q: Tensor, k: Tensor, v: Tensor, useCausalMask: boolean): Tensor {
  const [queries, keys, values] = [q, k, v].map((each) => ops.transpose(each, [0, 2, 1, 3])) as [Tensor, Tensor, Tensor]; // biome-ignore format: one call
  const scores = ops.matmul(ops.multiply(queries, 1 / Math.sqrt(q.shape[3]!)), keys, { transposeB: true });
  const [rows, columns] = [q.shape[1]!, k.shape[1]!];
  const sees = Array.from({ length: rows * columns }, (_, i) => Number(i % columns <= i / columns));
  const mask = q.allocator.allocate([rows, columns]);
  mask.write(sees);
  const seen = useCausalMask ? ops.where(mask, scores, ops.add(scores, -1e9)) : scores;
  return ops.transpose(ops.matmul(ops.softmax(seen), values), [0, 2, 1, 3]);
}

const attentions: readonly (readonly [number, number, number, number, boolean])[] = [
  [5, 3, 4, 2, false],
  [67, 67, 16, 9, true],
];
const longAttentions: typeof attentions = [
  [9, 300, 5, 7, false],
  [300, 30, 17, 16, true],
  [3, 4200, 2, 2, false],
];

describe.each(engines.map((engine) => [engine.info.variant, engine] as const))("%s", (_, engine) => {
  it.each(thorough ? [...attentions, ...longAttentions] : attentions)(
    "attention of %i queries and %i keys has the bits of its products and its softmax",
    (queries, keys, depth, valueDepth, useCausalMask) => {
      const shapes = [[2, queries, 3, depth], [2, keys, 3, depth], [2, keys, 3, valueDepth]]; // biome-ignore format: one call
      const inputs = shapes.map((each, i) => {
        const size = each.reduce((a, b) => a * b);
        return engine.variable(tame(10 + i, size), each);
      }) as [Variable, Variable, Variable];
      const dy = tame(20, 2 * queries * 3 * valueDepth);
      const bitsBy = (op: (q: Tensor, k: Tensor, v: Tensor) => Tensor): Uint32Array[] =>
        engine.step(() => {
          const y = op(...inputs);
          const upstream = engine.tensor(dy, y.shape);
          const { gradients } = engine.valueAndGrad(
            () => ops.sum(ops.multiply(op(...inputs), upstream)),
            inputs,
          );
          return [y, ...gradients].map(({ data }) => bitsOf(data));
        });
      const fused = bitsBy((q, k, v) => ops.dotProductAttention(q, k, v, { useCausalMask }));
      const apart = bitsBy((q, k, v) => composed(q, k, v, useCausalMask));
      fused.forEach((bits, i) => {
        expect(firstDifference(bits, apart[i]!), ["y", "dq", "dk", "dv"][i]).toBe(-1);
      });
    },
  );
});

describe.each(engines.map((engine) => [engine.info.variant, engine] as const))("%s", (_, engine) => {
  it("the gradient of a 1×1 kernel, a product, has the bits of the kernel for any", () => {
    const x = engine.variable(tame(30, 2 * 144 * 8), [2, 12, 12, 8]);
    const kernel = engine.variable(tame(31, 8 * 20), [1, 1, 8, 20]);
    const dy = engine.variable(tame(32, 2 * 144 * 20), [2, 12, 12, 20]);
    const found = engine.step(() => {
      const total = (): Tensor => ops.sum(ops.multiply(ops.conv2d(x, kernel), dy));
      return bitsOf(engine.valueAndGrad(total, [kernel]).gradients[0]!.data);
    });
    const wanted = engine.variable(new Float32Array(8 * 20), [8, 20]);
    engine.allocator.kernels.run(conv2d_kernel_gradient_f32, {
      partials: wanted.pointer,
      x: x.pointer,
      dy: dy.pointer,
      geometry: conv2dGeometry(x.shape, kernel.shape, {}),
    });
    expect(firstDifference(found, bitsOf(wanted.data))).toBe(-1);
  });
});
