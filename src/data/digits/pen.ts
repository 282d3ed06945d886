/**
 * A pen on a small grey canvas: smooth strokes of changing width, anti-aliased by the distance to the stroke.
 *
 * The canvas keeps for each pixel how deep it lies inside the ink, max(radius - distance) in pixels, so strokes that
 * cross or touch merge without seams, whatever their order. Only + - * / and sqrt: the same pixels on every engine.
 */

/** Pieces between two control points; at 22 pixels a digit each is about one pixel long. */
const PIECES = 4;

/** A square of pixels on which strokes are drawn. */
export class Canvas {
  /** Pixels in a row and in a column. */
  readonly size: number;
  /** Depth inside the ink in pixels, row-major `[size * size]`; far outside where no stroke came near. */
  readonly depth: Float64Array;
  readonly #reach: number;

  /** @param reach how far outside the ink, in pixels, depth is still needed: half of the softest edge */
  constructor(size: number, reach: number) {
    this.size = size;
    this.depth = new Float64Array(size * size);
    this.#reach = reach;
  }

  /** Removes all ink. */
  clear(): void {
    this.depth.fill(-this.size);
  }

  /**
   * Draws smoothly through `count` control points (x, y, x, y … in pixels); a loop where the last is the first.
   *
   * @param startRadius half the width in pixels at the first point; it changes evenly to `endRadius`
   */
  stroke(points: Float64Array, count: number, startRadius: number, endRadius: number): void {
    const pieces = (count - 1) * PIECES;
    const last = 2 * count - 2;
    const closed = points[0] === points[last] && points[1] === points[last + 1];
    let x = points[0]!;
    let y = points[1]!;
    let radius = startRadius;
    for (let piece = 1; piece <= pieces; piece++) {
      const span = piece === pieces ? count - 2 : Math.floor(piece / PIECES);
      const t = piece / PIECES - span;
      const from = 2 * span;
      const to = from + 2;
      const before = from > 0 ? from - 2 : closed ? last - 2 : 0;
      const after = to < last ? to + 2 : closed ? 2 : last;
      const nextX = catmullRom(points[before]!, points[from]!, points[to]!, points[after]!, t);
      const nextY = catmullRom(
        points[before + 1]!,
        points[from + 1]!,
        points[to + 1]!,
        points[after + 1]!,
        t,
      );
      const nextRadius = startRadius + (endRadius - startRadius) * (piece / pieces);
      this.#segment(x, y, radius, nextX, nextY, nextRadius);
      x = nextX;
      y = nextY;
      radius = nextRadius;
    }
  }

  // A straight piece from (ax, ay) to (bx, by): raises the depth of the pixels around it.
  #segment(ax: number, ay: number, aRadius: number, bx: number, by: number, bRadius: number): void {
    const { size, depth } = this;
    const margin = Math.max(aRadius, bRadius) + this.#reach;
    const left = Math.max(0, Math.floor(Math.min(ax, bx) - margin));
    const right = Math.min(size - 1, Math.floor(Math.max(ax, bx) + margin));
    const top = Math.max(0, Math.floor(Math.min(ay, by) - margin));
    const bottom = Math.min(size - 1, Math.floor(Math.max(ay, by) + margin));
    const dx = bx - ax;
    const dy = by - ay;
    const inverseSquare = 1 / Math.max(dx * dx + dy * dy, 1e-9);
    for (let row = top; row <= bottom; row++) {
      const py = row + 0.5 - ay;
      for (let column = left; column <= right; column++) {
        const px = column + 0.5 - ax;
        const t = Math.min(1, Math.max(0, (px * dx + py * dy) * inverseSquare));
        const ex = px - t * dx;
        const ey = py - t * dy;
        const inside = aRadius + t * (bRadius - aRadius) - Math.sqrt(ex * ex + ey * ey);
        const at = row * size + column;
        if (inside > depth[at]!) depth[at] = inside;
      }
    }
  }
}

// The uniform Catmull–Rom spline from b (t = 0) to c (t = 1).
function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
