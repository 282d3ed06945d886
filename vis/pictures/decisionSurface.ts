import { colorIn, seriesName } from "../style.ts";
import { misfit, show, type View, type ViewOptions } from "../view.ts";
import { blend, canvasOf, colorsOf } from "./raster.ts";

/** What a network says all over a plane. */
export interface Surface {
  /**
   * Row by row from the top: a number a place, the probability of the second of two classes; or one a class, their probabilities.
   */
  readonly data: ArrayLike<number>;
  /** `[rows, columns]`, or `[rows, columns, classes]`. */
  readonly shape: readonly number[];
  /** The plane: what its left, right, bottom and top stand for; default -1 to 1. */
  readonly plane?: Plane;
  /** Examples that are drawn over it. */
  readonly points?: {
    /** Where each is, from left to right. */
    readonly x: ArrayLike<number>;
    /** Where each is, from bottom to top. */
    readonly y: ArrayLike<number>;
    /** The class of each, from 0. */
    readonly label: ArrayLike<number>;
  };
}

/** A part of a plane. */
export interface Plane {
  /** Its left and its right end. */
  readonly x: readonly [number, number];
  /** Its lower and its upper end. */
  readonly y: readonly [number, number];
}

/** Options of `decisionSurface`. */
export interface DecisionSurfaceOptions extends ViewOptions {
  /** One a class, told below; default: nothing is told. */
  classNames?: readonly string[];
  /** How wide it is, in CSS pixels; default 320, or the page's width where that is less. */
  size?: number;
}

const square: Plane = { x: [-1, 1], y: [-1, 1] };

/**
 * How a network divides a plane into classes, with its examples: a class a colour, paler where the network is less sure. Its word:
 * `points`.
 *
 * @throws AnygradError INVALID_ARGUMENT
 *
 * @example
 * ```js
 * import { decisionSurface, planePoints } from "anygrad/vis";
 *
 * const places = planePoints(40, 40); // what the network is asked
 * const data = Float32Array.from({ length: 1600 }, (_, i) => (places[2 * i] > 0 ? 0.9 : 0.1)); // and what it says
 * const points = { x: [-0.5, 0.5], y: [0, 0.2], label: [0, 1] };
 * const view = decisionSurface(document.body, { data, shape: [40, 40], points });
 * console.log(view.element.querySelector("canvas").width); // 40
 * ```
 */
export function decisionSurface(
  parent: Element,
  surface: Surface,
  options: DecisionSurfaceOptions = {},
): View<Surface> {
  return show(parent, surface, options, {
    name: "decisionSurface",
    check,
    draw(surface, body, width, { word }) {
      const { data, shape, points, plane = square } = surface;
      const [rows = 0, columns = 0, classes = 1] = shape;
      const side = Math.max(1, Math.min(options.size ?? 320, width || 320));
      const height = (side * rows) / columns;
      const names = Array.from({ length: Math.max(2, classes) }, (_, i) => seriesName(i));
      const colors = colorsOf(body, names);
      const [paper] = colorsOf(body, ["paper"]);
      const document = body.ownerDocument;
      const canvas = canvasOf(document, columns, rows, side, (place) => {
        let [best, share] = [0, 0];
        for (let i = 0; i < colors.length; i++) {
          const second = data[place]!;
          const value = classes > 1 ? data[place * classes + i]! : i === 1 ? second : 1 - second;
          if (value > share) [best, share] = [i, value];
        }
        const sure = (share - 1 / colors.length) / (1 - 1 / colors.length);
        return blend(paper!, colors[best]!, 0.12 + 0.6 * Math.max(0, Math.min(1, sure)));
      });
      canvas.setAttribute("aria-label", `${rows} × ${columns}`);
      const holder = document.createElement("div");
      holder.className = "vis-surface";
      holder.append(canvas);
      if (points)
        holder.append(
          dots(
            document,
            points,
            plane,
            [side, height],
            names.map((name) => colorIn(body, name)),
            colorIn(body, "paper"),
            `${points.x.length} ${word("points")}`,
          ),
        );
      if (options.classNames) holder.append(legend(document, options.classNames));
      body.replaceChildren(holder);
    },
  });
}

/**
 * The places of a plane as rows for a network with two inputs: x and y of each, row by row from the top.
 *
 * @param rows and `columns` how many places
 * @returns `rows × columns × 2` numbers, of shape `[rows × columns, 2]`
 */
export function planePoints(rows: number, columns: number, plane: Plane = square): Float32Array {
  const { x, y } = plane;
  const places = new Float32Array(2 * rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const place = 2 * (row * columns + column);
      places[place] = x[0] + ((column + 0.5) / columns) * (x[1] - x[0]);
      places[place + 1] = y[1] - ((row + 0.5) / rows) * (y[1] - y[0]);
    }
  return places;
}

function check({ data, shape, points }: Surface): void {
  const [rows, columns, classes = 1] = shape ?? [];
  if (!(data?.length === rows! * columns! * classes))
    throw misfit(
      "decisionSurface",
      `${data?.length} numbers have the shape [${shape}]; pass [rows, columns] or [rows, columns, classes] and as many numbers`,
    );
  if (points && !(points.x.length === points.y.length && points.label?.length === points.x.length))
    throw misfit(
      "decisionSurface",
      `points have ${points.x.length} x, ${points.y.length} y and ${points.label?.length} labels; pass as many of each`,
    );
}

/** The examples, on a canvas of the screen's resolution over the surface. */
function dots(
  document: Document,
  points: NonNullable<Surface["points"]>,
  { x, y }: Plane,
  [width, height]: readonly [number, number],
  colors: readonly string[],
  paper: string,
  label: string,
): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  const ratio = document.defaultView?.devicePixelRatio ?? 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  Object.assign(canvas.style, {
    width: `${width}px`,
    height: `${height}px`,
    position: "absolute",
    left: "0",
    top: "0",
  });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label);
  const context = canvas.getContext("2d")!;
  context.scale(ratio, ratio);
  context.strokeStyle = paper;
  for (let i = 0; i < points.x.length; i++) {
    context.beginPath();
    context.arc(
      (width * (points.x[i]! - x[0])) / (x[1] - x[0]),
      (height * (y[1] - points.y[i]!)) / (y[1] - y[0]),
      3.5,
      0,
      2 * Math.PI,
    );
    context.fillStyle = colors[points.label[i]! % colors.length]!;
    context.fill();
    context.stroke();
  }
  return canvas;
}

function legend(document: Document, classNames: readonly string[]): HTMLElement {
  const names = document.createElement("div");
  names.className = "vis-names";
  classNames.forEach((name, i) => {
    const entry = document.createElement("span");
    const mark = document.createElement("i");
    mark.style.background = `var(--vis-${seriesName(i)})`;
    entry.append(mark, name);
    names.append(entry);
  });
  return names;
}
