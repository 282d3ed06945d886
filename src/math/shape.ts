/** Shapes of arrays: plain lists of sizes, outermost axis first. */

/** The size of each axis, outermost first; `[]` is one number. */
export type Shape = readonly number[];

/** Number of elements of an array of this shape: the product of its sizes, 1 for []. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const n of shape) size *= n;
  return size;
}

/** The shape as text: "[2, 3]"; of data that were passed as one, the beginning. */
export function formatShape(shape: Shape): string {
  return `[${shape.slice(0, 16).join(", ")}${shape.length > 16 ? ", …" : ""}]`;
}

/** Whether two shapes have the same sizes in the same order. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}
