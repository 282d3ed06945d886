import { misfit, show, type View, type ViewOptions } from "../view.ts";
import { aroundZero, canvasOf, extent, rising } from "./raster.ts";

/** Numbers in rows and columns. */
export interface Matrix {
  /** Row by row. */
  readonly data: ArrayLike<number>;
  /** `[rows, columns]`. */
  readonly shape: readonly number[];
}

/** Options of `heatmap`. */
export interface HeatmapOptions extends ViewOptions {
  /** Side of a cell in CSS pixels; default: as the page's width allows, from 2 to 24. */
  cell?: number;
}

/**
 * A picture of a matrix, a cell a number: attention, correlations, what a network looked at, a spectrogram.
 *
 * Where numbers are on both sides of 0, one side has one colour and the other another; else they rise from the ground's. Its
 * words, told to the pointer: `row`, `column`.
 *
 * @throws AnygradError INVALID_ARGUMENT
 *
 * @example
 * ```js
 * import { heatmap } from "anygrad/vis";
 *
 * const view = heatmap(document.body, { data: [0.1, 0.9, 0.7, 0.3], shape: [2, 2] }, { title: "Attention" });
 * console.log(view.element.querySelector("canvas").width); // 2
 * ```
 */
export function heatmap(parent: Element, matrix: Matrix, options: HeatmapOptions = {}): View<Matrix> {
  return show(parent, matrix, options, {
    name: "heatmap",
    check({ data, shape }) {
      if (shape?.length !== 2 || data?.length !== shape[0]! * shape[1]!)
        throw misfit(
          "heatmap",
          `${data?.length} numbers have the shape [${shape}]; pass [rows, columns] and as many numbers`,
        );
    },
    draw({ data, shape }, body, width, { word, number }) {
      const [rows = 0, columns = 0] = shape;
      const [least, largest] = extent(data);
      const isSigned = least < 0 && largest > 0;
      const color = isSigned
        ? aroundZero(body, Math.max(-least, largest))
        : rising(body, Math.min(0, least), largest);
      const cell = options.cell ?? Math.max(2, Math.min(24, Math.floor(width / columns)));
      const canvas = canvasOf(body.ownerDocument, columns, rows, cell * columns, (i) => color(data[i]!));
      canvas.setAttribute("aria-label", `${rows} × ${columns}: ${number(least)} … ${number(largest)}`);
      canvas.onpointermove = ({ offsetX, offsetY }) => {
        const [column, row] = [Math.floor(offsetX / cell), Math.floor(offsetY / cell)];
        const value = data[row * columns + column];
        canvas.title =
          value === undefined ? "" : `${word("row")} ${row}, ${word("column")} ${column}: ${number(value)}`;
      };
      const holder = body.ownerDocument.createElement("div");
      holder.className = "vis-heat";
      holder.append(canvas);
      body.replaceChildren(holder);
    },
  });
}
