/** Numbers of an array in another order of its axes. */

/** An array that can be written. */
interface Writable<T> {
  [index: number]: T;
  readonly length: number;
}

/**
 * Fills `out`, row-major, an array of these sizes, with the numbers of `data` that lie at these steps from a first one on.
 * @param steps from one index of an axis to the next, in numbers of `data`
 */
export function copyStrided<T, Out extends Writable<T>>(
  out: Out,
  data: ArrayLike<T>,
  sizes: readonly number[],
  steps: readonly number[],
  first: number = 0,
): Out {
  const row = sizes.at(-1) ?? 1;
  const step = steps.at(-1) ?? 0;
  const index = sizes.map(() => 0);
  let from = first;
  for (let to = 0; to < out.length; ) {
    for (let i = 0; i < row; i++) out[to++] = data[from + i * step]!;
    for (let axis = sizes.length - 2; axis >= 0; axis--) {
      index[axis]!++;
      from += steps[axis]!;
      if (index[axis]! < sizes[axis]!) break;
      from -= index[axis]! * steps[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}
