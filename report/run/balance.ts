/** How many examples each class has, to train and to test. */

import type { Dataset } from "../../src/data/dataset.ts";
import { extent } from "../../src/math/statistics.ts";
import { barChart } from "../charts/barChart.ts";
import { partColor } from "../charts/palette.ts";
import type { ChartFigure } from "../html/figure.ts";
import { formatCount } from "../text/numbers.ts";

export function balanceFigure(train: Dataset, test: Dataset, classNames: readonly string[]): ChartFigure {
  const [toTrain, toTest] = [train, test].map(({ y }) => {
    const ofClass = classNames.map(() => 0);
    for (let i = 0; i < y.length; i++) ofClass[y[i]!]!++;
    return ofClass;
  }) as [number[], number[]];
  const [least, most] = extent(toTrain);
  const text = {
    title: "Examples of each class",
    description:
      least === most
        ? `${formatCount(most)} of each to train.`
        : `To train between ${formatCount(least)} and ${formatCount(most)} of a class.`,
  };
  return {
    name: "balance",
    ...text,
    svg: barChart({
      ...text,
      rows: classNames,
      series: [
        { name: "training", color: partColor("training"), values: toTrain },
        { name: "test", color: partColor("test"), values: toTest },
      ],
      x: { label: "examples", format: formatCount },
    }),
    table: {
      caption: text.title,
      columns: [{ head: "class", kind: "text" }, { head: "training" }, { head: "test" }],
      rows: classNames.map((name, label) => [
        name,
        formatCount(toTrain[label]!),
        formatCount(toTest[label]!),
      ]),
    },
  };
}
