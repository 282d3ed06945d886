/** What an image costs along an axis, as a chart on logarithmic axes: what was measured and, with dashes, the least that it could take. */
import { lineChart } from "../../report/charts/lineChart.ts";
import { standalone } from "../../report/charts/svg.ts";
import type { Axis } from "./axes.ts";
import { kinds, type Point } from "./measure.ts";

/** SVG. */
export function chartOf({ label, values, ticks }: Axis, points: readonly Point[]): string {
  const series = kinds.flatMap((kind, i) => [
    {
      name: kind,
      look: i,
      solid: true,
      points: points.map((each) => [each.value, each[kind].measured] as const),
    },
    {
      name: `${kind}, at the limit`,
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
    x: { label, logarithmic: true, ticks },
    y: { label: "µs an image", logarithmic: true },
    width: 340,
    height: 280,
  });
  return standalone(svg, text);
}

/** A figure with three digits. */
export const significant = (value: number): string => String(Number(value.toPrecision(3)));
