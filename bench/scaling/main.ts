/** Measures all axes, names what is dearer than its size says, and draws it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { lineChart } from "../../report/charts/lineChart.ts";
import { standalone } from "../../report/charts/svg.ts";
import { type Axis, axes } from "./axes.ts";
import { type Cost, measureAxis, type Point } from "./measure.ts";

/** From a point to the next, the time may grow so many times more than its limit. */
const cliff = 1.3;

const kinds = ["training", "prediction"] as const;

/** @param pictures folder that the charts are written into; undefined: none @returns the lines of the table */
export async function main(names: readonly string[], quick: boolean, pictures?: string): Promise<string[][]> {
  const effort = quick ? { rounds: 3, block: 4 } : { rounds: 9, block: 12 };
  const lines: string[][] = [];
  for (const axis of axes.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const points = await measureAxis(axis, effort);
    print(axis, points);
    lines.push(lineOf(axis, points));
    if (pictures !== undefined)
      writeFileSync(join(pictures, `scaling-${axis.name}.svg`), chartOf(axis, points));
  }
  return lines;
}

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

function chartOf({ label, values }: Axis, points: readonly Point[]): string {
  const series = kinds.flatMap((kind, i) => [
    {
      name: kind,
      look: i,
      solid: true,
      points: points.map((each) => [each.value, each[kind].measured] as const),
    },
    {
      name: `${kind}, limit`,
      look: i + 2,
      points: points.map((each) => [each.value, each[kind].limit] as const),
    },
  ]);
  const [first, last] = [points[0]!, points.at(-1)!];
  const text = {
    title: `Cost of an image by ${label}`,
    description: `From ${values[0]} to ${values.at(-1)}: training ${significant(first.training.measured)} to ${significant(last.training.measured)} µs, prediction ${significant(first.prediction.measured)} to ${significant(last.prediction.measured)} µs, beside the least that arithmetic and memory allow.`,
  };
  const svg = lineChart({
    ...text,
    series,
    x: { label, logarithmic: true },
    y: { label: "µs an image", logarithmic: true },
    width: 340,
    height: 280,
  });
  return standalone(svg, text);
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
const significant = (value: number): string => String(Number(value.toPrecision(3)));
