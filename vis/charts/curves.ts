import type { ColorName } from "../style.ts";
import { seriesName } from "../style.ts";
import { misfit, show, type View, type ViewOptions, type Voice } from "../view.ts";
import { type Chart, type Line, plotted } from "./plot.ts";

/** Columns of numbers, one a name, such as `net.fit` gives as `history`; NaN stands for no number. */
export type Columns = Readonly<Record<string, ArrayLike<number>>>;

/** Options of `curves`. */
export interface CurvesOptions extends ViewOptions {
  /** The column along the axis below; default `step`, else `epoch`, else the rows counted from 1. */
  x?: string;
  /** The columns that are drawn, in this order; default: all others. */
  series?: readonly string[];
  /** Whether the axis at the left is logarithmic; default false. */
  log?: boolean;
  /** How much of the line before goes into each point, from 0 (nothing) to below 1; default 0. */
  smoothing?: number;
  /** Most points that are kept of rows that are appended: beyond, each two become their mean; default 1000. */
  points?: number;
  /** In CSS pixels, without the legend; default 220. */
  height?: number;
}

/** Lines to which points are added as they come. */
export interface CurvesView extends View<Columns> {
  /** Adds a row: a number for each name that has one. A name that is new is a new line. */
  append(row: Readonly<Record<string, number>>): void;
}

/**
 * Lines over steps or epochs, such as loss and accuracy, live: the figures under the pointer stand below, and a name there hides its line.
 *
 * Training, validation and test have the colours of anygrad's reports: `val_loss` is drawn with `loss`, and dashed beside other names.
 * Its words: the names of the columns, `number` (where rows are counted), `points`, `last`.
 *
 * @param parent where the figure is put, at the end
 * @param data columns, such as a run's history; more can be appended. Default: nothing yet
 * @throws AnygradError INVALID_ARGUMENT
 *
 * @example
 * ```js
 * import { curves } from "anygrad/vis";
 *
 * const chart = curves(document.body, { loss: [0.9, 0.4, 0.2], val_loss: [0.8, 0.5, 0.4] }, { title: "Loss" });
 * chart.append({ loss: 0.1, val_loss: 0.3 });
 * console.log(chart.element.tagName); // FIGURE
 * ```
 */
export function curves(parent: Element, data: Columns = {}, options: CurvesOptions = {}): CurvesView {
  const { smoothing = 0, points = 1000 } = options;
  if (!(smoothing >= 0 && smoothing < 1))
    throw misfit("curves", `smoothing is ${smoothing}; pass a number from 0 to below 1`);
  if (!(points >= 2)) throw misfit("curves", `points is ${points}; pass 2 or more`);
  let rows = rowsOf(data);
  let each = 1; // rows that were appended for a row that is kept
  let waiting: Row[] = [];
  const view = show<readonly Row[]>(
    parent,
    rows,
    options,
    plotted("curves", (shown, voice) => chartOf(shown, options, voice)),
  );
  return {
    element: view.element,
    remove: view.remove,
    update(next) {
      rows = rowsOf(next);
      each = 1;
      waiting = [];
      view.update(rows);
    },
    append(row) {
      waiting.push({ ...row });
      if (waiting.length >= each) {
        rows.push(meanOf(waiting));
        waiting = [];
      }
      if (rows.length > points) {
        rows = Array.from({ length: Math.ceil(rows.length / 2) }, (_, i) =>
          meanOf(rows.slice(2 * i, 2 * i + 2)),
        );
        each *= 2;
      }
      view.update(waiting.length > 0 ? [...rows, meanOf(waiting)] : rows);
    },
  };
}

type Row = Readonly<Record<string, number>>;

function rowsOf(columns: Columns): Row[] {
  const names = Object.keys(columns ?? {});
  const counts = names.map((name) => columns[name]?.length);
  const wrong = names.find((_, i) => !(counts[i]! >= 0));
  if (wrong !== undefined)
    throw misfit("curves", `"${wrong}" is no list of numbers; pass such as { loss: [0.9, 0.4] }`);
  return Array.from({ length: Math.max(0, ...(counts as number[])) }, (_, i) =>
    Object.fromEntries(
      names.filter((name) => i < columns[name]!.length).map((name) => [name, columns[name]![i]!]),
    ),
  );
}

/** The mean of what each name has; the last of what stands along the axis. */
function meanOf(rows: readonly Row[]): Row {
  if (rows.length === 1) return rows[0]!;
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return Object.fromEntries(
    [...names].map((name) => {
      const values = rows.map((row) => row[name]).filter((value) => value !== undefined);
      const isPlace = name === "step" || name === "epoch";
      return [name, isPlace ? values.at(-1)! : values.reduce((sum, value) => sum + value, 0) / values.length];
    }),
  );
}

function chartOf(rows: readonly Row[], options: CurvesOptions, { word, number }: Voice): Chart {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const place = options.x ?? ["step", "epoch"].find((name) => names.includes(name));
  const series = options.series ?? names.filter((name) => name !== place && name !== "epoch");
  const lines = linesOf(series);
  const smoothing = options.smoothing ?? 0;
  const y = series.map((name) => {
    let before: number | undefined;
    return rows.map((row) => {
      const value = row[name];
      if (value === undefined || !Number.isFinite(value)) return null;
      before = before === undefined ? value : smoothing * before + (1 - smoothing) * value;
      return options.log && before <= 0 ? null : before;
    });
  });
  const x = rows.map((row, i) => (place === undefined ? i + 1 : (row[place] ?? i + 1)));
  const last = series.map((name, i) => {
    const value = y[i]!.findLast((each) => each !== null);
    return `${word(name)} ${typeof value === "number" ? number(value) : "–"}`;
  });
  return {
    xName: place ?? "number",
    x,
    lines,
    y,
    height: options.height ?? 220,
    isLogarithmic: options.log,
    isLive: true,
    summary: `${rows.length} ${word("points")}; ${word("last")}: ${last.join(", ")}`,
  };
}

/** One thing and its validation have the colours of those parts; of several each has its own, the validation's dashed. */
function linesOf(series: readonly string[]): Line[] {
  const bases = [...new Set(series.map(baseOf))];
  return series.map((name) => {
    const isValidation = name !== baseOf(name);
    const place = bases.indexOf(baseOf(name));
    if (bases.length === 1) return { name, color: (isValidation ? "series-3" : "series-2") as ColorName };
    return { name, color: seriesName(place + 1), ...(isValidation && { dash: [5, 4] }) };
  });
}

const baseOf = (name: string): string => name.replace(/^(val|running)_/, "");
