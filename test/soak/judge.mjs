/** Whether what a process holds is flat. */

/**
 * What may grow from the middle of a soak to its end, by the slope of all rounds in between. Handles and wasm memory may not grow at all: the least
 * of the last quarter is no more than the most of the first half. Bytes of the JavaScript heap go up and down by what V8 compiles and notes, resident memory by
 * what the allocators keep.
 */
export const bounds = {
  heap: 2 ** 20,
  buffers: 2 ** 20,
  resident: 2 ** 25,
  wasm: 0,
  used: 0,
  workerWasm: 0,
  threads: 0,
  files: 0,
  resources: 0,
};

/** The median of the slopes between all pairs of values (Theil and Sen): a table that doubles once does not bend it. A round. */
export function slope(values) {
  const slopes = values
    .flatMap((from, i) => values.slice(i + 1).map((to, k) => (to - from) / (k + 1)))
    .sort((a, b) => a - b);
  const { length } = slopes;
  return length % 2 ? slopes[(length - 1) / 2] : (slopes[length / 2 - 1] + slopes[length / 2]) / 2;
}

/**
 * A row for each thing that is held.
 * @param rounds what was held after each round of equal work
 * @returns first: after the first half; last; grown: over the last half
 */
export function judge(rounds) {
  const half = Math.floor(rounds.length / 2);
  return Object.keys(rounds[0])
    .filter((name) => name in bounds)
    .map((name) => {
      const values = rounds.map((round) => round[name]);
      const [before, after] = [values.slice(0, half), values.slice(half)];
      const steady = Math.min(...after.slice(Math.floor(after.length / 2))) - Math.max(...before);
      const grown = bounds[name] > 0 ? slope(after) * (after.length - 1) : Math.max(0, steady);
      return { name, first: values[half], last: values.at(-1), grown, isFlat: grown <= bounds[name] };
    });
}
