/** base^n for a whole n by squaring: multiplications alone, so the same on every engine. */
export function power(base: number, n: number): number {
  let result = 1;
  for (let square = base; n > 0; n = Math.floor(n / 2), square *= square) if (n % 2 === 1) result *= square;
  return result;
}
