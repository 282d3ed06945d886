/** Shapes of arrays: plain lists of sizes, outermost axis first. */

/** The size of each axis, outermost first; `[]` is one number. */
export type Shape = readonly number[];

/** Shape of an example; null where sizes are open, such as the steps of sequences of any length: [null, 8]. */
export type ExampleShape = readonly (number | null)[];

/** Number of elements of an array of this shape: the product of its sizes, 1 for []. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const n of shape) size *= n;
  return size;
}

/** The shape as text: "[2, 3]"; of data that were passed as one, the beginning. */
export function formatShape(shape: ExampleShape): string {
  return `[${shape.slice(0, 16).map(String).join(", ")}${shape.length > 16 ? ", …" : ""}]`;
}

/** Whether two shapes have the same sizes in the same order. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}

/** A shape by two examples of it: null where they differ. */
export function openShape(a: Shape, b: Shape | undefined): ExampleShape {
  return b && !sameShape(a, b) ? a.map((n, i) => (n === b[i] ? n : null)) : a;
}
