/** Which of very many points are shown: nobody sees a million of them, and a page of them opens nowhere. */

/** Points that a chart and its table have; of more every second, third … and the last. */
const MOST = 1000;

/** The indices of `length` points, or of about `most` of them, equally far apart, and the last. Default 1000. */
export function thinned(length: number, most: number = MOST): number[] {
  const every = Math.max(1, Math.ceil(length / most));
  const shown = Array.from({ length: Math.ceil(length / every) }, (_, i) => i * every);
  return length === 0 || shown.at(-1) === length - 1 ? shown : [...shown, length - 1];
}
