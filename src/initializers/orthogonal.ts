/** Orthogonal weights: Gram and Schmidt's orthonormal basis of random ones, in f64 and in a fixed order. */
import { checkNumber } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { randomNormal as normalNumbers } from "../ops/randomNormal.ts";
import { builtIn } from "../registry.ts";
import { drawOf, type Initializer, type SeedOption, seedConfig } from "./initializer.ts";

/** Orthonormal rows or columns times gain, default 1 (Saxe et al., arXiv:1312.6120). */
export function orthogonal(options?: SeedOption & { gain?: number }): Initializer {
  const { gain = 1, seed } = strictOptions("orthogonal", options, "gain seed");
  checkNumber("orthogonal: gain", gain);
  return {
    type: "orthogonal",
    config: { gain, ...seedConfig("orthogonal", seed) },
    fill: builtIn((target, draw) => {
      const columns = target.shape.at(-1) ?? 1;
      const normal = normalNumbers(target.allocator, target.shape, drawOf(draw, seed));
      target.write(orthogonalize(normal.view, target.size / columns, columns, gain));
    }),
  };
}

/**
 * @param values a matrix [rows, columns], row-major
 * @returns its orthonormal columns (rows where there are more columns than rows), times gain
 */
export function orthogonalize(
  values: ArrayLike<number>,
  rows: number,
  columns: number,
  gain: number,
): Float32Array {
  // vectors of `length` numbers, `count` of them; element i of vector v stands at at(v, i)
  const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
  const at =
    rows < columns ? (v: number, i: number) => v * columns + i : (v: number, i: number) => i * columns + v;
  const basis = Float64Array.from(values);
  for (let v = 0; v < count; v++) {
    // twice is enough: the second pass removes what rounding left of the first
    for (let pass = 0; pass < 2; pass++)
      for (let u = 0; u < v; u++) {
        let dot = 0;
        for (let i = 0; i < length; i++) dot += basis[at(u, i)]! * basis[at(v, i)]!;
        for (let i = 0; i < length; i++) basis[at(v, i)]! -= dot * basis[at(u, i)]!;
      }
    let norm = 0;
    for (let i = 0; i < length; i++) norm += basis[at(v, i)]! * basis[at(v, i)]!;
    norm = Math.sqrt(norm);
    for (let i = 0; i < length; i++) basis[at(v, i)]! /= norm;
  }
  return Float32Array.from(basis, (x) => x * gain);
}
