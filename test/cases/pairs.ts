/**
 * Combinations of many factors that hold every pair of values of any two of them: an orthogonal array (Bush, 1952).
 * p² rows for up to p + 1 factors of p levels, p a prime: row (i, j) takes the levels i, j, i + j, i + 2j … modulo p.
 */

type Levels<Row extends readonly unknown[]> = { readonly [Factor in keyof Row]: readonly Row[Factor][] };

/** @param levels the values of each factor, equally many everywhere, a prime number of them */
export function pairs<Row extends readonly unknown[]>(...levels: Levels<Row>): Row[] {
  const p = levels[0]!.length;
  if (levels.some((values) => values.length !== p) || levels.length > p + 1)
    throw new Error(`pairs: factors of ${levels.map((values) => values.length)} levels; wanted ${p} each`);
  return Array.from({ length: p * p }, (_, at) => {
    const [i, j] = [Math.floor(at / p), at % p];
    return levels.map((values, factor) => values[factor === 0 ? j : (i + (factor - 1) * j) % p]!);
  }) as unknown as Row[];
}
