import { seriesName } from "../style.ts";
import { misfit, show, type View, type ViewOptions } from "../view.ts";
import { type Line, plotted } from "./plot.ts";

/** Points of one name. */
export interface Points {
  /** How many as `y`. */
  readonly x: ArrayLike<number>;
  /** How many as `x`. */
  readonly y: ArrayLike<number>;
}

/** Options of `scatter`. */
export interface ScatterOptions extends ViewOptions {
  /** What stands along the axis below; default "x". */
  xName?: string;
  /** In CSS pixels, without the legend; default 260. */
  height?: number;
}

/**
 * Points in a plane, a colour a name: predicted against actual values, two features of a table, a projection. Its word: `points`.
 *
 * @throws AnygradError INVALID_ARGUMENT
 *
 * @example
 * ```js
 * import { scatter } from "anygrad/vis";
 *
 * const chart = scatter(document.body, { houses: { x: [120, 80, 200], y: [310, 205, 498] } }, { xName: "actual" });
 * console.log(chart.element.className); // vis
 * ```
 */
export function scatter(
  parent: Element,
  data: Readonly<Record<string, Points>>,
  options: ScatterOptions = {},
): View<Readonly<Record<string, Points>>> {
  return show(
    parent,
    data,
    options,
    plotted<Readonly<Record<string, Points>>>(
      "scatter",
      (given, { word }) => {
        const names = Object.keys(given);
        // one row of x for all, in order, as the chart wants it; a name has numbers at its own places alone
        const all = names.flatMap((name, series) =>
          Array.from(given[name]!.x, (x, i) => ({ x, y: given[name]!.y[i]!, series })),
        );
        all.sort((a, b) => a.x - b.x);
        const lines = names.map(
          (name, index): Line => ({ name, color: seriesName(index), points: true, paths: () => null }),
        );
        return {
          xName: options.xName ?? "x",
          x: all.map(({ x }) => x),
          lines,
          y: names.map((_, series) => all.map((point) => (point.series === series ? point.y : null))),
          height: options.height ?? 260,
          range: {
            x: (_, least, largest) => around(least, largest),
            y: (_, least, largest) => around(least, largest),
          },
          summary: `${all.length} ${word("points")}: ${names.map(word).join(", ")}`,
        };
      },
      (given) => {
        for (const [name, { x, y }] of Object.entries(given))
          if (!(x?.length === y?.length))
            throw misfit("scatter", `"${name}" has ${x?.length} x and ${y?.length} y; pass as many of both`);
      },
    ),
  );
}

/** Room for whole points at the edges. */
function around(least: number | null, largest: number | null): [number, number] {
  if (least === null || largest === null) return [0, 1];
  const room = 0.05 * (largest - least) || 1;
  return [least - room, largest + room];
}
