/** Measures all axes, names what is dearer than its size says, and draws it. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Axis, axes } from "./axes.ts";
import { chartOf, significant } from "./chart.ts";
import { type Cost, kinds, measureAxis, type Point } from "./measure.ts";

/** From a point to the next, the time may grow so many times more than its limit. */
const cliff = 1.3;

/** What was measured last, axis by axis, and where. */
type Figures = Record<string, { readonly machine: string; readonly points: readonly Point[] }>;

/** Measures the axes of these names, all where there is none, and prints them. @param file the figures that others are kept in */
export async function measureAll(
  names: readonly string[],
  quick: boolean,
  machine: string,
  file?: string,
): Promise<void> {
  const effort = quick ? { rounds: 3, block: 4 } : { rounds: 9, block: 12 };
  for (const axis of axes.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const points = await measureAxis(axis, effort);
    print(axis, points);
    if (file === undefined) continue;
    const figures = existsSync(file) ? read(file) : {};
    figures[axis.name] = { machine, points };
    writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
  }
}

/** Draws the figures that were kept. @param folder for the charts @returns the lines of the table, and what machines were measured */
export function drawAll(file: string, folder: string): { lines: string[][]; machines: string[] } {
  const figures = read(file);
  const measured = axes.filter(({ name }) => figures[name]);
  for (const axis of measured)
    writeFileSync(join(folder, `scaling-${axis.name}.svg`), chartOf(axis, figures[axis.name]!.points));
  return {
    lines: measured.map((axis) => lineOf(axis, figures[axis.name]!.points)),
    machines: [...new Set(measured.map(({ name }) => figures[name]!.machine))],
  };
}

const read = (file: string): Figures => JSON.parse(readFileSync(file, "utf8")) as Figures;

function print({ name, label }: Axis, points: readonly Point[]): void {
  console.log(`\n${label}: µs an image (share of the limit), training and prediction`);
  points.forEach((point, i) => {
    const cells = kinds.map((kind) => {
      const { measured, limit } = point[kind];
      return `${measured.toFixed(1)} (${percent(limit / measured)})`.padStart(20);
    });
    const steps = kinds.filter((kind) => i > 0 && growth(points[i - 1]![kind], point[kind]) > cliff);
    const told = steps.map((kind) => `${kind} ${growth(points[i - 1]![kind], point[kind]).toFixed(2)}×`);
    console.log(
      `${name} ${String(point.value).padStart(4)}${cells.join("")}${told.length > 0 ? `  CLIFF: ${told.join(", ")}` : ""}`,
    );
  });
}

/** How many times more the time grows from a point to the next than its limit does. */
function growth(from: Cost, to: Cost): number {
  return to.measured / to.limit / (from.measured / from.limit);
}

/** What the table of docs/speed.md says of an axis. */
function lineOf({ label, values }: Axis, points: readonly Point[]): string[] {
  const [first, last] = [points[0]!, points.at(-1)!];
  const cells = kinds.flatMap((kind) => {
    const [from, to] = [first[kind], last[kind]];
    const steps = points.slice(1).map((point, i) => ({
      at: `${points[i]!.value} → ${point.value}`,
      times: growth(points[i]![kind], point[kind]),
    }));
    const steepest = steps.reduce((most, step) => (step.times > most.times ? step : most));
    return [
      `${significant(from.measured)} → ${significant(to.measured)}`,
      `${percent(from.limit / from.measured)} → ${percent(to.limit / to.measured)}`,
      `${steepest.times.toFixed(2)} (${steepest.at})`,
    ];
  });
  return [`${label}, ${values[0]} → ${values.at(-1)}`, ...cells];
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
