import uPlot from "uplot";
import { extent } from "../pictures/raster.ts";
import { misfit, show, type View, type ViewOptions } from "../view.ts";
import { plotted } from "./plot.ts";

/** Options of `barChart` and `histogram`. */
export interface BarOptions extends ViewOptions {
  /** What the numbers are; default "value", of a histogram "count". */
  valueName?: string;
  /** In CSS pixels, without the legend; default 200. */
  height?: number;
}

/**
 * A bar a name: probabilities of classes, counts, scores. Its words: `name`, `value`.
 *
 * @param data a number a name, in the order in which they are drawn
 * @throws AnygradError INVALID_ARGUMENT
 *
 * @example
 * ```js
 * import { barChart } from "anygrad/vis";
 *
 * const chart = barChart(document.body, { cat: 0.8, dog: 0.15, horse: 0.05 }, { valueName: "probability" });
 * chart.update({ cat: 0.1, dog: 0.85, horse: 0.05 });
 * console.log(chart.element.getAttribute("aria-label")); // barChart
 * ```
 */
export function barChart(
  parent: Element,
  data: Readonly<Record<string, number>>,
  options: BarOptions = {},
): View<Readonly<Record<string, number>>> {
  return show(
    parent,
    data,
    options,
    plotted<Readonly<Record<string, number>>>(
      "barChart",
      (given, { word, number }) => {
        const names = Object.keys(given);
        const values = names.map((name) => given[name]!);
        return {
          ...barsOf(values, options),
          xName: "name",
          x: names.map((_, index) => index),
          names,
          range: { x: [-0.5, Math.max(1, names.length) - 0.5], y: aroundZero(values) },
          summary: names.map((name) => `${word(name)} ${number(given[name]!)}`).join(", "),
        };
      },
      (given) => {
        for (const [name, value] of Object.entries(given))
          if (typeof value !== "number")
            throw misfit("barChart", `"${name}" is no number; pass a number a name`);
      },
    ),
  );
}

/** Numbers in boxes. */
export interface Histogram {
  /** How many numbers each box has. */
  readonly counts: ArrayLike<number>;
  /** Where the boxes begin and the last ends: one more than counts, rising. */
  readonly edges: ArrayLike<number>;
}

/** Options of `histogram`. */
export interface HistogramOptions extends BarOptions {
  /** Boxes that numbers are put into; default 30. */
  bins?: number;
}

/**
 * How numbers are spread: the weights of a layer, its gradients, the errors of a network. Its words: `around`, `count`, `numbers`.
 *
 * @param data the numbers, of which those that are not finite are left out; or boxes that are counted already
 * @throws AnygradError INVALID_ARGUMENT
 *
 * @example
 * ```js
 * import { histogram } from "anygrad/vis";
 *
 * const chart = histogram(document.body, [0.1, 0.2, 0.2, 0.9], { bins: 4, title: "Weights" });
 * console.log(chart.element.textContent.includes("Weights")); // true
 * ```
 */
export function histogram(
  parent: Element,
  data: ArrayLike<number> | Histogram,
  options: HistogramOptions = {},
): View<ArrayLike<number> | Histogram> {
  const { bins = 30 } = options;
  if (!(Number.isInteger(bins) && bins > 0))
    throw misfit("histogram", `bins is ${bins}; pass a whole number from 1 on`);
  return show(
    parent,
    data,
    options,
    plotted<ArrayLike<number> | Histogram>(
      "histogram",
      (given, { word, number }) => {
        const { counts, edges } = "counts" in given ? given : countIn(given, bins);
        const values = Array.from(counts);
        const middles = values.map((_, i) => (edges[i]! + edges[i + 1]!) / 2);
        const total = values.reduce((sum, count) => sum + count, 0);
        return {
          ...barsOf(values, { valueName: "count", ...options }),
          xName: "around",
          x: middles,
          range: {
            ...(values.length > 0 && { x: [edges[0]!, edges[values.length]!] as [number, number] }),
            y: aroundZero(values),
          },
          summary: `${total} ${word("numbers")}: ${number(edges[0]!)} … ${number(edges[values.length]!)}`,
        };
      },
      (given) => {
        const { counts, edges } = given as Histogram;
        if (counts === undefined && !((given as ArrayLike<number>)?.length >= 0))
          throw misfit("histogram", "the data are no list of numbers; pass numbers or { counts, edges }");
        if (counts !== undefined && edges?.length !== counts.length + 1)
          throw misfit(
            "histogram",
            `${counts.length} counts have ${edges?.length} edges; pass one more than counts`,
          );
      },
    ),
  );
}

/** Numbers put into boxes of one width, from the least number to the largest. */
export function countIn(values: ArrayLike<number>, bins: number): Histogram {
  let [least, largest] = extent(values);
  if (least === largest) [least, largest] = [least - 0.5, largest + 0.5];
  const counts = new Array<number>(bins).fill(0);
  const width = (largest - least) / bins;
  for (let i = 0; i < values.length; i++) {
    const box = Math.floor((values[i]! - least) / width);
    if (box >= 0 && box <= bins) counts[Math.min(box, bins - 1)]!++;
  }
  return { counts, edges: Array.from({ length: bins + 1 }, (_, i) => least + i * width) };
}

function barsOf(values: readonly number[], options: BarOptions) {
  const { valueName = "value", height = 200 } = options;
  const paths = uPlot.paths.bars!({ size: [0.9, 120] });
  return {
    lines: [{ name: valueName, color: "series-1" as const, paths, filled: true }],
    y: [values],
    height,
  };
}

/** Bars begin at zero. */
function aroundZero(values: readonly number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  const [least, largest] = [Math.min(0, ...finite), Math.max(0, ...finite)];
  const room = 0.05 * (largest - least) || 1;
  return [least < 0 ? least - room : 0, largest > 0 || least === 0 ? largest + room : 0];
}
